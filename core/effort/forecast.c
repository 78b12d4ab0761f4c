/*
 * Asking for a forecast, and what a set is for it; see forecast.h.
 */
#include "core/effort/forecast.h"

#include <math.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/effort/forecast_panel.h"

_Static_assert(sizeof(struct forecast_exercise) < 2048, "the issue's limit");

const double forecast_levels[FORECAST_RANGES] = {0.50, 0.80, 0.95};

/* What an expert's record starts with: what most lifters go by comes before what few sets fit. A session's first set is
 * like the first one of the session before, as last sets carry fatigue (science.md, section 8). */
static double score_before(const struct policy_forecast *policy, enum forecast_mode mode, bool first, size_t expert)
{
    if (expert == EXPERT_PATTERN || expert == EXPERT_RECALL || (mode == FORECAST_RIR && expert == GUESS_RIR) ||
        (mode == FORECAST_REPS && first && expert == GUESS_CHART_FIRST))
        return policy->score_habit;
    if (expert == GUESS_EPLEY || expert == GUESS_EWMA)
        return policy->score_formula;
    if (mode == FORECAST_REPS && (expert == GUESS_REPS || expert == GUESS_CHART || expert == GUESS_CHART_FIRST))
        return first ? policy->score_formula : policy->score_last;
    return 0;
}

static void record_init(const struct policy *policy, struct forecast_record *record, enum forecast_mode mode,
                        bool first)
{
    memcpy(record->level, forecast_levels, sizeof(forecast_levels));
    for (size_t i = 0; i < EXPERT_COUNT; i++)
        record->experts[i].score = score_before(&policy->forecast, mode, first, i);
    pattern_init(policy, &record->pattern, mode == FORECAST_RIR, first);
}

void forecast_lifter_init(struct forecast_lifter *lifter, const struct policy *policy)
{
    memset(lifter, 0, sizeof(*lifter));
    lifter->policy = policy;
    for (size_t m = 0; m < FORECAST_MODES; m++)
        for (size_t s = 0; s < STRATUM_COUNT; s++)
            record_init(policy, &lifter->records[m][s], (enum forecast_mode)m,
                        s == STRATUM_FIRST_SAME || s == STRATUM_FIRST_CHANGED);
    lifter->halves = policy->forecast.halves * policy->forecast.spread_sets;
    lifter->wholes = policy->forecast.spread_sets - lifter->halves;
}

void forecast_exercise_init(struct forecast_exercise *exercise, const struct policy *policy, const struct exercise *of)
{
    memset(exercise, 0, sizeof(*exercise));
    guess_init(&exercise->memory);
    pattern_memory_init(&exercise->pattern);
    capacity_init(&exercise->capacity, policy_curve(policy, of), policy_decline(policy, of));
    bias_memory_init(&exercise->reports, policy_curve(policy, of));
}

bool forecast_make(const struct forecast_lifter *lifter, const struct forecast_exercise *exercise, double load_kg,
                   double reps, int64_t at_ms, struct forecast *forecast)
{
    enum forecast_mode mode = isnan(reps) ? FORECAST_REPS : FORECAST_RIR;
    const struct seen_set next = {.load_kg = load_kg, .reps = reps, .rir = NAN, .n = NAN, .at_ms = at_ms};
    struct panel panel;
    struct view view;

    if (!panel_look(lifter, exercise, &next, &view))
        return false;
    panel_ask(lifter, exercise, mode, &view, &panel);
    panel_spread_out(&panel, &lifter->records[mode][panel.stratum], forecast);
    return true;
}

bool forecast_by(const struct forecast_lifter *lifter, const struct forecast_exercise *exercise,
                 enum forecast_mode mode, size_t expert, const struct seen_set *next, struct forecast *forecast)
{
    struct panel panel;
    struct view view;

