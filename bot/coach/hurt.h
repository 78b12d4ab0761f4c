/*
 * A set of which somebody says that it hurt.
 */
#ifndef BOT_COACH_HURT_H
#define BOT_COACH_HURT_H

#include "bot/coach/turn.h"

/* Tells how the pain counts that the turn's sets speak of in their notes, where nothing says it yet. */
void hurt_say(struct turn *turn);

#endif
