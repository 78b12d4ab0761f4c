/*
 * Facts that people tell about themselves in a sentence of their own: "didn't sleep great, bout 6h", "wrist hurt on the
 * dips, 2 out of 3". A word of its kind and one amount of that kind say it, wherever in the sentence they stand, and
 * nothing between them that tells of something else. config/facts.tsv holds the words.
 */
#ifndef BOT_CHAT_FACT_H
#define BOT_CHAT_FACT_H

#include <stdbool.h>

#include "bot/chat/command.h"
#include "core/base/span.h"
#include "core/lift/exercise.h"

/* The setting that TEXT tells, as a command: SAID, of PHRASE_SIZE bytes, is how it is typed, and ARGUMENTS are in it.
 * ALONE: nothing else was said, so that "12 stone 4 this morning" and "2 and a half years" tell by themselves of what
 * they are. OWN are the lifter's names, or NULL. NULL: it tells none. */
const struct command *fact_find(const struct command_index *commands, struct span text,
                                const struct exercise_names *own, bool alone, char *said, struct span *arguments);

#endif
