/*
 * The experts side by side; see forecast_panel.h.
 */
#include "core/effort/forecast_panel.h"

#include <math.h>
#include <string.h>

/* Weights from scores; experts that say nothing weigh nothing. */
static void weigh(const struct forecast_record *record, struct panel *panel)
{
    double best = -INFINITY, total = 0;

    for (size_t i = 0; i < EXPERT_COUNT; i++)
        if (!isnan(panel->centre[i]))
            best = fmax(best, record->experts[i].score);
    for (size_t i = 0; i < EXPERT_COUNT; i++) {
        panel->weight[i] = isnan(panel->centre[i]) ? 0 : exp(record->experts[i].score - best);
        total += panel->weight[i];
    }
    for (size_t i = 0; i < EXPERT_COUNT; i++)
        panel->weight[i] /= total;
}

static double spread_before(const struct policy_forecast *policy, enum forecast_mode mode, enum stratum stratum)
{
    const double spreads[] = {
        [STRATUM_FIRST_SAME] = policy->spread_first_same,
        [STRATUM_FIRST_CHANGED] = policy->spread_first_changed,
        [STRATUM_LATER_SAME] = policy->spread_later_same,
        [STRATUM_LATER_CHANGED] = policy->spread_later_changed,
    };

    return mode == FORECAST_RIR ? policy->spread_rir : spreads[stratum];
}

double panel_spread(const struct policy_forecast *policy, const struct forecast_record *record, enum forecast_mode mode,
                    enum stratum stratum, size_t i)
{
    const struct expert *expert = &record->experts[i];
    double before = spread_before(policy, mode, stratum) * policy->spread_sets;

    return fmax((before + expert->error) / (policy->spread_sets + expert->sets), policy->spread_least);
}

static void spread_experts(const struct policy_forecast *policy, const struct forecast_record *record,
                           struct panel *panel)
{
    for (size_t i = 0; i < EXPERT_COUNT; i++) {
        if (isnan(panel->centre[i]))
            continue;
        if (panel->mode == FORECAST_RIR)
            panel->centre[i] = fmin(fmax(panel->centre[i], panel->reps), panel->reps + RIR_MOST);
        panel->spread[i] = panel_spread(policy, record, panel->mode, panel->stratum, i);
        panel->fall[i] = exp(-HALF_REP / panel->spread[i]);
    }
}

enum stratum panel_pattern_place(enum forecast_mode mode, enum stratum stratum)
{
    if (mode == FORECAST_REPS)
        return stratum;
    return stratum == STRATUM_FIRST_SAME || stratum == STRATUM_FIRST_CHANGED ? STRATUM_FIRST_SAME : STRATUM_LATER_SAME;
}

bool panel_look(const struct forecast_lifter *lifter, const struct forecast_exercise *exercise,
                const struct seen_set *next, struct view *view)
{
    const struct policy *policy = lifter->policy;

    view->next = *next;
    view->stratum = guess_stratum(policy, &exercise->memory, next->load_kg, next->at_ms);
    view->measured = capacity_ask(policy, &exercise->capacity, next->load_kg, next->at_ms, &view->outlook);
    return guess_all(policy, &exercise->memory, &lifter->drift, next, view->guesses);
}

void panel_ask(const struct forecast_lifter *lifter, const struct forecast_exercise *exercise, enum forecast_mode mode,
               const struct view *view, struct panel *panel)
{
    const struct policy *policy = lifter->policy;
    const struct forecast_record *records = lifter->records[mode];
    const struct outlook *outlook = view->measured ? &view->outlook : NULL;
    struct seen_set asked = view->next;

    memcpy(panel->centre, view->guesses, sizeof(view->guesses));
    if (mode == FORECAST_REPS)
        asked.reps = panel->centre[GUESS_RIR] = panel->centre[GUESS_RIR_DRIFT] = NAN;
    panel->mode = mode;
    panel->reps = asked.reps;
    panel->stratum = view->stratum;
    panel->whole = lifter->wholes / (lifter->wholes + lifter->halves);
    panel->centre[EXPERT_CAPACITY] = outlook != NULL ? outlook->reps : NAN;
    pattern_read(policy, &exercise->pattern, &exercise->memory, panel->centre, outlook, &asked, &panel->at);
    panel->centre[EXPERT_PATTERN] =
        pattern_ask(&records[panel_pattern_place(mode, panel->stratum)].pattern, &panel->at);
    panel->centre[EXPERT_RECALL] = mode == FORECAST_REPS
                                       ? recall_ask(policy, &exercise->recall, asked.load_kg,
                                                    guess_is_first(policy, &exercise->memory, asked.at_ms))
                                       : (double)NAN;
    spread_experts(&policy->forecast, &records[panel->stratum], panel);
    weigh(&records[panel->stratum], panel);
}

/* Laplace's distribution function. */
static double share_below(double x, double centre, double spread)
{
    double z = (x - centre) / spread;

    return z < 0 ? exp(z) / 2 : 1 - exp(-z) / 2;
}

