/*
 * What the lifter did with about this load before. Lifters choose a load for the reps that they mean to do, on light
 * and on heavy days, and go by what they remember of it: no curve, and no other load's set, tells that as well.
 */
#ifndef CORE_EFFORT_RECALL_H
#define CORE_EFFORT_RECALL_H

#include "core/effort/guess.h"

enum { RECALL_SETS = 16 };

/* The newest sets of an exercise whose reps to failure are known. */
struct recall {
    struct recall_set {
        double ln_kg;
        double n;
        bool first; /* of a session */
    } sets[RECALL_SETS];
    size_t count; /* of all; the newest are kept */
};

/* Reps to failure of a set of LOAD_KG, the first of a session or a later one. NAN: nothing is remembered. */
double recall_ask(const struct policy *policy, const struct recall *recall, double load_kg, bool first);
void recall_remember(struct recall *recall, const struct seen_set *set, bool first);

#endif
