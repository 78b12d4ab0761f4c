/*
 * What people say to the coach in words of their own: "how's my squat" is "last squat". config/phrases.tsv holds them.
 */
#ifndef BOT_CHAT_PHRASE_H
#define BOT_CHAT_PHRASE_H

#include <stdbool.h>

#include "core/base/buf.h"
#include "core/lift/exercise.h"

enum { PHRASE_SIZE = 128 };

/* Writes the command that TEXT is a phrase for, as it is typed, into COMMAND of PHRASE_SIZE bytes. OWN are the lifter's
 * names, or NULL; SCRATCH is overwritten. False: no phrase, and COMMAND is "". */
bool phrase_read(struct span text, const struct exercise_names *own, struct buf *scratch, char *command);

/* The same where a few words that no phrase has may stand between, or, in what is said of oneself, behind it. Nothing
 * that books or takes back is found so. */
bool phrase_read_between(struct span text, const struct exercise_names *own, struct buf *scratch, char *command);

/* Whether FOLDED has a word that tells too much to be passed over: another person, another time, a "not". */
bool phrase_tells_much(struct span folded);

#endif
