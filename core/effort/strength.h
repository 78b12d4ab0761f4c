/*
 * The curve between load and reps to failure, w * (1 + (n - 1) / k), and the load that muscles feel.
 */
#ifndef CORE_EFFORT_STRENGTH_H
#define CORE_EFFORT_STRENGTH_H

#include "core/lift/exercise.h"
#include "core/lift/set.h"

struct policy;

double strength_grow(double k, double n);                /* 1RM over the load that can be done N times */
double strength_reps(double k, double one_rm_over_load); /* the inverse; may be under 1 when the load is too heavy */

/* The lifter's body counted in where it is moved. NAN when it is unknown. */
double strength_effective(const struct set *set, double bodyweight_kg);

/* How uncertain the e1RM of SET is, as SD of its logarithm: the lifter's own slope isn't known, reps in reserve are an
 * estimate (science.md, sections 2, 3). INFINITY where the set only bounds it from below. */
double strength_e1rm_sd(const struct policy *policy, const struct exercise *exercise, const struct set *set);

#endif
