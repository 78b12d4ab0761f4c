/*
 * What somebody says in a sentence that they are going to do: "today i want to do: squat 3x8, bench 3x8".
 */
#ifndef BOT_CHAT_PLANNED_H
#define BOT_CHAT_PLANNED_H

#include <stdbool.h>

#include "bot/chat/read.h"

/* Whether INTENTION's text, no sets and no command as it stands, is such a sentence: its command is `plan` then. */
bool planned_in_words(const struct command_index *commands, const struct reading_options *options,
                      struct intention *intention);

#endif
