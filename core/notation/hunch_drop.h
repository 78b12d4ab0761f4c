/*
 * A drop set behind the set before: "12 mit Dropset, 5x10 und 2,5x8 hinterher", "25 again 10, then straight to 20 for
 * 6".
 */
#ifndef CORE_NOTATION_HUNCH_DROP_H
#define CORE_NOTATION_HUNCH_DROP_H

#include <stdbool.h>

#include "core/base/buf.h"
#include "core/base/span.h"
#include "core/lift/set.h"

/* FOLDED right behind LAST tells of one: as it would be typed, into OUT. False: no word says so, a word tells of
 * something else, or its loads don't go down. */
bool hunch_drop_read(struct span folded, const struct set *last, struct buf *out);

#endif
