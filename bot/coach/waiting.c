/*
 * Sets that wait for the same answer.
 */
#include "bot/coach/waiting.h"

#include <stdio.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/book.h"
#include "bot/coach/booked.h"
#include "bot/coach/context.h"
#include "bot/coach/names.h"

typedef VEC(struct set) set_list;

/* No set was booked between the two, and they are of one session. */
static bool goes_on(const struct turn *turn, const struct pending *before, const struct pending *after)
{
    const struct logged_set *moment = context_moment(turn, after->sent_ms);

    return context_same_session(turn, before->sent_ms, after->sent_ms) &&
           (moment == NULL || moment->at_ms < before->sent_ms);
}

/* Whether PENDING offered EXERCISE, or while nobody has answered ("") anything. */
static bool offers(const struct pending *pending, const char *exercise)
{
    bool found = exercise[0] == '\0' && pending->choice_count != 0;

    for (int i = 0; i < pending->choice_count; i++)
        found |= strcmp(pending->choices[i], exercise) == 0;
    return found;
}

/* The exercise of the sets that PENDING, a guess, is about: ID. */
static void read_exercise(const struct turn *turn, const struct pending *pending, char id[EXERCISE_ID_SIZE])
{
    const struct reading_options options = turn_reading_options(turn);
    struct reading reading;

    reading_init(&reading);
    reading_read(&reading, span_of(pending->text), &options);
    snprintf(id, EXERCISE_ID_SIZE, "%s", reading.kind == READING_SETS ? reading.sets.at[0].exercise : "");
    reading_release(&reading);
}

/* Guesses at sets of one exercise, one behind the other: the later goes on from the earlier, and is as true. */
static bool guesses_too(const struct turn *turn, const struct pending *other, const struct pending *pending)
{
    char before[EXERCISE_ID_SIZE], now[EXERCISE_ID_SIZE];

    if (other->waiting != WAITING_GUESS || pending->waiting != WAITING_GUESS || !goes_on(turn, other, pending))
        return false;
    read_exercise(turn, other, before);
    read_exercise(turn, pending, now);
    return now[0] != '\0' && strcmp(before, now) == 0;
}

/* Whether OTHER waits for what PENDING waits for: the same name, or that of what was done one after the other. */
static bool waits_too(const struct turn *turn, const struct pending *other, const struct pending *pending)
{
    if (other->sent_ms > pending->sent_ms || strcmp(other->event, pending->event) == 0)
        return false;
    if (pending->waiting == WAITING_NAME)
        return other->waiting == WAITING_NAME && strcmp(other->unknown, pending->unknown) == 0;
    if (pending->waiting != WAITING_EXERCISE || !goes_on(turn, other, pending))
        return guesses_too(turn, other, pending);
    return other->waiting == WAITING_EXERCISE ||
           (other->waiting == WAITING_NAME && offers(other, pending->exercise)); /* "lay pull down 30x10", "30x9" */
}

int waiting_say(struct turn *turn, const struct pending *pending, struct err *err)
{
    struct questions questions;
    int count = questions_load(turn, &questions, err);
    char number[16];

    for (size_t i = 0; count >= 0 && i < questions.at.count; i++)
        count += waits_too(turn, &questions.at.at[i], pending);
    questions_release(&questions);
    snprintf(number, sizeof(number), "%d", count);
    if (count > 0)
        reply_say(&turn->reply, turn->texts, count == 1 ? TEXT_ASK_BEFORE : TEXT_ASK_BEFORE_MANY, ARG("count", number));
    return count < 0 ? -1 : 0;
}

/* Takes what waits for the same answer as ANSWERED, and has it now, out of the questions. */
static int take(struct turn *turn, const struct pending *answered, struct questions *taken, struct err *err)
{
    struct questions questions;
    int result = questions_load(turn, &questions, err);

    for (size_t i = 0; result == 0 && i < questions.at.count;) {
        if (!waits_too(turn, &questions.at.at[i], answered)) {
            i++;
            continue;
        }
        vec_push(&taken->at, questions.at.at[i]);
        vec_remove(&questions.at, i);
    }
    if (result == 0 && taken->at.count != 0)
        result = questions_store(turn, &questions, err);
    questions_release(&questions);
    return result;
}

/* Books each of TAKEN; BOOKED: their sets. */
static int book_each(struct turn *turn, struct questions *taken, const char *exercise, set_list *booked,
                     struct err *err)
{
    int result = 0;

    turn->others_follow = true;
    for (size_t i = 0; i < taken->at.count && result == 0; i++) {
        struct pending *pending = &taken->at.at[i];

        if (pending->waiting == WAITING_NAME && exercise[0] != '\0')
            result = names_learn(turn, pending->unknown, exercise, err);
        else if (pending->waiting == WAITING_GUESS)
            pending->confirmed = true;
        else
            memcpy(pending->exercise, exercise, EXERCISE_ID_SIZE);
        if (result == 0)
            result = book(turn, pending, err);
        for (size_t j = 0; j < turn->logged.count; j++)
            vec_push(booked, turn->logged.at[j]);
        vec_clear(&turn->logged);
    }
    turn->others_follow = false;
    return result;
}

/* The turn's sets are those of BOOKED, and then those that they were. */
static void put_in_front(struct turn *turn, const set_list *booked)
{
    const size_t own = turn->logged.count;

    for (size_t i = 0; i < booked->count; i++)
        vec_push(&turn->logged, booked->at[i]);
    memmove(turn->logged.at + booked->count, turn->logged.at, own * sizeof(struct set));
    memcpy(turn->logged.at, booked->at, booked->count * sizeof(struct set));
}

int waiting_book(struct turn *turn, struct pending *answered, struct err *err)
{
    struct questions taken = {0};
    set_list booked = {0};
    int result = advise_load(turn, answered->sent_ms, err);

    if (result == 0)
        result = take(turn, answered, &taken, err);
    if (result == 0)
        result = book_each(turn, &taken, answered->exercise, &booked, err);
    turn->beside = booked.at;
    turn->beside_count = booked.count;
    if (result == 0)
        result = book(turn, answered, err);
    if (result == 0 && turn->beside_count != 0)
        booked_say_beside(turn);
    turn->beside = NULL;
    turn->beside_count = 0;
    if (booked.count != 0)
        put_in_front(turn, &booked);
    vec_release(&booked);
    questions_release(&taken);
    return result;
}
