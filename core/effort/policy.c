/*
 * Looks up the policy; see policy.h. Its rows stand in config/effort.policy.
 */
#include "core/effort/policy.h"

#include <math.h>

#include "core/base/mem.h"

#define POLICY_KEY(key, low, high, ...)                                                                                \
    {                                                                                                                  \
#key, offsetof(struct policy, key),                                                                            \
            _Generic(policy_default.key, int                                                                           \
                     : true, double                                                                                    \
                     : false),                                                                                         \
            (low), (high), __VA_ARGS__                                                                                 \
    }

#include "policy_data.h"

const struct policy_key *policy_key_at(size_t index)
{
    return index < ARRAY_LENGTH(policy_keys) ? &policy_keys[index] : NULL;
}

const struct policy *policy_of(const struct effort_input *input)
{
    return input->policy != NULL ? input->policy : &policy_default;
}

static bool fits(int row, int value)
{
    return row == POLICY_ANY || row == value;
}

enum level policy_level(const struct policy *policy, double experience_months)
{
    if (isnan(experience_months))
        return LEVEL_UNKNOWN;
    if (experience_months < policy->level.beginner_months)
        return LEVEL_BEGINNER;
    return experience_months < policy->level.intermediate_months ? LEVEL_INTERMEDIATE : LEVEL_ADVANCED;
}

const struct policy_effort *policy_effort(const struct policy *policy, const struct policy_case *of)
{
    for (size_t i = 0; i < policy->effort_count; i++) {
        const struct policy_effort *row = &policy->effort[i];

        if (fits(row->goal, (int)of->goal) && fits(row->phase, (int)of->phase) && fits(row->level, (int)of->level) &&
            fits(row->effort, (int)of->effort) && fits(row->position, (int)of->position) &&
            fits(row->open, of->open ? 1 : 0))
            return row;
    }
    return NULL;
}

const struct policy_phase *policy_phase(const struct policy *policy, enum phase phase)
{
    return &policy->phase[phase];
}

const struct policy_reps *policy_reps(const struct policy *policy, enum goal goal, enum effort_class effort)
{
    for (size_t i = 0; i < policy->reps_count; i++)
        if (fits(policy->reps[i].goal, (int)goal) && fits(policy->reps[i].effort, (int)effort))
            return &policy->reps[i];
    return NULL;
}

static const struct policy_rest *rest_row(const struct policy *policy, bool compound, bool hard)
{
    for (size_t i = 0; i < policy->rest_count; i++)
        if (fits(policy->rest_rows[i].compound, compound ? 1 : 0) && fits(policy->rest_rows[i].hard, hard ? 1 : 0))
            return &policy->rest_rows[i];
    return NULL;
}

const struct policy_rest *policy_rest(const struct policy *policy, bool compound, int reps, double rir)
{
    return rest_row(policy, compound, (reps >= 0 && reps <= policy->rest.hard_reps) || rir <= policy->rest.hard_rir);
}

void policy_range(const struct policy *policy, int reps, int *low, int *high)
{
    const struct policy_range *range = &policy->range;
    const int tops[] = {range->top_1, range->top_2, range->top_3, range->top_4, range->top_5, range->top_6};
    size_t i = 0;

    while (i + 1 < ARRAY_LENGTH(tops) && tops[i] < reps)
        i++;
    *low = i > 0 ? tops[i - 1] + 1 : 1;
    *high = tops[i];
}

double policy_rest_usual(const struct policy *policy, bool compound)
{
    const struct policy_rest *row = rest_row(policy, compound, false);

    return (row->min_s + row->max_s) / 2;
}

double policy_curve(const struct policy *policy, const struct exercise *exercise)
{
    const struct policy_curve *curve = &policy->curve;

    if (!exercise->lower_body || exercise->equipment != EQUIPMENT_MACHINE)
        return curve->usual;
    return exercise->compound ? curve->lower_machine_compound : curve->lower_machine;
}

double policy_decline(const struct policy *policy, const struct exercise *exercise)
{
    const struct policy_decline *decline = &policy->decline;

    if (!exercise->compound)
        return decline->isolation;
    return exercise->lower_body ? decline->squat : decline->press;
}
