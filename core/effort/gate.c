/*
 * The failure gate; see gate.h. D3: compounds by free weight have to pass more than safe exercises.
 */
#include "core/effort/gate.h"

#include <math.h>

#include "core/base/mem.h"
#include "core/effort/reasons.h"

static const double months_per_year = 12;

/* All return whether the gate is closed by it; VALUE and LIMIT, NAN before, may be set to what was compared. */

static bool not_final(struct gate_case *gate, double *value, double *limit)
{
    *value = gate->remaining;
    *limit = 1;
    return gate->position != POSITION_LAST;
}

static bool avoided(struct gate_case *gate, double *value, double *limit)
{
    (void)value;
    (void)limit;
    return gate->input->exercise->effort == EFFORT_AVOID;
}

static bool trapping(struct gate_case *gate, double *value, double *limit)
{
    (void)value;
    (void)limit;
    return gate->input->exercise->effort == EFFORT_TRAP && !gate->input->profile->safeties;
}

static bool beginner(struct gate_case *gate, double *value, double *limit)
{
    (void)value;
    (void)limit;
    return gate->level == LEVEL_BEGINNER;
}

static bool inexperienced(struct gate_case *gate, double *value, double *limit)
{
    *value = gate->input->profile->experience_months / months_per_year;
    *limit = policy_gate.years;
    return !(*value >= *limit);
}

static bool form_unproven(struct gate_case *gate, double *value, double *limit)
{
    (void)value;
    (void)limit;
    return gate->input->profile->form != FORM_GOOD;
}

bool gate_pain(const struct effort_input *input)
{
    return (input->profile->pain_muscles & (input->exercise->primary | input->exercise->secondary)) != 0;
}

static bool painful(struct gate_case *gate, double *value, double *limit)
{
    (void)value;
    (void)limit;
    return gate_pain(gate->input);
}

static bool sleepless(struct gate_case *gate, double *value, double *limit)
{
    *value = gate->input->profile->slept_h;
    *limit = policy_gate.sleep_h;
    return *value < *limit;
}

static bool stressed(struct gate_case *gate, double *value, double *limit)
{
    (void)value;
    (void)limit;
    return gate->input->profile->stress == STRESS_HIGH;
}

static bool in_deficit(struct gate_case *gate, double *value, double *limit)
{
    (void)value;
    (void)limit;
    return gate->input->profile->deficit;
}

static bool deloading(struct gate_case *gate, double *value, double *limit)
{
    (void)value;
    (void)limit;
    return !policy_phase(gate->input->profile->phase)->failure;
}

static bool for_strength(struct gate_case *gate, double *value, double *limit)
{
    (void)value;
    (void)limit;
    return gate->input->profile->goal == GOAL_STRENGTH;
}

static bool much_volume(struct gate_case *gate, double *value, double *limit)
{
    *value = 0;
    *limit = policy_gate.weekly_sets;
    for (int m = 0; m < MUSCLE_COUNT; m++)
        if ((gate->input->exercise->primary & (UINT32_C(1) << m)) != 0)
            *value = fmax(*value, gate->week.sets[m]);
    return *value >= *limit;
}

static bool unrecovered(struct gate_case *gate, double *value, double *limit)
{
    double missing = 0;

    for (int m = 0; m < MUSCLE_COUNT; m++) {
        double left = gate->week.hours_needed[m] - gate->week.hours_since[m];

        if ((gate->input->exercise->primary & (UINT32_C(1) << m)) == 0 || left <= missing)
            continue;
        missing = left;
        *value = gate->week.hours_since[m];
        *limit = gate->week.hours_needed[m];
    }
    return missing > 0;
}

static bool session_spent(struct gate_case *gate, double *value, double *limit)
{
    *value = gate->week.failures_session;
    *limit = policy_gate.session_sets;
    return policy_phase(gate->input->profile->phase)->one_a_session && *value >= *limit;
}

static bool exercise_spent(struct gate_case *gate, double *value, double *limit)
{
    *value = gate->week.failures_exercise;
    *limit = policy_gate.exercise_week_sets;
    return *value >= *limit;
}

