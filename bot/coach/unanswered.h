/*
 * A question about sets that somebody passed over: they trained on, and what they say next is of the exercise that was
 * asked about, not of the one before it.
 */
#ifndef BOT_COACH_UNANSWERED_H
#define BOT_COACH_UNANSWERED_H

#include <stdbool.h>
#include <stdint.h>

#include "bot/coach/pending.h"
#include "core/lift/exercise.h"
#include "core/notation/reading.h"

enum { UNANSWERED_SHOWN = 26 }; /* of what it says: a line holds it */

struct unanswered {
    bool there;
    bool bare;                                       /* in its place: it names no exercise, so that it is the last's */
    bool unread;                                     /* no question: nobody could read it */
    bool refused;                                    /* and whoever wrote it was told why */
    int64_t sent_ms;                                 /* when the message that it is about was sent */
    char exercise[EXERCISE_ID_SIZE];                 /* of all its answers; "" they differ, or nobody knows it */
    double load_kg;                                  /* that was said; NAN */
    bool guessed;                                    /* its sets are a guess, */
    struct set last;                                 /* and this is the last of them */
    char event[PENDING_ID_SIZE];                     /* the message */
    char text[READING_TEXT_SIZE];                    /* what it says */
    char choices[READING_OPTIONS][EXERCISE_ID_SIZE]; /* that it offered, where nobody knows which exercise */
    int choice_count;
    int64_t doubt_ms; /* when it was asked whether sets are to be corrected or taken back; 0: nobody was asked */
    bool leant_on;    /* sets that named no exercise were taken as of this one */
};

/* Looks for it among QUESTIONS, or among what couldn't be read: the turn's, until it ends. */
int unanswered_find(struct turn *turn, const struct questions *questions, struct err *err);
/* Whether it is newer than the set that goes before AT_MS. */
bool unanswered_since(const struct turn *turn, int64_t at_ms);
/* Whether it is newer than the last set, or such a bare one is: that is what is put right, and none of it is done
 * again.
 */
bool unanswered_last(const struct turn *turn);
/* Whether it is the last thing that its writer did, so that taking back takes that back: 1, 0, -1. */
int unanswered_is_last(const struct turn *turn, struct err *err);
/* What goes on from the last set can't, before it is answered: true, and that is said. */
bool unanswered_refuse(struct turn *turn);
/* Reminds of it behind the first set that was booked since, unless that says the same in other words. */
void unanswered_say(struct turn *turn);

#endif
