/*
 * Who is up in a room that trains together, while several share a bar: one message that is edited in place.
 */
#ifndef BOT_COACH_BOARD_H
#define BOT_COACH_BOARD_H

#include "bot/coach/turn.h"

/* Where a room keeps it. */
#define BOARD_VALUE "board"

/* MESSAGE was handled: the board of its room, if one was asked for and goes on, is brought up to date. */
int board_follow(struct coach *coach, const struct message *message, struct err *err);

#endif
