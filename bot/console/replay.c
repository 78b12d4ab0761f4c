/*
 * `spotter replay`: the transcript as a transport. What the coach tells is printed as lines of the conversation, or as
 * one JSON object for each thing that is said.
 */
#include "bot/console/replay.h"

#include <errno.h>
#include <stdlib.h>
#include <strings.h>
#include <sysexits.h>

#include "bot/console/crowd.h"
#include "bot/console/show.h"
#include "bot/console/stage.h"
#include "bot/console/transcript.h"
#include "core/base/civil.h"
#include "core/base/map.h"

enum { FILE_MAXIMUM = 1 << 30, TEXT_MAXIMUM = 1 << 20, OUT_CHUNK = 1 << 16, CHUNK = 1 << 16 };

static const char transport[] = "replay";

/* A message that was given a name. */
struct named {
    char *id;
    char *sender;
};

struct replay {
    const struct replay_options *options;
    FILE *out;
    struct stage stage;
    struct buf output;
    struct map *named; /* name → struct named, the latest of that name */
    struct map *by_id; /* id → name */
    struct crowd *crowd;
    struct transcript_line line;
    struct buf text;
    size_t number; /* of the line */
    bool waiting;  /* `line` is still to be played: its text may go on */
    int offset_s;
};

/* ---------------------------------------------------------------- what is said */

static const char *name_of(const struct replay *replay, const char *id)
{
    return id != NULL ? map_get(replay->by_id, id) : NULL;
}

/* The room as a line shows it: NULL for a direct chat. */
static const char *room_of(const struct outgoing *outgoing)
{
    return outgoing->room[0] == '#' ? outgoing->room : NULL;
}

static void print_json(struct replay *replay, const struct coach_told *told)
{
    static const char *const kinds[] = {
        [OUT_REPLY] = "reply",       [OUT_QUESTION] = "question", [OUT_ERROR] = "error",
        [OUT_REACTION] = "reaction", [OUT_EDIT] = "edit",         [OUT_CHECKIN] = "checkin",
        [OUT_DIGEST] = "digest",     [OUT_PING] = "ping",         [OUT_WELCOME] = "reply"};
    const struct outgoing *outgoing = told->outgoing;
    struct json_writer writer;
    struct civil civil;
    char time[CIVIL_TEXT];

    civil_from_ms(outgoing->at_ms, replay->offset_s, &civil);
    civil_print(&civil, time);
    json_write_init(&writer, &replay->output);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "at");
    json_write_text(&writer, time);
    json_write_key(&writer, "room");
    json_write_text(&writer, room_of(outgoing));
    json_write_key(&writer, "to");
    json_write_text(&writer, told->to);
    json_write_key(&writer, "kind");
    json_write_text(&writer, kinds[outgoing->kind]);
    json_write_key(&writer, "in_reply_to");
    json_write_text(&writer, name_of(replay, outgoing->edits != NULL ? outgoing->edits : outgoing->answers));
    json_write_key(&writer, "text");
    json_write_text(&writer, outgoing->text);
    json_write_key(&writer, "logged");
    show_sets(&writer, told->logged, told->logged_count, replay->offset_s);
    json_write_key(&writer, "advice");
    show_advice(&writer, told->advice, told->advice_exercise);
    json_write_key(&writer, "forecast");
    show_forecast(&writer, told->forecast);
    json_write_key(&writer, "week");
    show_week(&writer, told->week, told->week_day);
    json_write_key(&writer, "records");
    show_records(&writer, told->records);
    json_write_key(&writer, "warnings");
    show_warnings(&writer, told->advice, told->warnings);
    json_write_key(&writer, "question");
    if (told->said == OUT_QUESTION)
        show_question(&writer, outgoing->text, told->options, told->option_count, told->option_sets, replay->offset_s);
    else
        json_write_null(&writer);
    json_write_key(&writer, "error");
    if (told->said == OUT_ERROR)
        show_error(&writer, outgoing->text, told->hint);
    else
        json_write_null(&writer);
    json_write_end(&writer);
    buf_addc(&replay->output, '\n');
}

static void observe(void *arg, const struct coach_told *told)
{
    struct replay *replay = arg;
    const struct outgoing *outgoing = told->outgoing;
    const char *about;
    struct buf text = BUF_INIT(TEXT_MAXIMUM);

    if (replay->options->json) {
        print_json(replay, told);
        return;
    }
    about = name_of(replay, outgoing->edits != NULL ? outgoing->edits : outgoing->answers);
    buf_adds(&text, outgoing->text);
    if (outgoing->attachment != NULL)
        buf_addf(&text, "\n[file %s, %zu bytes]", outgoing->attachment->name, outgoing->attachment->size);
    transcript_print(&replay->output, outgoing->at_ms, replay->offset_s, room_of(outgoing), "spotter",
                     about == NULL                    ? NULL
                     : outgoing->edits != NULL        ? "edit"
                     : outgoing->kind == OUT_REACTION ? "react"
                                                      : "reply",
                     about, buf_text(&text));
    buf_release(&text);
}

