/*
 * Reactions: an answer to a question, or a thumb on the advice, which books the set as advised.
 */
#ifndef BOT_COACH_REACT_H
#define BOT_COACH_REACT_H

#include "bot/coach/turn.h"

/* MESSAGE_REACTION. */
int react(struct coach *coach, const struct message *message, struct err *err);

/* The turn's reply has its advice in it, and isn't the reply to the last set itself: a thumb on it counts, too. */
int react_note(struct turn *turn, struct err *err);

#endif
