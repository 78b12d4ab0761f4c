/*
 * Leading through a plan.
 */
#include "bot/coach/lead.h"

#include <stdio.h>
#include <string.h>

#include "bot/coach/context.h"
#include "bot/coach/day.h"
#include "bot/coach/instruct.h"
#include "bot/coach/workout.h"
#include "bot/coach/wording.h"
#include "core/effort/policy.h"
#include "core/text/fold.h"

enum { REST_STEP_S = 15, REST_LEAST_S = 30 };

/* ---------------------------------------------------------------- targets */

/* "@9-7%": from the load of the exercise's first working set. */
static double load_by_drop(const struct turn *turn, const struct planned *planned, const struct exercise *exercise,
                           const struct plan_item *item, int64_t at_ms)
{
    const struct equipment equipment = setting_equipment(turn->lifter, turn->coach->options.unit);
    const struct lifter *lifter = turn->lifter;
    size_t count = lifter_log_before(lifter, at_ms + 1);

    for (size_t i = lifter_log_before(lifter, planned->from_ms); i < count; i++) {
        const struct set *set = &lifter->log.at[i].set;

        if (strcmp(set->exercise, exercise->id) == 0 && set->type != SET_WARMUP && !isnan(set->load_kg))
            return equipment_round(&equipment, exercise, set->load_kg * (1 - item->drop / 100), false);
    }
    return NAN;
}

void lead_target_of(const struct turn *turn, const struct exercise *exercise, const struct plan_item *item,
                    int64_t at_ms, struct target *target)
{
    *target = (struct target){.load_kg = item->load_kg,
                              .assisted = item->load_mode == LOAD_ASSISTED,
                              .reps_min = item->reps_min,
                              .reps_max = item->amrap ? 0 : item->reps_max,
                              .rir_min = item->rir_min,
                              .rir_max = item->rir_max,
                              .sets = item->sets};
    if (!isnan(item->percent_min)) /* a range is met in its middle */
        target->load_kg = context_percent(turn, exercise, (item->percent_min + item->percent_max) / 2, at_ms);
}

static void to_target(const struct turn *turn, const struct planned *planned, const struct exercise *exercise,
                      const struct plan_item *item, int64_t at_ms, struct target *target)
{
    int sets = 0, done = 0;

    lead_target_of(turn, exercise, item, at_ms, target);
    if (planned->there)
        planned_count(planned, exercise->id, &sets, &done);
    if (sets != 0)
        target->sets = sets;
    if (item->drop != 0 && done > 0)
        target->load_kg = load_by_drop(turn, planned, exercise, item, at_ms);
}

/* The item that the exercise's set number NUMBER, from 1, is of: the last one takes what is too much. */
static size_t item_of_set(const struct planned *planned, const char *exercise, int number)
{
    size_t item = planned->plan.count;

    for (size_t i = 0; i < planned->plan.count; i++) {
        if (strcmp(planned->plan.items[i].exercise, exercise) != 0)
            continue;
        item = i;
        number -= planned->sets[i] - planned->skipped_sets[i];
        if (number <= 0)
            break;
    }
    return item;
}

/* The plan's items of EXERCISE. */
static bool take_items(const struct planned *planned, const struct exercise *exercise, struct lead_targets *targets)
{
    size_t next = planned->there ? planned_item(planned, exercise->id) : planned->plan.count;
    int sets, done;

    if (next == planned->plan.count)
        return false;
    planned_count(planned, exercise->id, &sets, &done);
    if (planned->skipped[next] && done == 0)
        return false;
    targets->next_item = planned->plan.items[next];
    targets->last_item = planned->plan.items[item_of_set(planned, exercise->id, done)];
    return true;
}

/* When the last working set of EXERCISE was done; -1: none was in this session, which began at FROM_MS. */
static int64_t last_set_ms(const struct turn *turn, const char *exercise, int64_t from_ms, int64_t at_ms)
{
    const struct lifter *lifter = turn->lifter;
    size_t first = lifter_log_before(lifter, from_ms);

    for (size_t i = lifter_log_before(lifter, at_ms + 1); i-- > first;)
        if (lifter->log.at[i].set.type != SET_WARMUP && strcmp(lifter->log.at[i].set.exercise, exercise) == 0)
            return lifter->log.at[i].at_ms;
    return -1;
}

