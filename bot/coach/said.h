/*
 * What a message says of its lifter besides sets: settings, names of their own. It is a step, which undo takes back.
 */
#ifndef BOT_COACH_SAID_H
#define BOT_COACH_SAID_H

#include "bot/coach/turn.h"

/* VALUE is the value NAME (an alias: COACH_SAID_ALIAS and the name) from the turn's message on, by its step. */
int said_put(struct turn *turn, const char *name, const char *value, struct err *err);
/* The turn's command has changed what is another's, too: no undo takes that back, but it is a step all the same. */
int said_deed(struct turn *turn, struct span arguments, struct err *err);
/* "quiet on", where SAID is such a step; NULL. Lent. */
const char *said_deed_of(const struct coach_said *said);
/* "units lb", "rdl2", to what OUT has; nothing for what only goes along with another. */
void said_print(const struct turn *turn, const struct coach_said *said, struct buf *out);
/* What was said may hold no more, or again: the lifter is read anew, and spoken to in the language that holds. */
int said_again(struct turn *turn, struct err *err);

#endif
