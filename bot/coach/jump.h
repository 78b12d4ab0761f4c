/*
 * A set that is too good to be true is asked back before it counts.
 */
#ifndef BOT_COACH_JUMP_H
#define BOT_COACH_JUMP_H

#include "bot/coach/question.h"
#include "bot/coach/turn.h"

/* Looks at the turn's sets, which are complete: 1 one of them is asked about, 0, -1. */
int jump_check(struct turn *turn, struct pending *pending, struct err *err);

#endif
