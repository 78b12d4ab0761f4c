/*
 * Reads RIR off sets; see scale.h. Warm-ups (R06) and cheated reps (R72) say nothing; momentary failure (R20, R57) is
 * RIR 0, technical failure (R21, R58) measures nothing (D9), so the log keeps which kind it was (R111).
 */
#include "core/effort/scale.h"

#include <math.h>

/* Segments after the first hide how far the first one went. */
static bool is_segmented(const struct set *set)
{
    return set->type == SET_DROP || set->type == SET_MYO || set->type == SET_REST_PAUSE || set->type == SET_CLUSTER;
}

bool scale_failed(enum set_failure failure)
{
    return failure == FAILURE_MOMENTARY || failure == FAILURE_MISSED;
}

static double set_rir(const struct set *set)
{
    if (scale_failed(set->failure))
        return 0;
    return set->rir < 0 ? 0 : set->rir;
}

struct reach scale_reach(const struct policy_strength *policy, const struct set *set)
{
    struct reach reach = {MEASURE_NONE, NAN, set_rir(set)};

    if (set->cheat || set->type == SET_WARMUP || set->reps < 0)
        return reach;
    reach.measure = MEASURE_BOUND;
    reach.n = set->reps;
    if (is_segmented(set) || set->failure == FAILURE_TECHNICAL || isnan(reach.rir))
        return reach;
    /* R74: 4 and more is "far from the end"; R59: fewer are an estimate. */
    if (reach.rir >= policy->rir_bound) {
        reach.n += policy->rir_bound;
        return reach;
    }
    reach.measure = MEASURE_EXACT;
    reach.n += set->failure == FAILURE_MISSED ? policy->missed_reps : reach.rir;
    return reach;
}

double scale_noise(const struct policy_strength *policy, double rir, double n)
{
    double beyond = fmax(0, n - policy->noise_long_from);

    return (policy->noise_base + policy->noise_rir * rir) * (1 + policy->noise_long * beyond);
}
