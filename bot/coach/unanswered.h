/*
 * A question about sets that somebody passed over: they trained on, and what they say next is of the exercise that was
 * asked about, not of the one before it.
 */
#ifndef BOT_COACH_UNANSWERED_H
#define BOT_COACH_UNANSWERED_H

#include <stdbool.h>
#include <stdint.h>

#include "core/lift/exercise.h"
#include "core/notation/reading.h"

struct questions;
struct turn;

struct unanswered {
    bool there;
    int64_t sent_ms;                 /* when the message that it is about was sent */
    char exercise[EXERCISE_ID_SIZE]; /* of all its answers; "" they differ, or nobody knows it */
    char text[READING_TEXT_SIZE];    /* the message */
    bool leant_on;                   /* sets that named no exercise were taken as of this one */
};

/* Looks for it among QUESTIONS: the turn's, until it ends. */
void unanswered_find(struct turn *turn, const struct questions *questions);
/* Whether it is newer than the set that goes before AT_MS. */
bool unanswered_since(const struct turn *turn, int64_t at_ms);
/* Reminds of it behind the first set that was booked since, unless that says the same in other words. */
void unanswered_say(struct turn *turn);

#endif
