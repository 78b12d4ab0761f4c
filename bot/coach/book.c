/*
 * From a message with sets in it to sets in the log, or to a question. The text is read, what it leaves out is filled
 * in from the log, and what still isn't sure is asked.
 */
#include "bot/coach/book.h"

#include <stdio.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/ask.h"
#include "bot/coach/behalf.h"
#include "bot/coach/booked.h"
#include "bot/coach/context.h"
#include "bot/coach/custom.h"
#include "bot/coach/day.h"
#include "bot/coach/earlier.h"
#include "bot/coach/follow.h"
#include "bot/coach/jump.h"
#include "bot/coach/lead.h"
#include "bot/coach/pounds.h"
#include "bot/coach/react.h"
#include "bot/coach/record.h"
#include "bot/coach/seen.h"
#include "bot/coach/session.h"
#include "bot/coach/timer.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/base/civil.h"
#include "core/notation/of_top.h"

enum outcome { FAILED = -1, DONE, GO }; /* DONE: asked or refused */

/* ---------------------------------------------------------------- reading */

static enum unit unit_said(const struct turn *turn, const struct pending *pending)
{
    return pending->unit >= 0 ? (enum unit)pending->unit : setting_unit(turn->lifter, turn->coach->options.unit);
}

int book_option_count(struct turn *turn, const struct pending *pending)
{
    pounds_read(turn, pending, unit_said(turn, pending));
    return (int)turn->coach->reading.option_count;
}

static void take_option(struct turn *turn, size_t option)
{
    const struct reading *reading = &turn->coach->reading;

    for (size_t i = 0; i < reading->options[option].count; i++)
        vec_push(&turn->logged, reading->option_sets.at[reading->options[option].first + i]);
}

/* ---------------------------------------------------------------- what is left out */

/* While a plan is under way it is what comes next there, unless they turned to another. Before a session's first set
 * what was spoken of as if it were done now will do. */
static const char *exercise_of(const struct turn *turn, const struct set *set, int64_t at_ms)
{
    const struct logged_set *moment;

    if (set->exercise[0] != '\0')
        return set->exercise;
    if (turn->onto.exercise[0] != '\0' &&
        !(unanswered_since(turn, at_ms) && turn->unanswered.sent_ms > turn->onto.sent_ms))
        return turn->onto.exercise;
    if (turn->lead.there)
        return turn->lead.exercise;
    if (unanswered_since(turn, at_ms))
        return turn->unanswered.exercise;
    if (turn->elsewhere)
        return "";
    moment = context_moment(turn, at_ms);
    return moment != NULL ? moment->set.exercise : turn->onto.meant ? turn->onto.mentioned : "";
}

const struct set *book_first_read(const struct turn *turn)
{
    const struct reading *reading = &turn->coach->reading;

    if (reading->kind == READING_SETS)
        return &reading->sets.at[0];
    if (reading->kind == READING_QUESTION && reading->option_count != 0)
        return &reading->option_sets.at[reading->options[0].first];
    return NULL;
}

/* The exercise of the first set that was read: ID; "" when nothing tells. */
static void first_exercise(const struct turn *turn, const struct pending *pending, char id[EXERCISE_ID_SIZE])
{
    const struct set *first = book_first_read(turn);

    snprintf(id, EXERCISE_ID_SIZE, "%s",
             first == NULL                  ? ""
             : pending->exercise[0] != '\0' ? pending->exercise
                                            : exercise_of(turn, first, pending->sent_ms));
}

/* Bare numbers go on in the unit of the last set. */
static enum outcome settle_unit(struct turn *turn, struct pending *pending, struct err *err)
{
    enum unit read = unit_said(turn, pending), unit;
    char exercise[EXERCISE_ID_SIZE];
    bool leans;
    int asked;

    first_exercise(turn, pending, exercise);
    if (pending->unit >= 0 || exercise[0] == '\0')
        return GO;
    unit = pounds_unit(turn, exercise, pending->sent_ms, &leans);
    turn->leans |= leans;
    if (unit != read)
        pounds_read(turn, pending, unit);
    asked = pounds_ask(turn, pending, exercise, unit, err);
    return asked < 0 ? FAILED : asked > 0 ? DONE : GO;
}

