/*
 * Taking sets back: the newest, one that is named by what it was, one that was logged twice, those of an exercise.
 */
#include <math.h>
#include <string.h>

#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/earlier.h"
#include "bot/coach/fix.h"
#include "bot/coach/fix_group.h"
#include "bot/coach/fix_search.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/notation/aim.h"
#include "core/notation/piece.h"
#include "core/notation/strike.h"

bool fix_is_other_side(const struct set *before, const struct set *set)
{
    return strcmp(set->exercise, before->exercise) == 0 && set->side != before->side &&
           (set->side == SIDE_LEFT || set->side == SIDE_RIGHT) &&
           (before->side == SIDE_LEFT || before->side == SIDE_RIGHT);
}

static bool is_other_side(const struct fixed *fixed, size_t at)
{
    return at != 0 && fix_is_other_side(&fixed->sets.at[at - 1], &fixed->sets.at[at]);
}

/* FIXED without the sets of EXERCISE; NULL: without the one that it is about. */
static void leave_out(struct fixed *fixed, const char *exercise)
{
    const size_t last = fixed->index, first = last - is_other_side(fixed, last);
    size_t kept = 0;

    for (size_t i = 0; i < fixed->sets.count; i++)
        if (exercise != NULL ? strcmp(fixed->sets.at[i].exercise, exercise) != 0 : i < first || i > last)
            fixed->sets.at[kept++] = fixed->sets.at[i];
    fixed->sets.count = kept;
    fixed->index = kept;
}

static int withdraw(struct turn *turn, const struct coach_set_row *row, struct err *err)
{
    struct set_list old = {0};
    int64_t action = 0;
    int result = earlier_withdraw(turn, row->input, COACH_DELETE, &old, &action, err);

    if (result == 0)
        earlier_strike(turn, TEXT_REMOVED, &old);
    if (result == 0)
        result = fix_follow(turn, row->at_ms, action, COACH_DELETE, err);
    set_list_release(&old);
    return result;
}

/* Takes back what SEARCH found: the sets of EXERCISE in that message, NULL: that one. */
static int remove_found(struct turn *turn, const struct fix_search *search, const char *exercise, struct err *err)
{
    struct fixed fixed = {0};
    int result = fix_search_open(search, &fixed, err);

    if (result == 0)
        result = fix_may(turn, &fixed, err);
    if (result == 1 && fix_group_keep(turn, &search->found, err) < 0)
        result = -1;
    if (result == 1)
        leave_out(&fixed, exercise);
    if (result == 1)
        result =
            fixed.sets.count == 0 ? withdraw(turn, &fixed.first, err) : fix_as(turn, &fixed, (struct span){"", 0}, err);
    fixed_release(&fixed);
    return result < 0 ? -1 : 0;
}

int fix_remove(struct turn *turn, const char *exercise, struct err *err)
{
    struct fix_search search = {
        .turn = turn, .exercise = exercise, .load = NAN, .denied = NAN, .warmups = exercise == NULL};

    if (fix_search_load(turn, err) < 0 || fix_search_run(&search, err) < 0)
        return -1;
    return search.count == 0 ? turn_refuse(turn, TEXT_NO_SUCH_SET) : remove_found(turn, &search, exercise, err);
}

/* ---------------------------------------------------------------- several at once */

/* "2": the last two of the exercise that was done last. */
static int sets_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct fix_group group = {.turn = turn};
    double count = 0;
    int result;

    if (!typed_number(&arguments, &count) || count < 1)
        return turn_refuse(turn, TEXT_NO_SUCH_SET);
    if (unanswered_refuse(turn))
        return 0;
    result = fix_group_load(turn, &group, (struct span){arguments.at, 0}, err);
    if (result == 1 && (group.rows.count == 0 || !fix_group_choose(&group, (size_t)count, false)))
        result = turn_refuse(turn, TEXT_NO_SUCH_SET);
    if (result == 1)
        result = fix_group_remove(turn, &group, err);
    fix_group_release(&group);
    return result < 0 ? -1 : 0;
}

const struct command undo_sets_command = {.name = "undo sets",
                                          .aliases = "",
                                          .arguments = "NUMBER",
                                          .words = 1,
                                          .example = "undo sets 2",
                                          .group = COMMAND_LOGGING,
                                          .help = TEXT_HELP_UNDO,
                                          .unlisted = true,
                                          .run = sets_run};

