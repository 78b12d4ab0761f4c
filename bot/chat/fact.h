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

/* Among what it is said. */
enum fact_where {
    FACT_AMONG, /* other things */
    FACT_ALONE, /* none: "12 stone 4 this morning" tells by itself of what it is */
    FACT_ASKED  /* none, and how long somebody has trained was asked: so does "2 and a half years" */
};

/* The setting that TEXT tells, as a command: SAID, of PHRASE_SIZE bytes, is how it is typed, and ARGUMENTS are in it.
 * OWN are the lifter's names, or NULL. NULL: it tells none. */
const struct command *fact_find(const struct command_index *commands, struct span text,
                                const struct exercise_names *own, enum fact_where where, char *said,
                                struct span *arguments);
/* "bw: 84,2" weighs somebody: of so many reps a list has none. */
bool fact_is_weight(struct span arguments);

#endif
