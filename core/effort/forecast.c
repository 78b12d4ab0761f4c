/*
 * The mixture of rules; see forecast.h.
 */
#include "core/effort/forecast.h"

#include <math.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/effort/policy.h"

_Static_assert(sizeof(struct forecast_exercise) < 2048, "the issue's limit");

static const double range_levels[FORECAST_RANGES] = {0.50, 0.80, 0.95};
static const double rir_most = 10, step = 0.5;

/* What each expert says, and how much it counts. */
struct panel {
    enum forecast_mode mode;
    enum stratum stratum;
    double reps;
    double centre[EXPERT_COUNT], spread[EXPERT_COUNT], weight[EXPERT_COUNT];
    double even; /* chance of a whole step against a half one, as a factor of the mixture */
};

void forecast_lifter_init(struct forecast_lifter *lifter, const struct policy *policy)
{
    memset(lifter, 0, sizeof(*lifter));
    lifter->policy = policy;
    for (size_t m = 0; m < FORECAST_MODES; m++)
        for (size_t s = 0; s < STRATUM_COUNT; s++)
            memcpy(lifter->records[m][s].level, range_levels, sizeof(range_levels));
    lifter->halves = policy->forecast.halves * policy->forecast.spread_sets;
    lifter->wholes = policy->forecast.spread_sets - lifter->halves;
}

void forecast_exercise_init(struct forecast_exercise *exercise, double k)
{
    memset(exercise, 0, sizeof(*exercise));
    guess_init(&exercise->memory);
    exercise->k = k;
}

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

static double spread_before(const struct policy_forecast *policy, enum stratum stratum)
{
    const double spreads[] = {
        [STRATUM_FIRST_SAME] = policy->spread_first_same,
        [STRATUM_FIRST_CHANGED] = policy->spread_first_changed,
        [STRATUM_LATER_SAME] = policy->spread_later_same,
        [STRATUM_LATER_CHANGED] = policy->spread_later_changed,
    };

    return spreads[stratum];
}

static bool panel_ask(const struct forecast_lifter *lifter, const struct forecast_exercise *exercise,
                      enum forecast_mode mode, const struct seen_set *next, struct panel *panel)
{
    struct seen_set known = *next;
    const struct policy_forecast *policy = &lifter->policy->forecast;
    const struct forecast_record *record;

    panel->mode = mode;
    if (mode == FORECAST_REPS)
        known.reps = NAN;
    panel->reps = known.reps;
    if (!guess_all(lifter->policy, &exercise->memory, &lifter->drift, &known, panel->centre))
        return false;
    panel->stratum = guess_stratum(lifter->policy, &exercise->memory, next->load_kg, next->at_ms);
    record = &lifter->records[mode][panel->stratum];
    for (size_t i = 0; i < EXPERT_COUNT; i++) {
        const struct expert *expert = &record->experts[i];

        if (mode == FORECAST_RIR && !isnan(panel->centre[i]))
            panel->centre[i] = fmin(fmax(panel->centre[i], known.reps), known.reps + rir_most);
        panel->spread[i] = (spread_before(policy, panel->stratum) * policy->spread_sets + expert->error) /
                           (policy->spread_sets + expert->sets);
        panel->spread[i] = fmax(panel->spread[i], 0.05);
    }
    weigh(record, panel);
    panel->even = lifter->wholes / (lifter->wholes + lifter->halves);
    return true;
}

/* Laplace's distribution function. */
static double laplace(double x, double centre, double spread)
{
    double z = (x - centre) / spread;

    return z < 0 ? exp(z) / 2 : 1 - exp(-z) / 2;
}

static double expert_chance(const struct panel *panel, size_t i, double n)
{
    double low = laplace(n - step / 2, panel->centre[i], panel->spread[i]);
    double high = laplace(n + step / 2, panel->centre[i], panel->spread[i]);

    if (panel->mode == FORECAST_RIR && n <= panel->reps)
        low = 0;
    if (panel->mode == FORECAST_RIR && n >= panel->reps + rir_most)
        high = 1;
    return high - low;
}

static double below(const struct panel *panel, double n)
{
    double sum = 0;

    for (size_t i = 0; i < EXPERT_COUNT; i++)
        if (panel->weight[i] > 0)
            sum += panel->weight[i] * laplace(n, panel->centre[i], panel->spread[i]);
    return sum;
}

static bool is_half(double n)
{
    return fabs(n - floor(n + 0.25)) > 0.25;
}

static void fill_bins(const struct panel *panel, struct forecast *forecast)
{
    double total = 0, before = 0;

    if (panel->mode == FORECAST_RIR) {
        forecast->from = panel->reps;
        forecast->bins = (int)(rir_most / step) + 1;
    } else {
        double low = INFINITY;

        for (size_t i = 0; i < EXPERT_COUNT; i++)
            if (panel->weight[i] > 0.05)
                low = fmin(low, panel->centre[i]);
        forecast->from = fmax(0, floor(low - 6));
        forecast->bins = FORECAST_BINS;
    }
    for (int b = 0; b < forecast->bins; b++) {
        double edge = forecast->from + step * b + step / 2;
        double now = b + 1 < forecast->bins ? below(panel, edge) : 1;
        double share = is_half(edge - step / 2) ? 1 - panel->even : panel->even;

        forecast->chance[b] = (now - before) * share + 1e-9;
        before = now;
        total += forecast->chance[b];
    }
    for (int b = 0; b < forecast->bins; b++)
        forecast->chance[b] /= total;
}

