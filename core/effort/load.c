/*
 * Load and reps; see load.h. All loads in here are effective ones, the body counted in, until they are written down.
 */
#include "core/effort/load.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/civil.h"
#include "core/effort/policy.h"
#include "core/effort/rest.h"
#include "core/effort/strength.h"

/* Loads that differ by less are one load, computed twice. */
static const double epsilon_kg = 1e-6;

double load_effective(double written_kg, enum load_mode mode, double bodyweight_kg)
{
    struct set set = {.load_kg = written_kg, .load_mode = mode};

    return strength_effective(&set, bodyweight_kg);
}

static double written(const struct load_case *load, enum load_mode mode, double effective_kg)
{
    switch (mode) {
    case LOAD_BODYWEIGHT:
        return 0;
    case LOAD_ADDED:
        return fmax(0, effective_kg - load->session->bodyweight_kg);
    case LOAD_ASSISTED:
        return fmax(0, load->session->bodyweight_kg - effective_kg);
    case LOAD_EXTERNAL:
        break;
    }
    return effective_kg;
}

/* The heaviest load at or below EFFECTIVE_KG that the equipment can make; assistance is rounded up. */
static double make_at_most(const struct load_case *load, enum load_mode mode, double effective_kg)
{
    const struct equipment *equipment = &load->input->profile->equipment;
    const struct exercise *exercise = load->input->exercise;
    double wish = written(load, mode, effective_kg), made;

    if (mode == LOAD_BODYWEIGHT)
        return load->session->bodyweight_kg;
    if (mode != LOAD_ASSISTED)
        return load_effective(equipment_round(equipment, exercise, wish, true), mode, load->session->bodyweight_kg);
    made = equipment_round(equipment, exercise, wish, true);
    if (made < wish - epsilon_kg)
        made += equipment_step(equipment, exercise);
    return load_effective(made, mode, load->session->bodyweight_kg);
}

static int reps_compare(const void *a, const void *b)
{
    const int *left = a, *right = b;

    return (*left > *right) - (*left < *right);
}

int load_habit(const struct session *session)
{
    int reps[SESSION_BOUTS];
    size_t count = 0;

    for (size_t i = session->count; i-- > 0 && count < (size_t)session->policy->load.habit_sets;)
        if (i + 1 < session->count && session->bouts[i].set->reps > 0)
            reps[count++] = session->bouts[i].set->reps;
    if (count == 0)
        return 0;
    qsort(reps, count, sizeof(reps[0]), reps_compare);
    return reps[count / 2];
}

void load_range(struct load_case *load)
{
    const struct effort_input *input = load->input;
    const struct policy *policy = policy_of(input);
    const struct policy_reps *row = policy_reps(policy, input->profile->goal, input->exercise->effort);
    int usual = load_habit(load->session);

    load->low = row->low;
    load->high = row->high;
    load->planned_reps = input->target != NULL && (input->target->reps_min > 0 || input->target->reps_max > 0);
    if (load->planned_reps) {
        load->low = input->target->reps_min > 0 ? input->target->reps_min : input->target->reps_max;
        load->high = input->target->reps_max > load->low ? input->target->reps_max : load->low;
    } else if (usual > 0) {
        /* What was advised becomes a habit: without an end the reps would only ever grow, or fall as loads go up. */
        load->high = usual + policy->load.habit_reps > row->high ? row->high : usual + policy->load.habit_reps;
        load->low = usual - policy->load.habit_reps < row->low ? row->low : usual - policy->load.habit_reps;
        load->high = load->high < row->low ? row->low : load->high;
        load->low = load->low > row->high ? row->high : load->low;
    }
}

/* The load at which N are there, after FATIGUE. */
static double load_for(const struct load_case *load, double n, double fatigue)
{
    return load->standing->one_rm_load / strength_grow(load->standing->k, n / (1 - fatigue));
}

/* How far a forecast may be off, in reps, so that it's at most CHANCE that fewer are there: of errors that fall off
 * exponentially, by the size that they have had so far. The clamps keep loads near the one before: by that situation.
 */
static double margin(const struct load_case *load, double chance)
{
    bool first = session_last(load->session) == NULL;

    return fmax(0, -log(2 * chance) * load->prospect->error[first ? STRATUM_FIRST_SAME : STRATUM_LATER_SAME]);
}

/* What an unplanned failure may cost on this exercise. */
static double failure_chance(const struct load_case *load)
{
    const struct policy_risk *policy = &load->session->policy->risk;
    const double chances[] = {
        [EFFORT_SAFE] = policy->safe, [EFFORT_ALLOWED] = policy->allowed, [EFFORT_CAUTION] = policy->caution,
        [EFFORT_TRAP] = policy->trap, [EFFORT_AVOID] = policy->avoid,
    };

    return chances[load->input->exercise->effort];
}

