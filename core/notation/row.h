/*
 * Several counts behind a set: "then 11, then 9", "9/8/7", "dann 9 und 8", "50 10/9". By the set before it they are
 * reps.
 */
#ifndef CORE_NOTATION_ROW_H
#define CORE_NOTATION_ROW_H

#include "core/base/buf.h"
#include "core/lift/set.h"

/* TEXT, as it was typed, is sets of the reps that it counts, right behind LAST: what would be written of them where
 * nothing stood before. False: it is none of that, or a number of it may be a load. */
bool row_read(struct span text, const struct set *last, struct buf *out);

#endif
