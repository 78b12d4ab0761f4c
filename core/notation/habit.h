/*
 * Habits of writing: "8x12" is eight sets of twelve to one and eight kilograms to another, and always is. What each of
 * them may mean, and how that is said in a word.
 */
#ifndef CORE_NOTATION_HABIT_H
#define CORE_NOTATION_HABIT_H

#include <stdint.h>

#include "core/base/span.h"

enum habit {
    HABIT_FEW_SETS,
    HABIT_MANY_SETS,
    HABIT_MANY_REPS,
    HABIT_BOTH_LARGE,
    HABIT_TRIPLE,
    HABIT_INNER_LOAD,
    HABIT_ROW,
    HABIT_ROW_OF_THREE,
    HABIT_BODY_ROW,
    HABIT_PLATES,
    HABIT_BOTH_SIDES,
    HABIT_HALF_EFFORT,
    HABIT_PLUS,
    HABIT_PLUS_LIST,
    HABIT_COUNT
};

enum { HABIT_WAYS = 3, HABIT_UNKNOWN = -1 };

struct habit_answer {
    uint8_t habit; /* enum habit */
    uint8_t way;   /* of its meanings */
};

/* A text that the habit is about, as it is shown: "8x12". The reader asks about it. */
const char *habit_example(enum habit habit);
/* The word for one WAY to mean it: "sets"; NULL: there are no more. */
const char *habit_meaning(enum habit habit, unsigned way);
/* Which way MEANING is; HABIT_UNKNOWN. */
int habit_way(enum habit habit, struct span meaning);

#endif
