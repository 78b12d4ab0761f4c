/*
 * How far a lifter's RIR is off, learnt only where the truth was seen: sets to momentary failure whose reps could be
 * told from the sets before (science.md, section 3).
 */
#ifndef CORE_EFFORT_BIAS_H
#define CORE_EFFORT_BIAS_H

#include "core/effort/effort.h"

struct bias {
    int failure_sets; /* to momentary failure, in the log; counted up to what is looked at */
    int measured;     /* of them: predictable */
    double mean;      /* reps done beyond what the reports said; positive: the lifter stops early. NAN */
    double shrunk;    /* the same drawn to 0 while sets are few */
};

void bias_read(struct bias *bias, const struct effort_input *input, size_t log_count);

#endif
