/*
 * What bare numbers are of: pounds or kilograms. Whoever wrote "185 lb" means pounds by the "185x5" that follows.
 */
#ifndef BOT_COACH_POUNDS_H
#define BOT_COACH_POUNDS_H

#include "bot/coach/turn.h"

/* What a bare number is of that changes SET, which was done at AT_MS: what its load was written in, where no unit was
 * said since. */
enum unit pounds_behind(const struct turn *turn, const struct set *set, int64_t at_ms);
/* What a bare load of EXERCISE ("": not named) is of at AT_MS: as this session's last set of it was written. *LEANS:
 * there is one. The log is loaded. */
enum unit pounds_unit(const struct turn *turn, const char *exercise, int64_t at_ms, bool *leans);

/* Reads PENDING's text into the coach's reading, its bare numbers as UNIT. */
void pounds_read(struct turn *turn, const struct pending *pending, enum unit unit);

/* Asks whether PENDING's bare numbers are pounds, where the log tells of both, or all of it was written in pounds and
 * no unit was ever said. The coach's reading is of PENDING, by UNIT, and its first set of EXERCISE. 1 asked, 0, -1. */
int pounds_ask(struct turn *turn, struct pending *pending, const char *exercise, enum unit unit, struct err *err);
/* The answer to that, 1 or 2, or in words: whether TEXT is one. */
void pounds_choose(struct pending *pending, int answer);
bool pounds_said(struct pending *pending, struct span text);
/* It is the lifter's unit from now on. */
int pounds_settle(struct turn *turn, const struct pending *pending, struct err *err);

/* Whether to say that pounds are spoken, too: the turn's sets are the session's first in pounds, and no unit was ever
 * said. */
bool pounds_are_new(const struct turn *turn);

#endif
