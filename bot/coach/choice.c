/*
 * Which of several things somebody asks for.
 */
#include "bot/coach/choice.h"

#include <stdio.h>

#include "bot/chat/subject.h"
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
    struct pending pending;
    int result;

    pending_init(&pending, turn->message->id, turn->heard->input, turn->message->sent_ms, span_of(turn->message->text));
    snprintf(pending.unknown, sizeof(pending.unknown), "%s", command);
    result = question_wait(turn, &pending, WAITING_COMMAND, err);
    pending_release(&pending);
    return result;
}

int choice_answer(struct turn *turn, const struct pending *pending, struct err *err)
{
    const struct command *command = NULL;
    struct subjects found;
    struct span arguments;

    if (pending->unknown[0] != '\0') {
        command = command_find(&turn->coach->commands, span_of(pending->unknown), &arguments);
        return seen_run(turn, command, arguments, err);
    }
    subject_find(span_of(pending->text), &turn->lifter->names, &found);
    if ((size_t)pending->option < found.count)
        command = command_find(&turn->coach->commands, span_of(found.commands[pending->option]), &arguments);
    return command != NULL ? seen_run(turn, command, arguments, err) : turn_refuse(turn, TEXT_HINT_QUESTION);
}
