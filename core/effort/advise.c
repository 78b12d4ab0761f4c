/*
 * The next set: what stops the exercise, how hard the set may be, then load, reps and rest.
 */
#include <math.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/effort/effort.h"
#include "core/effort/gate.h"
#include "core/effort/hurt.h"
#include "core/effort/load.h"
#include "core/effort/progress.h"
#include "core/effort/reasons.h"
#include "core/effort/warning.h"

const char *advice_action_name(enum advice_action action)
{
    static const char *const names[] = {
        [ACTION_NEXT_SET] = "next-set",
        [ACTION_LAST_SET] = "last-set",
        [ACTION_STOP_EXERCISE] = "stop-exercise",
        [ACTION_NEXT_EXERCISE] = "next-exercise",
        [ACTION_REST_DAY] = "rest-day",
        [ACTION_DELOAD] = "deload",
        [ACTION_RESET] = "reset",
    };

    return names[action];
}

/* One question to the core, while it is answered. */
struct ask {
    const struct policy *policy;
    const struct effort_input *input;
    struct session session;
    struct fatigue fatigue;
    enum level level;
    int planned;
};

/* How hard a set should be, and the rules that say so. */
struct aim {
    const struct policy_effort *row;
    double target, rir_min, rir_max;
    double accept_min, accept_max;
};

static bool has_planned_rir(const struct target *target)
{
    return target != NULL && !isnan(target->rir_min) && !isnan(target->rir_max);
}

/* A target that was set before training wins (R94), but opens no gate and is no harder than a deload. */
static void aim_at_plan(struct aim *aim, const struct ask *ask, const struct target *target, bool open, double rir_add)
{
    double least = open ? 0 : ask->policy->load.gate_closed_rir;
    double lowest = fmax(fmax(target->rir_min, least), rir_add > 0 ? aim->rir_min : 0);

    aim->rir_min = lowest;
    aim->rir_max = fmax(target->rir_max, lowest);
    aim->target = (aim->rir_min + aim->rir_max) / 2;
    aim->accept_min = aim->rir_min;
    aim->accept_max = aim->rir_max;
}

static void aim_read(struct aim *aim, const struct ask *ask, const struct target *target, enum position position,
                     bool open)
{
    const struct profile *profile = ask->input->profile;
    double add = policy_phase(ask->policy, profile->phase)->rir_add;

    if (warnings_verdict(ask->input) >= VERDICT_EASIER)
        add += ask->policy->warning.rir_add;
    aim->row = policy_effort(ask->policy, &(struct policy_case){profile->goal, profile->phase, ask->level,
                                                                ask->input->exercise->effort, position, open});
    aim->target = aim->row->target + add;
    aim->rir_min = aim->row->rir_min + add;
    aim->rir_max = aim->row->rir_max + add;
    aim->accept_min = aim->row->accept_min + add;
    aim->accept_max = aim->row->accept_max + add;
    if (has_planned_rir(target))
        aim_at_plan(aim, ask, target, open, add);
}

static enum position position_of(const struct ask *ask, int number)
{
    return number >= ask->planned ? POSITION_LAST : POSITION_EARLY;
}

static void gate_ask(struct gate_case *gate, const struct ask *ask, int number, size_t log_count, int64_t now_ms)
{
    gate->input = ask->input;
    gate->level = ask->level;
    gate->position = position_of(ask, number);
    gate->remaining = ask->planned >= number ? ask->planned - number + 1 : 1;
    gate->log_count = log_count;
    gate->now_ms = now_ms;
    gate_read(gate);
}

/* Holds the last set against its own target, with the gate as it stood before it (R95). */
static void judge_last(const struct ask *ask, struct advice *advice)
{
    const struct target *target = ask->input->last_target != NULL ? ask->input->last_target : ask->input->target;
    const struct bout *last = session_last(&ask->session);
    enum position position = position_of(ask, ask->session.done);
    bool open = false;
    struct aim aim;

    if (last == NULL)
        return;
    if (position == POSITION_LAST) {
        struct gate_case gate;

        gate_ask(&gate, ask, ask->session.done, ask->session.last_index, last->at_ms);
        open = gate_open(&gate);
    }
    aim_read(&aim, ask, target, position, open);
    advice->last_rir_min = aim.accept_min;
    advice->last_rir_max = aim.accept_max;
    advice->overshoot = last->reach.rir <= aim.accept_min - ask->policy->load.overshoot_slack - 1e-9;
    if (!advice->overshoot)
        return;
    reasons_add(advice, "R95", last->reach.rir, aim.accept_min);
    for (size_t i = 0; i < POLICY_RULES && aim.row->rules[i] != NULL; i++)
        if (aim.row->rules[i][0] == 'D')
            reasons_add(advice, aim.row->rules[i], last->reach.rir, aim.accept_min);
}

