/*
 * Load and reps of the next set: the load stays as long as the reps that it will allow are in range, and moves by no
 * more than the clamps of policy when they are not.
 */
#ifndef CORE_EFFORT_LOAD_H
#define CORE_EFFORT_LOAD_H

#include "core/effort/fatigue.h"
#include "core/effort/prospect.h"
#include "core/effort/standing.h"

struct load_case {
    const struct effort_input *input;
    const struct session *session;
    const struct fatigue *fatigue;
    const struct standing *standing;
    const struct prospect *prospect;
    double rir_target, rir_min, rir_max;
    bool failure_ok;   /* the set may end in failure: only the target counts */
    int low, high;     /* reps */
    bool progresses;   /* low and high are a range to progress in, from session to session */
    bool planned_reps; /* low and high are the plan's */
    bool no_increase;  /* after a missed rep, pain or failed form */
    double at_most_kg; /* effective; INFINITY. Wins over the clamps */
    int reps_at_most;  /* where the form went earlier; 0: no limit */
};

struct load_answer {
    double load_kg; /* as it is written; NAN: not known */
    enum load_mode mode;
    double effective_kg; /* NAN: not known */
    int change;          /* against the load that it goes on from: -1, 0, 1 */
    int reps;            /* REPS_UNKNOWN */
    int rest_s;
    double p_failure; /* NAN */
};

/* Reps of a set of this exercise: the plan's, the lifter's habit, or the goal's. The newest set doesn't count for the
 * habit: more reps in it must never lower the load. */
/* The median of the lifter's reps before the newest set; 0 when there is none. */
int load_habit(const struct session *session);
void load_range(struct load_case *load);

void load_advise(const struct load_case *load, struct load_answer *answer);

/* A load as it is written by way of MODE, as an effective one. */
double load_effective(double written_kg, enum load_mode mode, double bodyweight_kg);

#endif
