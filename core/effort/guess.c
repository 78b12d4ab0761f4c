/*
 * The simple rules; see guess.h.
 */
#include "core/effort/guess.h"

#include <math.h>

#include "core/base/mem.h"
#include "core/effort/policy.h"

const char *guess_name(enum guess guess)
{
    static const char *const names[] = {
        [GUESS_REPS] = "persistence",      [GUESS_RIR] = "persistence_rir", [GUESS_REPS_DRIFT] = "drift",
        [GUESS_RIR_DRIFT] = "drift_rir",   [GUESS_EPLEY] = "epley",         [GUESS_CHART] = "rts",
        [GUESS_CHART_FIRST] = "rts_first", [GUESS_EWMA] = "ewma",
    };

    return names[guess];
}

const char *stratum_name(enum stratum stratum)
{
    static const char *const names[] = {
        [STRATUM_FIRST_SAME] = "first-same",
        [STRATUM_FIRST_CHANGED] = "first-changed",
        [STRATUM_LATER_SAME] = "later-same",
        [STRATUM_LATER_CHANGED] = "later-changed",
    };

    return names[stratum];
}

/* The RTS chart in half reps from n = 1: one curve in reps + RIR. */
static const double chart[] = {100,  97.8, 95.5, 93.9, 92.2, 90.7, 89.2, 87.8, 86.3, 85.0,
                               83.7, 82.4, 81.1, 79.9, 78.6, 77.4, 76.2, 75.1, 73.9, 72.3,
                               70.7, 69.4, 68.0, 66.7, 65.3, 64.0, 62.6, 61.3, 59.9, 58.6};
enum { CHART_LAST = ARRAY_LENGTH(chart) - 1 };

double guess_chart_percent(double n)
{
    double place = (n - 1) * 2;
    int below = place < 0 ? 0 : place >= CHART_LAST ? CHART_LAST - 1 : (int)place;

    return chart[below] + (chart[below + 1] - chart[below]) * (place - below);
}

double guess_chart_reps(double percent)
{
    int below = 0;

    while (below < CHART_LAST - 1 && chart[below + 1] > percent)
        below++;
    return fmax(0, 1 + (below + (percent - chart[below]) / (chart[below + 1] - chart[below])) / 2);
}

static double epley_reps(double one_rm, double load_kg)
{
    return fmax(0, 30 * (one_rm / load_kg - 1));
}

static double epley_one_rm(const struct seen_set *set)
{
    return set->load_kg * (1 + set->n / 30);
}

static double by_chart(const struct seen_set *from, double load_kg)
{
    return guess_chart_reps(guess_chart_percent(from->n) * load_kg / from->load_kg);
}

void guess_init(struct guess_memory *memory)
{
    const struct seen_set none = {.load_kg = NAN, .reps = NAN, .rir = NAN, .n = NAN, .at_ms = INT64_MIN};

    *memory = (struct guess_memory){.last = none,
                                    .last_rir = NAN,
                                    .first = none,
                                    .first_before = none,
                                    .ewma = NAN,
                                    .last_load_kg = NAN,
                                    .last_at_ms = INT64_MIN};
}

bool guess_is_first(const struct policy *policy, const struct guess_memory *memory, int64_t at_ms)
{
    return memory->last_at_ms == INT64_MIN ||
           at_ms - memory->last_at_ms > (int64_t)(policy->fatigue.session_gap_s * 1000);
}

enum stratum guess_stratum(const struct policy *policy, const struct guess_memory *memory, double load_kg,
                           int64_t at_ms)
{
    bool same = fabs(load_kg - memory->last_load_kg) < policy->load.same_kg;

    if (guess_is_first(policy, memory, at_ms))
        return same ? STRATUM_FIRST_SAME : STRATUM_FIRST_CHANGED;
    return same ? STRATUM_LATER_SAME : STRATUM_LATER_CHANGED;
}

/* What GUESS_CHART_FIRST goes on from: first sets carry no fatigue over (science.md, section 8). */
static const struct seen_set *anchor(const struct policy *policy, const struct guess_memory *memory, int64_t at_ms)
{
    if (!guess_is_first(policy, memory, at_ms))
        return &memory->last;
    if (!isnan(memory->first.load_kg))
        return &memory->first;
    return isnan(memory->first_before.load_kg) ? &memory->last : &memory->first_before;
}

bool guess_all(const struct policy *policy, const struct guess_memory *memory, const struct guess_drift *drift,
               const struct seen_set *next, double guesses[GUESS_COUNT])
{
    const struct seen_set *last = &memory->last;
    enum stratum stratum = guess_stratum(policy, memory, next->load_kg, next->at_ms);

    if (isnan(last->load_kg))
        return false;
    guesses[GUESS_REPS] = last->n;
    guesses[GUESS_RIR] = next->reps + memory->last_rir;
    guesses[GUESS_REPS_DRIFT] =
        fmax(0, guesses[GUESS_REPS] + drift->reps[stratum] / fmax(1, drift->reps_count[stratum]));
    guesses[GUESS_RIR_DRIFT] = guesses[GUESS_RIR] + drift->rir[stratum] / fmax(1, drift->rir_count[stratum]);
    guesses[GUESS_EPLEY] = epley_reps(epley_one_rm(last), next->load_kg);
    guesses[GUESS_CHART] = by_chart(last, next->load_kg);
    guesses[GUESS_CHART_FIRST] = by_chart(anchor(policy, memory, next->at_ms), next->load_kg);
    guesses[GUESS_EWMA] = epley_reps(memory->ewma, next->load_kg);
    return true;
}

static void learn_rir(const struct policy *policy, struct guess_memory *memory, struct guess_drift *drift,
                      const struct seen_set *set)
{
    if (!isnan(memory->last_rir)) {
        enum stratum stratum = guess_stratum(policy, memory, set->load_kg, set->at_ms);

        drift->rir[stratum] += set->rir - memory->last_rir;
        drift->rir_count[stratum]++;
    }
    memory->last_rir = set->rir;
}

static void learn_reps(const struct policy *policy, struct guess_memory *memory, struct guess_drift *drift,
                       const struct seen_set *set)
{
    if (!isnan(memory->last.load_kg)) {
        enum stratum stratum = guess_stratum(policy, memory, set->load_kg, set->at_ms);

        drift->reps[stratum] += set->n - memory->last.n;
        drift->reps_count[stratum]++;
    }
    memory->last = *set;
    if (isnan(memory->first.load_kg))
        memory->first = *set;
    memory->ewma = isnan(memory->ewma) ? epley_one_rm(set)
                                       : memory->ewma + policy->forecast.ewma * (epley_one_rm(set) - memory->ewma);
}

void guess_learn(const struct policy *policy, struct guess_memory *memory, struct guess_drift *drift,
                 const struct seen_set *set)
{
    bool first = guess_is_first(policy, memory, set->at_ms);

    if (first && !isnan(memory->first.load_kg))
        memory->first_before = memory->first;
    if (first)
        memory->first.load_kg = NAN;
    if (!isnan(set->rir))
        learn_rir(policy, memory, drift, set);
    if (!isnan(set->n))
        learn_reps(policy, memory, drift, set);
    memory->last_load_kg = set->load_kg;
    memory->last_at_ms = set->at_ms;
}