/* Settles AxB by the last load of that exercise: the option whose load is within 40 % of it is meant; if none is, the
 * one that takes that load over. -1: the log doesn't say, or not which of several. */
static int option_by_log(const struct turn *turn, int64_t at_ms)
{
    const struct reading *reading = &turn->coach->reading;
    int without_load = -1, near = -1, nears = 0;

    for (size_t i = 0; i < reading->option_count; i++) {
        const struct set *set = &reading->option_sets.at[reading->options[i].first];
        const struct logged_set *last = context_load(turn, exercise_of(turn, set, at_ms), at_ms, true);

        if (last == NULL)
            return -1;
        if (isnan(set->load_kg))
            without_load = without_load < 0 ? (int)i : -1;
        else if (fabs(set->load_kg - last->set.load_kg) <= 0.4 * last->set.load_kg)
            near = nears++ == 0 ? (int)i : -1;
    }
    return nears != 0 ? near : without_load;
}

/* What nobody was asked yet: *OPTION by how the lifter writes, and by the log where that knows a likelier load; else it
 * stays as it is. */
static int settle_option(struct turn *turn, struct pending *pending, int *option, struct err *err)
{
    const struct reading *reading = &turn->coach->reading;
    int by_log = reading->about == ABOUT_ORDER ? option_by_log(turn, pending->sent_ms) : -1;
    int by_habit, known = custom_option(turn, &by_habit, err);

    if (known < 0)
        return -1;
    if (known == 1 && (by_log < 0 || isnan(reading->option_sets.at[reading->options[by_habit].first].load_kg))) {
        *option = pending->option = by_habit;
        pending->by_habit = true;
    } else if (by_log >= 0) {
        *option = by_log;
        turn->leans = true;
    }
    return 0;
}

static void take_load(struct set *set, const struct set *from)
{
    set->load_kg = from->load_kg;
    set->load_mode = from->load_mode;
    set->unit = from->unit;
}

/* What a step of SET makes of LOAD_KG: "-10% x8" is rounded to what can be loaded. */
static double stepped(const struct turn *turn, const struct exercise *exercise, const struct set *set, double load_kg)
{
    const struct equipment equipment = setting_equipment(turn->lifter, turn->coach->options.unit);

    if (!isnan(set->percent))
        return equipment_round(&equipment, exercise, load_kg * (1 + set->percent / 100), false);
    return set->load_mode == LOAD_ADDED ? load_kg + set->load_kg : load_kg - set->load_kg;
}

/* Whether one of the option's steps down leaves nothing of LOAD_KG: then it was no step ("bench -80x8"). */
static bool steps_to_nothing(const struct reading *reading, double load_kg)
{
    const struct reading_option *option = &reading->options[0];

    for (size_t i = option->first; i < option->first + option->count; i++) {
        const struct set *set = &reading->option_sets.at[i];

        if ((set->load_mode == LOAD_ASSISTED && set->load_kg >= load_kg) || set->percent <= -100)
            return true;
    }
    return false;
}

/* "+2.5 x6", "-10% x8": a step from the last load, or on an exercise that moves the body what is added to it: whether
 * the one option that there is means that, and then the sets are taken. */
