/*
 * What a lifter can do on one exercise, as a Gaussian belief: level, weekly drift, the slope of their own curve, and
 * how today differs (science.md, section 8). Sets whose RIR is known measure it; others bound it from below. Reps here
 * are the lifter's own: what they would report.
 */
#ifndef CORE_EFFORT_CAPACITY_H
#define CORE_EFFORT_CAPACITY_H

#include <stdbool.h>

#include "core/effort/guess.h"

enum { CAPACITY_LEVEL, CAPACITY_DRIFT, CAPACITY_SLOPE, CAPACITY_DAY, CAPACITY_STATES };

struct capacity {
    double mean[CAPACITY_STATES]; /* ln kg that can be done PIVOT times; ln a week; ln k; ln of today's share */
    double cov[CAPACITY_STATES][CAPACITY_STATES];
    double pivot;               /* usual reps to failure: there level and slope don't mix */
    double usual;               /* running mean of reps to failure */
    double tired;               /* share of the fresh reps that is gone after the last set */
    double decline;             /* c of the fatigue model, by the exercise */
    double seen, expected;      /* reps lost from set to set, as shares: the lifter's, and the model's */
    double pairs;               /* sets that these come from */
    double residual, residuals; /* sum of squares of standardised surprises, and how many */
    double suspect_kg;          /* a pivot load too good to be believed once; NAN */
    double last_kg, last_n;     /* of the last measured set of this session; NAN */
    double last_tired;          /* that it was done with */
    int64_t last_at_ms;         /* INT64_MIN: nothing was seen */
    bool measured;              /* at least once */
};

/* Before any set: K the slope of the exercise's curve, DECLINE its share of the fatigue model. */
void capacity_init(struct capacity *capacity, double k, double decline);

struct outlook {
    double reps;     /* to failure */
    double sd;       /* of what would be reported */
    double fresh_kg; /* e1RM, without fatigue */
};
/* A set of LOAD_KG at AT_MS. False: nothing measured it yet. */
bool capacity_ask(const struct policy *policy, const struct capacity *capacity, double load_kg, int64_t at_ms,
                  struct outlook *outlook);

/* Share of the fresh reps that is gone before a set at AT_MS. */
double capacity_tired(const struct policy *policy, const struct capacity *capacity, int64_t at_ms);

/* BIAS: reps that the lifter's reports fall short of what they do to failure; taken off sets that were seen to fail. */
void capacity_learn(const struct policy *policy, struct capacity *capacity, const struct seen_set *set, double bias);

#endif