static int discard(void *arg, const struct matrix_outbox_row *row)
{
    (void)arg, (void)row;
    return 0;
}

/* ---------------------------------------------------------------- who says it */

static void drop_named(void *value)
{
    struct named *named = value;

    if (named == NULL)
        return;
    free(named->id);
    free(named->sender);
    free(named);
}

static char *copy(struct span span)
{
    return span.length != 0 ? mem_strndup(span.at, span.length) : NULL;
}

/* The id of this line's message: its name may be used again, even in another transcript over the same store. */
static char *id_of(struct replay *replay)
{
    const struct transcript_line *line = &replay->line;
    struct buf id = BUF_INIT(TEXT_MAXIMUM);

    if (line->id.length != 0)
        buf_add_span(&id, line->id);
    else
        buf_addf(&id, "line %zu", replay->number);
    buf_addf(&id, "@%lld", (long long)line->at_ms);
    return buf_steal(&id);
}

static void remember(struct replay *replay, const char *id)
{
    char *name = copy(replay->line.id);
    struct named *named;

    if (name == NULL)
        return;
    named = mem_zero(1, sizeof(*named));
    named->id = mem_strdup(id);
    named->sender = copy(replay->line.sender);
    drop_named(map_put(replay->named, name, named));
    free(map_put(replay->by_id, id, name));
}

/* The id of the message that a tag names; one that isn't in this transcript keeps its name. */
static char *target_of(const struct replay *replay, struct span tag, bool *own)
{
    char *name = copy(tag);
    const struct named *named = name != NULL ? map_get(replay->named, name) : NULL;

    *own = named != NULL && span_is(replay->line.sender, named->sender);
    if (named == NULL)
        return name;
    free(name);
    return mem_strdup(named->id);
}

static int read_file(const char *path, struct buf *file, struct err *err)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *in = standard ? stdin : fopen(path, "re");
    size_t got = 1;
    bool failed;

    if (in == NULL)
        return err_set(err, ERR_NOT_FOUND, "%s: %s", path, strerror(errno));
    while (got != 0 && !file->overflowed) {
        char *room = buf_reserve(file, CHUNK);

        got = room != NULL ? fread(room, 1, CHUNK, in) : 0;
        if (got != 0)
            buf_grew(file, got);
    }
    failed = ferror(in) != 0;
    if (!standard)
        fclose(in);
    if (file->overflowed)
        return err_set(err, ERR_LIMIT, "%s is larger than 1 GiB", path);
    return failed ? err_set(err, ERR_NOT_FOUND, "%s can't be read", path) : 0;
}

/* What {file=PATH} names, from where the transcript is. */
static int read_sent(struct replay *replay, struct buf *bytes, struct err *err)
{
    const char *transcript = replay->options->path, *slash = strrchr(transcript, '/');
    struct buf path = BUF_INIT(TEXT_MAXIMUM);
    int result = 0;

    if (replay->line.file.length == 0)
        return 0;
    if (slash != NULL)
        buf_add(&path, transcript, (size_t)(slash - transcript) + 1);
    buf_add_span(&path, replay->line.file);
    result = read_file(buf_text(&path), bytes, err);
    buf_release(&path);
    return result;
}

/* "@spotter" anywhere is a mention. */
static bool mentions(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '@' && strncasecmp(text + 1, "spotter", 7) == 0)
            return true;
    }
    return false;
}

static enum message_kind kind_of(const struct transcript_line *line)
{
    if (line->kind == TRANSCRIPT_JOIN)
        return MESSAGE_JOIN;
    if (line->kind == TRANSCRIPT_LEAVE)
        return MESSAGE_LEAVE;
    if (line->kind == TRANSCRIPT_KICK)
        return MESSAGE_REMOVED;
    if (line->file.length != 0)
        return MESSAGE_FILE;
    return line->edit.length != 0     ? MESSAGE_EDIT
           : line->redact.length != 0 ? MESSAGE_REDACTION
           : line->react.length != 0  ? MESSAGE_REACTION
                                      : MESSAGE_TEXT;
}

