/*
 * The sets that were booked, as they are said: a line for those of one exercise and one day.
 */
#ifndef BOT_COACH_BOOKED_H
#define BOT_COACH_BOOKED_H

#include "bot/coach/turn.h"

/* All that are booked in this turn, as if one message had said them. */
void booked_say(struct turn *turn);
/* Those alone that other messages said. */
void booked_say_beside(struct turn *turn);

#endif
