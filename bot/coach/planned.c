/*
 * What is planned, and how far it is done.
 */
#include "bot/coach/planned.h"

#include <stdio.h>
#include <string.h>

#include "bot/coach/day.h"
#include "bot/coach/instruct.h"
#include "bot/coach/setting.h"
#include "bot/coach/workout.h"
#include "core/base/civil.h"
#include "core/effort/policy.h"

void planned_read(const char *text, struct plan *plan)
{
    const struct plan_options options = {.unit = UNIT_KG, .ids = true};
    struct plan_error error;

    if (plan_read(span_of(text), &options, plan, &error) < 0)
        plan->count = 0;
}

static void append(struct plan *plan, const char *text)
{
    struct plan more;

    planned_read(text, &more);
    for (size_t i = 0; i < more.count && plan->count < PLAN_ITEMS; i++)
        plan->items[plan->count++] = more.items[i];
}

/* ---------------------------------------------------------------- which plan holds */

static bool is_by(const struct lifter *lifter, size_t step, int64_t at_ms)
{
    return step < lifter->steps.count && lifter->steps.at[step].at_ms <= at_ms;
}

/* The step that the plan of AT_MS begins with, SIZE_MAX none. */
static size_t find_origin(const struct lifter *lifter, int64_t at_ms)
{
    size_t origin = SIZE_MAX;

    for (size_t i = 0; is_by(lifter, i, at_ms); i++) {
        enum coach_step_kind kind = lifter->steps.at[i].kind;

        if (kind == COACH_STEP_PLAN || kind == COACH_STEP_START || (kind == COACH_STEP_ADD && origin == SIZE_MAX))
            origin = i;
        else if (kind == COACH_STEP_DROP)
            origin = SIZE_MAX;
    }
    return origin;
}

/* Puts the plan of AT_MS together; those before it needn't be read. Which step it comes from, SIZE_MAX none. */
static size_t read_steps(const struct lifter *lifter, int64_t at_ms, struct plan *plan)
{
    size_t origin = find_origin(lifter, at_ms);

    plan->count = 0;
    for (size_t i = origin; is_by(lifter, i, at_ms); i++)
        if (i == origin || lifter->steps.at[i].kind == COACH_STEP_ADD)
            append(plan, lifter->steps.at[i].text);
    return plan->count != 0 ? origin : SIZE_MAX;
}

static bool holds(const struct plan *plan, const char *exercise)
{
    for (size_t i = 0; i < plan->count; i++)
        if (strcmp(plan->items[i].exercise, exercise) == 0)
            return true;
    return false;
}

/* The first set from FROM_MS on that is planned, of COUNT; COUNT when there is none. */
static size_t first_planned(const struct lifter *lifter, const struct plan *plan, int64_t from_ms, size_t count)
{
    size_t i = lifter_log_before(lifter, from_ms);

    while (i < count && !holds(plan, lifter->log.at[i].set.exercise))
        i++;
    return i < count ? i : count;
}

/* A session's sets count from its beginning, or from the last `start` in it. */
static int64_t count_from(const struct turn *turn, int64_t set_ms)
{
    const struct lifter *lifter = turn->lifter;
    struct workout workout = {.from_ms = set_ms};
    int64_t from_ms;

    workout_at(turn, set_ms, &workout);
    from_ms = workout.from_ms;
    for (size_t i = 0; i < lifter->steps.count; i++) {
        const struct lifter_step *step = &lifter->steps.at[i];

        if (step->kind == COACH_STEP_START && step->at_ms > from_ms && step->at_ms <= set_ms)
            from_ms = step->at_ms;
    }
    return from_ms;
}

/* ---------------------------------------------------------------- what coaches make of it */

/* Who assigned it, by the step that it comes from. `start` begins what was assigned before. */
static void find_coach(const struct turn *turn, size_t origin, struct planned *planned)
{
    const struct lifter *lifter = turn->lifter;
    const struct lifter_step *begun = &lifter->steps.at[origin];

    for (size_t i = origin + 1; i-- > 0 && planned->by == NULL;) {
        const struct lifter_step *step = &lifter->steps.at[i];

        if (step->by == NULL ||
            (i != origin && (begun->kind != COACH_STEP_START || strcmp(step->text, begun->text) != 0)))
            continue;
        planned->by = step->by;
        planned->by_ms = step->at_ms;
        planned->by_hidden = !instruct_shows(turn, step->where);
    }
}

