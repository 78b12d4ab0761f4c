/*
 * Which of several things somebody asks for.
 */
#include "bot/coach/choice.h"

#include <stdio.h>

#include "bot/chat/subject.h"
#include "bot/coach/fix.h"
#include "bot/coach/seen.h"

int choice_offer(struct turn *turn, struct span text, struct err *err)
{
    struct subjects found;
    struct pending pending;
    char number[24];
    int result;

    subject_find(text, &turn->lifter->names, &found);
    reply_tell(&turn->reply, turn->texts, TEXT_CHOICE);
    for (size_t i = 0; i < found.count; i++) {
        snprintf(number, sizeof(number), "%zu ", i + 1);
        reply_line(&turn->reply, false);
        reply_add(&turn->reply, REPLY_STRONG, number);
        reply_add(&turn->reply, REPLY_CODE, found.commands[i]);
    }
    pending_init(&pending, turn->message->id, turn->heard->input, turn->message->sent_ms, text);
    result = question_wait(turn, &pending, WAITING_COMMAND, err);
    pending_release(&pending);
    return result;
}

int choice_confirm(struct turn *turn, const char *command, struct err *err)
{
    return choice_between(turn, command, 0, err);
}

int choice_between(struct turn *turn, const char *commands, int64_t id, struct err *err)
{
    struct pending pending;
    int result;

    pending_init(&pending, turn->message->id, turn->heard->input, turn->message->sent_ms, span_of(turn->message->text));
    snprintf(pending.unknown, sizeof(pending.unknown), "%s", commands);
    pending.corrects = id;
    result = question_wait(turn, &pending, WAITING_COMMAND, err);
    pending_release(&pending);
    return result;
}

/* Whether the newest set is still that of row ID: 1, 0 it isn't, and that is said, -1. */
static int is_newest(struct turn *turn, int64_t id, struct err *err)
{
    struct fixed fixed = {0};
    int result = fix_last(turn, &fixed, err);

    if (result == 1 && fixed.ids.at[fixed.index] != id)
        result = turn_refuse(turn, TEXT_CHANGED_SINCE);
    fixed_release(&fixed);
    return result;
}

/* The one of PENDING's commands that was chosen. */
static int run_one(struct turn *turn, const struct pending *pending, struct err *err)
{
    struct span commands = span_of(pending->unknown), one = span_take(&commands, '|'), arguments;
    const struct command *command;
    const int newest = pending->corrects != 0 ? is_newest(turn, pending->corrects, err) : 1;

    if (newest != 1)
        return newest;
    if (pending->option == 1)
        one = commands;
    command = command_find(&turn->coach->commands, one, &arguments);
    return seen_run(turn, command, arguments, err);
}

int choice_answer(struct turn *turn, const struct pending *pending, struct err *err)
{
    const struct command *command = NULL;
    struct subjects found;
    struct span arguments;

    if (pending->unknown[0] != '\0')
        return run_one(turn, pending, err);
    subject_find(span_of(pending->text), &turn->lifter->names, &found);
    if ((size_t)pending->option < found.count)
        command = command_find(&turn->coach->commands, span_of(found.commands[pending->option]), &arguments);
    return command != NULL ? seen_run(turn, command, arguments, err) : turn_refuse(turn, TEXT_HINT_QUESTION);
}
