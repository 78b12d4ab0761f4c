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

static bool predicts(const struct policy_bias *policy, const struct bout *bout, const struct bout *failed)
{
    return bout->reach.measure == MEASURE_EXACT && bout->set->failure == FAILURE_NONE &&
           bout->reach.n <= policy->reps_max &&
           fabs(bout->load_kg - failed->load_kg) <= policy->load_share * failed->load_kg;
}

/* Reps that the set to failure went beyond what the reported sets said; NAN when they don't say. */
static double residual(const struct session *session, double k)
{
    const struct bout *failed = &session->bouts[session->count - 1];
    const struct policy_bias *policy = &session->policy->bias;
    double one_rm = 0, count = 0;

    if (failed->reach.measure != MEASURE_EXACT || failed->reach.n > policy->reps_max || !(failed->load_kg > 0))
        return NAN;
    for (size_t i = 0; i + 1 < session->count; i++) {
        const struct bout *bout = &session->bouts[i];

        if (!predicts(policy, bout, failed))
            continue;
        one_rm += bout->load_kg * strength_grow(k, bout->reach.n / (1 - bout->fatigue));
        count++;
    }
    if (count == 0)
        return NAN;
    return failed->reach.n - strength_reps(k, one_rm / count / failed->load_kg) * (1 - failed->fatigue);
}

/* The set to failure at INDEX, seen from itself: the log that it is held against begins 14 days before. */
static double residual_at(const struct effort_input *input, size_t index)
{
    const struct exercise *exercise = week_exercise(input, input->log[index].set.exercise);
    int64_t from_ms = input->log[index].at_ms - (int64_t)(policy_of(input)->bias.days * CIVIL_DAY_MS);
    struct effort_input then = *input;
    struct session session;
    struct fatigue fatigue;
    size_t first;

    if (exercise == NULL)
        return NAN;
    first = session_first_since(input->log, index, from_ms);
    then.exercise = exercise;
    then.log = input->log + first;
    then.now_ms = input->log[index].at_ms;
    then.day_start_ms = INT64_MAX;
    session_read(&session, &then, index - first + 1);
    fatigue_fill(&fatigue, &session, exercise);
    return session.count > 1 ? residual(&session, policy_curve(session.policy, exercise)) : NAN;
}

void bias_read(struct bias *bias, const struct effort_input *input, size_t log_count)
{
    const struct policy_bias *policy = &policy_of(input)->bias;
    double sum = 0;

    *bias = (struct bias){.mean = NAN, .shrunk = NAN};
    for (size_t i = log_count; i-- > 0 && bias->failure_sets < policy->newest;) {
        double beyond;

        if (input->log[i].set.failure != FAILURE_MOMENTARY || input->log[i].set.type == SET_WARMUP)
            continue;
        bias->failure_sets++;
        beyond = residual_at(input, i);
        if (isnan(beyond))
            continue;
        bias->measured++;
        sum += beyond;
    }
    if (bias->measured == 0)
        return;
    bias->mean = sum / bias->measured;
    bias->shrunk = sum / (bias->measured + policy->prior_sets);
}
