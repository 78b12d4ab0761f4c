/*
 * fix set, fix of, fix exercise: corrections that say which set they are of, or that the exercise was another one; and
 * the sets of an exercise, taken back.
 * People say them in words ("set 2 was only 7", "the hack squats were 130", "meant incline"), which become these
 * commands.
 */
#include <math.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/earlier.h"
#include "bot/coach/fix.h"
#include "bot/coach/follow.h"
#include "bot/coach/names.h"
#include "bot/coach/session.h"
#include "bot/coach/timer.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/base/ascii.h"
#include "core/notation/aim.h"
#include "core/notation/piece.h"
#include "core/notation/strike.h"

static const double LOAD_NEAR = 0.01;

/* The sets of an exercise in this session; warm-ups aren't counted. */
struct search {
    const struct turn *turn;
    const char *exercise; /* NULL: of any */
    double load;          /* as it was written; NAN: any */
    double reps;          /* where that isn't asked for; 0: any */
    double denied;        /* "172.5 not 170": what its load, or its reps, are said to have been; NAN: any */
    int wanted;           /* which of them, from 1 on; 0: the last; AIM_BEFORE: that before it */
    bool warmups;         /* may be it, too */
    int count;
    struct coach_set_row found;
    bool alone; /* that one is meant, and no other of its message */
};

static bool has_load(const struct set *set, double load)
{
    return fabs(unit_from_kg(set->load_kg, set->unit) - load) <= LOAD_NEAR;
}

static bool is_other(const struct search *search, const struct set *set)
{
    return (search->exercise != NULL && strcmp(set->exercise, search->exercise) != 0) ||
           (!isnan(search->load) && !has_load(set, search->load)) ||
           (!isnan(search->denied) && !has_load(set, search->denied) && set->reps != search->denied);
}

static int take_row(void *arg, const struct coach_set_row *row)
{
    struct search *search = arg;
    const struct turn *turn = search->turn;

    if (is_other(search, &row->set) || (search->reps != 0 && row->set.reps != search->reps) ||
        (row->set.type == SET_WARMUP && !search->warmups) ||
        !context_same_session(turn, row->at_ms, turn->message->sent_ms))
        return 0;
    search->count++;
    if (search->wanted == 0 || search->count == search->wanted)
        search->found = *row;
    return 0;
}

static int walk_rows(struct search *search, struct err *err)
{
    const struct turn *turn = search->turn;
    int64_t now_ms = turn->message->sent_ms;

    search->count = 0;
    return turn->store->sets_live(turn->store->self, turn->lifter->id, now_ms - CIVIL_DAY_MS, now_ms + 1, take_row,
                                  search, err);
}

static int find(struct search *search, struct err *err)
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

/* The message of the set that was found, and of those of that message the one. */
static int open_found(const struct search *search, struct fixed *fixed, struct err *err)
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

/* SEARCH is over. */
static int fix_found(struct turn *turn, const struct search *search, struct span arguments, struct err *err)
{
    struct fixed fixed = {0};
    int result;

    if (search->count == 0 || search->count < search->wanted)
        return turn_refuse(turn, TEXT_NO_SUCH_SET);
    result = open_found(search, &fixed, err);
    if (result == 0)
        result = fix_may(turn, &fixed, err);
    if (result == 1)
        result = fix_by(turn, &fixed, arguments, err);
    fixed_release(&fixed);
    return result < 0 ? -1 : 0;
}

static int load_all(struct turn *turn, struct err *err)
{
    return lifter_load_names(turn->lifter, turn->store, err) < 0 || advise_load(turn, turn->message->sent_ms, err) < 0
               ? -1
               : 0;
}

/* ---------------------------------------------------------------- taking them back */

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
        result = follow(turn, row->at_ms, action, COACH_DELETE, err);
    if (result == 0)
        result = timer_follow(turn, err);
    if (result == 0)
        result = session_follow(turn, err);
    set_list_release(&old);
    return result;
}

/* Takes back what SEARCH found: the sets of EXERCISE in that message, NULL: that one. */
static int remove_found(struct turn *turn, const struct search *search, const char *exercise, struct err *err)
{
    struct fixed fixed = {0};
    int result = open_found(search, &fixed, err);

    if (result == 0)
        result = fix_may(turn, &fixed, err);
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
    struct search search = {
        .turn = turn, .exercise = exercise, .load = NAN, .denied = NAN, .warmups = exercise == NULL};

    if (load_all(turn, err) < 0 || find(&search, err) < 0)
        return -1;
    return search.count == 0 ? turn_refuse(turn, TEXT_NO_SUCH_SET) : remove_found(turn, &search, exercise, err);
}

/* ---------------------------------------------------------------- another value */

/* "the third set was 7" where there are two: it is the third. */
static int add_next(struct turn *turn, struct span arguments, struct err *err)
{
    struct buf folded = BUF_INIT(256);
    struct piece piece;
    bool counts =
        typed_fold(arguments, &folded) == 0 && piece_read(buf_span(&folded), UNIT_KG, &piece) && isnan(piece.load_kg) &&
        (piece.reps != REPS_UNKNOWN || (piece.number == floor(piece.number) && piece.number <= FIX_REPS_MOST));
    int result = counts ? fix_next(turn, &piece, err) : turn_refuse(turn, TEXT_NO_SUCH_SET);

    buf_release(&folded);
    return result;
}

