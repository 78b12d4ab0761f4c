/*
 * fix set, fix part, fix of: corrections that say which set they are of.
 * People say them in words ("set 2 was only 7", "the hack squats were 130"), which become these commands.
 */
#include <math.h>
#include <string.h>

#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/fix.h"
#include "bot/coach/fix_search.h"
#include "bot/coach/typed.h"
#include "core/notation/aim.h"
#include "core/notation/piece.h"

/* SEARCH is over. */
static int fix_found(struct turn *turn, const struct fix_search *search, struct span arguments, struct err *err)
{
    struct fixed fixed = {0};
    int result;

    if (search->count == 0 || search->count < search->wanted || search->found.id == 0)
        return turn_refuse(turn, TEXT_NO_SUCH_SET);
    result = fix_search_open(search, &fixed, err);
    if (result == 0)
        result = fix_may(turn, &fixed, err);
    if (result == 1)
        result = fix_by(turn, &fixed, arguments, err);
    fixed_release(&fixed);
    return result < 0 ? -1 : 0;
}

/* "the third set was 7" where there are two: it is the third. */
static int add_next(struct turn *turn, struct span arguments, struct err *err)
{
    struct buf folded = BUF_INIT(256);
    struct piece piece;
    bool counts = typed_fold(arguments, &folded) == 0 && piece_read(buf_span(&folded), UNIT_KG, &piece) &&
                  isnan(piece.load_kg) &&
                  (piece.reps != REPS_UNKNOWN || !isnan(piece.seconds) ||
                   (piece.number == floor(piece.number) && piece.number <= FIX_REPS_MOST));
    int result = counts ? fix_next(turn, &piece, err) : turn_refuse(turn, TEXT_NO_SUCH_SET);

    buf_release(&folded);
    return result;
}

/* "2 only 7"; 0 is the last one. */
static int set_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct logged_set *moment;
    struct fix_search search = {.turn = turn, .load = NAN, .denied = NAN};
    double number;
    int result;

    if (fix_search_load(turn, err) < 0)
        return -1;
    moment = context_moment(turn, turn->message->sent_ms);
    if (moment == NULL || !typed_number(&arguments, &number))
        return turn_refuse(turn, TEXT_NOTHING_TO_CORRECT);
    if (unanswered_refuse(turn))
        return 0;
    if ((result = fix_own(turn, err)) != 1)
        return result;
    search.exercise = moment->set.exercise;
    search.wanted = (int)number;
    search.warmups = search.wanted == 0;
    search.alone = true;
    if (fix_search_run(&search, err) < 0)
        return -1;
    return search.wanted == search.count + 1 ? add_next(turn, arguments, err)
                                             : fix_found(turn, &search, arguments, err);
}

/* Which of COUNT sets NUMBER is, from 0 on; COUNT: none. */
static size_t index_of(int number, size_t count)
{
    if (number == AIM_LAST)
        return count - 1;
    if (number == AIM_MIDDLE)
        return count % 2 != 0 && count > 1 ? count / 2 : count;
    return number >= 1 && (size_t)number <= count ? (size_t)number - 1 : count;
}

/* "1 14": of the sets of the last message. */
static int part_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct fixed fixed = {0};
    double number;
    int result;

    if (!typed_number(&arguments, &number))
        return turn_refuse(turn, TEXT_NOTHING_TO_CORRECT);
    if (unanswered_refuse(turn))
        return 0;
    result = fix_last(turn, &fixed, err);
    fixed.aimed = fixed.alone = true;
    if (result == 1) {
        fixed.index = index_of((int)number, fixed.sets.count);
        result =
            fixed.index < fixed.sets.count ? fix_by(turn, &fixed, arguments, err) : turn_refuse(turn, TEXT_NO_SUCH_SET);
    }
    fixed_release(&fixed);
    return result < 0 ? -1 : 0;
}

/* The same, of those that ARGUMENTS deny, where there are such: "172.5 not 170" is of the set with 170. */
static int find_denied(struct fix_search *search, struct span arguments, struct err *err)
{
    struct fix_search wanted = *search;
    struct buf folded = BUF_INIT(256);
    struct piece piece;

    if (search->wanted == 0 && typed_fold(arguments, &folded) == 0 && piece_read(buf_span(&folded), UNIT_KG, &piece))
        wanted.denied = piece.denied;
    buf_release(&folded);
    if (!isnan(wanted.denied) && fix_search_run(&wanted, err) < 0)
        return -1;
    if (wanted.count == 0)
        return fix_search_aimed(search, err);
    *search = wanted;
    return 0;
}

/* "hack squat: 130", "hack squat #2: 130", "225: only 2 reps" */
static int of_run(struct turn *turn, struct span arguments, struct err *err)
{
    const char *colon = memchr(arguments.at, ':', arguments.length);
    struct fix_search search = {.turn = turn, .load = NAN, .denied = NAN};
    struct span name;

    if (colon == NULL)
        return turn_refuse(turn, TEXT_NOTHING_TO_CORRECT);
    name = (struct span){arguments.at, (size_t)(colon - arguments.at)};
    arguments = (struct span){colon + 1, arguments.length - name.length - 1};
    search.wanted = fix_search_take_number(&name);
    span_skip_spaces(&arguments);
    if (fix_search_load(turn, err) < 0)
        return -1;
    if (!fix_search_aim(turn, &search, name))
        return 0;
    return find_denied(&search, arguments, err) < 0 ? -1 : fix_found(turn, &search, arguments, err);
}

const struct command fix_set_command = {.name = "fix set",
                                        .aliases = "",
                                        .arguments = "NUMBER REPS",
                                        .words = 12,
                                        .example = "fix set 1 7 reps",
                                        .group = COMMAND_LOGGING,
                                        .help = TEXT_HELP_FIX,
                                        .free_text = true,
                                        .unlisted = true,
                                        .run = set_run};
const struct command fix_part_command = {.name = "fix part",
                                         .aliases = "",
                                         .arguments = "NUMBER REPS",
                                         .words = 12,
                                         .example = "fix part 1 7 reps",
                                         .group = COMMAND_LOGGING,
                                         .help = TEXT_HELP_FIX,
                                         .free_text = true,
                                         .unlisted = true,
                                         .run = part_run};
const struct command fix_of_command = {.name = "fix of",
                                       .aliases = "",
                                       .arguments = "EXERCISE: LOAD",
                                       .words = 14,
                                       .example = "fix of bench: 85 kg",
                                       .group = COMMAND_LOGGING,
                                       .help = TEXT_HELP_FIX,
                                       .free_text = true,
                                       .unlisted = true,
                                       .run = of_run};
