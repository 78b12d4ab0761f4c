/*
 * What is said in a bridged room comes twice when both sides vouch for who says it, and the two are one person.
 */
#ifndef BOT_COACH_TWICE_H
#define BOT_COACH_TWICE_H

#include "bot/message.h"

struct twice;
struct twice *twice_new(void);
void twice_free(struct twice *twice);

/* Whether MESSAGE, of a bridged room, is what LIFTER has just said on the other side of the bridge. Notes it. */
bool twice_heard(struct twice *twice, const struct message *message, int64_t lifter);

#endif
