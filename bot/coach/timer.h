/*
 * The rest timer: calls the lifter, once, when the rest after a set is over.
 */
#ifndef BOT_COACH_TIMER_H
#define BOT_COACH_TIMER_H

#include "bot/coach/turn.h"

/* The log has just been changed: under `timer on` the rest after its last set is what is waited for. */
int timer_follow(struct turn *turn, struct err *err);

/* A rest as it is typed, folded: "90", "2:30", "3 min", "1.5m", "45s"; a bare number up to ten is of minutes. False
 * when it is none, or too long. */
bool timer_read(struct span text, int64_t *rest_s);

/* COACH_JOB_REST. */
int timer_due(struct turn *turn, const struct coach_job *job, struct err *err);

#endif