/* Leaves out further items of ITEM's exercise: its target says all. */
static void drop_others(struct plan *plan, size_t item)
{
    for (size_t i = item + 1; i < plan->count;) {
        bool joined = plan->items[i].joined;

        if (strcmp(plan->items[i].exercise, plan->items[item].exercise) != 0) {
            i++;
            continue;
        }
        memmove(&plan->items[i], &plan->items[i + 1], (plan->count - i - 1) * sizeof(plan->items[0]));
        plan->count--;
        if (i < plan->count && !joined)
            plan->items[i].joined = false;
    }
}

bool planned_asked(const struct turn *turn, const struct planned *planned, const char *exercise, int64_t at_ms,
                   struct instructed *asked)
{
    bool found = instruct_target(turn, 0, exercise, at_ms, asked);
    size_t item = planned->there && planned->by != NULL ? planned_item(planned, exercise) : planned->plan.count;

    if (item == planned->plan.count || (found && asked->at_ms >= planned->by_ms))
        return found;
    *asked = (struct instructed){
        .there = true, .hidden = planned->by_hidden, .at_ms = planned->by_ms, .item = planned->plan.items[item]};
    snprintf(asked->by, sizeof(asked->by), "%s", planned->by);
    return true;
}

/* A coach's target wins over the lifter's own plan, and over what a coach assigned before it. */
static void take_targets(const struct turn *turn, int64_t at_ms, struct planned *planned)
{
    struct plan *plan = &planned->plan;
    struct instructed asked;

    for (size_t i = 0; i < plan->count; i++) {
        if (!instruct_target(turn, 0, plan->items[i].exercise, at_ms, &asked) ||
            (planned->by != NULL && asked.at_ms < planned->by_ms))
            continue;
        instruct_overlay(&plan->items[i], &asked);
        if (asked.item.sets != 0)
            drop_others(plan, i);
    }
}

/* ---------------------------------------------------------------- how far it is done */

int planned_done(const struct turn *turn, const char *exercise, const struct target *target, int64_t from_ms,
                 int64_t at_ms)
{
    const struct lifter *lifter = turn->lifter;
    const struct policy *policy = turn->coach->options.policy;
    struct profile profile;
    const struct effort_input input = {.policy = policy,
                                       .profile = &profile,
                                       .exercise = lifter_exercise(lifter, exercise),
                                       .target = target,
                                       .log = lifter->log.at,
                                       .log_count = lifter_log_before(lifter, at_ms + 1),
                                       .now_ms = at_ms,
                                       .day_start_ms = from_ms};

    if (input.exercise == NULL)
        return 0;
    setting_profile(lifter, turn->coach->options.unit,
                    &(struct setting_time){at_ms, day_of(turn, at_ms).number, policy}, &profile);
    return effort_sets_done(&input);
}

static bool first_of_exercise(const struct plan *plan, size_t item)
{
    for (size_t i = 0; i < item; i++)
        if (strcmp(plan->items[i].exercise, plan->items[item].exercise) == 0)
            return false;
    return true;
}

/* COUNT sets fill the exercise's items up from the first one; the last one takes what is too much. */
static void credit(struct planned *planned, const char *exercise, int count)
{
    size_t last = planned->plan.count;

    for (size_t i = 0; i < planned->plan.count; i++) {
        int room = planned->sets[i] - planned->done[i];

        if (strcmp(planned->plan.items[i].exercise, exercise) != 0)
            continue;
        room = room < count ? room : count;
        planned->done[i] += room;
        count -= room;
        last = i;
    }
    if (last < planned->plan.count)
        planned->done[last] += count;
}

static void skip(struct planned *planned, const struct lifter_step *step)
{
    size_t item = planned_item(planned, step->name);

    if (strcmp(step->text, "set") != 0) {
        for (size_t i = 0; i < planned->plan.count; i++)
            if (strcmp(planned->plan.items[i].exercise, step->name) == 0)
                planned->skipped[i] = true;
    } else if (item < planned->plan.count && planned_left(planned, item) > 0) {
        planned->done[item]++;
        planned->skipped_sets[item]++;
    }
}

