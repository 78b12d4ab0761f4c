/*
 * What the bot does by itself once its time has come: one handler for each kind, in jobs.c.
 */
#ifndef BOT_COACH_JOBS_H
#define BOT_COACH_JOBS_H

#include "bot/coach/turn.h"

/*
 * A handler gets the job within a turn of its own: the lifter's settings are loaded, `message` stands for the job (sent
 * when it was due, read now), and what the reply holds is said there when it returns; OUT_PING, OUT_DIGEST and
 * OUT_CHECKIN mention the lifter. No lines: silence. Being late (read_ms - sent_ms) is its own matter. It may put a job
 * again, for later than now.
 */

/* For the turn's lifter, where the turn's message was said, in place of the one of that kind there. */
int jobs_put(struct turn *turn, enum coach_job_kind kind, int64_t due_ms, const char *payload, struct err *err);
/* The same, but one that waits there for the same person and is due no later stays: its handler is called too early
 * then, and puts it off. */
int jobs_put_by(struct turn *turn, enum coach_job_kind kind, int64_t due_ms, struct err *err);
/* The one that waits there. */
int jobs_cancel(struct turn *turn, enum coach_job_kind kind, struct err *err);

#endif
