/*
 * One more set, said so that only the one before tells what is meant.
 */
#ifndef BOT_COACH_ONWARD_H
#define BOT_COACH_ONWARD_H

#include "bot/coach/turn.h"

/* Books TEXT of SENT_MS, which is neither set nor command by itself, as it follows from the last set: 1; 0: it doesn't;
 * -1. */
int onward_book(struct turn *turn, struct span text, int64_t sent_ms, struct err *err);

#endif
