/*
 * Warm-ups that nobody called so (R06): what was done on the way up to the first working set.
 */
#ifndef CORE_EFFORT_RAMP_H
#define CORE_EFFORT_RAMP_H

#include "core/effort/session.h"

/* How many of the bouts FROM to before TO, one session of EXERCISE, were warm-ups: those up to the first that isn't
 * much lighter than what came later in the session, or than EXPECTED, a set that the session is to come to (lent;
 * NULL). MOST: the share of that which a warm-up is under. */
size_t ramp_length(const struct session *session, const struct exercise *exercise, size_t from, size_t to,
                   const struct bout *expected, double most);

#endif