/* Where the distribution function passes P, each bin spread evenly over its half rep. */
static double quantile(const struct forecast *forecast, double p)
{
    double sum = 0;

    for (int b = 0; b < forecast->bins; b++) {
        if (sum + forecast->chance[b] >= p)
            return forecast->from + step * (b - 0.5 + (p - sum) / forecast->chance[b]);
        sum += forecast->chance[b];
    }
    return forecast->from + step * (forecast->bins - 0.5);
}

static void fill_ranges(const struct forecast_record *record, struct forecast *forecast)
{
    forecast->median = forecast->from + step * floor((quantile(forecast, 0.5) - forecast->from) / step + 0.5);
    for (size_t r = 0; r < FORECAST_RANGES; r++) {
        double level = record != NULL ? record->level[r] : range_levels[r];

        forecast->low[r] = quantile(forecast, (1 - level) / 2);
        forecast->high[r] = quantile(forecast, (1 + level) / 2);
    }
}

bool forecast_make(const struct forecast_lifter *lifter, const struct forecast_exercise *exercise, double load_kg,
                   double reps, int64_t at_ms, struct forecast *forecast)
{
    struct seen_set next = {load_kg, reps, NAN, NAN, at_ms};
    struct panel panel;

    forecast->mode = isnan(reps) ? FORECAST_REPS : FORECAST_RIR;
    if (!panel_ask(lifter, exercise, forecast->mode, &next, &panel))
        return false;
    forecast->stratum = panel.stratum;
    forecast->reps = reps;
    fill_bins(&panel, forecast);
    fill_ranges(&lifter->records[forecast->mode][panel.stratum], forecast);
    return true;
}

bool forecast_by_rule(const struct forecast_lifter *lifter, const struct forecast_exercise *exercise,
                      enum forecast_mode mode, enum guess rule, const struct seen_set *next, struct forecast *forecast)
{
    struct panel panel;

    forecast->mode = mode;
    if (!panel_ask(lifter, exercise, mode, next, &panel) || isnan(panel.centre[rule]))
        return false;
    for (size_t i = 0; i < EXPERT_COUNT; i++)
        panel.weight[i] = i == rule ? 1 : 0;
    panel.even = 0.5;
    forecast->stratum = panel.stratum;
    forecast->reps = panel.reps;
    fill_bins(&panel, forecast);
    fill_ranges(NULL, forecast);
    return true;
}

double forecast_below(const struct forecast *forecast, double n)
{
    double sum = 0;

    for (int b = 0; b < forecast->bins && forecast->from + step * b < n - step / 4; b++)
        sum += forecast->chance[b];
    return sum;
}

double forecast_chance(const struct forecast *forecast, double n)
{
    int b = (int)floor((n - forecast->from) / step + 0.5);

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
    *seen = (struct seen_set){load_kg, set->reps, set->rir, set->reps + set->rir, at_ms};
    if (isnan(seen->rir) && (set->failure == FAILURE_MOMENTARY || set->failure == FAILURE_MISSED))
        seen->n = set->reps;
    return !isnan(seen->n) || load_kg >= lifter->policy->forecast.ramp_share * top;
}

/* The widths of the ranges follow what fell in and out of them: over time they hold what they should, whatever the
 * shape of the errors (Gibbs and Candes 2021, adaptive conformal inference). */
static void learn_ranges(const struct policy_forecast *policy, struct forecast_record *record,
                         const struct forecast *forecast, double n)
{
    for (size_t r = 0; r < FORECAST_RANGES; r++) {
        bool inside = n >= forecast->low[r] && n <= forecast->high[r];

        record->level[r] += policy->coverage_step * (range_levels[r] - (inside ? 1 : 0));
        record->level[r] = fmin(fmax(record->level[r], 0.01), 0.999);
    }
}

static void learn_experts(const struct policy_forecast *policy, struct forecast_record *record,
                          const struct panel *panel, double n)
{
    for (size_t i = 0; i < EXPERT_COUNT; i++) {
        struct expert *expert = &record->experts[i];

        if (isnan(panel->centre[i]))
            continue;
        expert->score = expert->score * policy->forget + log(expert_chance(panel, i, n) + 1e-3);
        expert->error = expert->error * policy->forget + fabs(n - panel->centre[i]);
        expert->sets = expert->sets * policy->forget + 1;
    }
}

static void learn_known(struct forecast_lifter *lifter, const struct forecast_exercise *exercise,
                        const struct seen_set *set)
{
    for (size_t m = 0; m < FORECAST_MODES; m++) {
        struct forecast_record *record;
        struct forecast forecast;
        struct panel panel;

        if ((m == FORECAST_RIR && isnan(set->rir)) || !panel_ask(lifter, exercise, (enum forecast_mode)m, set, &panel))
            continue;
        record = &lifter->records[m][panel.stratum];
        fill_bins(&panel, &forecast);
        fill_ranges(record, &forecast);
        learn_ranges(&lifter->policy->forecast, record, &forecast, set->n);
        learn_experts(&lifter->policy->forecast, record, &panel, set->n);
    }
    if (!isnan(set->rir) && is_half(set->rir))
        lifter->halves++;
    else if (!isnan(set->rir))
        lifter->wholes++;
}

void forecast_learn(struct forecast_lifter *lifter, struct forecast_exercise *exercise, const struct seen_set *set)
{
    if (guess_is_first(lifter->policy, &exercise->memory, set->at_ms)) {
        exercise->top_before_kg = exercise->session_top_kg;
        exercise->session_top_kg = 0;
    }
    exercise->session_top_kg = fmax(exercise->session_top_kg, set->load_kg);
    if (!isnan(set->n))
        learn_known(lifter, exercise, set);
    guess_learn(lifter->policy, &exercise->memory, &lifter->drift, set);
}