static bool dropped_sharply(const struct session *session, double *now, double *before)
{
    return session->count >= session->today + 2 && session_sharp_drop(session, &session->bouts[session->count - 2],
                                                                      &session->bouts[session->count - 1], before, now);
}

/* The set of this session whose form went; NULL. LATER: it wasn't the first. */
static const struct bout *technical(const struct session *session, bool *later)
{
    const struct bout *found = NULL;

    *later = false;
    for (size_t i = session->today; i < session->count; i++) {
        if (session->bouts[i].set->failure != FAILURE_TECHNICAL)
            continue;
        if (found == NULL)
            found = &session->bouts[i];
        *later |= i > session->today;
    }
    return found;
}

/* One of this session's sets said so. */
static bool hurt_today(const struct session *session)
{
    for (size_t i = session->today; i < session->count; i++)
        if (hurt_said(session->bouts[i].set))
            return true;
    return false;
}

static bool stops(const struct ask *ask, struct advice *advice)
{
    double now = NAN, before = NAN;
    bool later;

    if ((ask->input->profile->pain_muscles & ask->input->exercise->primary) != 0 || hurt_today(&ask->session)) {
        reasons_add(advice, "R41", NAN, NAN);
        reasons_add(advice, "R112", NAN, NAN);
        return true;
    }
    technical(&ask->session, &later);
    if (later) {
        reasons_add(advice, "R22", NAN, NAN);
        reasons_add(advice, "D9", NAN, NAN);
        return true;
    }
    if (dropped_sharply(&ask->session, &now, &before)) {
        reasons_add(advice, "R85", now, before);
        return true;
    }
    return false;
}

/* After failed form on the first set: lighter, and well short (R22, D9). */
static void go_lighter(const struct bout *failed, struct load_case *load, struct aim *aim, struct advice *advice)
{
    const struct policy_load *policy = &load->session->policy->load;

    load->no_increase = true;
    load->at_most_kg = fmin(load->at_most_kg, failed->load_kg * (1 - policy->technical_drop));
    load->reps_at_most =
        failed->set->reps > (int)policy->technical_rir ? failed->set->reps - (int)policy->technical_rir : 1;
    aim->rir_min = fmax(aim->rir_min, policy->technical_rir);
    aim->target = fmax(aim->target, aim->rir_min);
    aim->rir_max = fmax(aim->rir_max, aim->rir_min + policy->technical_rir_width);
    reasons_add(advice, "R22", NAN, NAN);
    reasons_add(advice, "D9", NAN, NAN);
}

/* Where it hurts, after a low check-in, in a deload or while one is proposed no load goes up. */
static bool holds_back(const struct effort_input *input)
{
    bool low = input->warnings != NULL && input->warnings->low_checkin;

    return gate_pain(input) || low || input->profile->phase == PHASE_DELOAD || warnings_deload(input);
}

/* No increase after a missed rep, in this session or the one before (science.md, section 8). */
static void forbid_increase(const struct ask *ask, struct load_case *load)
{
    const struct session *session = &ask->session;
    bool began = session_last(session) != NULL;
    size_t from = began ? session->today : session_before(session);

    for (size_t i = from; i < session->count; i++) {
        if (session->bouts[i].set->failure != FAILURE_MISSED)
            continue;
        load->no_increase = true;
        load->at_most_kg = fmin(load->at_most_kg, session->bouts[i].load_kg);
    }
    if (session->count == 0 || !holds_back(ask->input))
        return;
    load->no_increase = true;
    load->at_most_kg = fmin(load->at_most_kg, session->bouts[session->count - 1].load_kg);
}

/* What the plan puts on the bar, as an effective load; NAN. */
static double planned_load(const struct ask *ask, enum load_mode mode)
{
    const struct target *target = ask->input->target;

    if (target == NULL || isnan(target->load_kg))
        return NAN;
    return load_effective(target->load_kg, mode, ask->session.bodyweight_kg);
}

/* How many signs propose a lighter week; NAN: the check-in alone is low. */
static void explain_warnings(const struct ask *ask, struct advice *advice)
{
    const struct warnings *warnings = ask->input->warnings;

    if (warnings_deload(ask->input))
        reasons_add(advice, "R53", warnings->grade, ask->policy->warning.deload_from);
    else if (warnings != NULL && warnings->low_checkin)
        reasons_add(advice, "R53", NAN, NAN);
}

static void explain(const struct ask *ask, const struct aim *aim, const struct load_answer *answer,
                    struct advice *advice)
{
    const struct policy_phase *phase = policy_phase(ask->policy, ask->input->profile->phase);
    const struct bout *last = session_last(&ask->session);
    double planned_kg = planned_load(ask, answer->mode), same_kg = ask->policy->load.same_kg;

