/*
 * Capacity from the sets of one exercise.
 */
#include "core/effort/standing.h"

#include <math.h>

#include "core/base/civil.h"
#include "core/effort/policy.h"
#include "core/effort/strength.h"

/* Takes BOUT's word if it says more than what is known. */
static void hear(struct standing *standing, const struct policy_strength *policy, const struct bout *bout)
{
    double n = bout->reach.n / (1 - bout->fatigue);
    double one_rm = bout->load_kg * strength_grow(standing->k, n);
    double held = bout->load_kg * strength_grow(standing->k, fmin(n, policy->reps_load_max));

    if (bout->reach.measure == MEASURE_NONE || !(one_rm > 0))
        return;
    if (!standing->measured || one_rm > standing->one_rm) {
        standing->one_rm = one_rm;
        standing->rir = bout->reach.rir;
    }
    if (!standing->measured || held > standing->one_rm_load)
        standing->one_rm_load = held;
    standing->measured = true;
}

/* A bound from a RIR of 4 and more is worth starting from; bare reps are not. */
static bool proves(const struct policy_strength *policy, const struct bout *bout)
{
    return bout->reach.measure == MEASURE_EXACT ||
           (bout->reach.measure == MEASURE_BOUND && bout->reach.rir >= policy->rir_bound);
}

static const struct bout *newest_exact(const struct session *session, size_t from, size_t to)
{
    for (size_t i = to; i-- > from;)
        if (session->bouts[i].reach.measure == MEASURE_EXACT)
            return &session->bouts[i];
    return NULL;
}

static const struct bout *first_exact(const struct session *session, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (session->bouts[i].reach.measure == MEASURE_EXACT)
            return &session->bouts[i];
    return NULL;
}

/* A long pause costs strength. */
static void idle(struct standing *standing, const struct policy *policy, int64_t since_ms)
{
    double days = (double)since_ms / CIVIL_DAY_MS;
    double weeks = (days - policy->strength.idle_days) / policy->gate.days_week;

    if (weeks > 0) {
        standing->one_rm *= exp(-policy->strength.idle_loss * weeks);
        standing->one_rm_load *= exp(-policy->strength.idle_loss * weeks);
    }
}

static void read_before_first(struct standing *standing, const struct session *session, int64_t now_ms)
{
    const struct policy_strength *policy = &session->policy->strength;
    size_t before = session_before(session);
    const struct bout *exact;

    if (before == session->count)
        return;
    exact = first_exact(session, before, session->today);
    standing->base = exact != NULL ? exact : &session->bouts[before];
    if (proves(policy, standing->base))
        hear(standing, policy, standing->base);
    if (standing->measured)
        idle(standing, session->policy, now_ms - session->bouts[session->today - 1].at_ms);
}

void standing_read(struct standing *standing, const struct session *session, const struct exercise *exercise,
                   int64_t now_ms)
{
    const struct policy_strength *policy = &session->policy->strength;
    const struct bout *last = session_last(session), *prior = NULL;
    size_t before = session_before(session);

    *standing =
        (struct standing){.one_rm = NAN, .one_rm_load = NAN, .rir = NAN, .k = policy_curve(session->policy, exercise)};
    if (last == NULL) {
        read_before_first(standing, session, now_ms);
        return;
    }
    standing->base = last;
    if (last->reach.measure != MEASURE_EXACT) {
        prior = newest_exact(session, session->today, session->count);
        if (prior == NULL && before < session->count)
            prior = first_exact(session, before, session->today);
    }
    if (prior != NULL)
        hear(standing, policy, prior);
    if (prior != NULL || proves(policy, last))
        hear(standing, policy, last);
}
