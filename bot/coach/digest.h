/*
 * A training room's week, said there at the room's own time, and on request.
 */
#ifndef BOT_COACH_DIGEST_H
#define BOT_COACH_DIGEST_H

#include "bot/coach/roster.h"

/* Plans GROUP's next one after AFTER_MS, in place of the one that waits; none where it is off. */
int digest_plan(struct turn *turn, const struct coach_group *group, int64_t after_ms, struct err *err);
int digest_due(struct turn *turn, const struct coach_job *job, struct err *err);

#endif
