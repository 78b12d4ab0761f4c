/*
 * Sets that wait for the same answer: whoever types three before they say of which exercise has said it of all.
 */
#ifndef BOT_COACH_WAITING_H
#define BOT_COACH_WAITING_H

#include "bot/coach/pending.h"
#include "bot/coach/turn.h"

/* Says behind a question how many messages before PENDING wait for the same answer. The log is loaded. */
int waiting_say(struct turn *turn, const struct pending *pending, struct err *err);
/* Books what waited for the answer that ANSWERED has, oldest first, and then ANSWERED itself: fills in the turn. */
int waiting_book(struct turn *turn, struct pending *answered, struct err *err);

#endif
