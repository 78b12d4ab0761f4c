/*
 * The tables of policy.h. Beside each row stand the rules or the paper that it comes from; science.md's sections are
 * named by number.
 */
#include "core/effort/policy.h"

#include <math.h>

#include "core/base/mem.h"

#define ANY POLICY_ANY

/* Contract, "Targets" and "Experience"; D1, D2 settle where the articles disagree. An unknown experience trains as an
 * intermediate. Strength keeps one range for all lifts: raise load before lowering RIR (D1). */
static const struct policy_effort effort_rows[] = {
    /* goal, level, class, position, gate; target, asked for, accepted; rules */
    {ANY, LEVEL_BEGINNER, ANY, ANY, ANY, 3.5, 3, 4, 2, 5, {"R66", "R83"}},
    {GOAL_STRENGTH, ANY, ANY, ANY, ANY, 3, 2, 5, 2, 5, {"R35", "R76", "D1"}},
    {GOAL_FITNESS, ANY, ANY, ANY, 1, 2.5, 2, 3, 0, 4, {"R93"}},
    {GOAL_FITNESS, ANY, ANY, ANY, ANY, 2.5, 2, 3, 1, 4, {"R93"}},
    {GOAL_HYPERTROPHY, ANY, EFFORT_SAFE, POSITION_LAST, 1, 0, 0, 1, 0, 3, {"R07", "R36", "D2"}},
    {GOAL_HYPERTROPHY, ANY, EFFORT_SAFE, POSITION_LAST, ANY, 1, 1, 2, 1, 3, {"R07", "R77", "D2"}},
    {GOAL_HYPERTROPHY, ANY, EFFORT_SAFE, ANY, ANY, 2, 1, 3, 1, 3, {"R05", "D2"}},
    {GOAL_HYPERTROPHY, ANY, EFFORT_ALLOWED, POSITION_LAST, 1, 1, 0, 2, 0, 3, {"R09", "R87", "D4"}},
    {GOAL_HYPERTROPHY, ANY, EFFORT_ALLOWED, POSITION_LAST, ANY, 1, 1, 2, 1, 3, {"R09", "R05", "D4"}},
    {GOAL_HYPERTROPHY, ANY, EFFORT_CAUTION, POSITION_LAST, 1, 1, 0, 2, 0, 3, {"R89", "R99", "D3"}},
    {GOAL_HYPERTROPHY, ANY, EFFORT_CAUTION, POSITION_LAST, ANY, 1, 1, 2, 1, 3, {"R89", "R99"}},
    {GOAL_HYPERTROPHY, ANY, EFFORT_TRAP, POSITION_LAST, 1, 2, 1, 3, 0, 3, {"R05", "R90", "D3"}},
    {GOAL_HYPERTROPHY, ANY, ANY, ANY, ANY, 2, 1, 3, 1, 3, {"R05", "R08", "D2"}},
};

static const struct policy_phase phase_rows[] = {
    [PHASE_NORMAL] = {0, true, true, NULL},
    [PHASE_DELOAD] = {2, false, true, "R37"}, /* science 7: RIR +2, no failure */
    [PHASE_LOW_VOLUME] = {0, true, false, "R16"},
    [PHASE_ISOLATION] = {0, true, false, "R17"},
    [PHASE_FAILURE_BLOCK] = {0, true, false, "R18"},
};

/* Growth: R24 for all, R68 for what can be held long safely. Strength: heavier loads (R76); its numbers, and those of
 * fitness, are convention. */
static const struct policy_reps reps_rows[] = {
    {GOAL_STRENGTH, ANY, 1, 6},
    {GOAL_FITNESS, ANY, 5, 20},
    {GOAL_HYPERTROPHY, EFFORT_SAFE, 5, 30},
    {GOAL_HYPERTROPHY, ANY, 5, 15},
};

/* Science 5 (Singer 2024, Janicijevic 2023): compounds of up to 6 reps or RIR up to 1 longest; never under 60 s. */
static const struct policy_rest rest_rows[] = {
    {true, 1, 180, 300},
    {true, 0, 120, 180},
    {false, ANY, 90, 120},
};
static const int rest_hard_reps = 6;
static const double rest_hard_rir = 1;

const struct policy_gate policy_gate = {
    .years = 2,
    .compound_weeks = 8,
    .bias_reps = 1,
    .bias_sets = 3,
    .sleep_h = 7,
    .weekly_sets = 20,
    .share = 0.20,
    .share_at_least = 1,
    .session_sets = 1,
    .exercise_week_sets = 2,
    .compound_week_sets = 1,
    .hours_lower_compound = 72,
    .hours = 48,
    .allowed_cost = 2,
    .secondary = 0.5,
    .days_week = 7,
    .weeks_usual = 4,
};

