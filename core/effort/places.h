/*
 * Where each rule of effort is kept: in the policy table, by a computation that a test holds to it, or as words.
 */
#ifndef CORE_EFFORT_PLACES_H
#define CORE_EFFORT_PLACES_H

#include "core/effort/effort.h"

enum place_kind {
    PLACE_POLICY,   /* a row or number of config/effort.policy, compiled in */
    PLACE_COMPUTED, /* FILE computes it, and cites it; TEST holds it to it */
    PLACE_SAID      /* FILE says it unasked or by a command of its own; TEST */
};

struct place {
    const char *rule;
    enum place_kind kind;
    const char *file; /* or what it is in the policy: "gate.years", "phase deload" */
    const char *test; /* NULL for the policy */
};

/* The places of rule ID beside its text, which `rules ID` shows of each; INDEX from 0. False past the end. */
bool place_of(const char *id, size_t index, struct place *place);
/* The rows that aren't in the policy, for the test that holds them against the sources. NULL past the end. */
const struct place *place_at(size_t index);

#endif