static bool take_step(struct turn *turn, int64_t at_ms)
{
    const struct reading *reading = &turn->coach->reading;
    const struct set *first = &reading->option_sets.at[0];
    const struct exercise *exercise;
    const struct logged_set *last;
    const char *id;

    if (reading->option_count != 1 ||
        (first->load_mode != LOAD_ADDED && first->load_mode != LOAD_ASSISTED && isnan(first->percent)))
        return false;
    id = exercise_of(turn, first, at_ms);
    exercise = lifter_exercise(turn->lifter, id);
    last = context_load(turn, id, at_ms, true);
    if (exercise == NULL || (exercise->bodyweight && !isnan(first->percent)) ||
        (!exercise->bodyweight && (last == NULL || last->set.load_mode != LOAD_EXTERNAL)))
        return false;
    if (!exercise->bodyweight && steps_to_nothing(reading, last->set.load_kg))
        return false;
    take_option(turn, 0);
    for (size_t i = 0; i < turn->logged.count && !exercise->bodyweight; i++) {
        struct set *set = &turn->logged.at[i];
        double load_kg = stepped(turn, exercise, set, last->set.load_kg);

        take_load(set, &last->set);
        set->load_kg = load_kg;
        set->percent = NAN;
    }
    return true;
}

/* "db bench 30s x 10": a pair of thirties, as nobody holds one for so long; the reader alone asks. */
static bool is_pair(const struct reading *reading)
{
    const struct set *first;

    if (reading->about != ABOUT_LOAD || reading->option_count != 1)
        return false;
    first = &reading->option_sets.at[reading->options[0].first];
    return first->side == SIDE_EACH && first->load_mode == LOAD_EXTERNAL && !isnan(first->load_kg) &&
           first->reps != REPS_UNKNOWN && isnan(first->percent);
}

/* "6, 5, 5" right behind sets: of the exercise of the moment, and there is nothing to be asked. */
static bool is_list_of_reps(const struct turn *turn, const struct pending *pending)
{
    const struct reading *reading = &turn->coach->reading;
    const struct logged_set *last = context_moment(turn, pending->sent_ms);
    const struct set *first;

    if (reading->about != ABOUT_LOAD || reading->option_count != 1 || !turn->message->direct || last == NULL)
        return false;
    first = &reading->option_sets.at[reading->options[0].first];
    return first->exercise[0] == '\0' && isnan(first->load_kg) && isnan(first->percent) &&
           first->reps != REPS_UNKNOWN && 2 * first->reps >= last->set.reps && first->reps <= 2 * last->set.reps;
}

/* "30s @1" right behind a plank: the next hold, and no pair of thirties. */
static bool is_next_hold(const struct turn *turn, const struct pending *pending)
{
    const struct reading *reading = &turn->coach->reading;
    const struct logged_set *last = context_moment(turn, pending->sent_ms);
    const struct set *first;

    if (reading->option_count != 1 || last == NULL || isnan(last->set.seconds) || last->set.reps != REPS_UNKNOWN)
        return false;
    first = &reading->option_sets.at[reading->options[0].first];
    return first->exercise[0] == '\0' && isnan(first->load_kg) && first->reps == REPS_UNKNOWN &&
           !isnan(first->seconds) && strcmp(exercise_of(turn, first, pending->sent_ms), last->set.exercise) == 0;
}

static enum outcome pick_option(struct turn *turn, struct pending *pending, struct err *err)
{
    const struct reading *reading = &turn->coach->reading;
    int option = pending->option;

    if (option < 0 && settle_option(turn, pending, &option, err) < 0)
        return FAILED;
    if (option < 0 && (is_pair(reading) || is_list_of_reps(turn, pending) || is_next_hold(turn, pending)))
        option = 0;
    if (option < 0 && reading->about == ABOUT_LOAD && take_step(turn, pending->sent_ms)) {
        turn->leans = true;
        return GO;
    }
    if (option < 0 || (size_t)option >= reading->option_count)
        return ask_reading(turn, pending, err) < 0 ? FAILED : DONE;
    take_option(turn, (size_t)option);
    return GO;
}

static enum outcome pick_sets(struct turn *turn, struct pending *pending, struct err *err)
{
    const struct reading *reading = &turn->coach->reading;

    switch (reading->kind) {
    case READING_SETS:
        for (size_t i = 0; i < reading->sets.count; i++)
            vec_push(&turn->logged, reading->sets.at[i]);
        return GO;
    case READING_QUESTION:
        return pick_option(turn, pending, err);
    case READING_ERROR:
        ask_refuse(turn, reading->error, reading->hint);
        return DONE;
    default:
        turn->talk = true;
        return DONE;
    }
}

