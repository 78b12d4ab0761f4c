/*
 * The curve between load and reps to failure, w * (1 + (n - 1) / k), and the load that muscles feel.
 */
#ifndef CORE_EFFORT_STRENGTH_H
#define CORE_EFFORT_STRENGTH_H

#include "core/lift/exercise.h"
#include "core/lift/set.h"

double strength_grow(double k, double n);                /* 1RM over the load that can be done N times */
double strength_reps(double k, double one_rm_over_load); /* the inverse; may be under 1 when the load is too heavy */

/* The lifter's body counted in where it is moved. NAN when it is unknown. */
double strength_effective(const struct set *set, double bodyweight_kg);

#endif
