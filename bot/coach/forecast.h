/*
 * What is known of how a lifter guesses their reserve.
 */
#ifndef BOT_COACH_FORECAST_H
#define BOT_COACH_FORECAST_H

#include "bot/coach/turn.h"

/* "You stop about one rep early.": once it is known, and is a rep at least. */
void forecast_say_bias(struct turn *turn, const struct effort_input *input);

#endif