/* What the bot says has no name: a reaction on a message is one on its answer. */
static int say_line(struct replay *replay, const char *sender, const char *room, struct err *err)
{
    const struct transcript_line *line = &replay->line;
    struct span tag = line->edit.length != 0 ? line->edit : line->redact.length != 0 ? line->redact : line->react;
    bool own, own_target;
    char *id = id_of(replay), *reply_to = target_of(replay, line->reply, &own);
    char *target = target_of(replay, tag, &own_target), *thread = target_of(replay, line->thread, &own_target);
    struct buf bytes = BUF_INIT(FILE_MAX + 1);
    int result = read_sent(replay, &bytes, err);
    const struct message_file file = {
        .state = bytes.overflowed ? FILE_TOO_LARGE : FILE_HERE, .bytes = buf_text(&bytes), .size = bytes.length};
    struct message message = {.kind = kind_of(line),
                              .transport = transport,
                              .room = room,
                              .direct = line->room.length == 0,
                              .sender = sender,
                              .sender_name = sender,
                              .id = id,
                              .target = target,
                              .reply_to = reply_to,
                              .thread = thread,
                              .sent_ms = line->at_ms,
                              .read_ms = line->at_ms,
                              .addressed = own || line->react.length != 0 || mentions(buf_text(&replay->text)),
                              .member = line->room.length != 0,
                              .power = crowd_power(replay->crowd, line->room, span_of(sender)),
                              .unranked = crowd_is_unranked(replay->crowd, line->room),
                              .text = buf_text(&replay->text),
                              .file = line->file.length != 0 ? &file : NULL};

    remember(replay, id);
    if (result == 0 && message.kind == MESSAGE_JOIN && message.direct)
        result = stage_welcome(&replay->stage, &message, err);
    else if (result == 0)
        result = stage_hear(&replay->stage, &message, err);
    if (result == 0)
        result = stage_take(&replay->stage, transport, discard, NULL, err);
    free(id);
    free(reply_to);
    free(target);
    free(thread);
    buf_release(&bytes);
    return result;
}

static void print_direct(const char *person, struct buf *room)
{
    buf_addf(room, "direct %s", person);
}

static int play(struct replay *replay, struct err *err)
{
    const struct transcript_line *line = &replay->line;
    struct buf room = BUF_INIT(TEXT_MAXIMUM);
    char *sender;
    int result;

    replay->waiting = false;
    if (line->kind == TRANSCRIPT_NOTHING || line->kind == TRANSCRIPT_TICK || line->kind == TRANSCRIPT_NICK ||
        line->kind == TRANSCRIPT_LOGOUT)
        return 0;
    crowd_play(replay->crowd, line);
    sender = copy(line->kind == TRANSCRIPT_KICK ? line->other : line->sender);
    if (line->room.length != 0)
        buf_add_span(&room, line->room);
    else
        print_direct(sender, &room);
    result = say_line(replay, sender, buf_text(&room), err);
    free(sender);
    buf_release(&room);
    return result;
}

/* The clock goes on to LINE's time: on the way everything happens that becomes due, each at its moment. */
static int move_clock(struct replay *replay, const struct transcript_line *line, struct err *err)
{
    int64_t due_ms;
    int found;

    if (line->kind == TRANSCRIPT_NOTHING)
        return 0;
    replay->offset_s = line->offset_s;
    while ((found = stage_next_due(&replay->stage, transport, &due_ms, err)) == 1 && due_ms <= line->at_ms) {
        if (stage_due(&replay->stage, transport, due_ms, err) < 0 ||
            stage_take(&replay->stage, transport, discard, NULL, err) < 0)
            return -1;
    }
    return found < 0 ? -1 : 0;
}

/* ---------------------------------------------------------------- the file */

static int flush(struct replay *replay, struct err *err)
{
    size_t length = replay->output.length;

    if (replay->output.overflowed || fwrite(buf_text(&replay->output), 1, length, replay->out) != length)
        return err_set(err, ERR_STORE, "standard output can't be written");
    buf_clear(&replay->output);
    return 0;
}

/* The conversation is printed as it is played: lines of people as they stand, what the bot said then anew. */
static void echo(struct replay *replay, struct span text)
{
    bool of_bot = replay->line.kind == TRANSCRIPT_NOTHING && replay->line.sender.length != 0;

    if (replay->options->json || of_bot)
        return;
    buf_add_span(&replay->output, text);
    buf_addc(&replay->output, '\n');
}