double panel_chance(const struct panel *panel, size_t i, double n)
{
    double centre = panel->centre[i], low = n - HALF_REP / 2, high = n + HALF_REP / 2;
    bool lowest = panel->mode == FORECAST_RIR && n <= panel->reps;
    bool highest = panel->mode == FORECAST_RIR && n >= panel->reps + RIR_MOST;

    if (!lowest && !highest && (low >= centre || high <= centre))
        return exp(-fmax(low - centre, centre - high) / panel->spread[i]) * (1 - panel->fall[i]) / 2;
    return (highest ? 1 : share_below(high, centre, panel->spread[i])) -
           (lowest ? 0 : share_below(low, centre, panel->spread[i]));
}

double panel_at_least(const struct panel *panel, size_t i, double n)
{
    return 1 - share_below(n - HALF_REP / 2, panel->centre[i], panel->spread[i]);
}

/* Adds what expert I gives to each of FORECAST's bins: from its middle outward, as the tail falls by the same share
 * from bin to bin, until little is left. What lies outside goes to the outer bins. */
static void add_expert(const struct panel *panel, size_t i, struct forecast *forecast)
{
    static const double little = 1e-9;
    double centre = panel->centre[i], spread = panel->spread[i], fall = panel->fall[i], weight = panel->weight[i];
    int last = forecast->bins - 1, middle = (int)floor((centre - forecast->from) / HALF_REP + 0.5), b;
    double above, below;

    middle = middle < 0 ? 0 : middle > last ? last : middle;
    above = weight / 2 * exp((centre - forecast->from - (middle + 0.5) * HALF_REP) / spread);
    below = weight / 2 * exp((forecast->from + (middle - 0.5) * HALF_REP - centre) / spread);
    if (middle == last)
        above = 0;
    if (middle == 0)
        below = 0;
    forecast->chance[middle] += weight - above - below;
    for (b = middle + 1; b < last && above > little; b++) {
        forecast->chance[b] += above * (1 - fall);
        above *= fall;
    }
    if (b <= last)
        forecast->chance[b] += above;
    for (b = middle - 1; b > 0 && below > little; b--) {
        forecast->chance[b] += below * (1 - fall);
        below *= fall;
    }
    if (b >= 0)
        forecast->chance[b] += below;
}

static void place_bins(const struct panel *panel, struct forecast *forecast)
{
    static const double below = 6, heard = 0.05; /* reps under the lowest expert who counts */
    double low = INFINITY;

    forecast->from = panel->reps;
    forecast->bins = (int)(RIR_MOST / HALF_REP) + 1;
    if (panel->mode == FORECAST_RIR)
        return;
    for (size_t i = 0; i < EXPERT_COUNT; i++)
        if (panel->weight[i] > heard)
            low = fmin(low, panel->centre[i]);
    forecast->from = fmax(0, floor(low - below));
    forecast->bins = FORECAST_BINS;
}

bool panel_is_half(double n)
{
    return fabs(n - floor(n + HALF_REP)) > HALF_REP / 2;
}

/* Weighs whole steps against half ones, the first bin being a whole number of reps, and makes it all 1. SUMS: the
 * distribution function at the bins' upper edges. */
static void make_whole(const struct panel *panel, struct forecast *forecast, double sums[FORECAST_BINS])
{
    static const double never = 1e-9; /* no bin is impossible */
    double share[2] = {panel->whole, 1 - panel->whole}, total = 0, sum = 0;

    for (int b = 0; b < forecast->bins; b++) {
        forecast->chance[b] = forecast->chance[b] * share[b & 1] + never;
        total += forecast->chance[b];
    }
    for (int b = 0; b < forecast->bins; b++) {
        forecast->chance[b] *= 1 / total;
        sum += forecast->chance[b];
        sums[b] = sum;
    }
}

/* Where the distribution function passes P, each bin spread evenly over its half rep. */
static double quantile(const struct forecast *forecast, const double sums[FORECAST_BINS], double p)
{
    int low = 0, high = forecast->bins - 1;

    while (low < high) {
        int middle = (low + high) / 2;

        if (sums[middle] >= p)
            high = middle;
        else
            low = middle + 1;
    }
    return forecast->from + HALF_REP * (low + 0.5 - fmax(0, sums[low] - p) / forecast->chance[low]);
}

void panel_spread_out(const struct panel *panel, const struct forecast_record *record, struct forecast *forecast)
{
    static const double unheard = 1e-6; /* weighs less than the bins' own floor */
    double sums[FORECAST_BINS];

    forecast->mode = panel->mode;
    forecast->stratum = panel->stratum;
    forecast->reps = panel->reps;
    place_bins(panel, forecast);
    for (int b = 0; b < forecast->bins; b++)
        forecast->chance[b] = 0;
    for (size_t i = 0; i < EXPERT_COUNT; i++)
        if (panel->weight[i] > unheard)
            add_expert(panel, i, forecast);
    make_whole(panel, forecast, sums);
    forecast->middle = quantile(forecast, sums, 0.5);
    forecast->median = forecast->from + HALF_REP * floor((forecast->middle - forecast->from) / HALF_REP + 0.5);
    for (size_t r = 0; r < FORECAST_RANGES; r++) {
        double level = record != NULL ? record->level[r] : forecast_levels[r];

        forecast->low[r] = quantile(forecast, sums, (1 - level) / 2);
        forecast->high[r] = quantile(forecast, sums, (1 + level) / 2);
    }
}
