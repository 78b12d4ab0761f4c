/*
 * The fatigue of a session; see fatigue.h.
 */
#include "core/effort/fatigue.h"

#include <math.h>

#include "core/effort/policy.h"

/* What one set adds if the next follows at once. */
static double fatigue_blow(const struct fatigue *fatigue, const struct bout *bout)
{
    double rir = bout->reach.rir;

    if (isnan(rir))
        rir = bout->set->type == SET_AMRAP ? 0 : fatigue->policy->assumed_rir;
    return fatigue->policy->size * fatigue->decline / (1 + rir);
}

double fatigue_after(const struct fatigue *fatigue, const struct bout *bout, double rest_s)
{
    double f =
        fatigue->policy->carry * bout->fatigue + fatigue_blow(fatigue, bout) * exp(-rest_s / fatigue->policy->tau_s);

    return fmin(f, fatigue->policy->cap);
}

double fatigue_rest(const struct fatigue *fatigue, const struct bout *bout, double limit)
{
    double share = (limit - fatigue->policy->carry * bout->fatigue) / fatigue_blow(fatigue, bout);

    if (!(share > 0))
        return INFINITY;
    return fmax(0, -fatigue->policy->tau_s * log(share));
}

static void fill(const struct fatigue *fatigue, struct session *session)
{
    for (size_t i = 1; i < session->count; i++) {
        const struct bout *before = &session->bouts[i - 1];
        struct bout *bout = &session->bouts[i];
        double rest_s = (double)(bout->at_ms - before->at_ms) / 1000;

        bout->fatigue = 0;
        if (i == session->today || rest_s > fatigue->policy->session_gap_s)
            continue;
        if (rest_s < fatigue->policy->rest_read_s)
            rest_s = fatigue->rest_usual_s;
        bout->fatigue = fatigue_after(fatigue, before, rest_s);
    }
}

/* The lifter's decline from set to set as a multiple of the table's, over PAIRS pairs. */
static double observed_ratio(const struct session *session, size_t *pairs)
{
    double seen = 0, expected = 0;

    *pairs = 0;
    for (size_t i = 1; i + 1 < session->count; i++) {
        const struct bout *a = &session->bouts[i - 1], *b = &session->bouts[i];
        double decline = 1 - (1 - b->fatigue) / (1 - a->fatigue);

        if (a->reach.measure != MEASURE_EXACT || b->reach.measure != MEASURE_EXACT ||
            !session_same_load(session, a, b) || b->fatigue == 0 || decline < session->policy->fatigue.decline_min ||
            a->reach.n < 1)
            continue;
        seen += 1 - b->reach.n / a->reach.n;
        expected += decline;
        ++*pairs;
    }
    return *pairs > 0 ? fmin(fmax(seen / expected, 0), session->policy->fatigue.ratio_max) : 1;
}

void fatigue_fill(struct fatigue *fatigue, struct session *session, const struct exercise *exercise)
{
    double prior = policy_decline(session->policy, exercise), ratio;
    size_t pairs;

    fatigue->policy = &session->policy->fatigue;
    fatigue->decline = prior;
    fatigue->rest_usual_s = policy_rest_usual(session->policy, exercise->compound);
    fill(fatigue, session);
    ratio = observed_ratio(session, &pairs);
    if (pairs == 0)
        return;
    fatigue->decline =
        prior * (fatigue->policy->prior_pairs + (double)pairs * ratio) / (fatigue->policy->prior_pairs + (double)pairs);
    fill(fatigue, session);
}
