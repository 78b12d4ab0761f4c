/*
 * The review of a month.
 */
#ifndef BOT_COACH_MONTH_H
#define BOT_COACH_MONTH_H

#include "bot/coach/turn.h"

int month_due(struct turn *turn, const struct coach_job *job, struct err *err);

#endif
