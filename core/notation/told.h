/*
 * What people tell of the set that they have just done, in words of their own behind its numbers.
 */
#ifndef CORE_NOTATION_TOLD_H
#define CORE_NOTATION_TOLD_H

#include <stdbool.h>

#include "core/base/span.h"

/* FOLDED, up to its end, may be that: "pretty hard", "nothing left", "the 7th got stuck", and no number of another set,
 * no plan, nothing of others but that they helped. */
bool told_may_be(struct span folded);

/* FOLDED says how many reps were left: "nothing left", "@1". */
bool told_is_effort(struct span folded);

/* FOLDED says no more than that this was all: "done", "Schluss". */
bool told_ends(struct span folded);

/* A word of FOLDED says that it wasn't lifted: "stuck at the knee". *REP: which one it was, 0 where none is said. */
bool told_missed(struct span folded, int *rep);

#endif
