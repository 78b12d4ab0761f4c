/*
 * why: what the advice rests on, in words.
 */
#ifndef BOT_COACH_WHY_H
#define BOT_COACH_WHY_H

#include "bot/coach/turn.h"

/* The gates to failure that the turn's advice finds closed, the most important ones: a line each. */
void why_say_gates(struct turn *turn);

#endif