/* ---------------------------------------------------------------- one of them, taken back */

/* "80x8", "85kg": what the set was, or PIECE is left as it is. A number that nobody lifted is of reps. */
static int find_wanted(struct fix_search *search, struct span said, struct err *err)
{
    struct buf folded = BUF_INIT(256);
    struct piece piece;

    if (typed_fold(said, &folded) == 0 && strike_read_set(buf_span(&folded), &piece)) {
        search->load = isnan(piece.load_kg) ? piece.number : unit_from_kg(piece.load_kg, piece.unit);
        search->reps = piece.reps != REPS_UNKNOWN ? piece.reps : 0;
    }
    buf_release(&folded);
    return search->reps != 0 ? fix_search_run(search, err) : fix_search_aimed(search, err);
}

/* There is none such: what there is of the exercise is said. */
static int say_none(struct turn *turn, struct fix_search *search, struct err *err)
{
    struct buf line;

    turn_refuse(turn, TEXT_NO_SUCH_SET);
    *search =
        (struct fix_search){.turn = turn, .exercise = search->exercise, .load = NAN, .denied = NAN, .warmups = true};
    if (fix_search_run(search, err) < 0)
        return -1;
    if (search->count == 0)
        return 0;
    buf_init(&line, 256);
    wording_sets(turn, &search->found.set, 1, true, &line);
    reply_say(&turn->reply, turn->texts, TEXT_NEWEST_IS, ARG("set", buf_text(&line)));
    buf_release(&line);
    return 0;
}

/* Takes the exercise off SEARCH's NAME: empty, it is any, or that of the moment where a number is wanted of it. */
static bool aim_removal(struct turn *turn, struct fix_search *search, struct span name)
{
    const struct logged_set *moment = context_moment(turn, turn->message->sent_ms);

    if (name.length != 0)
        return fix_search_aim(turn, search, name);
    if (search->wanted != 0 && moment != NULL)
        search->exercise = moment->set.exercise;
    return true;
}

int fix_find_one(struct turn *turn, struct span wanted, struct coach_set_row *row, struct err *err)
{
    struct fix_search search = {.turn = turn, .load = NAN, .denied = NAN};
    struct span name = span_take(&wanted, ':');

    span_skip_spaces(&wanted);
    span_skip_spaces(&name);
    search.wanted = fix_search_take_number(&name);
    search.warmups = search.wanted == 0;
    if (fix_search_load(turn, err) < 0)
        return -1;
    if (!aim_removal(turn, &search, name))
        return 0;
    if (find_wanted(&search, wanted, err) < 0)
        return -1;
    if (search.count == 0 || search.count < search.wanted || search.found.id == 0)
        return say_none(turn, &search, err);
    *row = search.found;
    return 1;
}

int fix_remove_row(struct turn *turn, const struct coach_set_row *row, struct err *err)
{
    const struct fix_search found = {.turn = turn, .found = *row};

    return remove_found(turn, &found, NULL, err);
}

/* Whether the sets A and B are one that was logged twice. */
static bool is_twin(const struct set *a, const struct set *b)
{
    return strcmp(a->exercise, b->exercise) == 0 && a->load_mode == b->load_mode && a->load_kg == b->load_kg &&
           a->reps == b->reps && a->side == b->side && a->segment_count == b->segment_count &&
           (a->seconds == b->seconds || (isnan(a->seconds) && isnan(b->seconds)));
}

int fix_find_twin(struct turn *turn, struct coach_set_row *row, struct err *err)
{
    struct fix_search before = {.turn = turn, .load = NAN, .denied = NAN, .wanted = AIM_BEFORE, .warmups = true};
    struct fix_search newest = {.turn = turn, .load = NAN, .denied = NAN, .warmups = true};

    if (fix_search_load(turn, err) < 0 || fix_search_run(&newest, err) < 0 || fix_search_run(&before, err) < 0)
        return -1;
    if (before.count == 0 || !is_twin(&before.found.set, &newest.found.set))
        return say_none(turn, &newest, err);
    *row = newest.found;
    return 1;
}
