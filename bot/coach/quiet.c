/*
 * quiet: fewer words in a room. What is about somebody's safety is said all the same.
 */
#include "bot/coach/quiet.h"

#include <string.h>

#include "bot/coach/commands.h"
#include "bot/coach/roster.h"
#include "bot/coach/typed.h"

#define VALUE "quiet"
#define SIGN "\xF0\x9F\x91\x8D" /* a thumb */

/* Pain, form that went, reps that fell sharply, and whatever ends the exercise or the day before its time. */
static bool needs_words(const struct turn *turn)
{
    static const char *const rules[] = {"R112", "R22", "R85"};
    const struct advice *advice = &turn->advice;

    if (!turn->advised)
        return false;
    if (advice->action == ACTION_STOP_EXERCISE || advice->action == ACTION_REST_DAY || advice->action == ACTION_DELOAD)
        return true;
    for (size_t i = 0; i < advice->reason_count; i++) {
        for (size_t j = 0; j < ARRAY_LENGTH(rules); j++) {
            if (!advice->reasons[i].closed_gate && strcmp(advice->reasons[i].rule, rules[j]) == 0)
                return true;
        }
    }
    return false;
}

/* Sets, however they were said, and nothing else. What was booked by a reaction has no message to put a sign on. */
static bool is_set_alone(const struct turn *turn)
{
    return turn->logged.count != 0 && turn->kind == OUT_REPLY && turn->edits == NULL && turn->writer == 0 &&
           turn->message->kind == MESSAGE_TEXT &&
           (turn->command == NULL || turn->command == &ok_command || turn->command == &same_command);
}

/* Whether the turn's room is quiet: 1, 0, -1. */
static int is_quiet(struct turn *turn, struct err *err)
{
    struct buf value = BUF_INIT(8);
    int found = turn->store->room_value_get(turn->store->self, turn->message->transport, turn->message->room, VALUE,
                                            &value, err);

    buf_release(&value);
    return found;
}

int quiet_covers(struct turn *turn, struct err *err)
{
    return is_set_alone(turn) && !needs_words(turn) ? is_quiet(turn, err) : 0;
}

int quiet_say(struct turn *turn, struct err *err)
{
    const struct message *message = turn->message;
    const struct outgoing outgoing = {.kind = OUT_REACTION,
                                      .transport = message->transport,
                                      .room = message->room,
                                      .answers = message->id,
                                      .text = SIGN,
                                      .at_ms = message->read_ms};

    return turn->acknowledged ? 0 : turn_say_as(turn, &outgoing, err);
}

/* 1 on, 0 off, -1 neither. */
static int read_switch(struct span arguments)
{
    static const char *const words[][2] = {{"off", "aus"}, {"on", "an"}};
    struct buf typed = BUF_INIT(16);
    int on = -1;

    typed_fold(arguments, &typed);
    for (int i = 0; i < 2; i++)
        if (span_is(buf_span(&typed), words[i][0]) || span_is(buf_span(&typed), words[i][1]))
            on = i;
    buf_release(&typed);
    return on;
}

static int quiet_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct message *message = turn->message;
    int quiet = is_quiet(turn, err), on = read_switch(arguments), rules = roster_rules_room(turn, err);

    if (quiet < 0 || rules < 0)
        return -1;
    if (arguments.length != 0 && on < 0)
        return turn_refuse(turn, TEXT_QUIET_EXPECTED);
    if (arguments.length != 0 && !message->direct && rules == 0)
        return turn_refuse(turn, TEXT_QUIET_REFUSED);
    if (arguments.length != 0 && turn->store->room_value_put(turn->store->self, message->transport, message->room,
                                                             VALUE, on == 1 ? "on" : NULL, err) < 0)
        return -1;
    reply_tell(&turn->reply, turn->texts, on == 1 || (on < 0 && quiet == 1) ? TEXT_QUIET_ON : TEXT_QUIET_OFF);
    return 0;
}

const struct command quiet_command = {.name = "quiet",
                                      .aliases = "",
                                      .german = "leise",
                                      .arguments = "[on|off]",
                                      .words = 1,
                                      .example = "quiet on",
                                      .help = TEXT_HELP_QUIET,
                                      .group = COMMAND_ROOM,
                                      .who = COMMAND_MODERATORS,
                                      .run = quiet_run};