/* "40 kg 8 reps" right behind a hold for a time. */
static bool is_no_hold(const struct set *set, const struct exercise *known, const struct logged_set *last)
{
    return known != NULL && known->timed && known->bodyweight && set->reps != REPS_UNKNOWN && isnan(set->seconds) &&
           last != NULL && last->set.reps == REPS_UNKNOWN;
}

/* "10s x 9" right behind a barbell: a pair of tens is nothing that hangs on it. */
static bool is_other_than(const struct turn *turn, const struct set *set, const char *exercise)
{
    const struct exercise *known = lifter_exercise(turn->lifter, exercise);

    if (is_no_hold(set, known, context_moment(turn, turn->message->sent_ms)))
        return true;
    return known != NULL && known->equipment == EQUIPMENT_BARBELL && turn->coach->reading.kind == READING_QUESTION &&
           set->side == SIDE_EACH && set->load_mode == LOAD_EXTERNAL && !isnan(set->load_kg);
}

/* "12" behind "row 16x10 each side" goes on with each side, too. */
static void take_sides(struct set *set, const struct logged_set *last)
{
    if (last != NULL && last->set.side == SIDE_EACH && set->side == SIDE_NONE &&
        strcmp(last->set.exercise, set->exercise) == 0)
        set->side = SIDE_EACH;
}

static enum outcome fill_exercises(struct turn *turn, struct pending *pending, struct err *err)
{
    for (size_t i = 0; i < turn->logged.count; i++) {
        struct set *set = &turn->logged.at[i];
        const char *exercise = pending->exercise;

        if (set->exercise[0] != '\0')
            continue;
        if (exercise[0] == '\0') {
            exercise = exercise_of(turn, set, pending->sent_ms);
            turn->leans = turn->unanswered.leant_on = true;
            if (is_other_than(turn, set, exercise))
                exercise = "";
        }
        if (exercise[0] == '\0')
            exercise = pending->was;
        if (exercise[0] == '\0')
            return ask_exercise(turn, pending, err) < 0 ? FAILED : DONE;
        memmove(set->exercise, exercise, strlen(exercise) + 1);
        take_sides(set, context_moment(turn, pending->sent_ms));
    }
    return GO;
}

/* A load that was written without a word on an exercise that moves the body is what is added to it. */
static void fit_to_body(struct set *set, const struct exercise *exercise)
{
    if (exercise == NULL || !exercise->bodyweight || set->load_mode != LOAD_EXTERNAL)
        return;
    if (isnan(set->load_kg) || set->load_kg == 0.0) {
        set->load_mode = LOAD_BODYWEIGHT;
        set->load_kg = 0.0;
    } else {
        set->load_mode = LOAD_ADDED;
    }
}

/* The plan has named a load for it. */
static void take_led_load(const struct turn *turn, struct set *set)
{
    const struct lead *lead = &turn->lead;

    if (!lead->there || strcmp(lead->exercise, set->exercise) != 0 || isnan(lead->advice.load_kg))
        return;
    set->load_kg = lead->advice.load_kg;
    set->load_mode = lead->advice.load_mode;
    set->unit = wording_unit(turn);
}

/* "backoff 80% 2x8": of the heaviest that was lifted today, in this message before SET as well. NAN: of nothing. */
static double part_of_top(const struct turn *turn, const struct pending *pending, const struct exercise *exercise,
                          const struct set *set)
{
    const struct equipment equipment = setting_equipment(turn->lifter, turn->coach->options.unit);
    double top = context_top(turn, set->exercise, pending->sent_ms);

    for (const struct set *before = turn->logged.at; before != set; before++)
        if (strcmp(before->exercise, set->exercise) == 0 && isnan(before->percent))
            top = fmax(top, before->load_kg);
    return equipment_round(&equipment, exercise, top * set->percent / 100, false);
}

