/*
 * The bias of reported RIR; see bias.h.
 */
#include "core/effort/bias.h"

#include <math.h>

#include "core/base/civil.h"
#include "core/effort/fatigue.h"
#include "core/effort/policy.h"
#include "core/effort/strength.h"
#include "core/effort/week.h"

enum { LOOKED_MAX = 64 }; /* sets to failure, each held against a session of its own: more would take too long */

void bias_memory_init(struct bias_memory *memory, double k)
{
    *memory = (struct bias_memory){.k = k};
}

static bool foretells(const struct policy_bias *policy, const struct bias_report *report, const struct seen_set *set)
{
    return (double)(set->at_ms - report->at_ms) <= policy->days * CIVIL_DAY_MS &&
           fabs(report->load_kg - set->load_kg) <= policy->load_share * set->load_kg;
}

double bias_beyond(const struct policy *policy, const struct bias_memory *memory, const struct seen_set *set,
                   double fatigue)
{
    double one_rm = 0, count = 0;

    if (set->measure != MEASURE_EXACT || set->reps > policy->bias.reps_max || !(set->load_kg > 0))
        return NAN;
    for (size_t i = 0; i < BIAS_REPORTS && i < memory->count; i++) {
        const struct bias_report *report = &memory->reports[i];

        if (!foretells(&policy->bias, report, set))
            continue;
        one_rm += report->load_kg * strength_grow(memory->k, report->fresh);
        count++;
    }
    return count > 0 ? set->reps - strength_reps(memory->k, one_rm / count / set->load_kg) * (1 - fatigue)
                     : (double)NAN;
}

void bias_remember(const struct policy *policy, struct bias_memory *memory, const struct seen_set *set, double fatigue)
{
    if (set->measure != MEASURE_EXACT || set->failure != FAILURE_NONE || set->n > policy->bias.reps_max)
        return;
    memory->reports[memory->count++ % BIAS_REPORTS] =
        (struct bias_report){set->load_kg, set->n / (1 - fatigue), set->at_ms};
}

void bias_count(struct bias_record *record, double beyond)
{
    if (!isnan(beyond))
        record->beyond[record->count++ % BIAS_NEWEST_MAX] = beyond;
}

void bias_sum(const struct policy *policy, const struct bias_record *record, struct bias *bias)
{
    size_t newest = (size_t)policy->bias.newest, measured = record->count < newest ? record->count : newest;
    double sum = 0;

    *bias = (struct bias){.measured = (int)measured, .mean = NAN, .shrunk = NAN};
    for (size_t i = record->count - measured; i < record->count; i++)
        sum += record->beyond[i % BIAS_NEWEST_MAX];
    if (measured == 0)
        return;
    bias->mean = sum / bias->measured;
    bias->shrunk = sum / (bias->measured + policy->bias.prior_sets);
}

/* ---------------------------------------------------------------- from a log */

static struct seen_set see(const struct bout *bout)
{
    return (struct seen_set){.load_kg = bout->load_kg,
                             .reps = bout->set->reps,
                             .rir = bout->reach.rir,
                             .n = bout->reach.n,
                             .at_ms = bout->at_ms,
                             .failure = bout->set->failure,
                             .measure = bout->reach.measure};
}

/* Of the set to failure at INDEX, seen from itself. Only the days that count are read, and fatigue is that of the rests
 * that were logged; what learns set by set (forecast_learn.c) has no log and takes the filter's, of usual rests. */
static double beyond_at(const struct effort_input *input, size_t index)
{
    const struct exercise *exercise = week_exercise(input, input->log[index].set.exercise);
    int64_t from_ms = input->log[index].at_ms - (int64_t)(policy_of(input)->bias.days * CIVIL_DAY_MS);
    struct effort_input then = *input;
    struct bias_memory memory;
    struct seen_set failed;
    struct session session;
    struct fatigue fatigue;
    size_t first, last;

    if (exercise == NULL)
        return NAN;
    first = session_first_since(input->log, index, from_ms);
    then.exercise = exercise;
    then.log = input->log + first;
    then.now_ms = input->log[index].at_ms;
    then.day_start_ms = INT64_MAX;
    session_read(&session, &then, index - first + 1);
    fatigue_fill(&fatigue, &session, exercise);
    bias_memory_init(&memory, policy_curve(session.policy, exercise));
    last = session.count - 1;
    for (size_t i = 0; i < last; i++) {
        struct seen_set set = see(&session.bouts[i]);

        bias_remember(session.policy, &memory, &set, session.bouts[i].fatigue);
    }
    failed = see(&session.bouts[last]);
    return bias_beyond(session.policy, &memory, &failed, session.bouts[last].fatigue);
}

void bias_read(struct bias *bias, const struct effort_input *input, size_t log_count)
{
    const struct policy *policy = policy_of(input);
    struct bias_record record = {.count = 0};
    size_t looked = 0;

    for (size_t i = log_count; i-- > 0 && record.count < (size_t)policy->bias.newest && looked < LOOKED_MAX;) {
        if (input->log[i].set.failure != FAILURE_MOMENTARY || input->log[i].set.type == SET_WARMUP)
            continue;
        bias_count(&record, beyond_at(input, i));
        looked++;
    }
    bias_sum(policy, &record, bias);
}
