/*
 * What a message says of its lifter besides sets: settings, names of their own. It is a step, which undo takes back.
 */
#ifndef BOT_COACH_SAID_H
#define BOT_COACH_SAID_H

#include "bot/coach/turn.h"

/* VALUE is the value NAME (an alias: COACH_SAID_ALIAS and the name) from the turn's message on, by its step. */
int said_put(struct turn *turn, const char *name, const char *value, struct err *err);
/* "units lb", "rdl2", to what OUT has; nothing for what only goes along with another. */
void said_print(const struct turn *turn, const struct coach_said *said, struct buf *out);
/* What was said may hold no more, or again: the lifter is read anew, and spoken to in the language that holds. */
int said_again(struct turn *turn, struct err *err);

#endif
