/*
 * A question about several things: which of them is meant is asked, and that one answered.
 */
#ifndef BOT_COACH_CHOICE_H
#define BOT_COACH_CHOICE_H

#include "bot/coach/pending.h"

/* Offers the commands that TEXT may be. */
int choice_offer(struct turn *turn, struct span text, struct err *err);
/* COMMAND runs when a yes answers: what it does is said already. */
int choice_confirm(struct turn *turn, const char *command, struct err *err);
/* The one that was chosen from what was offered for PENDING. */
int choice_answer(struct turn *turn, const struct pending *pending, struct err *err);

#endif