/* Reps to failure that must be foretold for REPS to be a good set: the target in reserve, too few in reserve seldom,
 * failure as seldom as the exercise asks for. No more than the range that is asked of the lifter. */
static double need(const struct load_case *load, double reps)
{
    double n = reps + load->rir_target;

    if (load->failure_ok)
        return n;
    n = fmax(n, reps + load->rir_min + margin(load, load->session->policy->risk.miss));
    n = fmax(n, reps + margin(load, failure_chance(load)));
    return fmin(n, reps + fmax(load->rir_max, load->rir_target));
}

/* Fatigue after the usual rest of the exercise's kind: the rest that is advised depends on the last set, and through it
 * a better set could lead to a lower load. */
static double fatigue_usual(const struct load_case *load)
{
    const struct bout *last = session_last(load->session);

    return last != NULL ? fatigue_after(load->fatigue, last, load->fatigue->rest_usual_s) : 0;
}

/* From session to session one step is due once a rep beyond the range is there, even if it takes some of the range. */
static double stepped(const struct load_case *load, enum load_mode mode, double from_kg)
{
    double reps = strength_reps(load->standing->k, load->standing->one_rm_load / from_kg) - load->rir_target;
    double step = equipment_step(&load->input->profile->equipment, load->input->exercise);
    double made = make_at_most(load, mode, from_kg + step);

    if (!load->progresses || reps < load->high + 0.5 || made > load_for(load, load->low, 0))
        return from_kg;
    return made;
}

static double raised(const struct load_case *load, enum load_mode mode, double from_kg, double wish_kg)
{
    const struct policy_load *policy = &load->session->policy->load;
    double up = policy->set_up;

    if (load->no_increase)
        return from_kg;
    if (session_last(load->session) == NULL)
        up = load->input->exercise->compound ? policy->session_up_main : policy->session_up;
    return fmin(fmax(stepped(load, mode, from_kg), make_at_most(load, mode, fmin(wish_kg, from_kg * (1 + up)))),
                fmax(from_kg, make_at_most(load, mode, from_kg * (1 + up))));
}

static double lowered(const struct load_case *load, enum load_mode mode, double from_kg, double wish_kg)
{
    /* From a top set down to what it proves at once, however far that is. */
    double floor_kg = load->standing->top ? 0 : from_kg * (1 - load->session->policy->load.set_down);
    double made = make_at_most(load, mode, fmax(wish_kg, floor_kg));

    if (made < floor_kg - epsilon_kg)
        made += equipment_step(&load->input->profile->equipment, load->input->exercise);
    return fmin(from_kg, made);
}

/* The plan may add to a body that was moved alone before. */
static enum load_mode mode_of(const struct load_case *load, enum load_mode before)
{
    const struct target *target = load->input->target;

    if (target == NULL || isnan(target->load_kg) || !load->input->exercise->bodyweight)
        return before;
    return target->load_kg == 0 ? LOAD_BODYWEIGHT : target->assisted ? LOAD_ASSISTED : LOAD_ADDED;
}

/* The planned load is where a session starts and what it doesn't pass (R94). */
static double plan_cap(const struct load_case *load, enum load_mode mode)
{
    const struct target *target = load->input->target;

    if (target == NULL || isnan(target->load_kg) || mode == LOAD_BODYWEIGHT)
        return INFINITY;
    return load_effective(target->load_kg, mode_of(load, mode), load->session->bodyweight_kg);
}

static double in_range(const struct load_case *load, enum load_mode mode, double from_kg)
{
    const struct equipment *equipment = &load->input->profile->equipment;
    double fatigue = fatigue_usual(load), most = (load->high + load->rir_target) / (1 - fatigue);
    double heaviest = load->standing->one_rm / strength_grow(load->standing->k, need(load, load->low) / (1 - fatigue));
    double lightest = load->standing->one_rm_load / strength_grow(load->standing->k, most);

    if (from_kg > heaviest)
        return lowered(load, mode, from_kg, heaviest);
    /* So many reps that no load can be drawn from them are still too many: a step up. */
    if (from_kg < load->standing->one_rm / strength_grow(load->standing->k, most))
        return raised(load, mode, from_kg, fmax(lightest, from_kg + equipment_step(equipment, load->input->exercise)));
    return from_kg;
}

