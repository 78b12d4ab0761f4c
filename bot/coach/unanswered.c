/*
 * A question about sets that somebody passed over.
 */
#include "bot/coach/unanswered.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bot/coach/context.h"
#include "bot/coach/misread.h"
#include "bot/coach/pending.h"
#include "bot/coach/turn.h"
#include "bot/coach/wording.h"
#include "core/text/fold.h"

/* The exercise of all COUNT SETS; "" they differ. */
static const char *common(const struct set *sets, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (strcmp(sets[i].exercise, sets[0].exercise) != 0)
            return "";
    return count != 0 ? sets[0].exercise : "";
}

/* The load that its first set was said to have; NAN. */
static double load_of(const struct reading *reading)
{
    return reading->kind == READING_SETS ? reading->sets.at[0].load_kg : NAN;
}

/* ID: the exercise that READING leaves no doubt about; "". */
static void find_exercise(const struct reading *reading, char id[EXERCISE_ID_SIZE])
{
    const char *exercise = "";

    if (reading->kind == READING_SETS)
        exercise = common(reading->sets.at, reading->sets.count);
    else if (reading->kind == READING_QUESTION && reading->about != ABOUT_EXERCISE)
        exercise = common(reading->option_sets.at, reading->option_sets.count);
    snprintf(id, EXERCISE_ID_SIZE, "%s", exercise);
}

/* Whether PENDING's text names no exercise, so that it is of the one before it, too. */
static bool names_none(const struct pending *pending, const struct reading *reading)
{
    if (pending->exercise[0] != '\0' || pending->waiting == WAITING_NAME || pending->waiting == WAITING_EXERCISE)
        return false;
    return (reading->kind == READING_SETS && reading->sets.at[0].exercise[0] == '\0') ||
           (reading->kind == READING_QUESTION && reading->option_sets.count != 0 &&
            reading->option_sets.at[0].exercise[0] == '\0');
}

/* What waits for its reps is read as if it had some. */
static void read_again(const struct turn *turn, const struct pending *pending, struct reading *reading)
{
    const struct reading_options options = turn_reading_options(turn);
    struct buf whole = BUF_INIT(2 * READING_INPUT_MAX);

    if (pending->waiting == WAITING_REPS)
        pending_with_reps(pending, 1, &whole);
    else
        buf_adds(&whole, pending->text);
    reading_read(reading, buf_span(&whole), &options);
    buf_release(&whole);
}

/* The last of the sets of READING, a guess. */
static void take_guess(struct unanswered *unanswered, const struct reading *reading)
{
    unanswered->guessed = reading->kind == READING_SETS && !unanswered->bare;
    if (unanswered->guessed)
        unanswered->last = reading->sets.at[reading->sets.count - 1];
}

static void find_question(struct turn *turn, const struct questions *questions)
{
    const struct pending *last = questions->at.count != 0 ? &questions->at.at[questions->at.count - 1] : NULL;
    struct unanswered *unanswered = &turn->unanswered;
    struct reading reading;

    const bool books = last != NULL && last->waiting != WAITING_FIX && last->waiting != WAITING_COMMAND;

    if (last != NULL && !books && last->unknown[0] != '\0')
        unanswered->doubt_ms = last->sent_ms;
    if (!books || pending_choices(last) != 0 || !context_same_session(turn, last->sent_ms, turn->message->sent_ms))
        return;
    reading_init(&reading);
    read_again(turn, last, &reading);
    unanswered->bare = names_none(last, &reading);
    unanswered->there = !unanswered->bare;
    unanswered->load_kg = load_of(&reading);
    if (last->waiting == WAITING_GUESS)
        take_guess(unanswered, &reading);
    unanswered->sent_ms = last->sent_ms;
    snprintf(unanswered->event, sizeof(unanswered->event), "%s", last->event);
    if (last->exercise[0] != '\0')
        memcpy(unanswered->exercise, last->exercise, sizeof(unanswered->exercise));
    else
        find_exercise(&reading, unanswered->exercise);
    snprintf(unanswered->text, sizeof(unanswered->text), "%.*s", (int)text_cut(span_of(last->text), UNANSWERED_SHOWN),
             last->text);
    unanswered->choice_count =
        last->waiting == WAITING_NAME || last->waiting == WAITING_EXERCISE ? last->choice_count : 0;
    memcpy(unanswered->choices, last->choices, sizeof(unanswered->choices));
    reading_release(&reading);
}

int unanswered_find(struct turn *turn, const struct questions *questions, struct err *err)
{
    find_question(turn, questions);
    return misread_find(turn, &turn->unanswered, err);
}

/* It was said before AT_MS, and no set was booked since. */
static bool is_newest(const struct turn *turn, int64_t at_ms)
{
    const struct logged_set *moment = context_moment(turn, at_ms);

    return turn->unanswered.sent_ms < at_ms && (moment == NULL || moment->at_ms < turn->unanswered.sent_ms);
}

bool unanswered_since(const struct turn *turn, int64_t at_ms)
{
    return turn->unanswered.there && is_newest(turn, at_ms);
}

bool unanswered_last(const struct turn *turn)
{
    return (turn->unanswered.there || turn->unanswered.bare) && is_newest(turn, turn->message->sent_ms);
}

int unanswered_is_last(const struct turn *turn, struct err *err)
{
    const struct unanswered *unanswered = &turn->unanswered;
    const bool asked = !unanswered->unread && unanswered_last(turn);
    const int64_t asked_ms = asked ? unanswered->sent_ms : unanswered->doubt_ms;
    struct coach_action action;
    int found;

    if (asked_ms == 0)
        return 0;
    found = turn->store->action_last(turn->store->self, turn->lifter->id, false, &action, err);
    return found == 1 ? action.at_ms < asked_ms : found == 0 ? 1 : -1;
}

bool unanswered_refuse(struct turn *turn)
{
    if (!unanswered_last(turn))
        return false;
    turn->kind = OUT_ERROR;
    reply_say(&turn->reply, turn->texts, turn->unanswered.unread ? TEXT_UNREAD_BEFORE : TEXT_OPEN_BEFORE,
              ARG("text", turn->unanswered.text));
    return true;
}

/* Whether EXERCISE is what was asked about, or one of those that were offered. */
static bool is_of(const struct unanswered *unanswered, const char *exercise)
{
    bool offered = strcmp(exercise, unanswered->exercise) == 0;

    for (int i = 0; i < unanswered->choice_count; i++)
        offered |= strcmp(exercise, unanswered->choices[i]) == 0;
    return offered;
}

void unanswered_say(struct turn *turn)
{
    const struct unanswered *unanswered = &turn->unanswered;
    bool said_again = turn->logged.count != 0 && !unanswered->leant_on &&
                      (unanswered->refused || is_of(unanswered, turn->logged.at[0].exercise));

    if (turn->kind == OUT_REPLY && turn->logged.count != 0 && !said_again &&
        unanswered_since(turn, turn->message->sent_ms - 1))
        reply_say(&turn->reply, turn->texts, unanswered->unread ? TEXT_UNREAD : TEXT_STILL_OPEN,
                  ARG("text", unanswered->text));
}