static bool is_of_top(const struct pending *pending)
{
    struct buf folded = BUF_INIT(READING_INPUT_MAX);
    const bool top = typed_fold(span_of(pending->text), &folded) == 0 && notation_of_top(buf_span(&folded));

    buf_release(&folded);
    return top;
}

/* From what was said of the message, the best, the set before or the plan: a load is left out of SET. */
static void fill_load(const struct turn *turn, const struct pending *pending, const struct exercise *exercise,
                      struct set *set)
{
    const struct logged_set *last = context_load(turn, set->exercise, pending->sent_ms, true);

    if (!isnan(set->percent) && exercise != NULL)
        set->load_kg = is_of_top(pending) ? part_of_top(turn, pending, exercise, set)
                                          : context_percent(turn, exercise, set->percent, pending->sent_ms);
    if (isnan(set->load_kg) && (exercise == NULL || !exercise->bodyweight)) /* what was lifted is on no body */
        set->load_kg = pending->load_kg;
    if (!isnan(set->load_kg) || !isnan(set->percent))
        return;
    if (last != NULL)
        take_load(set, &last->set);
    else
        take_led_load(turn, set);
}

/* "8 @2", without a word of what: it is the set that was advised in this session, so its load is that one's, where
 * "x8 @2" is one more with the last load. */
static int take_advised_load(struct turn *turn, const struct pending *pending, struct set *set, struct err *err)
{
    const struct logged_set *moment = context_moment(turn, pending->sent_ms);

    if (!reading_is_bare(&turn->coach->reading) || !isnan(pending->load_kg))
        return 0;
    take_led_load(turn, set);
    if (!isnan(set->load_kg) || moment == NULL || strcmp(moment->set.exercise, set->exercise) != 0)
        return 0;
    if (advise(turn, set->exercise, pending->sent_ms, err) < 0)
        return -1;
    turn->advised = false;
    if (!isnan(turn->advice.load_kg)) {
        set->load_kg = turn->advice.load_kg;
        set->load_mode = turn->advice.load_mode;
        set->unit = wording_unit(turn);
    }
    return 0;
}

static enum outcome fill_loads(struct turn *turn, struct pending *pending, struct err *err)
{
    for (size_t i = 0; i < turn->logged.count; i++) {
        struct set *set = &turn->logged.at[i];
        const struct exercise *exercise = lifter_exercise(turn->lifter, set->exercise);

        turn->leans |= isnan(set->load_kg) && isnan(pending->load_kg);
        if (isnan(set->load_kg) && take_advised_load(turn, pending, set, err) < 0)
            return FAILED;
        if (isnan(set->load_kg))
            fill_load(turn, pending, exercise, set);
        fit_to_body(set, exercise);
        if (isnan(set->load_kg) && isnan(set->seconds))
            return ask_load(turn, pending, i, err) < 0 ? FAILED : DONE;
    }
    return GO;
}

/* ---------------------------------------------------------------- when */

/* A set of an earlier day is booked at the same time of that day. */
static enum outcome place_in_time(struct turn *turn, const struct pending *pending)
{
    struct day today = day_of(turn, pending->sent_ms);

    for (size_t i = 0; i < turn->logged.count; i++) {
        struct set *set = &turn->logged.at[i];
        struct day day = day_numbered(turn, day_said(turn, set, pending->sent_ms));

        if (day.number > today.number) {
            ask_refuse(turn, texts_get(turn->texts, TEXT_IN_THE_FUTURE), "");
            return DONE;
        }
        set->at_ms = -1;
        if (day.number != today.number)
            set->at_ms = day.start_ms + (pending->sent_ms - today.start_ms) % (day.end_ms - day.start_ms);
    }
    return GO;
}

static int64_t at_of(const struct pending *pending, const struct set *set)
{
    return set->at_ms >= 0 ? set->at_ms : pending->sent_ms;
}

/* ---------------------------------------------------------------- booking */

