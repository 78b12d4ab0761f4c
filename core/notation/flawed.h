/*
 * Reps that don't count, or weren't done, said behind the set: "depth was high on rep 3 so 2 reps", "the bar slipped on
 * rep 5, count it as 5", "last rep doesn't count", "den achten hab ich nicht ganz".
 */
#ifndef CORE_NOTATION_FLAWED_H
#define CORE_NOTATION_FLAWED_H

#include <stdbool.h>

#include "core/base/span.h"
#include "core/notation/words.h"

enum { FLAWED_PIECE_SIZE = 32 };

/* FOLDED, which has WORDS, is one; PIECE is what the set was, as piece_read() takes it: "x5", "1 rep less", "failed on
 * the 8th". */
bool flawed_read(struct span folded, const struct vocabulary *words, char piece[FLAWED_PIECE_SIZE]);

#endif