/* What a coach asked of the set that comes after those before BEFORE_MS, as it was known at AT_MS. */
static void take_asked(const struct turn *turn, const struct planned *planned, const char *exercise, int64_t at_ms,
                       int64_t before_ms, bool by_plan, struct plan_item *item, struct instructed *asked)
{
    struct instructed override;

    *asked = (struct instructed){.there = false};
    if (planned_asked(turn, planned, exercise, at_ms, asked) && !by_plan)
        instruct_overlay(item, asked);
    if (!instruct_override(turn, exercise, before_ms, &override))
        return;
    instruct_overlay(item, &override);
    *asked = override;
}

/* A coach's word on the next set is for a set that is done, if all are. */
static void ask_one_more(const struct turn *turn, const char *exercise, int64_t from_ms, int64_t at_ms,
                         struct target *target)
{
    int done = planned_done(turn, exercise, target, from_ms, at_ms);
    int sets = target->sets != 0 ? target->sets : turn->coach->options.policy->load.sets_assumed;

    target->sets = done < sets ? sets : done + 1;
}

bool lead_targets(const struct turn *turn, const struct planned *planned, const struct exercise *exercise,
                  int64_t at_ms, struct lead_targets *targets)
{
    size_t next = planned->there ? planned_item(planned, exercise->id) : planned->plan.count;
    int64_t last_ms, by_ms = instruct_by_ms(turn, at_ms);
    int sets;

    *targets = (struct lead_targets){.by_plan = false};
    instruct_blank(exercise->id, &targets->next_item);
    instruct_blank(exercise->id, &targets->last_item);
    targets->by_plan = take_items(planned, exercise, targets);
    last_ms =
        last_set_ms(turn, exercise->id, targets->by_plan ? planned->from_ms : day_of(turn, at_ms).start_ms, at_ms);
    take_asked(turn, planned, exercise->id, by_ms, by_ms + 1, targets->by_plan, &targets->next_item, &targets->asked);
    if (last_ms >= 0)
        take_asked(turn, planned, exercise->id, last_ms, last_ms, targets->by_plan, &targets->last_item,
                   &targets->last_asked);
    targets->judges = targets->by_plan || targets->last_asked.there;
    to_target(turn, planned, exercise, &targets->next_item, at_ms, &targets->next);
    to_target(turn, planned, exercise, &targets->last_item, at_ms, &targets->last);
    if (targets->by_plan && planned->skipped[next])
        planned_count(planned, exercise->id, &sets, &targets->next.sets);
    if (targets->asked.override)
        ask_one_more(turn, exercise->id, targets->by_plan ? planned->from_ms : day_of(turn, at_ms).start_ms, at_ms,
                     &targets->next);
    return targets->judges || targets->asked.there;
}

/* ---------------------------------------------------------------- which set comes next */

/* Items FIRST to before END alternate with ITEM. */
static void superset_of(const struct plan *plan, size_t item, size_t *first, size_t *end)
{
    *first = item;
    *end = item + 1;
    while (*first > 0 && plan->items[*first].joined)
        (*first)--;
    while (*end < plan->count && plan->items[*end].joined)
        (*end)++;
}

/* What is rested from AT_MS on: the exercise's last set was a while ago when another one stood between. */
static int rest_left(const struct turn *turn, const char *exercise, int64_t at_ms, int rest_s)
{
    const struct logged_set *last = context_last(turn, exercise, at_ms);
    int64_t left_s;

    if (last == NULL || rest_s == 0)
        return 0;
    left_s = rest_s - (at_ms - last->at_ms) / 1000;
    return left_s >= REST_LEAST_S ? (int)(left_s + REST_STEP_S - 1) / REST_STEP_S * REST_STEP_S : 0;
}

/* Whether the plan goes on with ITEM: not where the core says that this is enough of it. */
static bool try_item(struct turn *turn, struct advise_case *ask, const struct planned *planned, size_t item)
{
    struct lead *lead = &turn->lead;
    const char *id = planned->plan.items[item].exercise;
    const struct exercise *exercise = lifter_exercise(turn->lifter, id);
    int sets, done;

    if (planned_left(planned, item) == 0 || exercise == NULL)
        return false;
    advise_exercise(turn, ask, planned, exercise, &lead->advice);
    if (lead->advice.action != ACTION_NEXT_SET && lead->advice.action != ACTION_LAST_SET)
        return false;
    planned_count(planned, id, &sets, &done);
    memcpy(lead->exercise, id, sizeof(lead->exercise));
    lead->item = ask->targets.next_item;
    lead->asked = ask->targets.asked;
    lead->number = done + 1;
    lead->total = lead->advice.sets_planned;
    lead->rest_s = rest_left(turn, id, ask->input.now_ms, lead->advice.rest_s);
    lead->there = true;
    return true;
}

