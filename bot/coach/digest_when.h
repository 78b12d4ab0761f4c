/*
 * When a training room's week is told, and when it began. The settings of whoever set it up are looked up.
 */
#ifndef BOT_COACH_DIGEST_WHEN_H
#define BOT_COACH_DIGEST_WHEN_H

#include "bot/coach/turn.h"
#include "bot/schedule/recurrence.h"

bool digest_is_off(const struct coach_group *group);
struct recurrence digest_time(const struct coach_group *group); /* Sunday evening, where nothing else is said */
/* When the digest after AFTER_MS is; where there are none, when the week ends. */
int digest_next(struct turn *turn, const struct coach_group *group, int64_t after_ms, int64_t *at_ms, struct err *err);
/* The Monday, in the room's time zone, of the week of AT_MS. */
int digest_monday(struct turn *turn, const struct coach_group *group, int64_t at_ms, int64_t *from_ms, struct err *err);

#endif
