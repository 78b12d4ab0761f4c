/*
 * export: the whole log as a file, to nobody but the lifter, and to who keeps the store.
 */
#include <stdio.h>

#include "bot/coach/commands.h"
#include "bot/coach/day.h"
#include "bot/coach/wording.h"
#include "core/base/civil.h"

struct export
{
    struct turn *turn;
    struct buf *out;
    size_t sets;
};

static int add_row(void *arg, const struct coach_set_row *row)
{
    struct export *export = arg;
    struct turn *turn = export->turn;

    turn->coach->options.export_set(&row->set, lifter_exercise(turn->lifter, row->set.exercise), row->at_ms,
                                    day_offset(turn, row->at_ms), export->out);
    export->sets++;
    return export->out->overflowed;
}

/* All SETS into OUT: 0, 1 it takes no more, -1. */
static int write_log(struct turn *turn, struct buf *out, size_t *sets, struct err *err)
{
    struct export export = {turn, out, 0};
    int result = lifter_load_names(turn->lifter, turn->store, err);

    if (result == 0)
        result = turn->store->sets_live(turn->store->self, turn->lifter->id, 0, INT64_MAX, add_row, &export, err);
    *sets = export.sets;
    return result;
}

static void name_file(struct turn *turn)
{
    struct civil civil;

    civil_from_ms(turn->message->read_ms, day_offset(turn, turn->message->read_ms), &civil);
    snprintf(turn->file.name, sizeof(turn->file.name), "spotter-%04d-%02d-%02d.csv", civil.year, civil.month,
             civil.day);
    buf_init(&turn->file.otherwise, REPLY_MAX);
    reply_phrase(turn->texts, TEXT_EXPORT_REFUSED, (const struct text_arg[]){{NULL, NULL}}, &turn->file.otherwise);
}

static int hand_over(struct turn *turn, struct err *err)
{
    struct buf count = BUF_INIT(64);
    size_t sets;
    int result;

    buf_init(&turn->file.bytes, ATTACHMENT_MAX);
    result = write_log(turn, &turn->file.bytes, &sets, err);
    if (result == 0 && sets == 0) {
        reply_tell(&turn->reply, turn->texts, TEXT_LAST_NOTHING);
    } else if (result == 0) {
        wording_sets_count(turn->texts, sets, &count);
        reply_say(&turn->reply, turn->texts, TEXT_EXPORT, ARG("sets", buf_text(&count)));
        name_file(turn);
    } else if (result > 0) {
        result = turn_refuse(turn, TEXT_EXPORT_TOO_LARGE);
    }
    buf_release(&count);
    return result;
}

static int run(struct turn *turn, struct span arguments, struct err *err)
{
    (void)arguments;
    if (!turn->message->direct)
        return turn_refuse(turn, TEXT_EXPORT_PRIVATE);
    /* A summary is one message for many, and an edit can't bring a file. */
    if (turn->message->summarise || turn->edits != NULL)
        return turn_refuse(turn, TEXT_EXPORT_AGAIN);
    return hand_over(turn, err);
}

int coach_export(struct coach *coach, const char *transport, const char *person, struct buf *out, size_t *sets,
                 struct err *err)
{
    const struct message message = {
        .kind = MESSAGE_TEXT, .transport = transport, .room = "", .direct = true, .sender = person, .text = ""};
    struct turn turn;
    int64_t lifter;
    int result = coach->store->lifter_find(coach->store->self, transport, person, &lifter, err);

    if (result != 1)
        return result;
    result = turn_open(&turn, coach, &message, lifter, 0, err);
    if (result == 0)
        result = write_log(&turn, out, sets, err);
    turn_close(&turn);
    if (result > 0)
        result = err_set(err, ERR_LIMIT, "the log has more than %zu bytes", out->maximum);
    return result == 0 ? 1 : -1;
}

const struct command export_command = {.name = "export",
                                       .aliases = "csv,download,export my data",
                                       .german = "exportieren,meine daten",
                                       .arguments = "",
                                       .example = "export",
                                       .group = COMMAND_ABOUT_YOU,
                                       .help = TEXT_HELP_EXPORT,
                                       .run = run};
