/*
 * One curve for all, its slope by exercise (science.md, section 2).
 */
#include "core/effort/strength.h"

#include <math.h>

#include "core/effort/effort.h"
#include "core/effort/policy.h"
#include "core/effort/scale.h"

double strength_grow(double k, double n)
{
    return 1 + (n - 1) / k;
}

double strength_reps(double k, double one_rm_over_load)
{
    return 1 + k * (one_rm_over_load - 1);
}

double strength_effective(const struct set *set, double bodyweight_kg)
{
    switch (set->load_mode) {
    case LOAD_BODYWEIGHT:
        return bodyweight_kg;
    case LOAD_ADDED:
        return bodyweight_kg + set->load_kg;
    case LOAD_ASSISTED:
        return bodyweight_kg - set->load_kg;
    case LOAD_EXTERNAL:
        break;
    }
    return set->load_kg;
}

double effort_e1rm(const struct policy *policy, const struct exercise *exercise, const struct set *set,
                   double bodyweight_kg)
{
    const struct policy *rules = policy != NULL ? policy : &policy_default;
    double load = strength_effective(set, bodyweight_kg);
    struct reach reach = scale_reach(&rules->strength, set);

    if (reach.measure == MEASURE_NONE || set->reps == 0 || isnan(load) || load <= 0)
        return NAN;
    /* Half a missed rep is for forecasts; a record needs whole ones. */
    if (set->failure == FAILURE_MISSED)
        reach.n = set->reps;
    return load * strength_grow(policy_curve(rules, exercise), reach.n);
}

double strength_e1rm_sd(const struct policy *policy, const struct exercise *exercise, const struct set *set)
{
    const struct policy *rules = policy != NULL ? policy : &policy_default;
    struct reach reach = scale_reach(&rules->strength, set);
    double k = policy_curve(rules, exercise), grow = strength_grow(k, reach.n), slope, reps;

    if (reach.measure != MEASURE_EXACT)
        return INFINITY;
    /* d ln g / d ln k, and d ln g / d n. */
    slope = (reach.n - 1) / k / grow * rules->capacity.sd_slope;
    reps = scale_noise(&rules->strength, reach.rir, reach.n) / k / grow;
    return sqrt(slope * slope + reps * reps + rules->strength.noise_load * rules->strength.noise_load);
}
