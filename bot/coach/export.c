/*
 * export: the whole log as a file, to nobody but the lifter.
 */
#include <stdio.h>

#include "bot/coach/commands.h"
#include "bot/coach/day.h"
#include "bot/coach/wording.h"
#include "core/base/civil.h"

struct export
{
    struct turn *turn;
    size_t sets;
};

static int add_row(void *arg, const struct coach_set_row *row)
{
    struct export *export = arg;
    struct turn *turn = export->turn;

    turn->coach->options.export_set(&row->set, lifter_exercise(turn->lifter, row->set.exercise), row->at_ms,
                                    day_offset(turn, row->at_ms), &turn->file.bytes);
    export->sets++;
    return turn->file.bytes.overflowed;
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
    struct export export = {.turn = turn};
    struct buf count = BUF_INIT(64);
    int result;

    buf_init(&turn->file.bytes, ATTACHMENT_MAX);
    result = turn->store->sets_live(turn->store->self, turn->lifter->id, 0, INT64_MAX, add_row, &export, err);
    if (result == 0 && export.sets == 0) {
        reply_tell(&turn->reply, turn->texts, TEXT_LAST_NOTHING);
    } else if (result == 0) {
        wording_sets_count(turn->texts, export.sets, &count);
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
    if (lifter_load_names(turn->lifter, turn->store, err) < 0)
        return -1;
    return hand_over(turn, err);
}

const struct command export_command = {.name = "export",
                                       .aliases = "csv,download,export my data",
                                       .german = "exportieren,meine daten",
                                       .arguments = "",
                                       .example = "export",
                                       .group = COMMAND_ABOUT_YOU,
                                       .help = TEXT_HELP_EXPORT,
                                       .run = run};
