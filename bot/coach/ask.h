/*
 * Questions and refusals in words.
 */
#ifndef BOT_COACH_ASK_H
#define BOT_COACH_ASK_H

#include "bot/coach/question.h"
#include "bot/coach/turn.h"

/* The coach's reading of PENDING is a question: asks it. */
int ask_reading(struct turn *turn, struct pending *pending, struct err *err);
/* The turn's sets name no exercise. */
int ask_exercise(struct turn *turn, struct pending *pending, struct err *err);
/* Set INDEX of the turn has no load. */
int ask_load(struct turn *turn, struct pending *pending, size_t index, struct err *err);

/* Adds "1 TEXT" on a line of its own, and SETS as the option behind it. */
void ask_option(struct turn *turn, const char *text, const struct set *sets, size_t count);

void ask_refuse(struct turn *turn, const char *error, const char *hint);

/* Whether the turn's sets, which were guessed, are what was meant. */
int ask_guess(struct turn *turn, struct pending *pending, struct err *err);
/* Whether the COUNT sets OLD were to be what SETS are. */
int ask_fix(struct turn *turn, struct pending *pending, const struct set *old, const struct set *sets, size_t count,
            struct err *err);

#endif
