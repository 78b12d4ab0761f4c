/*
 * The week's warning signs in words.
 */
#ifndef BOT_COACH_WEEK_H
#define BOT_COACH_WEEK_H

#include "bot/coach/turn.h"

/* "bench press is falling, 3 sets went too hard": of the turn's warnings. CHECKINS: low ones among them. */
void week_print_signs(const struct turn *turn, bool checkins, struct buf *out);

#endif
