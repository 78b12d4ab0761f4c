/*
 * Sets that sentences are read behind.
 */
#ifndef TESTS_UNIT_CORE_NOTATION_BEHIND_H
#define TESTS_UNIT_CORE_NOTATION_BEHIND_H

#include "core/lift/set.h"

enum { REPS = 8, SECONDS = 50 };

static inline struct set barbell(void)
{
    struct set set;

    set_init(&set);
    set.load_kg = 80;
    set.load_mode = LOAD_EXTERNAL;
    set.reps = REPS;
    return set;
}

static inline struct set hold(void)
{
    struct set set;

    set_init(&set);
    set.load_kg = 0;
    set.load_mode = LOAD_BODYWEIGHT;
    set.seconds = SECONDS;
    return set;
}

#endif
