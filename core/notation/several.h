/*
 * Corrections of several sets at once: "the last two were only 10", "die waren alle mit 42,5", "all easy, 4 in the
 * tank".
 */
#ifndef CORE_NOTATION_SEVERAL_H
#define CORE_NOTATION_SEVERAL_H

#include <stdbool.h>

#include "core/lift/exercise.h"
#include "core/notation/words.h"

struct several {
    struct span name;  /* the exercise; empty: the last one. Lent */
    int count;         /* so many of its sets; 0: all of them */
    bool first;        /* the first ones, and not the last */
    struct span piece; /* what they were, for piece_read(); or for spare_read(), where `left`. Lent */
    bool left;
};

/* Whether FOLDED, which has WORDS, says that and nothing else. */
bool several_read(struct span folded, const struct vocabulary *words, const struct exercise_names *own,
                  struct several *several);

/* FOLDED says of several sets that they were of another exercise, and of which: "those were cable rows, not pulldowns",
 * "die letzten 2 waren rudern". The name is that of SEVERAL, as aim_exercise() has it; its piece is empty. */
bool several_exercise(struct span folded, const struct exercise_names *own, struct several *several);

/* Corrections of one set each, "first fly set prob 3 rir, last one 0". */
enum { EACH_MOST = 4 };
struct each {
    struct span name; /* the exercise; empty: the last one. Lent */
    int count;
    struct each_part {
        int set;           /* from 1 on; AIM_LAST */
        const char *scale; /* stands before the piece: "@", where that is the number of an effort; "" */
        struct span piece; /* Lent */
    } parts[EACH_MOST];
};

/* Whether FOLDED, which has WORDS, says that, of two sets at least, and nothing else. */
bool each_read(struct span folded, const struct vocabulary *words, const struct exercise_names *own, struct each *each);

#endif
