/*
 * The failure gate; see gate.h. D3: compounds by free weight have to pass more than safe exercises (R07, R23, R33, R64,
 * R67, R88, R108). D8: a beginner (R107) is never told to test failure; R54 and R29 are one number.
 */
#include "core/effort/gate.h"

#include <math.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/effort/reasons.h"
#include "core/effort/warning.h"

static const double months_per_year = 12;

struct verdict {
    bool closed;
    double value, limit; /* what was compared; NAN */
};

static struct verdict closed_if(bool closed)
{
    return (struct verdict){closed, NAN, NAN};
}

static struct verdict not_final(struct gate_case *gate)
{
    return (struct verdict){gate->position != POSITION_LAST, gate->remaining, 1};
}

static struct verdict avoided(struct gate_case *gate)
{
    return closed_if(gate->input->exercise->effort == EFFORT_AVOID);
}

static struct verdict trapping(struct gate_case *gate)
{
    return closed_if(gate->input->exercise->effort == EFFORT_TRAP && !gate->input->profile->safeties);
}

static struct verdict beginner(struct gate_case *gate)
{
    return closed_if(gate->level == LEVEL_BEGINNER);
}

static struct verdict inexperienced(struct gate_case *gate)
{
    double years = gate->input->profile->experience_months / months_per_year;

    return (struct verdict){!(years >= gate->policy->gate.years), years, gate->policy->gate.years};
}

static struct verdict form_unproven(struct gate_case *gate)
{
    return closed_if(gate->input->profile->form != FORM_GOOD);
}

bool gate_pain(const struct effort_input *input)
{
    return (input->profile->pain_muscles & (input->exercise->primary | input->exercise->secondary)) != 0;
}

static struct verdict painful(struct gate_case *gate)
{
    return closed_if(gate_pain(gate->input));
}

static struct verdict sleepless(struct gate_case *gate)
{
    double slept = gate->input->profile->slept_h;

    return (struct verdict){slept < gate->policy->gate.sleep_h, slept, gate->policy->gate.sleep_h};
}

static struct verdict stressed(struct gate_case *gate)
{
    return closed_if(gate->input->profile->stress == STRESS_HIGH);
}

static struct verdict in_deficit(struct gate_case *gate)
{
    return closed_if(gate->input->profile->deficit);
}

static struct verdict deloading(struct gate_case *gate)
{
    return closed_if(!policy_phase(gate->policy, gate->input->profile->phase)->failure);
}

static struct verdict for_strength(struct gate_case *gate)
{
    return closed_if(gate->input->profile->goal == GOAL_STRENGTH);
}

static struct verdict much_volume(struct gate_case *gate)
{
    double sets = 0;

    for (int m = 0; m < MUSCLE_COUNT; m++)
        if ((gate->input->exercise->primary & (UINT32_C(1) << m)) != 0)
            sets = fmax(sets, gate->week.sets[m]);
    return (struct verdict){sets >= gate->policy->gate.weekly_sets, sets, gate->policy->gate.weekly_sets};
}

static struct verdict unrecovered(struct gate_case *gate)
{
    struct verdict verdict = closed_if(false);
    double missing = 0;

    for (int m = 0; m < MUSCLE_COUNT; m++) {
        double left = gate->week.hours_needed[m] - gate->week.hours_since[m];

        if ((gate->input->exercise->primary & (UINT32_C(1) << m)) == 0 || left <= missing)
            continue;
        missing = left;
        verdict = (struct verdict){true, gate->week.hours_since[m], gate->week.hours_needed[m]};
    }
    return verdict;
}

static struct verdict session_spent(struct gate_case *gate)
{
    bool counts = policy_phase(gate->policy, gate->input->profile->phase)->one_a_session;
    int failures = gate->week.failures_session;

    return (struct verdict){counts && failures >= gate->policy->gate.session_sets, failures,
                            gate->policy->gate.session_sets};
}

static struct verdict exercise_spent(struct gate_case *gate)
{
    int failures = gate->week.failures_exercise;

    return (struct verdict){failures >= gate->policy->gate.exercise_week_sets, failures,
                            gate->policy->gate.exercise_week_sets};
}

static struct verdict share_spent(struct gate_case *gate)
{
    double cost = gate->input->exercise->effort == EFFORT_ALLOWED ? gate->policy->gate.allowed_cost : 1;
    double spent = gate->week.failure_spent,
           budget = week_budget(&gate->week, gate->remaining + gate->input->also_planned);

    return (struct verdict){spent > 0 && spent + cost > budget, spent, budget};
}

const struct bias *gate_bias(struct gate_case *gate)
{
    if (!gate->bias_read)
        bias_read(&gate->bias, gate->input, gate->log_count);
    gate->bias_read = true;
    return &gate->bias;
}

static struct verdict misjudging(struct gate_case *gate)
{
    const struct bias *bias = gate_bias(gate);

    return (struct verdict){bias->measured >= gate->policy->gate.bias_sets &&
                                fabs(bias->mean) > gate->policy->gate.bias_reps,
                            bias->mean, gate->policy->gate.bias_reps};
}

static struct verdict warned(struct gate_case *gate)
{
    const struct warnings *warnings = gate->input->warnings;

    if (warnings == NULL || (warnings->grade == 0 && !warnings->low_checkin))
        return closed_if(false);
    return (struct verdict){true, warnings->grade > 0 ? (double)warnings->grade : (double)NAN, 0};
}

