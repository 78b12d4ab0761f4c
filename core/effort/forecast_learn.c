/*
 * What a set teaches: which experts to trust, how wide the ranges must be, and what the lifter can do.
 */
#include <math.h>

#include "core/effort/forecast_panel.h"

/* The widths of the ranges follow what fell in and out of them: over time they hold what they should, whatever the
 * shape of the errors (Gibbs and Candes 2021, adaptive conformal inference). */
static void learn_ranges(const struct policy_forecast *policy, struct forecast_record *record,
                         const struct forecast *forecast, double n)
{
    static const double narrowest = 0.01, widest = 0.999;
    double step = policy->coverage_step * (1 + policy->coverage_early / (1 + record->sets));

    record->sets++;
    for (size_t r = 0; r < FORECAST_RANGES; r++) {
        bool inside = n >= forecast->low[r] && n <= forecast->high[r];

        record->level[r] += step * (forecast_levels[r] - (inside ? 1 : 0));
        record->level[r] = fmin(fmax(record->level[r], narrowest), widest);
    }
}

static void learn_experts(const struct policy_forecast *policy, struct forecast_record *record,
                          const struct panel *panel, double n)
{
    for (size_t i = 0; i < EXPERT_COUNT; i++) {
        struct expert *expert = &record->experts[i];

        if (isnan(panel->centre[i]))
            continue;
        expert->score = expert->score * policy->forget + log(panel_chance(panel, i, n) + policy->chance_least);
        expert->error = expert->error * policy->forget + fabs(n - panel->centre[i]);
        expert->sets = expert->sets * policy->forget + 1;
    }
}

static void learn_mode(struct forecast_lifter *lifter, const struct forecast_exercise *exercise,
                       enum forecast_mode mode, const struct view *view, double n)
{
    const struct policy_forecast *policy = &lifter->policy->forecast;
    struct forecast_record *records = lifter->records[mode];
    struct forecast forecast;
    struct panel panel;

    panel_ask(lifter, exercise, mode, view, &panel);
    panel_spread_out(&panel, &records[panel.stratum], &forecast);
    learn_ranges(policy, &records[panel.stratum], &forecast, n);
    learn_experts(policy, &records[panel.stratum], &panel, n);
    if (!isnan(panel.at.base))
        pattern_learn(lifter->policy, &records[panel_pattern_place(mode, panel.stratum)].pattern, &panel.at, n);
}

/* Reps to failure are a fact where a set was seen to fail; all else is as it is reported. Returns what lies between:
 * how much the reports fall short, by what was learnt before SET (science.md, section 3). */
static double learn_bias(struct forecast_lifter *lifter, struct forecast_exercise *exercise, const struct seen_set *set)
{
    const struct policy *policy = lifter->policy;
    double fatigue = capacity_tired(policy, &exercise->capacity, set->at_ms);
    struct bias bias = {.shrunk = NAN};

    if (scale_failed(set->failure))
        bias_sum(policy, &lifter->bias, &bias);
    if (set->failure == FAILURE_MOMENTARY)
        bias_count(&lifter->bias, bias_beyond(policy, &exercise->reports, set, fatigue));
    bias_remember(policy, &exercise->reports, set, fatigue);
    return isnan(bias.shrunk) ? 0 : bias.shrunk;
}

static void learn_known(struct forecast_lifter *lifter, const struct forecast_exercise *exercise,
                        const struct seen_set *set)
{
    struct view view;

    if (panel_look(lifter, exercise, set, &view)) {
        learn_mode(lifter, exercise, FORECAST_REPS, &view, set->n);
        if (!isnan(set->rir) && !lifter->reps_only)
            learn_mode(lifter, exercise, FORECAST_RIR, &view, set->n);
    }
    if (isnan(set->rir))
        return;
    if (panel_is_half(set->rir))
        lifter->halves++;
    else
        lifter->wholes++;
}

/* A set whose RIR nobody knows still says that its reps were there: experts who held that less likely than not lose. It
 * says nothing for those who foretell more yet, and is forgotten as it was learnt: as a part of a set. */
static void learn_bound(const struct policy_forecast *policy, struct forecast_record *record, const struct panel *panel,
                        double reps)
{
    static const double even = 0.5;
    double weight = policy->bound_weight, keep = pow(policy->forget, weight);

    for (size_t i = 0; i < EXPERT_COUNT; i++) {
        struct expert *expert = &record->experts[i];

        if (!isnan(panel->centre[i]))
            expert->score = expert->score * keep +
                            weight * log(fmin(1, panel_at_least(panel, i, reps) / even) + policy->chance_least);
    }
}

static void learn_unknown(struct forecast_lifter *lifter, const struct forecast_exercise *exercise,
                          const struct seen_set *set)
{
    struct panel panel;
    struct view view;

    if (!panel_look(lifter, exercise, set, &view))
        return;
    panel_ask(lifter, exercise, FORECAST_REPS, &view, &panel);
    learn_bound(&lifter->policy->forecast, &lifter->records[FORECAST_REPS][panel.stratum], &panel, set->reps);
}

void forecast_learn(struct forecast_lifter *lifter, struct forecast_exercise *exercise, const struct seen_set *set)
{
    double bias = learn_bias(lifter, exercise, set);
    bool first = guess_is_first(lifter->policy, &exercise->memory, set->at_ms);

    if (first) {
        exercise->top_before_kg = exercise->session_top_kg;
        exercise->session_top_kg = 0;
    }
    exercise->session_top_kg = fmax(exercise->session_top_kg, set->load_kg);
    if (!isnan(set->n))
        learn_known(lifter, exercise, set);
    else
        learn_unknown(lifter, exercise, set);
    recall_remember(&exercise->recall, set, first);
    pattern_remember(lifter->policy, &exercise->pattern, set, first);
    capacity_learn(lifter->policy, &exercise->capacity, set, bias);
    guess_learn(lifter->policy, &exercise->memory, &lifter->drift, set);
}