/* "2 only 7"; 0 is the last one. */
static int set_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct logged_set *moment;
    struct search search = {.turn = turn, .load = NAN, .denied = NAN};
    double number;
    int result;

    if (load_all(turn, err) < 0)
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
    if (find(&search, err) < 0)
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

/* Takes "#2" off NAME's end: which of the exercise's sets; 0 the newest. */
static int take_number(struct span *name)
{
    size_t end = name->length;
    int number = 0;

    while (end != 0 && name->at[end - 1] != '#')
        end--;
    if (end == 0 || end == name->length || name->length - end > 2)
        return 0;
    for (size_t i = end; i < name->length; i++)
        number = 10 * number + (name->at[i] - '0');
    name->length = end > 2 ? end - 2 : 0;
    return number;
}

/* NAME is an exercise, a load that was lifted, or both: "295 squat". False: neither, and that is said. */
static bool aim_search(struct turn *turn, struct search *search, struct span name)
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

/* A number that nobody lifted is of reps: "that 6 was @0". */
static int find_aimed(struct search *search, struct err *err)
{
    const double number = search->load;

    if (find(search, err) < 0)
        return -1;
    if (search->count != 0 || isnan(number))
        return 0;
    search->load = NAN;
    search->reps = number;
    return find(search, err);
}

/* The same, of those that ARGUMENTS deny, where there are such: "172.5 not 170" is of the set with 170. */
static int find_denied(struct search *search, struct span arguments, struct err *err)
{
    struct search wanted = *search;
    struct buf folded = BUF_INIT(256);
    struct piece piece;

    if (search->wanted == 0 && typed_fold(arguments, &folded) == 0 && piece_read(buf_span(&folded), UNIT_KG, &piece))
        wanted.denied = piece.denied;
    buf_release(&folded);
    if (!isnan(wanted.denied) && find(&wanted, err) < 0)
        return -1;
    if (wanted.count == 0)
        return find_aimed(search, err);
    *search = wanted;
    return 0;
}

/* "hack squat: 130", "hack squat #2: 130", "225: only 2 reps" */
static int of_run(struct turn *turn, struct span arguments, struct err *err)
{
    const char *colon = memchr(arguments.at, ':', arguments.length);
    struct search search = {.turn = turn, .load = NAN, .denied = NAN};
    struct span name;

    if (colon == NULL)
        return turn_refuse(turn, TEXT_NOTHING_TO_CORRECT);
    name = (struct span){arguments.at, (size_t)(colon - arguments.at)};
    arguments = (struct span){colon + 1, arguments.length - name.length - 1};
    search.wanted = take_number(&name);
    span_skip_spaces(&arguments);
    if (load_all(turn, err) < 0)
        return -1;
    if (!aim_search(turn, &search, name))
        return 0;
    return find_denied(&search, arguments, err) < 0 ? -1 : fix_found(turn, &search, arguments, err);
}

/* ---------------------------------------------------------------- one of them, taken back */

/* "80x8", "85kg": what the set was, or PIECE is left as it is. A number that nobody lifted is of reps. */
static int find_wanted(struct search *search, struct span said, struct err *err)
{
    struct buf folded = BUF_INIT(256);
    struct piece piece;

    if (typed_fold(said, &folded) == 0 && strike_read_set(buf_span(&folded), &piece)) {
        search->load = isnan(piece.load_kg) ? piece.number : unit_from_kg(piece.load_kg, piece.unit);
        search->reps = piece.reps != REPS_UNKNOWN ? piece.reps : 0;
    }
    buf_release(&folded);
    return search->reps != 0 ? find(search, err) : find_aimed(search, err);
}