    if (ask->input->target != NULL)
        reasons_add(advice, "R94", NAN, NAN);
    if (ask->session.ramp)
        reasons_add(advice, "R06", NAN, NAN);
    for (size_t i = 0; i < POLICY_RULES && aim->row->rules[i] != NULL; i++)
        reasons_add(advice, aim->row->rules[i], NAN, NAN);
    explain_warnings(ask, advice);
    for (size_t i = 0; i < POLICY_RULES && phase->rules[i] != NULL && (phase->rir_add > 0 || advice->failure_ok); i++)
        reasons_add(advice, phase->rules[i], NAN, NAN);
    if (last != NULL && last->set->cheat)
        reasons_add(advice, "R72", NAN, NAN);
    /* A load that is as planned is the plan's; one below it is named. */
    if (answer->change > 0 && !(fabs(answer->effective_kg - planned_kg) < same_kg))
        reasons_add(advice, "R98", NAN, NAN);
    if (isnan(planned_kg) ? answer->change < 0 : answer->effective_kg < planned_kg - same_kg)
        reasons_add(advice, "R70", NAN, NAN);
}

/* A load that is rebuilt begins easily. */
static void aim_easier(struct aim *aim, double rir)
{
    aim->target += rir;
    aim->rir_min += rir;
    aim->rir_max += rir;
}

/* A set that may go to failure is also a test of how right the lifter's RIR is: proposed to the advanced, on a safe
 * exercise, until it is known (R69, R87), and to nobody in the first weeks (D8). */
static bool calibrates(const struct ask *ask, struct gate_case *gate)
{
    return ask->level == LEVEL_ADVANCED && ask->input->exercise->effort == EFFORT_SAFE &&
           gate->week.logged_weeks >= ask->policy->progress.calibration_weeks &&
           gate_bias(gate)->measured < ask->policy->gate.bias_sets;
}

/* Load, reps, RIR and rest. False: what would have to be lighter can't be made so. */
static bool plan_set(const struct ask *ask, struct advice *advice)
{
    struct load_case load = {
        .input = ask->input, .session = &ask->session, .fatigue = &ask->fatigue, .at_most_kg = INFINITY};
    const struct bout *failed;
    struct load_answer answer;
    struct prospect prospect;
    struct standing standing;
    struct gate_case gate;
    struct aim aim;
    bool later;

    gate_ask(&gate, ask, ask->session.done + 1, ask->input->log_count, ask->input->now_ms);
    failed = technical(&ask->session, &later);
    advice->failure_ok = failed == NULL && gate_open(&gate);
    aim_read(&aim, ask, ask->input->target, gate.position, advice->failure_ok);
    forbid_increase(ask, &load);
    if (failed != NULL)
        go_lighter(failed, &load, &aim, advice);
    prospect_read(&prospect, ask->input);
    load.prospect = &prospect;
    standing_read(&standing, &ask->session, ask->input->exercise, ask->input->now_ms);
    load.standing = &standing;
    load.rir_target = aim.target;
    load.rir_min = aim.rir_min;
    load.rir_max = aim.rir_max;
    load.failure_ok = advice->failure_ok;
    load_range(&load);
    if (progress_prepare(&load)) {
        aim_easier(&aim, ask->policy->progress.reset_rir);
        load.rir_target = aim.target;
        load.rir_min = aim.rir_min;
        reasons_add(advice, "R81", ask->policy->progress.reset_sessions, ask->policy->progress.reset);
    }
    load_advise(&load, &answer);
    if (failed != NULL && !(answer.load_kg >= 0 && answer.effective_kg > 0 &&
                            answer.effective_kg <= load.at_most_kg + ask->policy->load.same_kg))
        return false;
    advice->load_kg = answer.load_kg;
    advice->load_mode = answer.mode;
    advice->reps = answer.reps;
    advice->rest_s = answer.rest_s;
    advice->p_failure = answer.p_failure;
    advice->rir_min = aim.rir_min;
    advice->rir_max = aim.rir_max;
    advice->rir_target = aim.target;
    explain(ask, &aim, &answer, advice);
    if (!advice->failure_ok)
        gate_explain(&gate, advice);
    else if (calibrates(ask, &gate))
        reasons_add(advice, "R69", gate.bias.measured, ask->policy->gate.bias_sets);
    return true;
}

static void nothing_yet(struct advice *advice)
{
    memset(advice, 0, sizeof(*advice));
    advice->load_kg = advice->rir_min = advice->rir_max = advice->rir_target = NAN;
    advice->p_failure = advice->last_rir_min = advice->last_rir_max = NAN;
    advice->reps = REPS_UNKNOWN;
}

