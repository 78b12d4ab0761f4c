/*
 * What a message leaves out is filled in from the log. When that changes afterwards, by an edit or a redaction, the
 * messages that leaned on it are read anew: everything is as if it had always been so.
 */
#ifndef BOT_COACH_FOLLOW_H
#define BOT_COACH_FOLLOW_H

#include "bot/coach/turn.h"

/* PENDING's sets, just booked, leaned on the log: its words are kept. TEXT is what was typed. */
int follow_keep(struct turn *turn, const struct pending *pending, struct span text, struct err *err);
/* The words that ACTION booked for INPUT are of EXERCISE from now on, whatever stands before them. */
int follow_pin(struct turn *turn, int64_t input, int64_t action, const char *exercise, struct err *err);
/* Whether the sets that ACTION booked for INPUT leaned: 1, 0, -1. */
int follow_leans(struct turn *turn, int64_t input, int64_t action, struct err *err);
/* The log has changed from FROM_MS on: reads anew what leaned on it in the same session, under ACTION (0: one of
 * KIND is begun when it is needed), and edits the replies of those messages whose sets changed. */
int follow(struct turn *turn, int64_t from_ms, int64_t action, enum coach_action_kind kind, struct err *err);

#endif
