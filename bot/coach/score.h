/*
 * Strength that is fair across body weight, over time.
 */
#ifndef BOT_COACH_SCORE_H
#define BOT_COACH_SCORE_H

#include "bot/coach/turn.h"

/* The lifter's body weight was said: it is kept, as earlier scores are of earlier body weights. */
int score_note_bodyweight(struct turn *turn, double kg, struct err *err);

#endif