    if (!panel_look(lifter, exercise, next, &view))
        return false;
    panel_ask(lifter, exercise, mode, &view, &panel);
    if (isnan(panel.centre[expert]))
        return false;
    for (size_t i = 0; i < EXPERT_COUNT; i++)
        panel.weight[i] = i == expert ? 1 : 0;
    panel.whole = 0.5;
    panel_spread_out(&panel, NULL, forecast);
    return true;
}

double forecast_error(const struct forecast_lifter *lifter, enum stratum stratum)
{
    const struct forecast_record *record = &lifter->records[FORECAST_REPS][stratum];
    double best = -INFINITY, total = 0, sum = 0;

    for (size_t i = 0; i < EXPERT_COUNT; i++)
        if (i != GUESS_RIR && i != GUESS_RIR_DRIFT)
            best = fmax(best, record->experts[i].score);
    for (size_t i = 0; i < EXPERT_COUNT; i++) {
        double weight = i == GUESS_RIR || i == GUESS_RIR_DRIFT ? 0 : exp(record->experts[i].score - best);

        total += weight;
        sum += weight * panel_spread(&lifter->policy->forecast, record, FORECAST_REPS, stratum, i);
    }
    return sum / total;
}

double forecast_by_load(const struct forecast_lifter *lifter, const struct forecast_exercise *exercise, double load_kg,
                        int64_t at_ms)
{
    static const size_t experts[] = {GUESS_EPLEY, GUESS_CHART, GUESS_CHART_FIRST, GUESS_EWMA, EXPERT_CAPACITY};
    const struct seen_set next = {.load_kg = load_kg, .reps = NAN, .rir = NAN, .n = NAN, .at_ms = at_ms};
    bool first = guess_is_first(lifter->policy, &exercise->memory, at_ms);
    enum stratum stratum = first ? STRATUM_FIRST_CHANGED : STRATUM_LATER_CHANGED;
    double total = 0, sum = 0;
    struct panel panel;
    struct view view;

    if (!panel_look(lifter, exercise, &next, &view))
        return NAN;
    view.stratum = stratum; /* one for all loads, so that the weights don't jump */
    panel_ask(lifter, exercise, FORECAST_REPS, &view, &panel);
    for (size_t i = 0; i < ARRAY_LENGTH(experts); i++) {
        if (isnan(panel.centre[experts[i]]))
            continue;
        total += panel.weight[experts[i]];
        sum += panel.weight[experts[i]] * panel.centre[experts[i]];
    }
    return total > 0 ? sum / total : (double)NAN;
}

double forecast_below(const struct forecast *forecast, double n)
{
    double sum = 0;

    for (int b = 0; b < forecast->bins && forecast->from + HALF_REP * b < n - HALF_REP / 2; b++)
        sum += forecast->chance[b];
    return fmin(sum, 1); /* all of them may come to a rounding more */
}

double forecast_chance(const struct forecast *forecast, double n)
{
    int b = (int)floor((n - forecast->from) / HALF_REP + 0.5);

    return b >= 0 && b < forecast->bins ? forecast->chance[b] : 0;
}

bool forecast_see(const struct forecast_lifter *lifter, const struct forecast_exercise *exercise, const struct set *set,
                  double load_kg, int64_t at_ms, struct seen_set *seen)
{
    double top = exercise->session_top_kg;

    if (!guess_is_first(lifter->policy, &exercise->memory, at_ms))
        top = fmax(top, exercise->top_before_kg);
    if (!(load_kg > 0) || set->reps <= 0 || set->type == SET_WARMUP || set->type == SET_DROP || set->cheat)
        return false;
    *seen = (struct seen_set){.load_kg = load_kg,
                              .reps = set->reps,
                              .rir = set->rir,
                              .n = set->reps + set->rir,
                              .at_ms = at_ms,
                              .failure = set->failure,
                              .measure = scale_reach(&lifter->policy->strength, set).measure};
    if (isnan(seen->rir) && scale_failed(set->failure))
        seen->n = set->reps;
    return !isnan(seen->n) || load_kg >= lifter->policy->forecast.ramp_share * top;
}
