/*
 * Sets in a sentence that no reader knows: "65x10 to failure then dropped down to 45x8 on the pec deck". What is left
 * of it is a guess: to be asked about, never to be booked.
 */
#ifndef CORE_NOTATION_GIST_H
#define CORE_NOTATION_GIST_H

#include "core/base/buf.h"
#include "core/lift/exercise.h"

/* How much of a sentence is left: the numbers, the exercises, and so many of the other words that sets are made of. */
enum gist { GIST_ALL_WORDS, GIST_FEW_WORDS, GIST_NUMBERS, GIST_COUNT };

/* What is left of TEXT, folded and with single spaces, in OUT. False: it is talk, tells of another time or of others,
 * asks, or has nothing that looks like a set. */
bool gist_write(struct span text, const struct exercise_names *own, enum gist gist, struct buf *out);

/* The only exercise that TEXT, folded and with single spaces, names beside a number: its id, lent. NULL: it names none
 * or several, has no number, or is talk as above. */
const char *gist_exercise(struct span text, const struct exercise_names *own);

#endif