void lead_find(struct turn *turn, struct advise_case *ask, const struct planned *planned, const char *last)
{
    size_t count = planned->plan.count, item = last != NULL ? planned_item(planned, last) : count;
    size_t first = 0, end = 0;

    turn->lead.there = false;
    if (item < count)
        superset_of(&planned->plan, item, &first, &end);
    /* A superset goes round from the one behind ITEM; alone, an exercise goes on with itself. */
    for (size_t i = 1; i <= end - first; i++)
        if (try_item(turn, ask, planned, first + (item - first + i) % (end - first)))
            return;
    for (size_t i = 0; i < count; i++)
        if ((i < first || i >= end) && try_item(turn, ask, planned, i))
            return;
}

bool lead_goes_on(const struct planned *planned, const char *last, enum advice_action action)
{
    if (!planned->there || action == ACTION_REST_DAY)
        return false;
    return planned_item(planned, last) < planned->plan.count ||
           (planned->begun && action != ACTION_NEXT_SET && action != ACTION_LAST_SET);
}

int lead_now(struct turn *turn, int64_t at_ms, bool only_begun, struct err *err)
{
    const struct exercise *last = NULL;
    struct planned planned;
    struct advise_case ask;
    struct workout workout;
    struct advice advice;

    turn->lead.there = false;
    if (advise_load(turn, at_ms, err) < 0)
        return -1;
    planned_at(turn, at_ms, &planned);
    if (!planned.there || (only_begun && !planned.begun))
        return 0;
    if (advise_open(turn, at_ms, &ask, err) < 0)
        return -1;
    if (workout_at(turn, at_ms, &workout) && workout.open && workout.last_ms >= planned.from_ms)
        last = lifter_exercise(turn->lifter, turn->lifter->log.at[workout.end - 1].set.exercise);
    if (last != NULL)
        advise_exercise(turn, &ask, &planned, last, &advice);
    if (last == NULL || lead_goes_on(&planned, last->id, advice.action))
        lead_find(turn, &ask, &planned, last != NULL ? last->id : NULL);
    return 0;
}

/* The last planned exercise that was done since the plan's sets count; NULL. */
static const char *last_planned(const struct turn *turn, const struct planned *planned, int64_t at_ms)
{
    const struct lifter *lifter = turn->lifter;
    size_t first = lifter_log_before(lifter, planned->from_ms);

    for (size_t i = lifter_log_before(lifter, at_ms + 1); i-- > first;)
        if (planned_item(planned, lifter->log.at[i].set.exercise) < planned->plan.count)
            return lifter->log.at[i].set.exercise;
    return NULL;
}

int lead_plan(struct turn *turn, int64_t at_ms, struct err *err)
{
    struct planned planned;
    struct advise_case ask;

    turn->lead.there = false;
    if (advise_open(turn, at_ms, &ask, err) < 0)
        return -1;
    planned_at(turn, at_ms, &planned);
    if (planned.there)
        lead_find(turn, &ask, &planned, last_planned(turn, &planned, at_ms));
    return 0;
}

int lead_of(struct turn *turn, const char *exercise, int64_t at_ms, struct err *err)
{
    struct planned planned;
    struct advise_case ask;
    size_t item;

    turn->lead.there = false;
    if (advise_open(turn, at_ms, &ask, err) < 0)
        return -1;
    planned_at(turn, at_ms, &planned);
    item = planned.there ? planned_item(&planned, exercise) : planned.plan.count;
    if (item < planned.plan.count)
        try_item(turn, &ask, &planned, item);
    return 0;
}

/* ---------------------------------------------------------------- words */

static void print_reps(const struct turn *turn, const struct plan_item *item, const struct advice *advice,
                       struct buf *out)
{
    bool within =
        item->reps_min != 0 && (advice->reps == REPS_UNKNOWN ||
                                (advice->reps >= item->reps_min && (advice->reps <= item->reps_max || item->amrap)));