/* Planned working sets of this exercise; fewer in a deload (science.md, section 7). */
static int planned_sets(const struct effort_input *input, const struct policy *policy)
{
    const struct target *target = input->target;
    int sets = target != NULL && target->sets > 0 ? target->sets : policy->load.sets_assumed;

    if (input->profile->phase == PHASE_DELOAD)
        sets = (int)fmax(1, floor(sets * (1 - policy->progress.deload_sets) + 0.5));
    return sets;
}

/* The next session's first set, for advice that speaks of it. */
static void take_next_session(const struct effort_input *input, enum phase phase, struct advice *advice)
{
    struct profile then = *input->profile;
    struct effort_input later = *input;
    struct advice next;

    then.phase = phase;
    later.profile = &then;
    effort_next_session(&later, &next);
    advice->load_kg = next.load_kg;
    advice->load_mode = next.load_mode;
    advice->reps = next.reps;
    advice->rir_min = next.rir_min;
    advice->rir_max = next.rir_max;
    advice->rir_target = next.rir_target;
}

static void propose_deload(const struct ask *ask, struct advice *advice)
{
    const struct warnings *warnings = ask->input->warnings;

    advice->action = ACTION_DELOAD;
    for (size_t i = 0; i < warnings->count; i++)
        reasons_add(advice, warnings->signs[i].rule, warnings->signs[i].value, NAN);
    reasons_add(advice, "R53", warnings->grade, ask->policy->warning.deload_from);
    reasons_add(advice, "R81", NAN, NAN);
    take_next_session(ask->input, PHASE_DELOAD, advice);
}

/* Enough for the day once several exercises dropped sharply: that is the whole lifter, not one lift (R60, R70). */
static bool is_spent(const struct ask *ask, struct advice *advice)
{
    const struct effort_input *input = ask->input;
    size_t from = session_first_since(input->log, input->log_count, input->day_start_ms);
    int drops = warnings_drops(input, from, input->log_count), most = ask->policy->warning.rest_drops;

    if (drops < most)
        return false;
    reasons_add(advice, "R60", drops, most);
    reasons_add(advice, "R70", drops, most);
    return true;
}

/* After the last planned set: what the coming week, the rest of the day or this exercise's next session needs. */
static void finish(const struct ask *ask, struct advice *advice)
{
    const struct effort_input *input = ask->input;
    bool planned = input->target != NULL && input->target->sets > 0;

    advice->action = ACTION_NEXT_EXERCISE;
    if (warnings_deload(input)) {
        propose_deload(ask, advice);
    } else if (is_spent(ask, advice)) {
        advice->action = ACTION_REST_DAY;
    } else if (progress_resets(&ask->session)) {
        advice->action = ACTION_RESET;
        reasons_add(advice, "R81", ask->policy->progress.reset_sessions, ask->policy->progress.reset);
        take_next_session(input, input->profile->phase, advice);
    }
    if (input->profile->phase == PHASE_DELOAD)
        reasons_add(advice, "R37", ask->session.done, ask->planned);
    reasons_add(advice, planned ? "R94" : "R10", ask->session.done, ask->planned);
}

static void ask_begin(struct ask *ask, const struct effort_input *input, struct advice *advice)
{
    ask->policy = policy_of(input);
    ask->input = input;
    ask->level = policy_level(ask->policy, input->profile->experience_months);
    ask->planned = planned_sets(input, ask->policy);
    session_read(&ask->session, input, input->log_count);
    nothing_yet(advice);
    advice->sets_done = ask->session.done;
    advice->sets_planned = ask->planned;
    judge_last(ask, advice);
}

int effort_sets_done(const struct effort_input *input)
{
    struct session session;

    session_read(&session, input, input->log_count);
    return session.done;
}

void effort_judge(const struct effort_input *input, struct advice *advice)
{
    struct ask ask;

    ask_begin(&ask, input, advice);
}

bool effort_undershoots(const struct effort_input *input, const struct advice *advice, double rir)
{
    return rir >= advice->last_rir_max + policy_of(input)->load.overshoot_slack + 1e-9;
}

void effort_advise(const struct effort_input *input, struct advice *advice)
{
    struct ask ask;

    ask_begin(&ask, input, advice);
    fatigue_fill(&ask.fatigue, &ask.session, input->exercise);
    if (stops(&ask, advice)) {
        advice->action = ACTION_STOP_EXERCISE;
        return;
    }
    if (ask.session.done >= ask.planned) {
        finish(&ask, advice);
        return;
    }
    advice->action = position_of(&ask, ask.session.done + 1) == POSITION_LAST ? ACTION_LAST_SET : ACTION_NEXT_SET;
    if (!plan_set(&ask, advice))
        advice->action = ACTION_STOP_EXERCISE;
}

void effort_next_session(const struct effort_input *input, struct advice *advice)
{
    struct effort_input later = *input;

    later.target = later.last_target = NULL;
    later.day_start_ms = input->now_ms + 1;
    effort_advise(&later, advice);
}
