/*
 * What a set says about reps to failure: the RIR scale with its two ends. RIR 0 to under 4 measures, more is a bound,
 * cheated reps and warm-ups say nothing (R06, R59, R72, D9).
 */
#ifndef CORE_EFFORT_SCALE_H
#define CORE_EFFORT_SCALE_H

#include "core/effort/policy.h"
#include "core/lift/set.h"

enum measure {
    MEASURE_NONE,
    MEASURE_BOUND, /* at least n */
    MEASURE_EXACT  /* n, give or take */
};

struct reach {
    enum measure measure;
    double n;   /* reps to failure on the lifter's own scale: reps + RIR */
    double rir; /* as said, or what the word for failure means; NAN: not known */
};

/* Nothing was left. */
bool scale_failed(enum set_failure failure);

struct reach scale_reach(const struct policy_strength *policy, const struct set *set);

/* SD, in reps, of a reported RIR at the end of a set that could have gone to N. */
double scale_noise(const struct policy_strength *policy, double rir, double n);

#endif
