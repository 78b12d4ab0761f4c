/*
 * What coaches ask of a lifter: the target of an exercise, and the override of one set (R94). Read from what was said
 * and the log, so that after an undo it is as if it had never been said.
 */
#ifndef BOT_COACH_INSTRUCT_H
#define BOT_COACH_INSTRUCT_H

#include "bot/coach/turn.h"

/* What COACH_TARGET has asked of EXERCISE by AT_MS in GROUP (0: anywhere): in each room the newest word counts, of
 * several rooms the newest. Steps are loaded, as for all here. False: nothing. */
bool instruct_target(const struct turn *turn, int64_t group, const char *exercise, int64_t at_ms,
                     struct instructed *found);
/* When what coaches say must have been said to count for the set after those by AT_MS. */
int64_t instruct_by_ms(const struct turn *turn, int64_t at_ms);
/* The override of the exercise's next set, those before BEFORE_MS being done. It lapses with the session that the
 * exercise was being done in, or after a week. */
bool instruct_override(const struct turn *turn, const char *exercise, int64_t before_ms, struct instructed *found);
/* ITEM as ASKED has it, as far as that says. Its sets: only where ASKED is no override. */
void instruct_overlay(struct plan_item *item, const struct instructed *asked);
/* Whether what was said at WHERE (lifter_place()) may be shown where the turn's answer goes. */
bool instruct_shows(const struct turn *turn, const char *where);
/* An item of which nothing is said. */
void instruct_blank(const char *exercise, struct plan_item *item);

/* "5x5 @2-3"; of an override "85x5 @2". */
void instruct_print(const struct turn *turn, const struct instructed *asked, struct buf *out);
/* "Anna", "the coach". */
const char *instruct_by(const struct turn *turn, const struct instructed *asked);

#endif