static double choose(const struct load_case *load, enum load_mode mode, double from_kg)
{
    double cap = plan_cap(load, mode), chosen = mode == LOAD_BODYWEIGHT ? load->session->bodyweight_kg : from_kg;

    if (session_last(load->session) == NULL && isfinite(cap))
        chosen = load->no_increase ? fmin(from_kg, cap) : cap;
    else if (load->standing->measured && mode != LOAD_BODYWEIGHT)
        chosen = fmin(in_range(load, mode, from_kg), cap);
    if (chosen > load->at_most_kg)
        chosen = make_at_most(load, mode, load->at_most_kg);
    return chosen;
}

/* More than the range holds would become the habit that the next range is made of; and so would the many reps of a
 * load that was lowered, of which fewer are enough. The body alone gets no heavier: fewer reps of it than leave the
 * target in reserve would be no hard set. */
static int hold_reps(const struct load_case *load, const struct load_answer *answer, int reps)
{
    int most = answer->change < 0 && !load->planned_reps ? (load->low + load->high) / 2 : load->high;
    bool body_alone = answer->mode == LOAD_BODYWEIGHT && !load->planned_reps;

    if (reps > most && !body_alone)
        reps = most;
    if (load->reps_at_most > 0 && reps > load->reps_at_most)
        reps = load->reps_at_most;
    return reps;
}

/* Nothing measures: what was done is repeated, and the lifter told when to stop. */
static void repeat(const struct load_case *load, struct load_answer *answer)
{
    int reps = load->standing->base->set->reps;

    if (load->planned_reps && reps < load->low)
        reps = load->low;
    if (answer->change != 0 || load->planned_reps || load->reps_at_most > 0)
        reps = hold_reps(load, answer, reps);
    answer->reps = reps > 0 ? reps : REPS_UNKNOWN;
}

/* When the set will be done: a session that is asked for early comes after a night. */
static int64_t set_at_ms(const struct load_case *load)
{
    const struct session *session = load->session;
    int64_t gap_ms = (int64_t)(session->policy->fatigue.session_gap_s * 1000) + 1, now_ms = load->input->now_ms;

    if (session_last(session) != NULL || session->count == 0)
        return now_ms;
    gap_ms += session->bouts[session->count - 1].at_ms;
    return now_ms > gap_ms ? now_ms : gap_ms;
}

/* After a long pause a load is as heavy as a heavier one was before. */
static double felt_load(const struct load_case *load, double load_kg)
{
    const struct policy_strength *policy = &load->session->policy->strength;
    const struct session *session = load->session;
    double days;

    if (session_last(session) != NULL || session->count == 0)
        return load_kg;
    days = (double)(load->input->now_ms - session->bouts[session->count - 1].at_ms) / CIVIL_DAY_MS;
    return load_kg * exp(policy->idle_loss * fmax(0, days - policy->idle_days) / session->policy->gate.days_week);
}

/* Reps to failure at a load that is no heavier, by a set that forecasts hear less of than it proves: a top set is above
 * what its session began with, and reps without RIR are a bound only. */
static double proved_reps(const struct load_case *load, double felt_kg)
{
    const struct bout *base = load->standing->base;
    double k = load->standing->k;

    if (base->reach.measure == MEASURE_NONE || felt_kg > base->load_kg ||
        (base->reach.measure == MEASURE_EXACT && !load->standing->top))
        return 0;
    return fmax(0, strength_reps(k, standing_one_rm(base, k) / felt_kg)) * (1 - fatigue_usual(load));
}

/* Reps to failure at the advised load. Rules that repeat what was done have no say where the load is another: that
 * would be to take the lifter's habit for what the load does. */
static double expected_reps(const struct load_case *load, const struct forecast *forecast, double load_kg)
{
    const struct prospect *prospect = load->prospect;
    double felt_kg = felt_load(load, load_kg), n;

    if (!load->standing->top && fabs(felt_kg - load->standing->base->load_kg) < load->session->policy->load.same_kg)
        return forecast->middle;
    n = fmin(forecast->middle, forecast_by_load(&prospect->lifter, &prospect->exercise, felt_kg, set_at_ms(load)));
    return fmax(n, proved_reps(load, felt_kg));
}

/* As many reps as leave the target in reserve by the forecast, fewer where that is too uncertain. */
static void reps_advise(const struct load_case *load, const struct forecast *forecast, struct load_answer *answer)
{
    double n = expected_reps(load, forecast, answer->effective_kg);
    double reps = floor(n - need(load, 0) + 0.5);

    if (n - reps < load->rir_min)
        reps = floor(n - load->rir_min);
    answer->reps = hold_reps(load, answer, (int)fmin(fmax(reps, 1), load->session->policy->load.reps_max));
    answer->p_failure = forecast_below(forecast, answer->reps + forecast->middle - n);
}

