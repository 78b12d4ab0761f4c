/*
 * Capacity from the sets of one exercise.
 */
#include "core/effort/standing.h"

#include <math.h>

#include "core/base/civil.h"
#include "core/effort/policy.h"
#include "core/effort/strength.h"

double standing_one_rm(const struct bout *bout, double k)
{
    return bout->load_kg * strength_grow(k, bout->reach.n / (1 - bout->fatigue));
}

/* Takes BOUT's word if it says more than what is known. */
static void hear(struct standing *standing, const struct policy_strength *policy, const struct bout *bout)
{
    double n = bout->reach.n / (1 - bout->fatigue);
    double one_rm = standing_one_rm(bout, standing->k);
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

/* What a session began with: its first measured set, or its first. */
static const struct bout *opener(const struct session *session, size_t from, size_t to)
{
    const struct bout *exact = first_exact(session, from, to);

    return exact != NULL ? exact : &session->bouts[from];
}

/* The heaviest good set. Chosen by its load alone: were it by what it proves, a better set could end what another one's
 * load allows. */
static const struct bout *heaviest(const struct session *session, size_t from, size_t to)
{
    const struct bout *top = NULL;

    for (size_t i = from; i < to; i++) {
        const struct bout *bout = &session->bouts[i];
        bool good = bout->set->failure != FAILURE_MISSED && bout->set->failure != FAILURE_TECHNICAL;

        if (good && bout->set->reps > 0 && (top == NULL || bout->load_kg > top->load_kg))
            top = bout;
    }
    return top;
}

static void begin(struct standing *standing, const struct session *session, const struct exercise *exercise)
{
    *standing =
        (struct standing){.one_rm = NAN, .one_rm_load = NAN, .rir = NAN, .k = policy_curve(session->policy, exercise)};
}

/* Up to TOP by more than is advised between two sets. */
static bool goes_up(const struct session *session, const struct bout *from, const struct bout *top)
{
    return top->load_kg > from->load_kg * (1 + session->policy->load.set_up) + session->policy->load.same_kg;
}

/* From FIRST, and from TOP where there is one. */
static void read_before_first(struct standing *standing, const struct session *session, const struct bout *first,
                              const struct bout *top, int64_t now_ms)
{
    const struct policy_strength *policy = &session->policy->strength;

    standing->base = top != NULL ? top : first;
    standing->top = top != NULL || goes_up(session, &session->bouts[session_before(session)], first);
    if (proves(policy, first))
        hear(standing, policy, first);
    if (top != NULL && (standing->measured || proves(policy, top)))
        hear(standing, policy, top);
    if (standing->measured)
        idle(standing, session->policy, now_ms - session->bouts[session->today - 1].at_ms);
}

bool standing_read_top(struct standing *standing, const struct session *session, const struct exercise *exercise,
                       int64_t now_ms)
{
    size_t before = session_before(session);
    const struct bout *first, *top;

    if (session_last(session) != NULL || before == session->count)
        return false;
    first = opener(session, before, session->today);
    top = heaviest(session, before, session->today);
    if (top == NULL || !goes_up(session, first, top))
        return false;
    begin(standing, session, exercise);
    read_before_first(standing, session, first, top, now_ms);
    return true;
}

void standing_read(struct standing *standing, const struct session *session, const struct exercise *exercise,
                   int64_t now_ms)
{
    const struct policy_strength *policy = &session->policy->strength;
    const struct bout *last = session_last(session), *prior = NULL;
    size_t before = session_before(session);

    begin(standing, session, exercise);
    if (last == NULL) {
        if (before < session->count)
            read_before_first(standing, session, opener(session, before, session->today), NULL, now_ms);
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
