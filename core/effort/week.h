/*
 * What the last 7 x 24 hours contain: sets and failures by muscle, and the budget that failure is spent from (R10, R28,
 * R44; contract, "Budget").
 */
#ifndef CORE_EFFORT_WEEK_H
#define CORE_EFFORT_WEEK_H

#include "core/effort/effort.h"

struct week {
    const struct policy_gate *policy;
    double working;            /* working sets; left and right make one */
    double usual;              /* a week, mean of the last four */
    double sets[MUSCLE_COUNT]; /* direct 1, indirect 0.5 */
    int failure_sets;          /* momentary, technical and missed ones: all spend exposure (D9) */
    double failure_spent;      /* the same with what counts double (D4) */
    int failures_session, failures_exercise, failures_compound;
    double hours_since[MUSCLE_COUNT];  /* since the failure that holds longest; INFINITY */
    double hours_needed[MUSCLE_COUNT]; /* that must have passed since */
    int logged_weeks;                  /* windows of 7 x 24 hours in which something was done */
};

/* Of the first LOG_COUNT sets of INPUT's log, seen at NOW_MS. */
void week_read(struct week *week, const struct effort_input *input, size_t log_count, int64_t now_ms);

/* What SET counts as: left and right make one. */
double week_share(const struct set *set);

/* The exercise with ID, the lifter's own ones included; NULL when it is unknown. */
const struct exercise *week_exercise(const struct effort_input *input, const char *id);

/* Failure sets that the share of R44 allows, when REMAINING sets of this session are still to come. */
double week_budget(const struct week *week, int remaining);

#endif
