/*
 * A target against the rules: failure that the gate doesn't open for, less in reserve than the lifter's targets accept,
 * more load than there is strength for.
 */
#include "core/effort/breach.h"

#include <math.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/effort/gate.h"
#include "core/effort/load.h"
#include "core/effort/standing.h"
#include "core/effort/strength.h"
#include "core/effort/warning.h"

static void add(struct breaches *breaches, const char *rule, double value, double limit)
{
    for (size_t i = 0; i < breaches->count; i++)
        if (strcmp(breaches->at[i].rule, rule) == 0)
            return;
    if (breaches->count < BREACHES)
        breaches->at[breaches->count++] = (struct breach){rule, value, limit};
}

/* ---------------------------------------------------------------- failure */

static int sets_asked(const struct effort_input *input)
{
    return input->target->sets > 0 ? input->target->sets : policy_of(input)->load.sets_assumed;
}

/* Every set is to end there. */
static bool asks_failure_of_all(const struct effort_input *input)
{
    return sets_asked(input) > 1 && input->target->rir_max < policy_of(input)->load.gate_closed_rir;
}

/* R65, with the target's own sets before the last one. */
static void add_volume(struct breaches *breaches, const struct gate_case *gate)
{
    double most = 0;

    for (int m = 0; m < MUSCLE_COUNT; m++)
        if ((gate->input->exercise->primary & (UINT32_C(1) << m)) != 0)
            most = fmax(most, gate->week.sets[m]);
    most += sets_asked(gate->input) - 1;
    if (most >= gate->policy->gate.weekly_sets)
        add(breaches, "R65", most, gate->policy->gate.weekly_sets);
}

/* What long sets were done doesn't matter where the target says how long. */
static bool is_too_long(const struct effort_input *input)
{
    bool free_weight = input->exercise->effort == EFFORT_CAUTION || input->exercise->effort == EFFORT_TRAP;

    return free_weight && input->target->reps_max > policy_of(input)->gate.long_reps;
}

static void add_failure(struct breaches *breaches, struct gate_case *gate)
{
    const struct target *target = gate->input->target;
    struct gate_closed closed[GATE_CONDITIONS];
    size_t count = gate_closed(gate, closed);

    for (size_t i = 0; i < count; i++) {
        bool said = strcmp(closed[i].rule, "D10") == 0 && target->reps_max > 0;

        if (!said && strcmp(closed[i].rule, "R65") != 0)
            add(breaches, closed[i].rule, closed[i].value, closed[i].limit);
    }
    if (asks_failure_of_all(gate->input))
        add(breaches, "R09", sets_asked(gate->input), 1);
    add_volume(breaches, gate);
    if (is_too_long(gate->input))
        add(breaches, "D10", target->reps_max, gate->policy->gate.long_reps);
}

/* ---------------------------------------------------------------- reserve */

/* Less than is accepted of this lifter on this exercise's last set; in a deload, or with warnings, less than is asked
 * of them: that much more is kept in reserve whatever the target. */
static void add_reserve(struct breaches *breaches, const struct gate_case *gate, bool open)
{
    const struct effort_input *input = gate->input;
    const struct policy_phase *phase = policy_phase(gate->policy, input->profile->phase);
    const struct policy_effort *row =
        policy_effort(gate->policy, &(struct policy_case){input->profile->goal, input->profile->phase, gate->level,
                                                          input->exercise->effort, POSITION_LAST, open});
    bool warned = warnings_verdict(input) >= VERDICT_EASIER;
    double more = phase->rir_add + (warned ? gate->policy->warning.rir_add : 0);
    double least = more > 0 ? row->rir_min + more : row->accept_min, asked = input->target->rir_min;

    /* That it can't be failure has been named. */
    if (fmax(asked, open ? 0 : gate->policy->load.gate_closed_rir) >= least)
        return;
    add(breaches, phase->rir_add > 0 ? phase->rules[0] : warned ? "R53" : row->rules[0], asked, least);
}

/* ---------------------------------------------------------------- load */

/* TARGET's load allows fewer reps than it asks for, as far as the log tells. */
static bool is_too_heavy(const struct effort_input *input, const struct target *target, struct breach *breach)
{
    struct effort_input fresh = *input;
    struct standing standing;
    struct session session;
    enum load_mode mode;
    double load_kg, reps;

    if (isnan(target->load_kg))
        return false;
    fresh.day_start_ms = input->now_ms + 1;
    session_read(&session, &fresh, input->log_count);
    standing_read(&standing, &session, input->exercise, input->now_ms);
    if (!standing.measured)
        return false;
    mode = !input->exercise->bodyweight ? LOAD_EXTERNAL : target->assisted ? LOAD_ASSISTED : LOAD_ADDED;
    load_kg = load_effective(target->load_kg, mode, session.bodyweight_kg);
    reps = strength_reps(standing.k, standing.one_rm_load / load_kg);
    *breach = (struct breach){"R70", fmax(0, floor(reps)), fmax(1, target->reps_min)};
    return reps < breach->limit;
}

bool breach_clip(const struct effort_input *input, struct target *target, struct breach *breach)
{
    const struct policy *policy = policy_of(input);
    const struct profile *profile = input->profile;
    enum level level = policy_level(policy, profile->experience_months);
    const struct policy_effort *row =
        policy_effort(policy, &(struct policy_case){profile->goal, profile->phase, level, input->exercise->effort,
                                                    POSITION_LAST, false});

    if (level == LEVEL_BEGINNER && target->rir_min < row->accept_min) {
        target->rir_min = row->accept_min;
        target->rir_max = fmax(target->rir_max, row->rir_max);
    }
    if (!is_too_heavy(input, target, breach))
        return false;
    target->load_kg = NAN;
    return true;
}

void breach_read(struct breaches *breaches, const struct effort_input *input)
{
    const struct target *target = input->target;
    struct gate_case gate = {.input = input,
                             .level = policy_level(policy_of(input), input->profile->experience_months),
                             .position = POSITION_LAST,
                             .remaining = 1,
                             .log_count = input->log_count,
                             .now_ms = input->now_ms};
    struct breach load;

    breaches->count = 0;
    gate_read(&gate);
    if ((input->profile->pain_muscles & input->exercise->primary) != 0)
        add(breaches, "R41", NAN, NAN);
    if (target->rir_min < gate.policy->load.gate_closed_rir)
        add_failure(breaches, &gate);
    if (!isnan(target->rir_min))
        add_reserve(breaches, &gate, gate_open(&gate));
    if (is_too_heavy(input, target, &load))
        add(breaches, load.rule, load.value, load.limit);
}
