/*
 * The rest timer: calls the lifter, once, when the rest after a set is over.
 */
#ifndef BOT_COACH_TIMER_H
#define BOT_COACH_TIMER_H

#include "bot/coach/turn.h"

/* The log has just been changed: under `timer on` the rest after its last set is what is waited for. */
int timer_follow(struct turn *turn, struct err *err);

/* COACH_JOB_REST. */
int timer_due(struct turn *turn, const struct coach_job *job, struct err *err);

#endif
