/*
 * One message being handled: its lifter, and the one thing that is said to it.
 */
#include "bot/coach/turn.h"

#include <string.h>

#include "bot/coach/announce.h"
#include "bot/coach/contact.h"
#include "bot/coach/quiet.h"
#include "bot/log/log.h"

enum { OUT_TEXT_MAX = 32 * 1024 }; /* a Matrix event holds 64 KiB, text and HTML together */

int turn_settle(struct turn *turn, struct err *err)
{
    const char *language;

    if (lifter_load_settings(turn->lifter, turn->store, err) < 0)
        return -1;
    language = setting_value(turn->lifter, SETTING_LANGUAGE, NULL);
    turn->texts = language != NULL ? texts_for(language) : turn->coach->texts;
    return 0;
}

int turn_open(struct turn *turn, struct coach *coach, const struct message *message, int64_t lifter, int64_t input,
              struct err *err)
{
    *turn = (struct turn){.coach = coach,
                          .store = coach->store,
                          .message = message,
                          .lifter = lifters_hold(coach->lifters, lifter),
                          .input = input,
                          .cause = message->id,
                          .kind = OUT_REPLY};
    reply_init(&turn->reply);
    turn->reply.called = message->direct ? NULL : &coach->commands;
    return turn_settle(turn, err);
}

void turn_close(struct turn *turn)
{
    lifter_let_go(turn->lifter);
    reply_release(&turn->reply);
    buf_release(&turn->file.bytes);
    buf_release(&turn->file.otherwise);
    buf_release(&turn->poll.text);
    vec_release(&turn->logged);
    vec_release(&turn->option_sets);
    vec_release(&turn->options);
}

int turn_begin(struct turn *turn, enum coach_action_kind kind, int64_t *action, struct err *err)
{
    const struct coach_store *store = turn->store;

    if (*action != 0)
        return 0;
    return store->action_begin(store->self, turn->lifter->id, turn->input, kind, turn->message->sent_ms, action, err);
}

int turn_unknown(struct turn *turn, struct span name)
{
    struct buf shown = BUF_INIT(64);

    if (buf_add_span(&shown, name) != 0)
        buf_adds(&shown, "…");
    turn->kind = OUT_ERROR;
    reply_say(&turn->reply, turn->texts, TEXT_UNKNOWN_COMMAND, ARG("name", buf_text(&shown)));
    buf_release(&shown);
    return 0;
}

static void tell(struct turn *turn, const struct outgoing *outgoing)
{
    const struct coach_options *options = &turn->coach->options;
    struct coach_told told = {.outgoing = outgoing,
                              .to = turn->message->sender,
                              .logged = turn->logged.at,
                              .logged_count = turn->logged.count,
                              .advice = turn->advised ? &turn->advice : NULL,
                              .advice_exercise = turn->advice_exercise,
                              .records = turn->records,
                              .forecast = turn->foretells ? &turn->forecast : NULL,
                              .week = turn->shows_week ? &turn->week : NULL,
                              .week_day = turn->week_day,
                              .warnings = turn->shows_week ? &turn->warnings : NULL,
                              .options = turn->options.count != 0 ? turn->options.at : NULL,
                              .option_sets = turn->option_sets.at,
                              .option_count = turn->options.count,
                              .hint = turn->hint[0] != '\0' ? turn->hint : NULL,
                              .said = turn->kind};

    if (options->observe != NULL)
        options->observe(options->observe_arg, &told);
}

/* What nobody asked for at that moment rings. */
static bool calls(enum outgoing_kind kind)
{
    return kind == OUT_PING || kind == OUT_CHECKIN || kind == OUT_DIGEST;
}