static struct verdict not_for_growth(struct gate_case *gate)
{
    return closed_if(gate->input->profile->goal != GOAL_HYPERTROPHY);
}

static struct verdict few_weeks(struct gate_case *gate)
{
    int weeks = gate->week.logged_weeks;

    return (struct verdict){weeks < gate->policy->gate.compound_weeks, weeks, gate->policy->gate.compound_weeks};
}

static struct verdict judgement_unknown(struct gate_case *gate)
{
    int measured = gate_bias(gate)->measured;

    return (struct verdict){measured < gate->policy->gate.bias_sets, measured, gate->policy->gate.bias_sets};
}

static struct verdict compound_spent(struct gate_case *gate)
{
    int failures = gate->week.failures_compound;

    return (struct verdict){failures >= gate->policy->gate.compound_week_sets, failures,
                            gate->policy->gate.compound_week_sets};
}

/* As long as the newest set of the exercise. */
static struct verdict too_long(struct gate_case *gate)
{
    const struct effort_input *input = gate->input;
    int limit = gate->policy->gate.long_reps;

    for (size_t i = gate->log_count; i-- > 0;) {
        const struct set *set = &input->log[i].set;

        if (set->type != SET_WARMUP && strcmp(set->exercise, input->exercise->id) == 0)
            return (struct verdict){set->reps > limit, set->reps, limit};
    }
    return closed_if(false);
}

enum { GATE_RULES = 2 };

static const struct gate_row {
    const char *rules[GATE_RULES];
    bool compound; /* only asked of compounds by free weight */
    struct verdict (*judge)(struct gate_case *gate);
} gate_rows[] = {
    {{"R37"}, false, deloading},            /* no failure in a deload week */
    {{"R66", "R38"}, false, beginner},      /* whatever the phase */
    {{"R38", "D7"}, false, inexperienced},  /* unknown years are too few */
    {{"R34", "R90"}, false, avoided},       /* squat, deadlift, overhead press, Olympic lifts */
    {{"R90", "R34"}, false, trapping},      /* bench without safeties */
    {{"R41"}, false, painful},              /* injury or pain that touches it */
    {{"R35", "D1"}, false, for_strength},   /* rarely in a strength phase */
    {{"R28", "D6"}, false, unrecovered},    /* 72 or 48 hours */
    {{"R29", "D5"}, false, session_spent},  /* one a session */
    {{"R27", "D5"}, false, exercise_spent}, /* two a week for an exercise */
    {{"R44", "D5"}, false, share_spent},    /* 20 % of the week */
    {{"R65"}, false, much_volume},          /* 20 weekly sets for the muscle */
    {{"R53", "R110"}, false, warned},       /* one warning sign or a low check-in takes the allowance */
    {{"R40", "R19"}, false, sleepless},     /* under 7 hours */
    {{"R40", "R19"}, false, stressed},
    {{"R19", "R86"}, false, in_deficit},
    {{"R39"}, false, form_unproven},    /* `form good` was said */
    {{"R09", "R32"}, false, not_final}, /* the final set alone */
    {{"R69", "D7"}, false, misjudging}, /* RIR is off, over three failure sets */
    {{"D3"}, true, not_for_growth},
    {{"D7"}, true, few_weeks},             /* 8 logged ones */
    {{"D7"}, true, judgement_unknown},     /* RIR not yet known to be right */
    {{"R36", "D3"}, true, compound_spent}, /* once a week */
    {{"D10", "R24"}, true, too_long},      /* long sets fail on what is safe alone */
};

_Static_assert(ARRAY_LENGTH(gate_rows) == GATE_CONDITIONS, "so many can fail");

static bool asked(const struct gate_row *row, const struct exercise *exercise)
{
    return !row->compound || exercise->effort == EFFORT_CAUTION || exercise->effort == EFFORT_TRAP;
}

void gate_read(struct gate_case *gate)
{
    gate->policy = policy_of(gate->input);
    gate->bias_read = false;
    week_read(&gate->week, gate->input, gate->log_count, gate->now_ms);
}

bool gate_open(struct gate_case *gate)
{
    for (size_t i = 0; i < ARRAY_LENGTH(gate_rows); i++)
        if (asked(&gate_rows[i], gate->input->exercise) && gate_rows[i].judge(gate).closed)
            return false;
    return true;
}

size_t gate_closed(struct gate_case *gate, struct gate_closed closed[GATE_CONDITIONS])
{
    size_t count = 0;

    for (size_t i = 0; i < ARRAY_LENGTH(gate_rows); i++) {
        struct verdict verdict = closed_if(false);

        if (asked(&gate_rows[i], gate->input->exercise))
            verdict = gate_rows[i].judge(gate);
        if (verdict.closed)
            closed[count++] = (struct gate_closed){gate_rows[i].rules[0], verdict.value, verdict.limit};
    }
    return count;
}

void gate_explain(struct gate_case *gate, struct advice *advice)
{
    for (size_t i = 0; i < ARRAY_LENGTH(gate_rows); i++) {
        const struct gate_row *row = &gate_rows[i];
        struct verdict verdict;

        if (!asked(row, gate->input->exercise))
            continue;
        verdict = row->judge(gate);
        for (size_t r = 0; verdict.closed && r < GATE_RULES && row->rules[r] != NULL; r++)
            reasons_add_gate(advice, row->rules[r], verdict.value, verdict.limit);
    }
}
