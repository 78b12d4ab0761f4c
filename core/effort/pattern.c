/*
 * Recursive least squares; see pattern.h.
 */
#include "core/effort/pattern.h"

#include <math.h>
#include <string.h>

/* What kind of reason each is, for what it weighs before the lifter's sets tell. */
enum kind { KIND_CONSTANT, KIND_HABIT, KIND_MODEL, KIND_EXTRA };
static const enum kind kinds_reps[2][PATTERN_REASONS] = {
    {KIND_CONSTANT, KIND_HABIT, KIND_HABIT, KIND_HABIT, KIND_EXTRA, KIND_EXTRA, KIND_HABIT}, /* later sets */
    {KIND_CONSTANT, KIND_EXTRA, KIND_HABIT, KIND_HABIT, KIND_EXTRA, KIND_EXTRA, KIND_HABIT}, /* not from a tired one */
};
static const enum kind kinds_rir[2][PATTERN_REASONS] = {
    {KIND_CONSTANT, KIND_MODEL, KIND_MODEL, KIND_MODEL, KIND_MODEL, KIND_EXTRA, KIND_EXTRA}, /* later sets */
    {KIND_CONSTANT, KIND_MODEL, KIND_MODEL, KIND_HABIT, KIND_MODEL, KIND_HABIT, KIND_EXTRA}, /* first sets */
};

void pattern_init(const struct policy *policy, struct pattern *pattern, bool rir, bool first)
{
    const struct policy_pattern *own = &policy->pattern;
    const double weights[] = {first ? 0 : -own->drift_set, own->weight_habit, own->weight_model, 0};
    const double sds[] = {own->sd_constant, own->sd_weight, own->sd_weight, own->sd_weight};
    const enum kind *kinds = rir ? kinds_rir[first] : kinds_reps[first];

    memset(pattern, 0, sizeof(*pattern));
    for (size_t i = 0; i < PATTERN_REASONS; i++) {
        pattern->weight[i] = weights[kinds[i]];
        pattern->cov[i][i] = sds[kinds[i]] * sds[kinds[i]];
    }
}

void pattern_memory_init(struct pattern_memory *memory)
{
    *memory = (struct pattern_memory){{NAN, NAN}, {NAN, NAN}, NAN, NAN, NAN, 0};
}

/* A reason that isn't there is none, and none is worth more than LIMIT reps. */
static double held(double reason, double limit)
{
    return isnan(reason) ? 0 : fmin(fmax(reason, -limit), limit);
}

/* What the last set leaves of LOAD_KG, by the chart, if as much was in reserve as usual: its RIR wasn't reported. */
static double after_silence(const struct pattern_memory *memory, double load_kg, bool first)
{
    double n = memory->silent_reps + memory->rir[first ? 0 : 1];

    return isnan(n) ? n : guess_chart_reps(guess_chart_percent(n) * load_kg / memory->silent_kg);
}

static void read_rir(const struct pattern_memory *memory, const struct guess_memory *before,
                     const double guesses[GUESS_COUNT], const struct outlook *outlook, const struct seen_set *next,
                     bool first, struct pattern_case *at)
{
    at->base = guesses[GUESS_RIR];
    at->reasons[1] = memory->last_reps - next->reps;
    at->reasons[2] = guesses[GUESS_CHART] - before->last.n;
    at->reasons[3] = memory->rir[first ? 0 : 1] - before->last_rir;
    at->reasons[4] = outlook != NULL ? outlook->reps - at->base : NAN;
    at->reasons[5] = first ? before->first.rir - before->last_rir : memory->sets - 1;
    at->reasons[6] = NAN;
}

static void read_reps(const struct pattern_memory *memory, const double guesses[GUESS_COUNT],
                      const struct outlook *outlook, double load_kg, bool first, struct pattern_case *at)
{
    at->base = guesses[GUESS_CHART_FIRST];
    at->reasons[1] = guesses[GUESS_REPS] - at->base;
    at->reasons[2] = memory->n[first ? 0 : 1] - at->base;
    at->reasons[3] = outlook != NULL ? outlook->reps - at->base : NAN;
    at->reasons[4] = guesses[GUESS_EWMA] - at->base;
    at->reasons[5] = guesses[GUESS_EPLEY] - at->base;
    at->reasons[6] = after_silence(memory, load_kg, first) - at->base;
}

void pattern_read(const struct policy *policy, const struct pattern_memory *memory, const struct guess_memory *before,
                  const double guesses[GUESS_COUNT], const struct outlook *outlook, const struct seen_set *next,
                  struct pattern_case *at)
{
    bool first = guess_is_first(policy, before, next->at_ms);

    if (isnan(next->reps))
        read_reps(memory, guesses, outlook, next->load_kg, first, at);
    else
        read_rir(memory, before, guesses, outlook, next, first, at);
    at->reasons[0] = 1;
    for (size_t i = 1; i < PATTERN_REASONS; i++)
        at->reasons[i] = held(at->reasons[i], policy->pattern.reason_most);
}

double pattern_ask(const struct pattern *pattern, const struct pattern_case *at)
{
    double sum = at->base;

    for (size_t i = 0; i < PATTERN_REASONS; i++)
        sum += pattern->weight[i] * at->reasons[i];
    return sum;
}

void pattern_learn(const struct policy *policy, struct pattern *pattern, const struct pattern_case *at, double n)
{
    const struct policy_pattern *own = &policy->pattern;
    double surprise = held(n - pattern_ask(pattern, at), own->surprise_most);
    double gain[PATTERN_REASONS], total = own->noise * own->noise;

    for (size_t i = 0; i < PATTERN_REASONS; i++) {
        gain[i] = 0;
        for (size_t j = 0; j < PATTERN_REASONS; j++)
            gain[i] += pattern->cov[i][j] * at->reasons[j];
    }
    for (size_t i = 0; i < PATTERN_REASONS; i++)
        total += gain[i] * at->reasons[i];
    for (size_t i = 0; i < PATTERN_REASONS; i++) {
        pattern->weight[i] += gain[i] * surprise / total;
        for (size_t j = 0; j < PATTERN_REASONS; j++)
            pattern->cov[i][j] -= gain[i] * gain[j] / total;
    }
    for (size_t i = 0; i < PATTERN_REASONS; i++)
        pattern->cov[i][i] += own->wander * own->wander;
}

static void learn_mean(double *mean, double value, double step)
{
    *mean = isnan(*mean) ? value : *mean + step * (value - *mean);
}

void pattern_remember(const struct policy *policy, struct pattern_memory *memory, const struct seen_set *set,
                      bool first)
{
    double step = policy->pattern.usual_step;

    memory->sets = first ? 1 : memory->sets + 1;
    memory->silent_reps = isnan(set->n) ? set->reps : NAN;
    memory->silent_kg = set->load_kg;
    if (!isnan(set->n))
        learn_mean(&memory->n[first ? 0 : 1], set->n, step);
    if (isnan(set->rir))
        return;
    learn_mean(&memory->rir[first ? 0 : 1], set->rir, step);
    memory->last_reps = set->reps;
}