int turn_say_as(struct turn *turn, const struct outgoing *outgoing, struct err *err)
{
    /* Nothing is shown to somebody of whose coming the room doesn't know. */
    if (announce(turn->coach, outgoing->transport, outgoing->room, outgoing->at_ms, err) < 0 ||
        turn->store->say(turn->store->self, outgoing, err) < 0)
        return -1;
    tell(turn, outgoing);
    log_info("said", LOG_STR("event_id", turn->message->id), LOG_STR("room", turn->message->room),
             LOG_INT("kind", (int64_t)outgoing->kind), LOG_INT("sets", (int64_t)turn->logged.count));
    return 0;
}

static int say_reply(struct turn *turn, struct err *err)
{
    const struct message *message = turn->message;
    struct buf text = BUF_INIT(OUT_TEXT_MAX), html = BUF_INIT(OUT_TEXT_MAX);
    const struct attachment file = {.name = turn->file.name,
                                    .media_type = "text/csv",
                                    .bytes = buf_text(&turn->file.bytes),
                                    .size = turn->file.bytes.length,
                                    .otherwise = buf_text(&turn->file.otherwise)};
    struct outgoing outgoing;
    int result;

    if (turn->reply.lines.count == 0)
        return 0;
    reply_plain(&turn->reply, &text);
    reply_html(&turn->reply, &html);
    outgoing = (struct outgoing){.kind = turn->edits != NULL ? OUT_EDIT : turn->kind,
                                 .transport = message->transport,
                                 .room = message->room,
                                 .answers = turn->edits != NULL ? turn->cause : message->id,
                                 .edits = turn->edits,
                                 .name = turn->name,
                                 .thread = message->thread,
                                 .mention = calls(turn->kind) ? message->sender : NULL,
                                 .to = message->sender,
                                 .bulk = turn->bulk,
                                 .open = turn->open,
                                 .job = turn->job,
                                 .text = buf_text(&text),
                                 .html = html.length != 0 && !html.overflowed ? buf_text(&html) : NULL,
                                 .attachment = turn->file.name[0] != '\0' ? &file : NULL,
                                 .at_ms = message->read_ms};
    if (turn->name != NULL)
        outgoing.answers = NULL;
    result = turn_say_as(turn, &outgoing, err);
    buf_release(&text);
    buf_release(&html);
    return result;
}

static int say_poll(struct turn *turn, struct err *err)
{
    const struct message *message = turn->message;

    if (turn->poll.name[0] == '\0')
        return 0;
    return turn_say_as(turn,
                       &(struct outgoing){.kind = OUT_CHECKIN,
                                          .transport = message->transport,
                                          .room = message->room,
                                          .name = turn->poll.name,
                                          .to = message->sender,
                                          .text = buf_text(&turn->poll.text),
                                          .at_ms = message->read_ms,
                                          .bulk = turn->bulk,
                                          .poll = true},
                       err);
}

int turn_say(struct turn *turn, struct err *err)
{
    return say_reply(turn, err) < 0 ? -1 : say_poll(turn, err);
}

int turn_refuse(struct turn *turn, enum text_key key)
{
    turn->kind = OUT_ERROR;
    reply_tell(&turn->reply, turn->texts, key);
    return 0;
}

bool turn_is_said_now(const struct turn *turn)
{
    return !turn->message->summarise && turn->edits == NULL && strcmp(turn->cause, turn->message->id) == 0;
}

int turn_end(struct turn *turn, struct err *err)
{
    int quiet;

    if (turn->message->summarise && turn->edits == NULL) {
        turn_summarise(turn);
        return 0;
    }
    quiet = quiet_covers(turn, err);
    if (quiet != 0)
        return quiet < 0 ? -1 : quiet_say(turn, err);
    return turn_say(turn, err) < 0 ? -1 : contact_begin(turn, err);
}

struct reading_options turn_reading_options(const struct turn *turn)
{
    return (struct reading_options){.own = &turn->lifter->names,
                                    .unit = setting_unit(turn->lifter, turn->coach->options.unit),
                                    .order = ORDER_ASK,
                                    .language = texts_language(turn->texts)};
}
