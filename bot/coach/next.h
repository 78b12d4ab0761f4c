/*
 * What comes now, by the last set and by what has been told since.
 */
#ifndef BOT_COACH_NEXT_H
#define BOT_COACH_NEXT_H

#include "bot/coach/turn.h"

/* Says it; nothing where no session goes on. 0, -1. */
int next_say(struct turn *turn, struct err *err);
/* The same as far as whoever reads it may know: where the last set isn't from here, only that it is to be stopped. */
int next_say_here(struct turn *turn, struct err *err);
/* The next set of the exercise that NAME_TYPED is: the first one today, or the one that comes now. 0, -1. */
int next_of(struct turn *turn, struct span name_typed, struct err *err);

#endif
