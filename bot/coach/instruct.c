/*
 * Which of a coach's words hold, and what they come to.
 */
#include "bot/coach/instruct.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/coach/planned.h"
#include "bot/coach/wording.h"
#include "bot/coach/workout.h"
#include "core/base/civil.h"

static bool speaks_of(const struct lifter_instruction *said, enum coach_instruction_kind kind, const char *exercise,
                      int64_t by_ms)
{
    return said->kind == kind && said->at_ms <= by_ms && strcmp(said->exercise, exercise) == 0;
}

/* Something newer was said of EXERCISE in that room. */
static bool is_replaced(const struct lifter *lifter, size_t index, int64_t by_ms)
{
    const struct lifter_instruction *said = &lifter->instructions.at[index];

    for (size_t i = index + 1; i < lifter->instructions.count; i++)
        if (lifter->instructions.at[i].group == said->group &&
            speaks_of(&lifter->instructions.at[i], said->kind, said->exercise, by_ms))
            return true;
    return false;
}

bool instruct_shows(const struct turn *turn, const char *where)
{
    char *here = lifter_place(turn->message->transport, turn->message->room);
    bool shows = turn->message->direct || strcmp(here, where) == 0;

    free(here);
    return shows;
}

static bool take(const struct turn *turn, const struct lifter_instruction *said, struct instructed *found)
{
    struct plan plan;

    planned_read(said->text, &plan);
    if (plan.count == 0)
        return false;
    *found = (struct instructed){.there = true,
                                 .override = said->kind == COACH_OVERRIDE,
                                 .hidden = !instruct_shows(turn, said->where),
                                 .at_ms = said->at_ms,
                                 .item = plan.items[0]};
    snprintf(found->by, sizeof(found->by), "%s", said->by);
    return true;
}

bool instruct_target(const struct turn *turn, int64_t group, const char *exercise, int64_t at_ms,
                     struct instructed *found)
{
    const struct lifter *lifter = turn->lifter;

    for (size_t i = lifter->instructions.count; i-- > 0;) {
        const struct lifter_instruction *said = &lifter->instructions.at[i];

        if ((group == 0 || said->group == group) && speaks_of(said, COACH_TARGET, exercise, at_ms) &&
            !is_replaced(lifter, i, at_ms) && take(turn, said, found))
            return true;
    }
    return false;
}

int64_t instruct_by_ms(const struct turn *turn, int64_t at_ms)
{
    return turn->asked_by_ms > at_ms ? turn->asked_by_ms : at_ms;
}

/* ---------------------------------------------------------------- overrides */

/* EXERCISE was done from FROM_MS to before TO_MS. */
static bool was_done(const struct lifter *lifter, const char *exercise, int64_t from_ms, int64_t to_ms)
{
    size_t end = lifter_log_before(lifter, to_ms);

    for (size_t i = lifter_log_before(lifter, from_ms); i < end; i++)
        if (lifter->log.at[i].set.type != SET_WARMUP && strcmp(lifter->log.at[i].set.exercise, exercise) == 0)
            return true;
    return false;
}

/* What was said while the exercise was being done holds in that session alone. */
static bool has_lapsed(const struct turn *turn, const struct lifter_instruction *said, int64_t before_ms)
{
    struct workout workout;

    if (before_ms - said->at_ms > (int64_t)PLAN_WAITS_DAYS * CIVIL_DAY_MS)
        return true;
    return workout_at(turn, said->at_ms, &workout) && workout.open &&
           was_done(turn->lifter, said->exercise, workout.from_ms, said->at_ms + 1) &&
           workout_ended(turn, 0, workout.last_ms, before_ms - 1);
}

bool instruct_override(const struct turn *turn, const char *exercise, int64_t before_ms, struct instructed *found)
{
    const struct lifter *lifter = turn->lifter;

    for (size_t i = lifter->instructions.count; i-- > 0;) {
        const struct lifter_instruction *said = &lifter->instructions.at[i];

        if (!speaks_of(said, COACH_OVERRIDE, exercise, before_ms - 1))
            continue;
        return !was_done(lifter, exercise, said->at_ms + 1, before_ms) && !has_lapsed(turn, said, before_ms) &&
               take(turn, said, found);
    }
    return false;
}

/* ---------------------------------------------------------------- what they come to */

void instruct_blank(const char *exercise, struct plan_item *item)
{
    *item = (struct plan_item){
        .seconds = NAN, .load_kg = NAN, .percent_min = NAN, .percent_max = NAN, .rir_min = NAN, .rir_max = NAN};
    snprintf(item->exercise, sizeof(item->exercise), "%s", exercise);
}

static void overlay_load(struct plan_item *item, const struct plan_item *asked)
{
    if (isnan(asked->load_kg) && isnan(asked->percent_min))
        return;
    item->load_kg = asked->load_kg;
    item->load_mode = asked->load_mode;
    item->unit = asked->unit;
    item->percent_min = asked->percent_min;
    item->percent_max = asked->percent_max;
}

void instruct_overlay(struct plan_item *item, const struct instructed *asked)
{
    const struct plan_item *by = &asked->item;

    if (by->sets != 0 && !asked->override)
        item->sets = by->sets;
    if (by->reps_min != 0 || by->amrap || !isnan(by->seconds)) {
        item->reps_min = by->reps_min;
        item->reps_max = by->reps_max;
        item->amrap = by->amrap;
        item->seconds = by->seconds;
    }
    if (!isnan(by->rir_min)) {
        item->rir_min = by->rir_min;
        item->rir_max = by->rir_max;
        item->ask = by->ask;
    }
    overlay_load(item, by);
    item->drop = by->drop != 0 ? by->drop : item->drop;
    item->rest_s = by->rest_s != 0 ? by->rest_s : item->rest_s;
}

/* ---------------------------------------------------------------- words */

/* "85x5 @2", "80x8 @1-3": as a set is written. */
static void print_override(const struct turn *turn, const struct plan_item *item, struct buf *out)
{
    struct set set;

    set_init(&set);
    memcpy(set.exercise, item->exercise, sizeof(set.exercise));
    set.load_kg = item->load_kg;
    set.load_mode = item->load_mode;
    set.unit = item->unit;
    set.reps = item->reps_min;
    wording_sets(turn, &set, 1, false, out);
    if (isnan(item->rir_min))
        return;
    buf_adds(out, " @");
    wording_range(turn, item->rir_min, item->rir_max, out);
}

void instruct_print(const struct turn *turn, const struct instructed *asked, struct buf *out)
{
    struct buf item = BUF_INIT(256);
    size_t skip;

    if (asked->override) {
        print_override(turn, &asked->item, out);
        return;
    }
    plan_print_item(&asked->item, texts_language(turn->texts), &item);
    skip = item.length != 0 && item.data[0] == ' ';
    buf_add(out, buf_text(&item) + skip, item.length - skip);
    buf_release(&item);
}

const char *instruct_by(const struct turn *turn, const struct instructed *asked)
{
    return asked->by[0] != '\0' ? asked->by : texts_get(turn->texts, TEXT_ASKED_BY);
}
