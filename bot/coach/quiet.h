/*
 * Rooms that prefer quiet: a set is acknowledged by a sign on its message, and the advice comes when it is asked for.
 */
#ifndef BOT_COACH_QUIET_H
#define BOT_COACH_QUIET_H

#include "bot/coach/turn.h"

/* Whether a sign will do for what the turn has to say: 1, 0, -1. */
int quiet_covers(struct turn *turn, struct err *err);
/* Puts it there. */
int quiet_say(struct turn *turn, struct err *err);

#endif