static int store_sets(struct turn *turn, struct pending *pending, struct err *err)
{
    const struct coach_store *store = turn->store;
    int64_t id;
    int result = turn_begin(turn, COACH_LOG, &pending->action, err);

    for (size_t i = 0; i < turn->logged.count && result == 0; i++) {
        const struct set *set = &turn->logged.at[i];

        result = store->set_add(store->self, turn->lifter->id, pending->action, pending->input, (int)i, set,
                                at_of(pending, set), &id, err);
        if (result == 0)
            lifter_add(turn->lifter, set, at_of(pending, set));
    }
    /* Edits of the message go to the reply that says what was booked; where that is of several, to the question. */
    if (result == 0 && !turn->others_follow && strcmp(pending->event, turn->message->id) != 0)
        result = earlier_reply_is(turn, pending->event, turn->message->id, err);
    return result;
}

/* What was done earlier needs no next set. */
static int say_next(struct turn *turn, int64_t sent_ms, struct err *err)
{
    const struct set *last = &turn->logged.at[turn->logged.count - 1];

    if (last->at_ms >= 0 || turn->message->summarise)
        return 0;
    if (advise(turn, last->exercise, sent_ms, err) < 0)
        return -1;
    if (turn->advised)
        advise_say(turn);
    return 0;
}

/* "same" is booked by words that were made of it, an answer by those that it was about: what was heard in the first
 * place is kept. */
static int keep_words(struct turn *turn, const struct pending *pending, struct err *err)
{
    bool made = turn->heard != NULL && turn->heard != pending && turn->heard->input == pending->input;

    return turn->leans ? follow_keep(turn, pending, span_of(made ? turn->heard->text : pending->text), err) : 0;
}

/* Fills the turn's sets in from what was read. */
static enum outcome complete(struct turn *turn, struct pending *pending, struct err *err)
{
    enum outcome outcome = turn->discreet ? GO : settle_unit(turn, pending, err);

    if (outcome == GO)
        outcome = pick_sets(turn, pending, err);
    if (outcome == GO)
        outcome = fill_exercises(turn, pending, err);
    if (outcome == GO)
        outcome = place_in_time(turn, pending);
    if (outcome == GO)
        outcome = fill_loads(turn, pending, err);
    if (outcome == GO && !pending->confirmed && !turn->following) {
        int jumps = jump_check(turn, pending, err);

        outcome = jumps < 0 ? FAILED : jumps > 0 ? DONE : GO;
    }
    return outcome;
}

int book_tell(struct turn *turn, int64_t sent_ms, struct err *err)
{
    struct behalf behalf;

    if (advise_load(turn, sent_ms, err) < 0 || behalf_find(turn, &behalf, err) < 0)
        return -1;
    booked_say(turn);
    behalf_say(turn, &behalf);
    if (turn->discreet)
        return 0;
    if (record_find(turn, sent_ms, err) < 0 || say_next(turn, sent_ms, err) < 0)
        return -1;
    record_say(turn);
    return 0;
}

/* The answer to which of several readings was meant: 1 it tells how the lifter writes. */
static int learn(struct turn *turn, const struct pending *pending, struct err *err)
{
    bool answered = turn->coach->reading.kind == READING_QUESTION && pending->option >= 0 && !pending->by_habit;

    return answered ? custom_learn(turn, pending->option, pending->input, pending->action, err) : 0;
}

static int book_complete(struct turn *turn, struct pending *pending, struct err *err)
{
    int learned;

    turn->logged_input = pending->input;
    if (store_sets(turn, pending, err) < 0 || keep_words(turn, pending, err) < 0)
        return -1;
    learned = learn(turn, pending, err);
    if (turn->others_follow)
        return learned < 0 ? -1 : 0;
    if (learned < 0 || book_tell(turn, pending->sent_ms, err) < 0)
        return -1;
    if (learned == 1 && !turn->following)
        custom_say_learned(turn, pending->option);
    if ((!turn->discreet && timer_follow(turn, err) < 0) || session_follow(turn, err) < 0)
        return -1;
    return pending->sent_ms != turn->message->sent_ms ? react_note(turn, err) : 0;
}

