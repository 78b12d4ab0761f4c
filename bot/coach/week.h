/*
 * The week's warning signs in words.
 */
#ifndef BOT_COACH_WEEK_H
#define BOT_COACH_WEEK_H

#include "bot/coach/turn.h"

/* "bench press is falling, 3 sets went too hard": of the turn's warnings. CHECKINS: low ones among them. */
void week_print_signs(const struct turn *turn, bool checkins, struct buf *out);

/* Whether a set may fail at all, whatever the exercise, by the turn's week and warnings. */
bool week_may_fail(const struct turn *turn, const struct effort_input *input);
/* "Since failure: chest 30 of 48 h", of muscles that aren't recovered. */
void week_say_recovering(struct turn *turn, const struct ledger *ledger);
/* "20 sets or more, so no failure: chest, lats" (R65), if there are such. */
void week_say_volume(struct turn *turn, const struct ledger *ledger);

#endif
