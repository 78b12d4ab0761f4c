/*
 * Sets of one exercise that are corrected together, whichever messages they came in: in one step.
 */
#include "bot/coach/fix_group.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bot/coach/book.h"
#include "bot/coach/context.h"
#include "bot/coach/earlier.h"
#include "bot/coach/fix_search.h"
#include "bot/coach/follow.h"
#include "bot/coach/names.h"

void fix_group_release(struct fix_group *group)
{
    vec_release(&group->rows);
    vec_release(&group->right);
    vec_release(&group->chosen);
}

static int add_row(void *arg, const struct coach_set_row *row)
{
    struct fix_group *group = arg;
    const struct turn *turn = group->turn;
    const bool other = strcmp(row->set.exercise, group->exercise) != 0;

    if (!context_same_session(turn, row->at_ms, turn->message->sent_ms) ||
        (row->set.type == SET_WARMUP && !group->warmups))
        return 0;
    group->breaks |= other;
    if (other)
        return 0;
    if (group->breaks)
        group->broken = group->rows.count;
    group->breaks = false;
    vec_push(&group->rows, *row);
    vec_push(&group->right, row->set);
    vec_push(&group->chosen, false);
    return 0;
}

static int gather(struct fix_group *group, struct err *err)
{
    const struct turn *turn = group->turn;
    const int64_t now_ms = turn->message->sent_ms;

    return turn->store->sets_live(turn->store->self, turn->lifter->id, now_ms - CIVIL_DAY_MS, now_ms + 1, add_row,
                                  group, err);
}

static bool same_effort(const struct set *a, const struct set *b)
{
    return a->failure == b->failure && (a->rir == b->rir || (isnan(a->rir) && isnan(b->rir)));
}

bool fix_group_is_right(const struct fix_group *group, size_t at)
{
    const struct set *was = &group->rows.at[at].set, *is = &group->right.at[at];

    return fix_same_load(was, is) && was->unit == is->unit && was->reps == is->reps && was->type == is->type &&
           (was->seconds == is->seconds || isnan(was->seconds)) && same_effort(was, is);
}

size_t fix_group_first_row(const struct fix_group *group, size_t at)
{
    return at - (at != 0 && fix_is_other_side(&group->rows.at[at - 1].set, &group->rows.at[at].set));
}

bool fix_group_choose(struct fix_group *group, size_t count, bool first)
{
    const size_t total = group->rows.count;
    size_t from = first ? 0 : total, to = first ? 0 : total;

    for (size_t i = 0; i < count; i++) {
        if (first ? to == total : from == 0)
            return false;
        if (!first)
            from = fix_group_first_row(group, from - 1);
        else
            to += to + 1 < total && fix_group_first_row(group, to + 1) == to ? 2 : 1;
    }
    for (size_t i = from; i < to; i++)
        group->chosen.at[i] = true;
    return first || group->named || from >= group->broken;
}

int fix_group_load(struct turn *turn, struct fix_group *group, struct span name, struct err *err)
{
    const struct exercise *exercise = NULL;
    const struct logged_set *moment;
    int own = name.length == 0 ? fix_own(turn, err) : 1;

    if (own != 1)
        return own;
    if (fix_search_load(turn, err) < 0)
        return -1;
    moment = context_moment(turn, turn->message->sent_ms);
    if (name.length != 0 && (exercise = names_done(turn, name)) == NULL)
        return 0;
    if (moment == NULL)
        return 1;
    group->named = exercise != NULL;
    group->warmups = !group->named && moment->set.type == SET_WARMUP;
    snprintf(group->exercise, sizeof(group->exercise), "%s", exercise != NULL ? exercise->id : moment->set.exercise);
    return gather(group, err) < 0 ? -1 : 1;
}

/* ---------------------------------------------------------------- changing them */

/* Whether they may be corrected here: 1, 0 they may not, and that is said, -1. */
static int may_change(struct turn *turn, const struct fix_group *group, struct err *err)
{
    int result = 1;

    for (size_t i = 0; i < group->rows.count && result == 1; i++) {
        const struct fixed fixed = {.first = group->rows.at[i]};

        if (group->chosen.at[i])
            result = fix_may(turn, &fixed, err);
    }
    return result;
}

/* The sets of one message, booked anew: the words that it leaned on the log by go with the old ones. */
struct rewrite {
    struct turn *turn;
    const struct fix_group *group;
    bool removes; /* without the chosen ones */
    VEC(struct coach_set_row) rows;
    VEC(int64_t) done; /* messages */
    int64_t action;
};

static int add_to_rewrite(void *arg, const struct coach_set_row *row)
{
    struct rewrite *rewrite = arg;

    vec_push(&rewrite->rows, *row);
    return 0;
}

/* Whether ROW is one of those that were chosen: *AT. */
static bool is_chosen(const struct fix_group *group, const struct coach_set_row *row, size_t *at)
{
    for (*at = 0; *at < group->rows.count; ++*at)
        if (group->chosen.at[*at] && group->rows.at[*at].id == row->id)
            return true;
    return false;
}

/* The set that ROW is to be. */
static struct set right_of(const struct fix_group *group, const struct coach_set_row *row)
{
    struct set set = row->set;
    size_t at;

    if (is_chosen(group, row, &at))
        set = group->right.at[at];
    set.at_ms = -1;
    return set;
}

static bool is_done(const struct rewrite *rewrite, int64_t input)
{
    for (size_t i = 0; i < rewrite->done.count; i++)
        if (rewrite->done.at[i] == input)
            return true;
    return false;
}