static int take_line(struct replay *replay, struct span text, struct err *err)
{
    struct transcript_line line;

    if (transcript_read(text, &line, err) < 0)
        return -1;
    if (line.kind == TRANSCRIPT_MORE) {
        buf_addc(&replay->text, '\n');
        buf_add_span(&replay->text, line.text);
        echo(replay, text);
        return replay->text.overflowed ? err_set(err, ERR_INPUT, "the text is too long") : 0;
    }
    if ((replay->waiting && play(replay, err) < 0) || move_clock(replay, &line, err) < 0)
        return -1;
    replay->line = line;
    replay->waiting = true;
    buf_clear(&replay->text);
    buf_add_span(&replay->text, line.text);
    echo(replay, text);
    return replay->text.overflowed ? err_set(err, ERR_INPUT, "the text is too long") : 0;
}

static int play_lines(struct replay *replay, struct span file, struct err *err)
{
    while (file.length != 0) {
        if (take_line(replay, span_take(&file, '\n'), err) < 0)
            return err_context(err, "%s:%zu", replay->options->path, replay->number + 1);
        replay->number++;
        if (replay->output.length >= OUT_CHUNK && flush(replay, err) < 0)
            return -1;
    }
    if (replay->waiting && play(replay, err) < 0)
        return err_context(err, "%s:%zu", replay->options->path, replay->number);
    return flush(replay, err);
}

/* Who is where when it begins. */
static void foresee(struct replay *replay, struct span file)
{
    struct transcript_line line;

    while (file.length != 0)
        if (transcript_read(span_take(&file, '\n'), &line, NULL) == 0)
            crowd_foresee(replay->crowd, &line);
}

/* A transcript is one transaction: played whole, or not at all. */
static int play_all(struct replay *replay, struct span file, struct err *err)
{
    if (stage_begin(&replay->stage, err) < 0)
        return -1;
    foresee(replay, file);
    return stage_end(&replay->stage, play_lines(replay, file, err), err);
}

static int offset_of(void *arg, const char *zone, int64_t at_ms)
{
    const struct replay *replay = arg;

    if (zone == NULL)
        return replay->offset_s;
    return replay->options->zone_offset(replay->options->zone_arg, zone, at_ms);
}

struct people {
    int (*each)(void *arg, const char *identity, const char *name);
    void *arg;
};

static int tell_person(void *arg, const char *name)
{
    const struct people *people = arg;

    return people->each(people->arg, name, name);
}

static int list_people(void *arg, const char *of, const char *room,
                       int (*each)(void *each_arg, const char *identity, const char *name), void *each_arg,
                       struct err *err)
{
    const struct replay *replay = arg;
    struct people people = {each, each_arg};

    (void)of, (void)err;
    return crowd_each(replay->crowd, room, tell_person, &people);
}

/* In a transcript nothing keeps anybody from it. */
static int private_room(void *arg, const char *of, const char *person, struct buf *room, struct err *err)
{
    (void)arg, (void)of, (void)err;
    print_direct(person, room);
    return 1;
}

static int exit_code(int result, const struct err *err)
{
    static const int codes[] = {[ERR_INPUT] = EX_DATAERR, [ERR_NOT_FOUND] = EX_NOINPUT, [ERR_STORE] = EX_IOERR};

    if (result == 0)
        return EX_OK;
    return err->class < ARRAY_LENGTH(codes) && codes[err->class] != 0 ? codes[err->class] : EX_SOFTWARE;
}

int replay_run(const struct replay_options *options, FILE *out, struct err *err)
{
    struct replay replay = {.options = options,
                            .out = out,
                            .output = BUF_INIT(FILE_MAXIMUM),
                            .text = BUF_INIT(TEXT_MAXIMUM),
                            .named = map_new(0), /* a transcript is the user's own: no need for a secret seed */
                            .by_id = map_new(0),
                            .crowd = crowd_new()};
    const struct coach_options coach = {.unit = UNIT_KG,
                                        .language = "en",
                                        .offset = offset_of,
                                        .offset_arg = &replay,
                                        .export_set = options->export_set,
                                        .read_log = options->read_log,
                                        .people = list_people,
                                        .private_room = private_room,
                                        .people_arg = &replay,
                                        .secrets = options->secrets,
                                        .observe = observe,
                                        .observe_arg = &replay};
    struct buf file = BUF_INIT(FILE_MAXIMUM);
    int result = read_file(options->path, &file, err);

    if (result == 0)
        result = stage_open(&replay.stage, options->db, &coach, err);
    if (result == 0)
        result = play_all(&replay, buf_span(&file), err);
    if (result == 0 && fflush(out) != 0)
        result = err_set(err, ERR_STORE, "standard output can't be written");
    stage_close(&replay.stage);
    map_free(replay.named, drop_named);
    map_free(replay.by_id, free);
    crowd_free(replay.crowd);
    buf_release(&replay.output);
    buf_release(&replay.text);
    buf_release(&file);
    return exit_code(result, err);
}
