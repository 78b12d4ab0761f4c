/*
 * What the lifter can do on this exercise now: one number, fresh, and what it rests on.
 */
#ifndef CORE_EFFORT_STANDING_H
#define CORE_EFFORT_STANDING_H

#include "core/effort/fatigue.h"

struct standing {
    const struct bout *base; /* whose load is repeated or changed; NULL: nothing was ever logged */
    bool measured;           /* false: only reps are known, no capacity */
    double one_rm;           /* effective kg, fresh */
    double one_rm_load;      /* the same without what reps beyond the curve's reach would add */
    double rir;              /* that it was read at, for its noise */
    double k;
    bool top; /* the base is a top set: its session began lighter */
};

/* What BOUT proves: effective kg, fresh. */
double standing_one_rm(const struct bout *bout, double k);

/* From the newest set if it measures; else from earlier ones, raised to what the newest proves. Before the first set of
 * a session from the first measured set of the session before, as last sets carry fatigue (science.md, section 8). */
void standing_read(struct standing *standing, const struct session *session, const struct exercise *exercise,
                   int64_t now_ms);

/* Before the first set of a session, from the heaviest set of the one before, where that went up to it by more than is
 * advised between two sets; raised to what its first set proves. False: it didn't. */
bool standing_read_top(struct standing *standing, const struct session *session, const struct exercise *exercise,
                       int64_t now_ms);

#endif
