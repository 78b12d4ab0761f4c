/*
 * What a command takes, each argument by a name of its own: for clients that fill commands in for their users. Read
 * from what help shows of the arguments, so that there is one table of commands.
 */
#ifndef BOT_CHAT_PARAMETER_H
#define BOT_CHAT_PARAMETER_H

#include "bot/chat/command.h"
#include "bot/message.h"
#include "core/base/buf.h"

/* The parameters of ARGUMENTS ("EXERCISE xREPS [@RIR]"), in the order in which they are typed; how many. What isn't
 * simply one behind the other is one text. */
size_t parameters_read(const char *arguments, struct parameter parameters[PARAMETERS_MAX]);

/* COMMAND with the arguments of BLOCK as it would be typed, added to TEXT: -1 where it takes none such, or lacks one.
 */
int parameters_spell(const struct command *command, const struct message_block *block, struct buf *text);

#endif
