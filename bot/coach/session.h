/*
 * The end of a session, and what is said of it.
 */
#ifndef BOT_COACH_SESSION_H
#define BOT_COACH_SESSION_H

#include "bot/coach/turn.h"

/* The log has changed: the session that is open in this direct chat, if one is, is summed up two hours after its last
 * set. */
int session_follow(struct turn *turn, struct err *err);
/* It is time for that. */
int session_due(struct turn *turn, const struct coach_job *job, struct err *err);

#endif
