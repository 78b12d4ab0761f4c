/*
 * A session, as it is opened by a first set and closed by `done` or two hours of silence. Nothing of it is stored but
 * the `done`: it is read from the log.
 */
#ifndef BOT_COACH_WORKOUT_H
#define BOT_COACH_WORKOUT_H

#include "bot/coach/turn.h"

enum { WORKOUT_SILENCE_MS = 2 * 60 * 60 * 1000 };

struct workout {
    size_t first, end;        /* its sets in the lifter's log */
    int64_t from_ms, last_ms; /* of its first and its last set */
    bool open;                /* it goes on */
};

/* The session of the last set that was done by AT_MS; false when there is none. Log and steps are loaded. */
bool workout_at(const struct turn *turn, int64_t at_ms, struct workout *workout);
/* When what went on until LAST_MS was over, if that was by BY_MS: by `done`, one of the steps from FROM_STEP on, or by
 * silence. False: it goes on. */
bool workout_over(const struct turn *turn, size_t from_step, int64_t last_ms, int64_t by_ms, int64_t *over_ms);
/* Whether what was begun at BEGUN_MS has ended by AT_MS: every break between two sets is looked at. */
bool workout_ended(const struct turn *turn, size_t from_step, int64_t begun_ms, int64_t at_ms);

#endif
