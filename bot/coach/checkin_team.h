/*
 * A team's check-in: at the room's own time its members are asked, each alone, and a day later what they share of it is
 * told: to the room what is shared with the room, to its coaches what is shared with them.
 */
#ifndef BOT_COACH_CHECKIN_TEAM_H
#define BOT_COACH_CHECKIN_TEAM_H

#include "bot/coach/checkin_plan.h"

/* Where a room keeps when. */
#define CHECKIN_TEAM_VALUE "checkin"

/* TEXT, folded, behind `checkin` in a room: 1 a coach has said when all are asked there, or asked for it, 0 it is of
 * whoever wrote it, -1. */
int checkin_team_command(struct turn *turn, struct span text, struct err *err);
/* COACH_JOB_TEAM. */
int checkin_team_due(struct turn *turn, const struct coach_job *job, struct err *err);

/* The team has asked what PLAN's lifter is asked now: says what it will see of the answer. */
int checkin_team_say(struct turn *turn, const struct checkin_plan *plan, struct err *err);

#endif
