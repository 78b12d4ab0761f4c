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
/* Asks which of both is meant, "fix x4|same x4": what they do is said already, and is of the set of row ID. */
int choice_between(struct turn *turn, const char *commands, int64_t id, struct err *err);
/* The one that was chosen from what was offered for PENDING. */
int choice_answer(struct turn *turn, const struct pending *pending, struct err *err);

#endif