/* Science 5: the model, and the weight of the table against the person. The limits of what is believed are ours. */
const struct policy_fatigue policy_fatigue = {
    .carry = 0.6,
    .size = 0.65,
    .tau_s = 160,
    .cap = 0.8,
    .prior_pairs = 2.6,
    .ratio_max = 1.5,
    .decline_min = 0.01,
    .assumed_rir = 2,
    .rest_read_s = 30,
    .session_gap_s = 2 * 3600.0,
};

/* Science 2 (n), 3 (RIR and its noise), 8 (load noise, idle loss, missed reps). */
const struct policy_strength policy_strength = {
    .reps_load_max = 20,
    .rir_bound = 4,
    .missed_reps = 0.5,
    .noise_base = 0.6,
    .noise_rir = 0.35,
    .noise_long = 0.05,
    .noise_long_from = 12,
    .noise_load = 0.01,
    .noise_fatigue = 0.3,
    .idle_days = 21,
    .idle_loss = 0.01,
    .bodyweight_kg = 75,
};

/* Science 8 (clamps); contract, "Failure words", "Sharp drop", ADVICE. The habit's width is a rep range as people plan
 * them. */
const struct policy_load policy_load = {
    .set_up = 0.05,
    .set_down = 0.15,
    .session_up_main = 0.10,
    .session_up = 0.20,
    .habit_reps = 2,
    .habit_sets = 9,
    .technical_drop = 0.05,
    .technical_rir = 3,
    .technical_rir_width = 2,
    .same_kg = 0.05,
    .drop_reps = 3,
    .drop_share = 0.30,
    .sets_assumed = 3,
    .rest_round_s = 15,
    .reps_max = 100,
    .gate_closed_rir = 1,
    .overshoot_slack = 0.5,
};

/* Science 3, "Learn b". */
const struct policy_bias policy_bias = {
    .days = 14,
    .load_share = 0.10,
    .reps_max = 12,
    .newest = 8,
    .prior_sets = 3,
};

/* Contract, "Experience"; months. */
static const double beginner_months = 12, intermediate_months = 36;

static bool fits(int row, int value)
{
    return row == POLICY_ANY || row == value;
}

enum level policy_level(double experience_months)
{
    if (isnan(experience_months))
        return LEVEL_UNKNOWN;
    if (experience_months < beginner_months)
        return LEVEL_BEGINNER;
    return experience_months < intermediate_months ? LEVEL_INTERMEDIATE : LEVEL_ADVANCED;
}

const struct policy_effort *policy_effort(enum goal goal, enum level level, enum effort_class effort,
                                          enum position position, bool open)
{
    for (size_t i = 0; i < ARRAY_LENGTH(effort_rows); i++) {
        const struct policy_effort *row = &effort_rows[i];

        if (fits(row->goal, (int)goal) && fits(row->level, (int)level) && fits(row->effort, (int)effort) &&
            fits(row->position, (int)position) && fits(row->open, open ? 1 : 0))
            return row;
    }
    BUG("no row of effort fits");
}

const struct policy_effort *policy_effort_at(size_t index)
{
    return index < ARRAY_LENGTH(effort_rows) ? &effort_rows[index] : NULL;
}

const struct policy_phase *policy_phase(enum phase phase)
{
    return &phase_rows[phase];
}

const struct policy_reps *policy_reps(enum goal goal, enum effort_class effort)
{
    for (size_t i = 0; i < ARRAY_LENGTH(reps_rows); i++)
        if (fits(reps_rows[i].goal, (int)goal) && fits(reps_rows[i].effort, (int)effort))
            return &reps_rows[i];
    BUG("no row of reps fits");
}

static const struct policy_rest *rest_row(bool compound, bool hard)
{
    for (size_t i = 0; i < ARRAY_LENGTH(rest_rows); i++)
        if (rest_rows[i].compound == compound && fits(rest_rows[i].hard, hard ? 1 : 0))
            return &rest_rows[i];
    BUG("no row of rest fits");
}

const struct policy_rest *policy_rest(bool compound, int reps, double rir)
{
    return rest_row(compound, (reps >= 0 && reps <= rest_hard_reps) || rir <= rest_hard_rir);
}

double policy_rest_usual(bool compound)
{
    const struct policy_rest *row = rest_row(compound, false);

    return (row->min_s + row->max_s) / 2;
}

/* Science 2, "Choice": prior k by exercise (bench and main 31, leg press 46 held to the range 38-45). */
double policy_curve(const struct exercise *exercise)
{
    static const double usual = 31, lower_machine_compound = 45, lower_machine = 38;

    if (!exercise->lower_body || exercise->equipment != EQUIPMENT_MACHINE)
        return usual;
    return exercise->compound ? lower_machine_compound : lower_machine;
}

/* Science 5: c = 1 bench and press, 0.6 squat, 0.8 isolation. */
double policy_decline(const struct exercise *exercise)
{
    static const double press = 1.0, squat = 0.6, isolation = 0.8;

    if (!exercise->compound)
        return isolation;
    return exercise->lower_body ? squat : press;
}
