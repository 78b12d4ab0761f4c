/*
 * The next set: what stops the exercise, how hard the set may be, then load, reps and rest.
 */
#include <math.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/effort/effort.h"
#include "core/effort/gate.h"
#include "core/effort/load.h"
#include "core/effort/reasons.h"

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
static void aim_at_plan(struct aim *aim, const struct ask *ask, bool open, double rir_add)
{
    const struct target *target = ask->input->target;
    double least = open ? 0 : ask->policy->load.gate_closed_rir;
    double lowest = fmax(fmax(target->rir_min, least), rir_add > 0 ? aim->rir_min : 0);

    aim->rir_min = lowest;
    aim->rir_max = fmax(target->rir_max, lowest);
    aim->target = (aim->rir_min + aim->rir_max) / 2;
    aim->accept_min = aim->rir_min;
    aim->accept_max = aim->rir_max;
}

static void aim_read(struct aim *aim, const struct ask *ask, enum position position, bool open)
{
    const struct profile *profile = ask->input->profile;
    double add = policy_phase(ask->policy, profile->phase)->rir_add;

    aim->row = policy_effort(ask->policy, &(struct policy_case){profile->goal, profile->phase, ask->level,
                                                                ask->input->exercise->effort, position, open});
    aim->target = aim->row->target + add;
    aim->rir_min = aim->row->rir_min + add;
    aim->rir_max = aim->row->rir_max + add;
    aim->accept_min = aim->row->accept_min + add;
    aim->accept_max = aim->row->accept_max + add;
    if (has_planned_rir(ask->input->target))
        aim_at_plan(aim, ask, open, add);
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
    aim_read(&aim, ask, position, open);
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

/* Reps to failure as they were told, for R85; NAN when they weren't. What a set without RIR has at least is enough for
 * the set before. */
static double told_reps(const struct policy *policy, const struct bout *bout, bool at_least)
{
    if (bout->reach.measure == MEASURE_NONE)
        return NAN;
    if (isnan(bout->reach.rir) ||
        (bout->reach.measure == MEASURE_BOUND && bout->reach.rir < policy->strength.rir_bound)) /* of a later segment */
        return at_least ? (double)bout->set->reps : (double)NAN;
    return bout->set->reps + bout->reach.rir;
}

static bool dropped_sharply(const struct session *session, double *now, double *before)
{
    const struct bout *a, *b;

    if (session->count < session->today + 2)
        return false;
    a = &session->bouts[session->count - 2];
    b = &session->bouts[session->count - 1];
    *before = told_reps(session->policy, a, true);
    *now = told_reps(session->policy, b, false);
    return session_same_load(session, a, b) && *before - *now >= session->policy->load.drop_reps &&
           *before - *now > session->policy->load.drop_share * *before;
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

static bool stops(const struct ask *ask, struct advice *advice)
{
    double now = NAN, before = NAN;
    bool later;

    if ((ask->input->profile->pain_muscles & ask->input->exercise->primary) != 0) {
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

/* No increase after a missed rep, in this session or the one before, nor where it hurts (science.md, section 8). */
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
    if (!gate_pain(ask->input) || session->count == 0)
        return;
    load->no_increase = true;
    load->at_most_kg = fmin(load->at_most_kg, session->bouts[session->count - 1].load_kg);
}

static void explain(const struct ask *ask, const struct aim *aim, const struct load_answer *answer,
                    struct advice *advice)
{
    const struct policy_phase *phase = policy_phase(ask->policy, ask->input->profile->phase);
    const struct bout *last = session_last(&ask->session);

    if (ask->input->target != NULL)
        reasons_add(advice, "R94", NAN, NAN);
    for (size_t i = 0; i < POLICY_RULES && aim->row->rules[i] != NULL; i++)
        reasons_add(advice, aim->row->rules[i], NAN, NAN);
    for (size_t i = 0; i < POLICY_RULES && phase->rules[i] != NULL && (phase->rir_add > 0 || advice->failure_ok); i++)
        reasons_add(advice, phase->rules[i], NAN, NAN);
    if (last != NULL && last->set->cheat)
        reasons_add(advice, "R72", NAN, NAN);
    if (answer->change > 0)
        reasons_add(advice, "R98", NAN, NAN);
    if (answer->change < 0)
        reasons_add(advice, "R70", NAN, NAN);
}

/* Load, reps, RIR and rest. False: what would have to be lighter can't be made so. */
static bool plan_set(const struct ask *ask, struct advice *advice)
{
    struct load_case load = {
        .input = ask->input, .session = &ask->session, .fatigue = &ask->fatigue, .at_most_kg = INFINITY};
    const struct bout *failed;
    struct load_answer answer;
    struct standing standing;
    struct gate_case gate;
    struct aim aim;
    bool later;

    gate_ask(&gate, ask, ask->session.done + 1, ask->input->log_count, ask->input->now_ms);
    failed = technical(&ask->session, &later);
    advice->failure_ok = failed == NULL && gate_open(&gate);
    aim_read(&aim, ask, gate.position, advice->failure_ok);
    forbid_increase(ask, &load);
    if (failed != NULL)
        go_lighter(failed, &load, &aim, advice);
    standing_read(&standing, &ask->session, ask->input->exercise, ask->input->now_ms);
    load.standing = &standing;
    load.rir_target = aim.target;
    load.rir_min = aim.rir_min;
    load_range(&load);
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
    return true;
}

static void nothing_yet(struct advice *advice)
{
    memset(advice, 0, sizeof(*advice));
    advice->load_kg = advice->rir_min = advice->rir_max = advice->rir_target = NAN;
    advice->p_failure = advice->last_rir_min = advice->last_rir_max = NAN;
    advice->reps = REPS_UNKNOWN;
}

void effort_advise(const struct effort_input *input, struct advice *advice)
{
    const struct policy *policy = policy_of(input);
    struct ask ask = {
        .policy = policy, .input = input, .level = policy_level(policy, input->profile->experience_months)};
    const struct target *target = input->target;

    nothing_yet(advice);
    session_read(&ask.session, input, input->log_count);
    fatigue_fill(&ask.fatigue, &ask.session, input->exercise);
    ask.planned = target != NULL && target->sets > 0 ? target->sets : policy->load.sets_assumed;
    advice->sets_done = ask.session.done;
    advice->sets_planned = ask.planned;
    judge_last(&ask, advice);
    if (stops(&ask, advice)) {
        advice->action = ACTION_STOP_EXERCISE;
        return;
    }
    if (ask.session.done >= ask.planned) {
        advice->action = ACTION_NEXT_EXERCISE;
        reasons_add(advice, target != NULL && target->sets > 0 ? "R94" : "R10", ask.session.done, ask.planned);
        return;
    }
    advice->action = position_of(&ask, ask.session.done + 1) == POSITION_LAST ? ACTION_LAST_SET : ACTION_NEXT_SET;
    if (!plan_set(&ask, advice))
        advice->action = ACTION_STOP_EXERCISE;
}
