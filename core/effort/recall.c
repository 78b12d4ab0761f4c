/*
 * The nearest set that is remembered; see recall.h.
 */
#include "core/effort/recall.h"

#include <math.h>

/* One that is older, and a session's first set for a later one, is as if its load were further away. */
double recall_ask(const struct policy *policy, const struct recall *recall, double load_kg, bool first)
{
    const struct policy_forecast *own = &policy->forecast;
    double ln_kg = log(load_kg), nearest = INFINITY, n = NAN;

    for (size_t age = 0; age < RECALL_SETS && age < recall->count; age++) {
        const struct recall_set *set = &recall->sets[(recall->count - 1 - age) % RECALL_SETS];
        double older = own->recall_age * (double)age, away;

        if (older >= nearest) /* and so are all before it */
            break;
        away = fabs(set->ln_kg - ln_kg) + older + (set->first == first ? 0 : own->recall_first);
        if (away < nearest) {
            nearest = away;
            n = set->n;
        }
    }
    return n;
}

void recall_remember(struct recall *recall, const struct seen_set *set, bool first)
{
    if (!isnan(set->n))
        recall->sets[recall->count++ % RECALL_SETS] = (struct recall_set){log(set->load_kg), set->n, first};
}
