/*
 * Members whom a coach names without an @: "how is cara doing".
 */
#ifndef BOT_COACH_NAMED_H
#define BOT_COACH_NAMED_H

#include "bot/chat/read.h"
#include "bot/coach/turn.h"

/* INTENTION, if no other command of the room, is what it means where the members' names in its text are read as such,
 * if that is for coaches, and whoever asks, in a room, is one. -1. */
int named_read(struct turn *turn, struct intention *intention, struct err *err);

#endif
