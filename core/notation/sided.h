/*
 * Of which side a set was, said behind it: "sorry, right arm", "das war links", "pro arm".
 */
#ifndef CORE_NOTATION_SIDED_H
#define CORE_NOTATION_SIDED_H

#include "core/lift/set.h"
#include "core/notation/words.h"

/* Whether a text of WORDS may be one. */
static inline bool sided_may_be(const struct vocabulary *words)
{
    return (words->classes & (CLASS_BIT(WORD_SIDE) | CLASS_BIT(WORD_PER) | CLASS_BIT(WORD_EACH))) != 0;
}
/* FOLDED says that, and nothing else: the side; SIDE_NONE: it doesn't. */
enum set_side sided_read(struct span folded);

#endif