    if (!isnan(item->seconds)) {
        wording_number(turn, item->seconds, out);
        buf_adds(out, " s");
    } else if (within) {
        buf_adds(out, "x ");
        wording_range(turn, item->reps_min, item->reps_max, out);
        buf_adds(out, item->amrap ? "+" : "");
    } else if (item->amrap) {
        buf_adds(out, "x AMRAP");
    } else if (advice->reps != REPS_UNKNOWN) {
        buf_addf(out, "x %d", advice->reps);
    }
}

/* "80 kg x 6-8, RIR 2, rest 2:00". */
static void print_set(const struct turn *turn, bool with_rest, struct buf *out)
{
    const struct lead *lead = &turn->lead;
    struct buf set = BUF_INIT(256), reserve = BUF_INIT(64), rest = BUF_INIT(64);

    if (!isnan(lead->advice.load_kg) && (isnan(lead->item.seconds) || lead->advice.load_mode != LOAD_BODYWEIGHT)) {
        wording_load(turn, lead->advice.load_mode, lead->advice.load_kg, &set);
        buf_addc(&set, ' ');
    }
    print_reps(turn, &lead->item, &lead->advice, &set);
    wording_range(turn, lead->advice.rir_min, lead->advice.rir_max, &reserve);
    reply_phrase(turn->texts, set.length != 0 ? TEXT_LEAD_SET : TEXT_LEAD_EFFORT,
                 REPLY_ARGS(ARG("set", buf_text(&set)), ARG("reserve", buf_text(&reserve))), out);
    if (with_rest && lead->rest_s > 0) {
        wording_rest(lead->rest_s, &rest);
        reply_phrase(turn->texts, TEXT_NEXT_REST, REPLY_ARGS(ARG("rest", buf_text(&rest))), out);
    }
    buf_release(&set);
    buf_release(&reserve);
    buf_release(&rest);
}

void lead_print(const struct turn *turn, bool with_rest, struct buf *out)
{
    struct buf head = BUF_INIT(256), set = BUF_INIT(512), name = BUF_INIT(128);
    char number[16], total[16];

    wording_exercise(turn, turn->lead.exercise, &name);
    snprintf(number, sizeof(number), "%d", turn->lead.number);
    snprintf(total, sizeof(total), "%d", turn->lead.total);
    reply_phrase(turn->texts, TEXT_LEAD,
                 REPLY_ARGS(ARG("exercise", buf_text(&name)), ARG("number", number), ARG("total", total)), &head);
    print_set(turn, with_rest, &set);
    buf_add_span(out, buf_span(&head));
    buf_addc(out, text_width(buf_span(&head)) + 1 + text_width(buf_span(&set)) <= PHONE_COLUMNS ? ' ' : '\n');
    buf_add_span(out, buf_span(&set));
    buf_release(&head);
    buf_release(&set);
    buf_release(&name);
}

static bool other_reps(const struct plan_item *item, const struct set *set)
{
    return item->reps_min != 0 && set->reps != REPS_UNKNOWN &&
           (set->reps < item->reps_min || (set->reps > item->reps_max && !item->amrap));
}

static void say(const struct turn *turn, enum text_key key, double value, double low, double high, struct buf *out)
{
    struct buf was = BUF_INIT(32), target = BUF_INIT(64);

    wording_measure(turn, value, &was);
    if (!isnan(low))
        wording_range(turn, low, high, &target);
    reply_phrase(turn->texts, key, REPLY_ARGS(ARG("value", buf_text(&was)), ARG("target", buf_text(&target))), out);
    buf_release(&was);
    buf_release(&target);
}

void lead_print_standing(const struct turn *turn, struct buf *out)
{
    const struct advice *advice = &turn->advice;
    const struct plan_item *item = &turn->last_item;
    const struct set *set;

    if (!turn->against_plan || turn->logged.count == 0 || advice->sets_done == 0)
        return;
    set = &turn->logged.at[turn->logged.count - 1];
    if (set->type == SET_WARMUP)
        return;
    if (turn->easier)
        say(turn, TEXT_PLAN_EASIER, set->rir, advice->last_rir_min, advice->last_rir_max, out);
    else if (other_reps(item, set))
        say(turn, TEXT_PLAN_REPS, set->reps, item->reps_min, item->reps_max, out);
    else if (isnan(set->rir) && set->failure == FAILURE_NONE && item->ask)
        say(turn, TEXT_PLAN_ASK, NAN, NAN, NAN, out);
    else if (!isnan(set->rir))
        say(turn, TEXT_PLAN_WITHIN, NAN, NAN, NAN, out);
}
