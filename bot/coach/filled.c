/*
 * Commands that a client filled in for its user.
 */
#include "bot/coach/filled.h"

#include <string.h>

#include "bot/chat/parameter.h"
#include "bot/coach/commands.h"

static const struct command *find(const char *name)
{
    const struct command *command;

    for (size_t i = 0; (command = coach_command_at(i)) != NULL; i++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}

void filled_spell(const struct message_block *block, struct buf *text)
{
    const struct command *command = find(block->command);

    buf_addc(text, '!');
    if (command == NULL || parameters_spell(command, block, text) != 0)
        buf_clear(text);
}

/* Words may make another command of it ("how much" of what?), or two: "slept 7h, bw 82". */
bool filled_is(const struct message_block *block, const struct intention *intention)
{
    return intention->kind == INTENTION_COMMAND && strcmp(intention->command->name, block->command) == 0 &&
           intention->more.length == 0;
}

int filled_refuse(struct turn *turn)
{
    struct span name = span_of(turn->message->block->command);

    if (find(name.at) == NULL)
        return turn_unknown(turn, span_take(&name, '\n'));
    turn->kind = OUT_ERROR;
    reply_say(&turn->reply, turn->texts, TEXT_COMMAND_MISFIT, ARG("name", name.at));
    return 0;
}

bool filled_offer(size_t index, const struct texts *texts, struct offer *offer)
{
    static const struct command *const offered[] = {&next_command,   &today_command, &week_command, &why_command,
                                                    &undo_command,   &fix_command,   &plan_command, &records_command,
                                                    &warmup_command, &help_command};

    if (index >= ARRAY_LENGTH(offered))
        return false;
    *offer = (struct offer){.command = offered[index]->name, .help = texts_get(texts, offered[index]->help)};
    offer->count = parameters_read(offered[index]->arguments, offer->parameters);
    return true;
}