/* There is none such: what there is of the exercise is said. */
static int say_none(struct turn *turn, struct search *search, struct err *err)
{
    struct buf line;

    turn_refuse(turn, TEXT_NO_SUCH_SET);
    *search = (struct search){.turn = turn, .exercise = search->exercise, .load = NAN, .denied = NAN, .warmups = true};
    if (find(search, err) < 0)
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
static bool aim_removal(struct turn *turn, struct search *search, struct span name)
{
    const struct logged_set *moment = context_moment(turn, turn->message->sent_ms);

    if (name.length != 0)
        return aim_search(turn, search, name);
    if (search->wanted != 0 && moment != NULL)
        search->exercise = moment->set.exercise;
    return true;
}

int fix_find_one(struct turn *turn, struct span wanted, struct coach_set_row *row, struct err *err)
{
    struct search search = {.turn = turn, .load = NAN, .denied = NAN};
    struct span name = span_take(&wanted, ':');

    span_skip_spaces(&wanted);
    span_skip_spaces(&name);
    search.wanted = take_number(&name);
    search.warmups = search.wanted == 0;
    if (load_all(turn, err) < 0)
        return -1;
    if (!aim_removal(turn, &search, name))
        return 0;
    if (find_wanted(&search, wanted, err) < 0)
        return -1;
    if (search.count == 0 || search.count < search.wanted)
        return say_none(turn, &search, err);
    *row = search.found;
    return 1;
}

int fix_remove_row(struct turn *turn, const struct coach_set_row *row, struct err *err)
{
    const struct search found = {.turn = turn, .found = *row};

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
    struct search before = {.turn = turn, .load = NAN, .denied = NAN, .wanted = AIM_BEFORE, .warmups = true};
    struct search newest = {.turn = turn, .load = NAN, .denied = NAN, .warmups = true};

    if (load_all(turn, err) < 0 || find(&newest, err) < 0 || find(&before, err) < 0)
        return -1;
    if (before.count == 0 || !is_twin(&before.found.set, &newest.found.set))
        return say_none(turn, &newest, err);
    *row = newest.found;
    return 1;
}

/* ---------------------------------------------------------------- another exercise */

/* "incline" said of a bench press: TYPED before the words of NAME, or before the last of them. */
static const char *find_variant(const struct turn *turn, struct span typed, const char *name)
{
    for (const char *rest = name; rest != NULL; rest = strchr(rest, ' ')) {
        struct buf joined = BUF_INIT(256);
        const char *id;

        rest += *rest == ' ';
        buf_add_span(&joined, typed);
        buf_addc(&joined, ' ');
        buf_adds(&joined, rest);
        id = exercise_find_exact(&turn->lifter->names, buf_span(&joined));
        buf_release(&joined);
        if (id != NULL)
            return id;
    }
    return NULL;
}

static const struct exercise *find_meant(const struct turn *turn, struct span typed, const struct exercise *said)
{
    const char *id = exercise_find_exact(&turn->lifter->names, typed);

    if (id == NULL && said != NULL)
        id = find_variant(turn, typed, said->name);
    if (id == NULL && said != NULL && said->german != NULL)
        id = find_variant(turn, typed, said->german);
    return id != NULL ? lifter_exercise(turn->lifter, id) : NULL;
}

/* A load that was lifted is none that the body had on: nobody knows which it was. What to type is said. */
static bool lacks_load(struct turn *turn, const struct set *set, const struct exercise *from, const struct exercise *to)
{
    struct set body = *set;
    struct buf example = BUF_INIT(256);

    if (from == NULL || from->bodyweight || !to->bodyweight || set->load_mode != LOAD_EXTERNAL || set->load_kg == 0)
        return false;
    memcpy(body.exercise, to->id, sizeof(body.exercise));
    body.load_mode = LOAD_BODYWEIGHT;
    body.load_kg = 0;
    wording_sets(turn, &body, 1, true, &example);
    turn->kind = OUT_ERROR;
    reply_say(&turn->reply, turn->texts, TEXT_FIX_WHOLE, ARG("set", buf_text(&example)));
    buf_release(&example);
    return true;
}

/* What is lifted there is a load, or what is added to the body. */
static void fit_load(struct set *set, const struct exercise *from, const struct exercise *to)
{
    if (from == NULL || from->bodyweight == to->bodyweight)
        return;
    if (set->load_mode == LOAD_BODYWEIGHT || set->load_mode == LOAD_ASSISTED)
        set->load_kg = NAN;
    set->load_mode = LOAD_EXTERNAL;
}

static int change_exercise(struct turn *turn, struct fixed *fixed, struct span typed, struct err *err)
{
    char said[EXERCISE_ID_SIZE];
    const struct exercise *from, *to;

    memcpy(said, fixed->sets.at[fixed->index].exercise, sizeof(said));
    from = lifter_exercise(turn->lifter, said);
    to = find_meant(turn, typed, from);
    if (to == NULL || strcmp(to->id, said) == 0 ||
        !context_same_session(turn, fixed->first.at_ms, turn->message->sent_ms))
        return 0; /* said of something else */
    for (size_t i = 0; i < fixed->sets.count; i++) {
        struct set *set = &fixed->sets.at[i];

        if (strcmp(set->exercise, said) != 0)
            continue;
        if (lacks_load(turn, set, from, to))
            return 0;
        memcpy(set->exercise, to->id, sizeof(set->exercise));
        fit_load(set, from, to);
    }
    return fix_as(turn, fixed, (struct span){"", 0}, err);
}

static int exercise_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct fixed fixed = {0};
    int result;

    if (unanswered_refuse(turn))
        return 0;
    result = fix_last(turn, &fixed, err);
    if (result == 1)
        result = change_exercise(turn, &fixed, arguments, err);
    fixed_release(&fixed);
    return result < 0 ? -1 : 0;
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
const struct command fix_exercise_command = {.name = "fix exercise",
                                             .aliases = "",
                                             .arguments = "EXERCISE",
                                             .words = 5,
                                             .example = "fix exercise incline bench",
                                             .group = COMMAND_LOGGING,
                                             .help = TEXT_HELP_FIX,
                                             .unlisted = true,
                                             .run = exercise_run};
