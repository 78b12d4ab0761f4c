/*
 * Sets told from commands that begin alike. READING is overwritten by each.
 */
#ifndef BOT_CHAT_SETS_H
#define BOT_CHAT_SETS_H

#include <stdbool.h>

#include "bot/chat/command.h"
#include "core/base/span.h"
#include "core/notation/reading.h"

/* Whether ARGUMENTS are what a command about sets goes on with. MEANT: it is for us. */
bool sets_go_on(const struct command *command, struct span arguments, bool meant, const struct reading_options *options,
                struct reading *reading);
/* "ok bench 80x8", "warmup bench 60x5": whether TEXT is sets, though it begins as COMMAND does. */
bool sets_not_command(const struct command *command, struct span text, struct span arguments,
                      const struct reading_options *options, struct reading *reading);
/* Whether TEXT is sets that lean on nothing: "bench 80x8". READING says nothing of them. */
bool sets_are_whole(struct span text, const struct reading_options *options, struct reading *reading);

#endif
