/*
 * What a training room does together until the week is summed up.
 */
#ifndef BOT_COACH_CHALLENGE_H
#define BOT_COACH_CHALLENGE_H

#include "bot/coach/roster.h"

/* Where a room keeps it. */
#define CHALLENGE_VALUE "challenge"

/* Says how the room's challenge stands, if there is one; where it is over, for the last time. 1 there is, 0, -1. */
int challenge_say(struct turn *turn, const struct roster *roster, bool digest, struct err *err);

#endif
