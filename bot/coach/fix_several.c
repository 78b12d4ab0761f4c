/*
 * fix sets, those were: corrections of several sets at once, whichever messages they came in ("the last two were only
 * 10", "die waren alle mit 42,5"). It is one step, and the reply names what was changed.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/book.h"
#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/fix.h"
#include "bot/coach/follow.h"
#include "bot/coach/names.h"
#include "bot/coach/pounds.h"
#include "bot/coach/session.h"
#include "bot/coach/timer.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/notation/aim.h"
#include "core/notation/piece.h"

/* What is corrected: sets of one exercise in this session, as they stand, and as they are to be. */
struct group {
    const struct turn *turn;
    char exercise[EXERCISE_ID_SIZE];
    bool named;                     /* somebody said which */
    bool warmups;                   /* belong to it */
    VEC(struct coach_set_row) rows; /* by time */
    VEC(struct set) right;          /* of each row */
    VEC(bool) chosen;
    size_t broken; /* rows before that have sets of other exercises behind them */
    bool breaks;
};

static void group_release(struct group *group)
{
    vec_release(&group->rows);
    vec_release(&group->right);
    vec_release(&group->chosen);
}

static int add_row(void *arg, const struct coach_set_row *row)
{
    struct group *group = arg;
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

static int gather(struct group *group, struct err *err)
{
    const struct turn *turn = group->turn;
    const int64_t now_ms = turn->message->sent_ms;

    return turn->store->sets_live(turn->store->self, turn->lifter->id, now_ms - CIVIL_DAY_MS, now_ms + 1, add_row,
                                  group, err);
}

/* ---------------------------------------------------------------- what they are to be */

static bool same_load(const struct set *a, const struct set *b)
{
    return a->load_mode == b->load_mode && a->load_kg == b->load_kg;
}

static bool same_effort(const struct set *a, const struct set *b)
{
    return a->failure == b->failure && (a->rir == b->rir || (isnan(a->rir) && isnan(b->rir)));
}

/* Whether PIECE leaves set AT of GROUP as it is. */
static bool is_right(const struct group *group, size_t at)
{
    const struct set *was = &group->rows.at[at].set, *is = &group->right.at[at];

    return same_load(was, is) && was->unit == is->unit && was->reps == is->reps && was->type == is->type &&
           (was->seconds == is->seconds || isnan(was->seconds)) && same_effort(was, is);
}

/* Makes set AT of GROUP what PIECE says. False: it isn't sure what that is. */
static bool apply(struct turn *turn, struct group *group, size_t at, const struct piece *piece)
{
    struct set *set = &group->right.at[at];
    const struct set *was = &group->rows.at[at].set;

    return piece_apply(*piece, set) && (isnan(piece->load_kg) || piece_near_load(set->load_kg, was->load_kg)) &&
           (piece->effort.length == 0 || fix_take_effort(turn, piece->effort, set));
}

/* ---------------------------------------------------------------- which they are */

/* The row that set AT begins with: one by each side is two rows. */
static size_t first_row(const struct group *group, size_t at)
{
    return at - (at != 0 && fix_is_other_side(&group->rows.at[at - 1].set, &group->rows.at[at].set));
}

/* The COUNT last or first ones. False: there are no such. */
static bool choose_count(struct group *group, size_t count, bool first)
{
    const size_t total = group->rows.count;
    size_t from = first ? 0 : total, to = first ? 0 : total;

    for (size_t i = 0; i < count; i++) {
        if (first ? to == total : from == 0)
            return false;
        if (!first)
            from = first_row(group, from - 1);
        else
            to += to + 1 < total && first_row(group, to + 1) == to ? 2 : 1;
    }
    for (size_t i = from; i < to; i++)
        group->chosen.at[i] = true;
    return first || group->named || from >= group->broken;
}

/* All that agree: back from the last one, as long as they had the load of the last that isn't as PIECE says already. An
 * effort is of all that the last message says, too. */
static void choose_alike(struct turn *turn, struct group *group, const struct piece *piece)
{
    const struct set *load = NULL;
    const int64_t input = group->rows.at[group->rows.count - 1].input;
    bool agree = true;

    for (size_t i = group->rows.count; i-- > 0;) {
        const struct set *set = &group->rows.at[i].set;
        const bool right = apply(turn, group, i, piece) && is_right(group, i);

        group->right.at[i] = *set;
        if (load == NULL && !right)
            load = set;
        agree = agree && (right || same_load(set, load));
        group->chosen.at[i] = agree || (piece_is_effort(piece) && group->rows.at[i].input == input);
    }
}

/* ---------------------------------------------------------------- changing them */

/* Whether they may be corrected here: 1, 0 they may not, and that is said, -1. */
static int may_change(struct turn *turn, const struct group *group, struct err *err)
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
    const struct group *group;
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

/* The set that ROW is to be. */
static struct set right_of(const struct group *group, const struct coach_set_row *row)
{
    struct set set = row->set;

    for (size_t i = 0; i < group->rows.count; i++)
        if (group->chosen.at[i] && group->rows.at[i].id == row->id)
            set = group->right.at[i];
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
    int64_t id;
    int result;

    vec_clear(&rewrite->rows);
    vec_push(&rewrite->done, input);
    result = turn_begin(turn, COACH_CORRECT, &rewrite->action, err);
    if (result == 0)
        result = store->sets_of_input(store->self, input, add_to_rewrite, rewrite, err);
    for (size_t i = 0; i < rewrite->rows.count && result == 0; i++) {
        const struct coach_set_row *row = &rewrite->rows.at[i];
        const struct set set = right_of(rewrite->group, row);

        result = store->set_supersede(store->self, row->id, rewrite->action, err);
        if (result == 0)
            result = store->set_add(store->self, turn->lifter->id, rewrite->action, input, (int)i, &set, row->at_ms,
                                    &id, err);
    }
    return result;
}

static int tell(struct turn *turn, const struct group *group, struct err *err)
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

/* Changes the chosen ones, which are others than they are to be. */
static int change(struct turn *turn, const struct group *group, struct err *err)
{
    struct rewrite rewrite = {.turn = turn, .group = group};
    int64_t from_ms = 0;
    int result = 0;

    for (size_t i = 0; i < group->rows.count && result == 0; i++) {
        const struct coach_set_row *row = &group->rows.at[i];

        if (!group->chosen.at[i] || is_done(&rewrite, row->input))
            continue;
        from_ms = rewrite.done.count == 0 ? row->at_ms : from_ms;
        result = rewrite_message(&rewrite, row->input, err);
    }
    vec_release(&rewrite.rows);
    vec_release(&rewrite.done);
    if (result == 0)
        result = tell(turn, group, err);
    if (result == 0)
        result = follow(turn, from_ms, rewrite.action, COACH_CORRECT, err);
    if (result == 0)
        result = timer_follow(turn, err);
    return result == 0 ? session_follow(turn, err) : -1;
}

/* Of how many messages the chosen ones are: 0, 1, or 2 where there are more. */
static int count_messages(const struct group *group)
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

/* What is right already stays; where all is, all is said. */
static int change_wrong(struct turn *turn, struct group *group, struct err *err)
{
    size_t wrong = 0;
    int result;

    if (count_messages(group) == 0)
        return turn_refuse(turn, TEXT_NO_SUCH_SET);
    for (size_t i = 0; i < group->rows.count; i++)
        wrong += group->chosen.at[i] && !is_right(group, i);
    for (size_t i = 0; i < group->rows.count; i++)
        group->chosen.at[i] &= wrong == 0 || !is_right(group, i);
    result = may_change(turn, group, err);
    return result == 1 ? change(turn, group, err) : result;
}

static int change_to(struct turn *turn, struct group *group, const struct piece *piece, struct err *err)
{
    for (size_t i = 0; i < group->rows.count; i++)
        if (group->chosen.at[i] && !apply(turn, group, i, piece))
            return turn_refuse(turn, TEXT_PIECE_UNCLEAR);
    return change_wrong(turn, group, err);
}

/* The sets of the exercise NAME; empty: of the last one, if what was done last is one's own. Where there is none the
 * group stays empty. 1, 0 nobody knows which exercise that is, or it is another's, and that is said, -1. */
static int load_group(struct turn *turn, struct group *group, struct span name, struct err *err)
{
    const struct exercise *exercise = NULL;
    const struct logged_set *moment;
    int own = name.length == 0 ? fix_own(turn, err) : 1;

    if (own != 1)
        return own;
    if (lifter_load_names(turn->lifter, turn->store, err) < 0 || advise_load(turn, turn->message->sent_ms, err) < 0)
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

static bool read_piece(const struct turn *turn, const struct group *group, struct span text, struct buf *folded,
                       struct piece *piece)
{
    const struct coach_set_row *last = &group->rows.at[group->rows.count - 1];

    if (typed_fold(text, folded) != 0 ||
        !piece_read(buf_span(folded), pounds_behind(turn, &last->set, last->at_ms), piece))
        return false;
    piece->both = false; /* "on both": how many is known */
    return true;
}

/* Which of GROUP, and what they are. */
static int sets_of(struct turn *turn, struct group *group, size_t count, bool first, struct span text, struct err *err)
{
    struct buf folded = BUF_INIT(256);
    struct piece piece;
    int result;

    if (group->rows.count == 0)
        result = turn_refuse(turn, group->named ? TEXT_NO_SUCH_SET : TEXT_NOTHING_TO_CORRECT);
    else if (!read_piece(turn, group, text, &folded, &piece))
        result = turn_refuse(turn, TEXT_PIECE_UNCLEAR);
    else if (count != 0 && !choose_count(group, count, first))
        result = turn_refuse(turn, TEXT_NO_SUCH_SET);
    else {
        if (count == 0)
            choose_alike(turn, group, &piece);
        result = change_to(turn, group, &piece, err);
    }
    buf_release(&folded);
    return result;
}

/* "last 2 only 10", "first 2 @4", "last 0 bench: 42.5": 0 is all that agree. */
static int sets_run(struct turn *turn, struct span arguments, struct err *err)
{
    const bool first = typed_skip(&arguments, "first");
    const char *colon = memchr(arguments.at, ':', arguments.length);
    struct group group = {.turn = turn};
    struct span name;
    double count = 0;
    int result;

    if (!first)
        typed_skip(&arguments, "last");
    typed_number(&arguments, &count);
    name = (struct span){arguments.at, colon != NULL ? (size_t)(colon - arguments.at) : 0};
    if (colon != NULL)
        arguments = span_past(arguments, name.length + 1);
    span_skip_spaces(&arguments);
    result = load_group(turn, &group, name, err);
    if (result == 1 && unanswered_refuse(turn))
        result = 0;
    if (result == 1)
        result = sets_of(turn, &group, (size_t)count, first, arguments, err);
    group_release(&group);
    return result;
}

/* The rows of set NUMBER, from *FROM to before *TO. False: there is no such. */
static bool rows_of(const struct group *group, int number, size_t *from, size_t *to)
{
    const size_t total = group->rows.count;

    *to = number == AIM_LAST ? total : 0;
    *from = 0;
    if (number == AIM_BEFORE && total != 0)
        *to = first_row(group, total - 1);
    if (*to != 0)
        *from = first_row(group, *to - 1);
    if (number == AIM_LAST || number == AIM_BEFORE)
        return *to != 0;
    for (int i = 0; i < number && *from < total; i++) {
        *from = *to;
        *to += *to + 1 < total && first_row(group, *to + 1) == *to ? 2 : 1;
    }
    return *to <= total && *from < total;
}

/* "1 3 rir": chooses the set and makes it that. False: that is refused. */
static bool take_each(struct turn *turn, struct group *group, struct span part)
{
    struct buf folded = BUF_INIT(256);
    struct piece piece;
    double number;
    size_t from = 0, to = 0;
    enum text_key refusal = TEXT_COUNT;

    span_skip_spaces(&part);
    if (!typed_number(&part, &number) || number < 1 || number > AIM_BEFORE || !rows_of(group, (int)number, &from, &to))
        refusal = TEXT_NO_SUCH_SET;
    else if (!read_piece(turn, group, part, &folded, &piece))
        refusal = TEXT_PIECE_UNCLEAR;
    for (size_t i = from; refusal == TEXT_COUNT && i < to; i++) {
        if (group->chosen.at[i] || !apply(turn, group, i, &piece))
            refusal = TEXT_PIECE_UNCLEAR;
        group->chosen.at[i] = true;
    }
    buf_release(&folded);
    if (refusal != TEXT_COUNT)
        turn_refuse(turn, refusal);
    return refusal == TEXT_COUNT;
}

/* "fly: 1 3 rir; 11 @0": AIM_LAST is the last one. */
static int each_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct group group = {.turn = turn};
    struct span name = span_take(&arguments, ':');
    bool fits = true;
    int result = load_group(turn, &group, name, err);

    if (result == 1 && unanswered_refuse(turn))
        result = 0;
    while (result == 1 && fits && arguments.length != 0)
        fits = take_each(turn, &group, span_take(&arguments, ';'));
    if (result == 1)
        result = fits ? change_wrong(turn, &group, err) : 0;
    group_release(&group);
    return result;
}

/* Whether PIECE is a load, and nothing else, of the last of GROUP. */
static bool is_load(struct group *group, struct piece piece)
{
    const size_t last = group->rows.count - 1;
    struct set set = group->rows.at[last].set;

    return piece_apply(piece, &set) && set.reps == group->rows.at[last].set.reps &&
           set.type == group->right.at[last].type && piece.effort.length == 0 && piece.sets == 0 && !piece.unit_alone &&
           isnan(piece.seconds) && !same_load(&set, &group->rows.at[last].set);
}

/* "those were 22.5": all that agree; where they came in one message, as `fix` has it. */
static int those_of(struct turn *turn, struct group *group, struct span arguments, struct err *err)
{
    struct buf folded = BUF_INIT(256);
    struct piece piece;
    int result = 0;
    bool several = read_piece(turn, group, arguments, &folded, &piece) && is_load(group, piece);

    if (several) {
        choose_alike(turn, group, &piece);
        several = count_messages(group) == 2;
    }
    if (several)
        result = change_to(turn, group, &piece, err);
    buf_release(&folded);
    return several ? result : fix_command.run(turn, arguments, err);
}

static int those_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct group group = {.turn = turn};
    int result = load_group(turn, &group, (struct span){arguments.at, 0}, err);

    if (result == 1)
        result = group.rows.count == 0 || unanswered_last(turn) ? fix_command.run(turn, arguments, err)
                                                                : those_of(turn, &group, arguments, err);
    group_release(&group);
    return result;
}

const struct command fix_sets_command = {.name = "fix sets",
                                         .aliases = "",
                                         .arguments = "NUMBER REPS",
                                         .words = 12,
                                         .example = "fix sets last 0 @2",
                                         .group = COMMAND_LOGGING,
                                         .help = TEXT_HELP_FIX,
                                         .free_text = true,
                                         .unlisted = true,
                                         .run = sets_run};
const struct command fix_each_command = {.name = "fix each",
                                         .aliases = "",
                                         .arguments = "EXERCISE: NUMBER REPS",
                                         .words = 14,
                                         .example = "fix each bench: 1 7 reps; 2 6 reps",
                                         .group = COMMAND_LOGGING,
                                         .help = TEXT_HELP_FIX,
                                         .free_text = true,
                                         .unlisted = true,
                                         .run = each_run};
const struct command those_were_command = {.name = "those were",
                                           .aliases = "these were",
                                           .german = "die waren,die warn,diese waren",
                                           .arguments = "",
                                           .words = 10,
                                           .example = "those were 75 kg",
                                           .group = COMMAND_LOGGING,
                                           .help = TEXT_HELP_FIX,
                                           .free_text = true,
                                           .takes_pieces = true,
                                           .unlisted = true,
                                           .run = those_run};
