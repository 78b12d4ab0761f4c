/*
 * A message with sets in it that waits for an answer before it is booked, and how it is kept. The text is kept, not its
 * reading: with the answers it is read anew, by what holds then.
 */
#ifndef BOT_COACH_PENDING_H
#define BOT_COACH_PENDING_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/span.h"
#include "core/base/vec.h"
#include "core/lift/exercise.h"
#include "core/notation/reading.h"

struct turn;

enum waiting_for {
    WAITING_NOTHING,
    WAITING_READING,  /* one of the reading's options */
    WAITING_REPS,     /* a number: the reading has no options */
    WAITING_LOAD,     /* the load of the sets that have none */
    WAITING_NAME,     /* which exercise an unknown name means: one of `choices`, or a new one */
    WAITING_EXERCISE, /* no exercise was named: one of `choices`, or any */
    WAITING_JUMP,     /* whether it is true */
    WAITING_CONTACT,  /* a first contact's question: nothing is to be booked */
    WAITING_UNIT,     /* whether bare numbers are pounds */
    WAITING_GUESS,    /* whether sets were meant, and these */
    WAITING_COMMAND,  /* which of several things was asked for: nothing is to be booked */
    WAITING_FIX       /* whether a set was to be corrected, like that: nothing is to be booked */
};

enum { PENDING_ID_SIZE = 256 };

/* A message with sets in it, and what was answered about it so far. */
struct pending {
    char event[PENDING_ID_SIZE]; /* the message */
    int64_t input;               /* its row */
    int64_t sent_ms;
    char *text;
    int64_t action; /* that the sets are booked under; 0: one is begun */

    int option;    /* of the reading's; -1 */
    bool by_habit; /* nobody was asked which: the lifter writes so */
    char exercise[EXERCISE_ID_SIZE];
    char was[EXERCISE_ID_SIZE]; /* of an edited message: of which its sets were, as somebody may have answered. Isn't
                                   kept */
    double load_kg;             /* NAN */
    bool confirmed;
    bool guessed; /* its text is a guess, and asked about before it is booked: see gist.h. Isn't kept */
    int unit;     /* what its bare numbers are of; -1: as the log and the settings say */

    enum waiting_for waiting;
    int64_t asked_ms;
    char asked_by[PENDING_ID_SIZE]; /* whose reply asks: a message, or the name of what answers none */
    char unknown[64];               /* the name; of a first contact's question, the setting; the unit; what is right;
                                       the command that a yes runs, or two parted by '|' */
    int64_t corrects;               /* the set that may be wrong: its row; */
    bool alone;                     /* and no other of its message */
    char choices[READING_OPTIONS][EXERCISE_ID_SIZE];
    int choice_count;
};

void pending_init(struct pending *pending, const char *event, int64_t input, int64_t sent_ms, struct span text);
void pending_set_text(struct pending *pending, struct span text);
/* How many answers its question takes where it is a choice, so that a "yes" is none of them; 0: it isn't. */
int pending_choices(const struct pending *pending);
/* "bench 80kg @2" with 8 REPS is "bench 80kg x 8 @2": behind the first number and its unit. */
void pending_with_reps(const struct pending *pending, int reps, struct buf *out);
/* As one record of text, and back: any record, as a field that is missing is empty. The action isn't kept. */
void pending_print(const struct pending *pending, struct buf *out);
void pending_read(struct span record, struct pending *pending);
void pending_release(struct pending *pending);

/* The questions that wait in this room, oldest first. Those of more than a day ago are left out, and what
 * another version may have asked. */
struct questions {
    VEC(struct pending) at;
};
int questions_load(struct turn *turn, struct questions *questions, struct err *err);
int questions_store(struct turn *turn, const struct questions *questions, struct err *err);
void questions_release(struct questions *questions);

#endif
