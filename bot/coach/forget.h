/*
 * What was asked before everything of a lifter is deleted.
 */
#ifndef BOT_COACH_FORGET_H
#define BOT_COACH_FORGET_H

#include <stdint.h>

#include "core/base/err.h"
#include "core/base/span.h"

struct turn;

/* TEXT is a bare yes or no to "forget me", and no other question was asked since, the last of them at ASKED_MS: 1 it
 * was heard, 0, -1. */
int forget_hear(struct turn *turn, struct span text, int64_t asked_ms, struct err *err);

#endif
