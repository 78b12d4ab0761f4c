/*
 * Tells warm-ups by their loads; see ramp.h.
 */
#include "core/effort/ramp.h"

#include <math.h>

#include "core/effort/hurt.h"
#include "core/effort/policy.h"
#include "core/effort/strength.h"

/* A share that another unit's rounding made is the same share. */
static const double share_slack = 1e-9;

/* Whoever told an effort, a failure, pain or a kind of set meant it to count. */
static bool may_be_ramp(const struct bout *bout)
{
    const struct set *set = bout->set;

    return set->type == SET_WORKING && isnan(set->rir) && set->failure == FAILURE_NONE && !set->cheat &&
           set->reps > 0 && bout->load_kg > 0 && !hurt_said(set);
}

/* Far lighter than HEAVIER, or a good deal lighter, under MOST of it, with no more reps, and HEAVIER proves that many
 * were left in reserve. Fewer reps with each step up are a pyramid, whose sets all count. */
static bool leads_to(const struct session *session, double k, double most, const struct bout *bout,
                     const struct bout *heavier)
{
    const struct policy *policy = session->policy;
    double share = bout->load_kg / heavier->load_kg + share_slack, reserve;

    if (heavier->reach.measure == MEASURE_NONE || share >= most ||
        (share >= policy->forecast.ramp_share && bout->set->reps > heavier->set->reps))
        return false;
    reserve = strength_reps(k, strength_grow(k, heavier->reach.n) / share) - bout->set->reps;
    return reserve >= policy->load.ramp_reserve;
}

/* A load that is done twice is work, however light, unless a heavier one follows. */
static bool is_repeated(const struct session *session, size_t i, size_t to)
{
    return i + 1 < to && session->bouts[i + 1].load_kg <= session->bouts[i].load_kg;
}

size_t ramp_length(const struct session *session, const struct exercise *exercise, size_t from, size_t to,
                   const struct bout *expected, double most)
{
    double k = policy_curve(session->policy, exercise);
    size_t length = 0;

    for (size_t i = from; i < to && may_be_ramp(&session->bouts[i]); i++) {
        const struct bout *bout = &session->bouts[i];
        bool ramp = expected != NULL && !is_repeated(session, i, to) && leads_to(session, k, most, bout, expected);

        for (size_t j = i + 1; j < to && !ramp; j++)
            ramp = leads_to(session, k, most, bout, &session->bouts[j]);
        if (!ramp)
            break;
        length++;
    }
    return length;
}