/* Less than the body can't be written as what is added to it, nor more as what is taken off. */
static enum load_mode mode_that_writes(const struct load_case *load, enum load_mode mode, double effective_kg)
{
    double body_kg = load->session->bodyweight_kg;

    if (mode == LOAD_ADDED && effective_kg < body_kg - epsilon_kg)
        return LOAD_ASSISTED;
    return mode == LOAD_ASSISTED && effective_kg > body_kg + epsilon_kg ? LOAD_ADDED : mode;
}

/* Never done before: only a plan can tell more than how hard. */
static void begin(const struct load_case *load, struct load_answer *answer)
{
    const struct target *target = load->input->target;

    answer->mode = mode_of(load, answer->mode);
    if (target != NULL && !isnan(target->load_kg))
        answer->load_kg = target->load_kg;
    if (load->planned_reps)
        answer->reps = load->low;
}

/* ANSWER is EFFECTIVE_KG, and as many reps as are there. */
static void answer_at(const struct load_case *load, double effective_kg, struct load_answer *answer)
{
    const struct bout *base = load->standing->base;
    struct forecast forecast;

    answer->effective_kg = effective_kg;
    answer->mode = mode_that_writes(load, answer->mode, effective_kg);
    answer->load_kg = base->set->load_kg;
    answer->change = 0;
    if (fabs(effective_kg - base->load_kg) > epsilon_kg)
        answer->change = effective_kg > base->load_kg ? 1 : -1;
    if (answer->change != 0 || answer->mode != base->set->load_mode)
        answer->load_kg = written(load, answer->mode, effective_kg);
    answer->rest_s = rest_advise(load, effective_kg);
    if (load->input->exercise->timed)
        return;
    if (load->standing->measured && effective_kg > 0 &&
        forecast_make(&load->prospect->lifter, &load->prospect->exercise, effective_kg, NAN, set_at_ms(load),
                      &forecast))
        reps_advise(load, &forecast, answer);
    else
        repeat(load, answer);
}

/* Who plans five reps wants five. A step up from a top set costs few reps; what the session began with foretells too
 * little of it. */
static int least_reps(const struct load_case *load)
{
    const struct target *target = load->input->target;
    int few = load->standing->base->set->reps - (int)load->session->policy->load.habit_reps;

    if (load->planned_reps)
        return load->low;
    if (target != NULL && !isnan(target->load_kg))
        return 0; /* its load is the plan's (R94) */
    return !load->standing->top ? 0 : few < load->low ? few : load->low;
}

/* A load that a better set allows, though not with as many reps, isn't gone up to. */
static void keep_reps(const struct load_case *load, double least_kg, struct load_answer *answer)
{
    double step_kg = equipment_step(&load->input->profile->equipment, load->input->exercise);

    while (answer->reps != REPS_UNKNOWN && answer->reps < least_reps(load) && answer->effective_kg > least_kg) {
        double lighter_kg = make_at_most(load, answer->mode, answer->effective_kg - step_kg);

        if (lighter_kg > answer->effective_kg - epsilon_kg)
            return;
        answer_at(load, fmax(lighter_kg, least_kg), answer);
    }
}

static void answer_from_standing(const struct load_case *load, struct load_answer *answer)
{
    const struct bout *base = load->standing->base;

    *answer = (struct load_answer){.load_kg = NAN,
                                   .effective_kg = NAN,
                                   .reps = REPS_UNKNOWN,
                                   .p_failure = NAN,
                                   .mode = load->input->exercise->bodyweight ? LOAD_BODYWEIGHT : LOAD_EXTERNAL};
    if (base == NULL) {
        begin(load, answer);
        return;
    }
    answer->mode = mode_of(load, base->set->load_mode);
    if (session_last(load->session) != NULL)
        answer->mode = mode_that_writes(load, answer->mode, base->load_kg);
    answer_at(load, choose(load, answer->mode, base->load_kg), answer);
}

void load_advise(const struct load_case *load, struct load_answer *answer)
{
    struct load_case again = *load;
    struct load_answer from_top;
    struct standing top;

    answer_from_standing(load, answer);
    if (load->standing->base != NULL)
        keep_reps(load, load->standing->base->load_kg, answer);
    if (!standing_read_top(&top, load->session, load->input->exercise, load->input->now_ms))
        return;
    again.standing = &top;
    answer_from_standing(&again, &from_top);
    keep_reps(&again, load->planned_reps ? answer->effective_kg : top.base->load_kg, &from_top);
    if (from_top.effective_kg > answer->effective_kg)
        *answer = from_top;
}
