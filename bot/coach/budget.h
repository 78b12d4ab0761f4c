/*
 * The Monday plan.
 */
#ifndef BOT_COACH_BUDGET_H
#define BOT_COACH_BUDGET_H

#include "bot/coach/turn.h"

int budget_due(struct turn *turn, const struct coach_job *job, struct err *err);

#endif
