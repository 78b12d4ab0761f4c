/*
 * Corrections of several sets at once: "the last two were only 10", "die waren alle mit 42,5", "all easy, 4 in the
 * tank".
 */
#ifndef CORE_NOTATION_SEVERAL_H
#define CORE_NOTATION_SEVERAL_H

#include <stdbool.h>

#include "core/lift/exercise.h"

struct several {
    struct span name;  /* the exercise; empty: the last one. Lent */
    int count;         /* so many of its sets; 0: all of them */
    bool first;        /* the first ones, and not the last */
    struct span piece; /* what they were, for piece_read(); or for spare_read(), where `left`. Lent */
    bool left;
};

/* Whether FOLDED says that and nothing else. */
bool several_read(struct span folded, const struct exercise_names *own, struct several *several);

#endif
