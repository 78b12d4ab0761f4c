/*
 * Reads RIR off sets; see scale.h.
 */
#include "core/effort/scale.h"

#include <math.h>

#include "core/effort/policy.h"

/* Segments after the first hide how far the first one went. */
static bool is_segmented(const struct set *set)
{
    return set->type == SET_DROP || set->type == SET_MYO || set->type == SET_REST_PAUSE || set->type == SET_CLUSTER;
}

static double set_rir(const struct set *set)
{
    if (set->failure == FAILURE_MOMENTARY || set->failure == FAILURE_MISSED)
        return 0;
    return set->rir < 0 ? 0 : set->rir;
}

struct reach scale_reach(const struct set *set)
{
    struct reach reach = {MEASURE_NONE, NAN, set_rir(set)};

    if (set->cheat || set->type == SET_WARMUP || set->reps < 0)
        return reach;
    reach.measure = MEASURE_BOUND;
    reach.n = set->reps;
    if (is_segmented(set) || set->failure == FAILURE_TECHNICAL || isnan(reach.rir))
        return reach;
    if (reach.rir >= policy_strength.rir_bound) {
        reach.n += policy_strength.rir_bound;
        return reach;
    }
    reach.measure = MEASURE_EXACT;
    reach.n += set->failure == FAILURE_MISSED ? policy_strength.missed_reps : reach.rir;
    return reach;
}

double scale_noise(double rir, double n)
{
    double beyond = fmax(0, n - policy_strength.noise_long_from);

    return (policy_strength.noise_base + policy_strength.noise_rir * rir) * (1 + policy_strength.noise_long * beyond);
}
