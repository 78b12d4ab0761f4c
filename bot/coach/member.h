/*
 * Members of a training room come and go.
 */
#ifndef BOT_COACH_MEMBER_H
#define BOT_COACH_MEMBER_H

#include "bot/coach/turn.h"

/* MESSAGE_JOIN; MESSAGE_LEAVE, MESSAGE_REMOVED, MESSAGE_AWAY. In rooms that aren't set up: nothing. */
int member_joined(struct coach *coach, const struct message *message, struct err *err);
int member_gone(struct coach *coach, const struct message *message, struct err *err);
/* Somebody wrote there just now: they are a member, if the network didn't tell it before. */
int member_heard(struct coach *coach, const struct message *message, struct err *err);
/* GROUP was set up by MESSAGE: whoever is there is a member. Nothing is said of it. */
int member_begin(struct coach *coach, const struct coach_group *group, const struct message *message, struct err *err);

#endif
