/*
 * fix sets, those were: corrections of several sets at once, whichever messages they came in ("the last two were only
 * 10", "die waren alle mit 42,5"). It is one step, and the reply names what was changed.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bot/coach/commands.h"
#include "bot/coach/fix.h"
#include "bot/coach/fix_group.h"
#include "bot/coach/pounds.h"
#include "bot/coach/typed.h"
#include "core/notation/aim.h"
#include "core/notation/piece.h"

/* Makes set AT of GROUP what PIECE says. False: it isn't sure what that is. */
static bool apply(struct turn *turn, struct fix_group *group, size_t at, const struct piece *piece)
{
    struct set *set = &group->right.at[at];
    const struct set *was = &group->rows.at[at].set;

    return piece_apply(*piece, set) && (isnan(piece->load_kg) || piece_near_load(set->load_kg, was->load_kg)) &&
           (piece->effort.length == 0 || fix_take_effort(turn, piece->effort, set));
}

/* All that agree: back from the last one, as long as they had the load of the last that isn't as PIECE says already. An
 * effort is of all that the last message says, too. */
static void choose_alike(struct turn *turn, struct fix_group *group, const struct piece *piece)
{
    const struct set *load = NULL;
    const int64_t input = group->rows.at[group->rows.count - 1].input;
    bool agree = true;

    for (size_t i = group->rows.count; i-- > 0;) {
        const struct set *set = &group->rows.at[i].set;
        const bool right = apply(turn, group, i, piece) && fix_group_is_right(group, i);

        group->right.at[i] = *set;
        if (load == NULL && !right)
            load = set;
        agree = agree && (right || fix_same_load(set, load));
        group->chosen.at[i] = agree || (piece_is_effort(piece) && group->rows.at[i].input == input);
    }
}

/* "6 not 5, all of them": those that had a 5. False: none did. */
static bool leave_others(struct fix_group *group, const struct piece *piece)
{
    bool any = false;

    for (size_t i = 0; i < group->rows.count; i++) {
        group->chosen.at[i] &= !fix_denies_other(piece, &group->rows.at[i].set);
        any |= group->chosen.at[i];
    }
    return any;
}

static int change_to(struct turn *turn, struct fix_group *group, const struct piece *piece, struct err *err)
{
    for (size_t i = 0; i < group->rows.count; i++)
        if (group->chosen.at[i] && !apply(turn, group, i, piece))
            return turn_refuse(turn, TEXT_PIECE_UNCLEAR);
    return fix_group_change(turn, group, err);
}

static bool read_piece(const struct turn *turn, const struct fix_group *group, struct span text, struct buf *folded,
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
static int sets_of(struct turn *turn, struct fix_group *group, size_t count, bool first, struct span text,
                   struct err *err)
{
    struct buf folded = BUF_INIT(256);
    struct piece piece;
    int result;

    if (group->rows.count == 0)
        result = turn_refuse(turn, group->named ? TEXT_NO_SUCH_SET : TEXT_NOTHING_TO_CORRECT);
    else if (!read_piece(turn, group, text, &folded, &piece))
        result = turn_refuse(turn, TEXT_PIECE_UNCLEAR);
    else if (count != 0 && !fix_group_choose(group, count, first))
        result = turn_refuse(turn, TEXT_NO_SUCH_SET);
    else {
        if (count == 0)
            choose_alike(turn, group, &piece);
        result =
            leave_others(group, &piece) ? change_to(turn, group, &piece, err) : turn_refuse(turn, TEXT_NO_SUCH_SET);
    }
    buf_release(&folded);
    return result;
}

/* "last 2 only 10", "first 2 @4", "last 0 bench: 42.5": 0 is all that agree. */
static int sets_run(struct turn *turn, struct span arguments, struct err *err)
{
    const bool first = typed_skip(&arguments, "first");
    const char *colon = memchr(arguments.at, ':', arguments.length);
    struct fix_group group = {.turn = turn};
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
    result = fix_group_load(turn, &group, name, err);
    if (result == 1 && unanswered_refuse(turn))
        result = 0;
    if (result == 1)
        result = sets_of(turn, &group, (size_t)count, first, arguments, err);
    fix_group_release(&group);
    return result;
}

/* The rows of set NUMBER, from *FROM to before *TO. False: there is no such. */
static bool rows_of(const struct fix_group *group, int number, size_t *from, size_t *to)
{
    const size_t total = group->rows.count;

    *to = number == AIM_LAST ? total : 0;
    *from = 0;
    if (number == AIM_BEFORE && total != 0)
        *to = fix_group_first_row(group, total - 1);
    if (*to != 0)
        *from = fix_group_first_row(group, *to - 1);
    if (number == AIM_LAST || number == AIM_BEFORE)
        return *to != 0;
    for (int i = 0; i < number && *from < total; i++) {
        *from = *to;
        *to += *to + 1 < total && fix_group_first_row(group, *to + 1) == *to ? 2 : 1;
    }
    return *to <= total && *from < total;
}

/* "1 3 rir": chooses the set and makes it that. False: that is refused. */
static bool take_each(struct turn *turn, struct fix_group *group, struct span part)
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
    struct fix_group group = {.turn = turn};
    struct span name = span_take(&arguments, ':');
    bool fits = true;
    int result = fix_group_load(turn, &group, name, err);

    if (result == 1 && unanswered_refuse(turn))
        result = 0;
    while (result == 1 && fits && arguments.length != 0)
        fits = take_each(turn, &group, span_take(&arguments, ';'));
    if (result == 1)
        result = fits ? fix_group_change(turn, &group, err) : 0;
    fix_group_release(&group);
    return result;
}

/* Whether PIECE is a load, and nothing else, of the last of GROUP. */
static bool is_load(struct fix_group *group, struct piece piece)
{
    const size_t last = group->rows.count - 1;
    struct set set = group->rows.at[last].set;

    return piece_apply(piece, &set) && set.reps == group->rows.at[last].set.reps &&
           set.type == group->right.at[last].type && piece.effort.length == 0 && piece.sets == 0 && !piece.unit_alone &&
           isnan(piece.seconds) && !fix_same_load(&set, &group->rows.at[last].set);
}

/* "those were 22.5": all that agree; where they came in one message, as `fix` has it. */
static int those_of(struct turn *turn, struct fix_group *group, struct span arguments, struct err *err)
{
    struct buf folded = BUF_INIT(256);
    struct piece piece;
    int result = 0;
    bool several = read_piece(turn, group, arguments, &folded, &piece) && is_load(group, piece);

    if (several) {
        choose_alike(turn, group, &piece);
        several = fix_group_messages(group) == 2;
    }
    if (several)
        result = change_to(turn, group, &piece, err);
    buf_release(&folded);
    return several ? result : fix_command.run(turn, arguments, err);
}

static int those_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct fix_group group = {.turn = turn};
    int result = fix_group_load(turn, &group, (struct span){arguments.at, 0}, err);

    if (result == 1)
        result = group.rows.count == 0 || unanswered_last(turn) ? fix_command.run(turn, arguments, err)
                                                                : those_of(turn, &group, arguments, err);
    fix_group_release(&group);
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