static bool share_spent(struct gate_case *gate, double *value, double *limit)
{
    double cost = gate->input->exercise->effort == EFFORT_ALLOWED ? policy_gate.allowed_cost : 1;

    *value = gate->week.failure_spent;
    *limit = week_budget(&gate->week, gate->remaining);
    return *value > 0 && *value + cost > *limit;
}

static const struct bias *bias_of(struct gate_case *gate)
{
    if (!gate->bias_read)
        bias_read(&gate->bias, gate->input, gate->log_count);
    gate->bias_read = true;
    return &gate->bias;
}

static bool misjudging(struct gate_case *gate, double *value, double *limit)
{
    *value = bias_of(gate)->mean;
    *limit = policy_gate.bias_reps;
    return gate->bias.measured >= policy_gate.bias_sets && fabs(*value) > *limit;
}

static bool not_for_growth(struct gate_case *gate, double *value, double *limit)
{
    (void)value;
    (void)limit;
    return gate->input->profile->goal != GOAL_HYPERTROPHY;
}

static bool few_weeks(struct gate_case *gate, double *value, double *limit)
{
    *value = gate->week.logged_weeks;
    *limit = policy_gate.compound_weeks;
    return *value < *limit;
}

static bool judgement_unknown(struct gate_case *gate, double *value, double *limit)
{
    *value = bias_of(gate)->measured;
    *limit = policy_gate.bias_sets;
    return *value < *limit;
}

static bool compound_spent(struct gate_case *gate, double *value, double *limit)
{
    *value = gate->week.failures_compound;
    *limit = policy_gate.compound_week_sets;
    return *value >= *limit;
}

static const struct gate_row {
    const char *rules[2];
    bool compound; /* only asked of compounds by free weight */
    bool (*closed)(struct gate_case *gate, double *value, double *limit);
} gate_rows[] = {
    {{"R37", NULL}, false, deloading},       {{"R66", "R38"}, false, beginner},
    {{"R38", "D7"}, false, inexperienced},   {{"R34", "R90"}, false, avoided},
    {{"R90", "R34"}, false, trapping},       {{"R41", NULL}, false, painful},
    {{"R35", "D1"}, false, for_strength},    {{"R28", "D6"}, false, unrecovered},
    {{"R29", "D5"}, false, session_spent},   {{"R27", "D5"}, false, exercise_spent},
    {{"R44", "D5"}, false, share_spent},     {{"R65", NULL}, false, much_volume},
    {{"R40", "R19"}, false, sleepless},      {{"R40", "R19"}, false, stressed},
    {{"R19", "R86"}, false, in_deficit},     {{"R39", NULL}, false, form_unproven},
    {{"R09", "R32"}, false, not_final},      {{"D7", NULL}, false, misjudging},
    {{"D3", NULL}, true, not_for_growth},    {{"D7", NULL}, true, few_weeks},
    {{"D7", NULL}, true, judgement_unknown}, {{"R36", "D3"}, true, compound_spent},
};

static bool asked(const struct gate_row *row, const struct exercise *exercise)
{
    return !row->compound || exercise->effort == EFFORT_CAUTION || exercise->effort == EFFORT_TRAP;
}

void gate_read(struct gate_case *gate)
{
    gate->bias_read = false;
    week_read(&gate->week, gate->input, gate->log_count, gate->now_ms);
}

bool gate_open(struct gate_case *gate)
{
    for (size_t i = 0; i < ARRAY_LENGTH(gate_rows); i++) {
        double value = NAN, limit = NAN;

        if (asked(&gate_rows[i], gate->input->exercise) && gate_rows[i].closed(gate, &value, &limit))
            return false;
    }
    return true;
}

void gate_explain(struct gate_case *gate, struct advice *advice)
{
    for (size_t i = 0; i < ARRAY_LENGTH(gate_rows); i++) {
        const struct gate_row *row = &gate_rows[i];
        double value = NAN, limit = NAN;

        if (!asked(row, gate->input->exercise) || !row->closed(gate, &value, &limit))
            continue;
        reasons_add_gate(advice, row->rules[0], value, limit);
        if (row->rules[1] != NULL)
            reasons_add_gate(advice, row->rules[1], value, limit);
    }
}
