/*
 * What is asked of an exercise that the log doesn't have, of one that it has.
 */
#ifndef BOT_COACH_RELATED_H
#define BOT_COACH_RELATED_H

#include "bot/coach/turn.h"

/* Runs COMMAND about the last exercise of the log that is a kind of EXERCISE, or of which EXERCISE is one, and says so:
 * 1, 0 there is none, -1. The log is loaded. */
int related_run(struct turn *turn, const struct exercise *exercise, const struct command *command, struct err *err);

#endif
