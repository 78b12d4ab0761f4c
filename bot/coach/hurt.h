/*
 * A set of which somebody says that it hurt.
 */
#ifndef BOT_COACH_HURT_H
#define BOT_COACH_HURT_H

#include "bot/coach/turn.h"

/* Tells how the pain counts that the turn's sets speak of in their notes, where nothing says it yet. */
void hurt_say(struct turn *turn);

/* TEXT is how much it hurts, right behind a pain of which the message said it otherwise, or not: 1, and it counts, 0 it
 * is none, -1. What QUESTIONS ask comes first. */
int hurt_hear(struct turn *turn, const struct questions *questions, struct pending *original, struct span text,
              struct err *err);

#endif