/* A load that PLAN says for its exercise ITEM, as far as the count of its sets goes; NAN. */
static double load_of(const struct plan *plan, size_t item)
{
    for (size_t i = item; i < plan->count; i++)
        if (strcmp(plan->items[i].exercise, plan->items[item].exercise) == 0 && !isnan(plan->items[i].load_kg))
            return plan->items[i].load_kg;
    return NAN;
}

static void count_sets(const struct turn *turn, size_t origin, int64_t at_ms, struct planned *planned)
{
    const struct policy *policy = turn->coach->options.policy;
    const struct lifter *lifter = turn->lifter;
    const struct plan *plan = &planned->plan;

    for (size_t i = 0; i < plan->count; i++)
        planned->sets[i] = plan->items[i].sets != 0 ? plan->items[i].sets : policy->load.sets_assumed;
    for (size_t i = 0; i < plan->count; i++) {
        const struct target target = {.load_kg = load_of(plan, i)};

        if (first_of_exercise(plan, i))
            credit(planned, plan->items[i].exercise,
                   planned_done(turn, plan->items[i].exercise, &target, planned->from_ms, at_ms));
    }
    for (size_t i = origin; is_by(lifter, i, at_ms); i++)
        if (lifter->steps.at[i].kind == COACH_STEP_SKIP)
            skip(planned, &lifter->steps.at[i]);
}

void planned_at(const struct turn *turn, int64_t at_ms, struct planned *planned)
{
    const struct lifter *lifter = turn->lifter;
    const int64_t waits_ms = (int64_t)PLAN_WAITS_DAYS * CIVIL_DAY_MS;
    size_t count = lifter_log_before(lifter, at_ms + 1), origin, first;
    struct workout workout;
    int64_t begun_ms;

    memset(planned, 0, sizeof(*planned));
    if (lifter->steps.count == 0)
        return;
    origin = read_steps(lifter, at_ms, &planned->plan);
    if (origin == SIZE_MAX)
        return;
    find_coach(turn, origin, planned);
    take_targets(turn, instruct_by_ms(turn, at_ms), planned);
    begun_ms = lifter->steps.at[origin].at_ms;
    first = first_planned(lifter, &planned->plan, begun_ms + 1, count);
    if (lifter->steps.at[origin].kind == COACH_STEP_START) {
        planned->begun = true;
        planned->from_ms = begun_ms;
    } else if (first < count && lifter->log.at[first].at_ms < begun_ms + waits_ms) {
        planned->begun = true;
        begun_ms = lifter->log.at[first].at_ms;
        planned->from_ms = count_from(turn, begun_ms);
    } else if (at_ms < begun_ms + waits_ms) {
        planned->from_ms =
            workout_at(turn, at_ms, &workout) && workout.open ? count_from(turn, workout.last_ms) : at_ms + 1;
    } else {
        return;
    }
    planned->there = !planned->begun || !workout_ended(turn, origin, begun_ms, at_ms);
    if (planned->there)
        count_sets(turn, origin, at_ms, planned);
}

/* ---------------------------------------------------------------- questions to it */

int planned_left(const struct planned *planned, size_t item)
{
    int left = planned->sets[item] - planned->done[item];

    return planned->skipped[item] || left < 0 ? 0 : left;
}

int planned_elsewhere(const struct planned *planned, const char *exercise)
{
    int left = 0;

    for (size_t i = 0; planned->there && i < planned->plan.count; i++)
        if (strcmp(planned->plan.items[i].exercise, exercise) != 0)
            left += planned_left(planned, i);
    return left;
}

size_t planned_item(const struct planned *planned, const char *exercise)
{
    size_t last = planned->plan.count;

    for (size_t i = 0; i < planned->plan.count; i++) {
        if (strcmp(planned->plan.items[i].exercise, exercise) != 0)
            continue;
        last = i;
        if (planned_left(planned, i) > 0)
            return i;
    }
    return last;
}

void planned_count(const struct planned *planned, const char *exercise, int *sets, int *done)
{
    *sets = *done = 0;
    for (size_t i = 0; i < planned->plan.count; i++) {
        if (strcmp(planned->plan.items[i].exercise, exercise) != 0)
            continue;
        *sets += planned->sets[i] - planned->skipped_sets[i];
        *done += planned->done[i] - planned->skipped_sets[i];
    }
}
