/*
 * What is about to be lifted: the exercise and the load that tools of the bar are asked about where they aren't told.
 */
#ifndef BOT_COACH_WORKING_H
#define BOT_COACH_WORKING_H

#include "bot/coach/turn.h"

/* The exercise that TYPED names; where that is empty the plan's next one, else that of the moment: 1, 0 there is none,
 * which is said (USAGE), -1. The log and the names are loaded. */
int working_exercise(struct turn *turn, struct span typed, enum text_key usage, const struct exercise **exercise,
                     struct err *err);

/* The load of EXERCISE's next set, by the plan or by advice, else its last one: 1, 0 none is known, -1. */
int working_load(struct turn *turn, const char *exercise, double *load_kg, struct err *err);

#endif