static int rewrite_message(struct rewrite *rewrite, int64_t input, struct err *err)
{
    struct turn *turn = rewrite->turn;
    const struct coach_store *store = turn->store;
    const enum coach_action_kind kind = rewrite->removes ? COACH_DELETE : COACH_CORRECT;
    int64_t id;
    size_t at;
    int result;

    vec_clear(&rewrite->rows);
    vec_push(&rewrite->done, input);
    result = turn_begin(turn, kind, &rewrite->action, err);
    if (result == 0)
        result = store->sets_of_input(store->self, input, add_to_rewrite, rewrite, err);
    for (size_t i = 0; i < rewrite->rows.count && result == 0; i++) {
        const struct coach_set_row *row = &rewrite->rows.at[i];
        const struct set set = right_of(rewrite->group, row);

        result = store->set_supersede(store->self, row->id, rewrite->action, err);
        if (result == 0 && !(rewrite->removes && is_chosen(rewrite->group, row, &at)))
            result = store->set_add(store->self, turn->lifter->id, rewrite->action, input, (int)i, &set, row->at_ms,
                                    &id, err);
    }
    return result;
}

int fix_group_keep(struct turn *turn, const struct coach_set_row *gone, struct err *err)
{
    struct fix_group group = {.turn = turn, .warmups = true};
    int64_t input = gone->input;
    int leans;

    snprintf(group.exercise, sizeof(group.exercise), "%s", gone->set.exercise);
    leans = gather(&group, err) < 0 ? -1 : 1;
    for (size_t i = 0; i < group.rows.count && leans == 1; i++) {
        const struct coach_set_row *row = &group.rows.at[i];

        if (row->at_ms <= gone->at_ms || row->input == input)
            continue;
        input = row->input;
        leans = follow_leans(turn, input, row->action, err);
        if (leans == 1 && follow_pin(turn, input, row->action, gone->set.exercise, err) < 0)
            leans = -1;
    }
    fix_group_release(&group);
    return leans < 0 ? -1 : 0;
}

static int tell(struct turn *turn, const struct fix_group *group, struct err *err)
{
    VEC(struct set) old = {0};
    int64_t at_ms = turn->message->sent_ms;
    int result;

    for (size_t i = 0; i < group->rows.count; i++) {
        const struct coach_set_row *row = &group->rows.at[i];

        if (!group->breaks)
            at_ms = row->at_ms;
        if (!group->chosen.at[i])
            continue;
        turn->logged_input = row->input;
        vec_push(&turn->logged, right_of(group, row));
        vec_push(&old, row->set);
    }
    lifter_drop_log(turn->lifter);
    result = book_tell(turn, at_ms, err);
    if (result == 0)
        fix_say_instead(turn, old.at, old.count);
    vec_release(&old);
    return result;
}

/* The messages of the chosen ones, from FROM_MS on, by an ACTION. */
static int rewrite_chosen(struct rewrite *rewrite, int64_t *from_ms, struct err *err)
{
    const struct fix_group *group = rewrite->group;
    int result = 0;

    for (size_t i = 0; i < group->rows.count && result == 0; i++) {
        const struct coach_set_row *row = &group->rows.at[i];

        if (!group->chosen.at[i] || is_done(rewrite, row->input))
            continue;
        *from_ms = rewrite->done.count == 0 ? row->at_ms : *from_ms;
        result = rewrite_message(rewrite, row->input, err);
    }
    vec_release(&rewrite->rows);
    vec_release(&rewrite->done);
    return result;
}

/* Changes the chosen ones, which are others than they are to be. */
static int change(struct turn *turn, const struct fix_group *group, struct err *err)
{
    struct rewrite rewrite = {.turn = turn, .group = group};
    int64_t from_ms = 0;
    int result = rewrite_chosen(&rewrite, &from_ms, err);

    if (result == 0)
        result = tell(turn, group, err);
    return result == 0 ? fix_follow(turn, from_ms, rewrite.action, COACH_CORRECT, err) : -1;
}

static void tell_removed(struct turn *turn, const struct fix_group *group)
{
    struct set_list gone = {0};

    for (size_t i = 0; i < group->rows.count; i++)
        if (group->chosen.at[i])
            set_list_add(&gone, &group->rows.at[i]);
    earlier_strike(turn, TEXT_REMOVED, &gone);
    set_list_release(&gone);
}

int fix_group_remove(struct turn *turn, const struct fix_group *group, struct err *err)
{
    struct rewrite rewrite = {.turn = turn, .group = group, .removes = true};
    int64_t from_ms = 0;
    int result = may_change(turn, group, err);

    if (result != 1)
        return result;
    result = rewrite_chosen(&rewrite, &from_ms, err);
    if (result < 0)
        return -1;
    tell_removed(turn, group);
    lifter_drop_log(turn->lifter);
    return fix_follow(turn, from_ms, rewrite.action, COACH_DELETE, err);
}

int fix_group_messages(const struct fix_group *group)
{
    const struct coach_set_row *found = NULL;

    for (size_t i = 0; i < group->rows.count; i++) {
        const struct coach_set_row *row = &group->rows.at[i];

        if (group->chosen.at[i] && found != NULL && found->input != row->input)
            return 2;
        found = group->chosen.at[i] ? row : found;
    }
    return found != NULL;
}

int fix_group_change(struct turn *turn, struct fix_group *group, struct err *err)
{
    size_t wrong = 0;
    int result;

    if (fix_group_messages(group) == 0)
        return turn_refuse(turn, TEXT_NO_SUCH_SET);
    for (size_t i = 0; i < group->rows.count; i++)
        wrong += group->chosen.at[i] && !fix_group_is_right(group, i);
    for (size_t i = 0; i < group->rows.count; i++)
        group->chosen.at[i] &= wrong == 0 || !fix_group_is_right(group, i);
    result = may_change(turn, group, err);
    return result == 1 ? change(turn, group, err) : result;
}
