/*
 * Sets that are to be taken back, and are told by what they were or by their number: "delete bench 100x6", "remove set
 * 1", "den 80er satz löschen".
 */
#ifndef CORE_NOTATION_STRIKE_H
#define CORE_NOTATION_STRIKE_H

#include "core/notation/aim.h"
#include "core/notation/piece.h"
#include "core/notation/words.h"

/* FOLDED, which has WORDS, says which set it is: AIM's number, or its piece, or both, of the exercise that its name is.
 */
bool strike_read(struct span folded, const struct vocabulary *words, const struct exercise_names *own, struct aim *aim);
/* TEXT, folded, says what a set was: "80x8", "85kg", "80x8 @1". */
bool strike_read_set(struct span text, struct piece *piece);

#endif
