/*
 * Which of the sets of this session somebody corrects or takes back.
 */
#include "bot/coach/fix_search.h"

#include <math.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/context.h"
#include "bot/coach/names.h"
#include "bot/coach/typed.h"
#include "core/base/ascii.h"
#include "core/notation/aim.h"

static const double LOAD_NEAR = 0.01;

static bool has_load(const struct set *set, double load)
{
    return fabs(unit_from_kg(set->load_kg, set->unit) - load) <= LOAD_NEAR;
}

static bool is_other(const struct fix_search *search, const struct coach_set_row *row)
{
    const struct set *set = &row->set;

    return (search->row != 0 && search->row != row->id) ||
           (search->exercise != NULL && strcmp(set->exercise, search->exercise) != 0) ||
           (!isnan(search->load) && !has_load(set, search->load)) ||
           (!isnan(search->denied) && !has_load(set, search->denied) && set->reps != search->denied);
}

static int take_row(void *arg, const struct coach_set_row *row)
{
    struct fix_search *search = arg;
    const struct turn *turn = search->turn;

    if (is_other(search, row) || (search->reps != 0 && row->set.reps != search->reps) ||
        (row->set.type == SET_WARMUP && !search->warmups) ||
        !context_same_session(turn, row->at_ms, turn->message->sent_ms))
        return 0;
    search->count++;
    if (search->wanted == 0 || search->count == search->wanted)
        search->found = *row;
    return 0;
}

static int walk_rows(struct fix_search *search, struct err *err)
{
    const struct turn *turn = search->turn;
    int64_t now_ms = turn->message->sent_ms;

    search->count = 0;
    return turn->store->sets_live(turn->store->self, turn->lifter->id, now_ms - CIVIL_DAY_MS, now_ms + 1, take_row,
                                  search, err);
}

int fix_search_run(struct fix_search *search, struct err *err)
{
    if (search->wanted == AIM_BEFORE) {
        search->wanted = 0;
        if (walk_rows(search, err) < 0)
            return -1;
        search->wanted = search->count - 1;
        if (search->wanted < 1)
            return search->count = 0; /* there is none before */
    }
    return walk_rows(search, err);
}

int fix_search_open(const struct fix_search *search, struct fixed *fixed, struct err *err)
{
    const struct turn *turn = search->turn;

    if (turn->store->sets_of_input(turn->store->self, search->found.input, fixed_add, fixed, err) < 0)
        return -1;
    fixed->aimed = true;
    fixed->alone = search->alone;
    for (size_t i = 0; i < fixed->ids.count; i++)
        if (fixed->ids.at[i] == search->found.id)
            fixed->index = i;
    return 0;
}

int fix_search_load(struct turn *turn, struct err *err)
{
    return lifter_load_names(turn->lifter, turn->store, err) < 0 || advise_load(turn, turn->message->sent_ms, err) < 0
               ? -1
               : 0;
}

int fix_search_take_number(struct span *name)
{
    size_t end = name->length;
    int number = 0;

    while (end != 0 && name->at[end - 1] != '#')
        end--;
    if (end == 0 || end == name->length || name->length - end > 2)
        return 0;
    for (size_t i = end; i < name->length; i++) {
        if (!ascii_is_digit(name->at[i]))
            return 0;
        number = 10 * number + (name->at[i] - '0');
    }
    name->length = end > 2 ? end - 2 : 0;
    return number;
}

bool fix_search_aim(struct turn *turn, struct fix_search *search, struct span name)
{
    const struct exercise *exercise;
    struct span behind;
    enum unit unit;

    if (name.length != 0 && ascii_is_digit(name.at[0])) {
        if (!typed_number(&name, &search->load))
            return false;
        behind = name;
        if (typed_unit(typed_word(&behind), &unit)) /* "225 lb squat" */
            name = behind;
        if (name.length == 0)
            return true;
    }
    exercise = names_done(turn, name);
    search->exercise = exercise != NULL ? exercise->id : NULL;
    return exercise != NULL;
}

int fix_search_aimed(struct fix_search *search, struct err *err)
{
    const double number = search->load;

    if (fix_search_run(search, err) < 0)
        return -1;
    if (search->count != 0 || isnan(number))
        return 0;
    search->load = NAN;
    search->reps = number;
    return fix_search_run(search, err);
}
