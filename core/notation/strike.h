/*
 * Sets that are to be taken back, and are told by what they were or by their number: "delete bench 100x6", "remove set
 * 1", "den 80er satz löschen".
 */
#ifndef CORE_NOTATION_STRIKE_H
#define CORE_NOTATION_STRIKE_H

#include "core/notation/aim.h"
#include "core/notation/piece.h"
#include "core/notation/words.h"

/* Whether a text of WORDS may be one. */
static inline bool strike_may_be(const struct vocabulary *words)
{
    return (words->amends & (AMEND_BACK | AMEND_OUT)) != 0;
}
/* FOLDED says which set it is: AIM's number, or its piece, or both, of the exercise that its name is. */
bool strike_read(struct span folded, const struct exercise_names *own, struct aim *aim);
/* TEXT, folded, says what a set was: "80x8", "85kg", "80x8 @1". */
bool strike_read_set(struct span text, struct piece *piece);

#endif
