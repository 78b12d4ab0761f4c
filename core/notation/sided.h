/*
 * Of which side a set was, said behind it: "sorry, right arm", "das war links", "pro arm".
 */
#ifndef CORE_NOTATION_SIDED_H
#define CORE_NOTATION_SIDED_H

#include "core/lift/set.h"
#include "core/notation/words.h"

/* FOLDED, which has WORDS, says that, and nothing else: the side; SIDE_NONE: it doesn't. */
enum set_side sided_read(struct span folded, const struct vocabulary *words);

#endif