/* What the log fills in is told to whoever wrote it, and to the room: it is what they know. */
static enum outcome complete_as_seen(struct turn *turn, struct pending *pending, struct err *err)
{
    struct lifter *whole = turn->lifter;
    enum outcome outcome = FAILED;

    turn->lifter = behalf_seen(turn, whole->log_from_ms, err);
    turn->lead.there = false;
    if (turn->lifter != NULL)
        outcome = complete(turn, pending, err);
    lifter_free(turn->lifter);
    turn->lifter = whole;
    return outcome;
}

/* The sets that were read, or the answers to what has to be asked. */
static size_t read_sets(const struct turn *turn, const struct set **sets)
{
    const struct reading *reading = &turn->coach->reading;
    bool asks = reading->kind == READING_QUESTION;

    *sets = asks ? reading->option_sets.at : reading->sets.at;
    return asks ? reading->option_sets.count : reading->kind == READING_SETS ? reading->sets.count : 0;
}

/* Whether the log must tell something of what was read; and OF_OTHERS, something that isn't of the exercise of MOMENT.
 */
static bool leaves_out(const struct turn *turn, const struct logged_set *moment, bool of_others)
{
    const struct set *sets;
    size_t count = read_sets(turn, &sets);
    bool asks = turn->coach->reading.kind == READING_QUESTION;

    for (size_t i = 0; i < count; i++) {
        bool other =
            sets[i].exercise[0] != '\0' && (moment == NULL || strcmp(sets[i].exercise, moment->set.exercise) != 0);
        bool open = asks || isnan(sets[i].load_kg) || !isnan(sets[i].percent);

        if (of_others ? open && (other || !isnan(sets[i].percent)) : open || sets[i].exercise[0] == '\0')
            return true;
    }
    return false;
}

/* In a room the log fills in what was typed there; and where the last set was, its answer was read there, too. */
static enum outcome complete_here(struct turn *turn, struct pending *pending, struct err *err)
{
    struct seen seen;
    enum outcome outcome = FAILED;
    int result;

    if (turn->message->direct || !leaves_out(turn, NULL, false))
        return complete(turn, pending, err);
    result = seen_begin(turn, &seen, err);
    if (result == 0) {
        turn->elsewhere = seen.behind;
        turn->lead.there &= !seen.behind;
        if (!seen.behind && !leaves_out(turn, context_moment(turn, pending->sent_ms), true))
            seen_end(turn, &seen);
        outcome = complete(turn, pending, err);
    }
    turn->elsewhere = false;
    seen_end(turn, &seen);
    return outcome;
}

int book(struct turn *turn, struct pending *pending, struct err *err)
{
    enum outcome outcome;

    if (advise_load(turn, pending->sent_ms, err) < 0 || lead_now(turn, pending->sent_ms, true, err) < 0 ||
        onto_find(turn, pending->sent_ms, err) < 0)
        return -1;
    turn->advised = false;
    pounds_read(turn, pending, unit_said(turn, pending));
    outcome = turn->discreet ? complete_as_seen(turn, pending, err) : complete_here(turn, pending, err);
    if (outcome == GO && pending->guessed && !pending->confirmed)
        outcome = ask_guess(turn, pending, err) < 0 ? FAILED : DONE;
    if (outcome == GO)
        return turn->dry ? 0 : book_complete(turn, pending, err);
    vec_clear(&turn->logged);
    return outcome == FAILED ? -1 : 0;
}

int book_words(struct turn *turn, struct span text, struct err *err)
{
    return book_words_by(turn, text, wording_style(turn).unit, err);
}

int book_words_by(struct turn *turn, struct span text, enum unit unit, struct err *err)
{
    struct pending pending;
    int result;

    /* It leans on the log by what was heard. */
    pending_init(&pending, turn->message->id, turn->heard->input, turn->heard->sent_ms, text);
    pending.action = turn->heard->action;
    pending.unit = (int)unit;
    turn->leans = true;
    result = book(turn, &pending, err);
    turn->heard->action = pending.action;
    pending_release(&pending);
    return result;
}
