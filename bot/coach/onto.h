/*
 * "now deadlifts", "on to rows", "bench": the exercise that somebody turned to before they typed a set of it. What they
 * leave out from then on is of that one.
 */
#ifndef BOT_COACH_ONTO_H
#define BOT_COACH_ONTO_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/base/span.h"
#include "core/lift/exercise.h"

struct turn;

struct onto {
    int64_t sent_ms;
    char exercise[EXERCISE_ID_SIZE];  /* "" none */
    char mentioned[EXERCISE_ID_SIZE]; /* that somebody spoke of since, without turning to it; "" none */
    bool meant;                       /* and said nothing against that it is done now */
};

/* Keeps that EXERCISE was turned to now, where somebody says so in a direct chat. */
int onto_note(struct turn *turn, const char *exercise, struct err *err);
/* Keeps that EXERCISE was spoken of in TEXT, words that nobody could read; ASKS: as a question. */
int onto_mention(struct turn *turn, const char *exercise, struct span text, bool asks, struct err *err);
/* What was turned to, and spoken of, since the set before AT_MS, in the same session, into the turn. */
int onto_find(struct turn *turn, int64_t at_ms, struct err *err);
/* TEXT, of which nothing else is known, is an exercise's name and words that say little: says what comes of it. 1; 0 it
 * isn't; -1. */
int onto_hear(struct turn *turn, struct span text, struct err *err);

#endif
