/*
 * The end of a session, and what is said of it.
 */
#ifndef BOT_COACH_SESSION_H
#define BOT_COACH_SESSION_H

#include "bot/coach/turn.h"

/* The log has changed: the session that is open in this direct chat, if one is, is summed up two hours after its last
 * set. */
int session_follow(struct turn *turn, struct err *err);
/* Sets against the targets that they had. */
struct session_effort {
    int harder, easier, within;
};
/* Adds those of the log from FIRST to before END, as far as it is known how hard they were. Log and steps are loaded.
 */
int session_judge(struct turn *turn, size_t first, size_t end, struct session_effort *effort, struct err *err);
/* "5 on target, 1 too hard"; nothing where none is known. */
void session_print_effort(const struct turn *turn, const struct session_effort *effort, struct buf *out);
/* It is time for that. */
int session_due(struct turn *turn, const struct coach_job *job, struct err *err);

#endif
