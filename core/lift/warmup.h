/*
 * The way up to a working load: a few sets, each heavier and shorter than the one before.
 */
#ifndef CORE_LIFT_WARMUP_H
#define CORE_LIFT_WARMUP_H

#include <stdbool.h>

#include "core/lift/plates.h"

enum { WARMUP_SETS = 5 };

struct warmup_set {
    double load_kg;
    int reps;
    bool bar; /* the empty one */
};

/*
 * The sets before LOAD_KG of EXERCISE, how many; 0: nothing to ramp. HEAVY: near the lifter's best, so that a single
 * comes last. On a bar, loads that need few plates are preferred. Where the body is the load, LOAD_KG and theirs are
 * what is added.
 */
int warmup_ramp(const struct equipment *equipment, const struct exercise *exercise, double load_kg, bool heavy,
                struct warmup_set sets[WARMUP_SETS]);

#endif
