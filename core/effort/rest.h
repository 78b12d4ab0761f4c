/*
 * The rest before the next set: as long as the reps of the range need to come back, within what its kind of set asks
 * for (science.md, section 5).
 */
#ifndef CORE_EFFORT_REST_H
#define CORE_EFFORT_REST_H

#include "core/effort/load.h"

/* Seconds since the last set, for a next one with EFFECTIVE_KG; 0 before the first set. */
int rest_advise(const struct load_case *load, double effective_kg);

#endif
