/*
 * From session to session: double progression within a rep range for growth, the load first for strength (D1), and a
 * load that is rebuilt from lower after misses (R81).
 */
#ifndef CORE_EFFORT_PROGRESS_H
#define CORE_EFFORT_PROGRESS_H

#include "core/effort/load.h"

/* Before the first set of a session: settles the reps from which on the load goes up, and how much lighter it has to be
 * after misses: true when it is rebuilt from lower. Later sets, and reps that a plan gives, are left as they are. */
bool progress_prepare(struct load_case *load);

/* The sessions that ended last missed reps at the same load: time for a reset. */
bool progress_resets(const struct session *session);

#endif
