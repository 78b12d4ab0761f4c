/*
 * Corrections that nobody can read for sure: "i counted wrong, there were 9 of those". They are asked about.
 */
#ifndef BOT_COACH_QUALM_H
#define BOT_COACH_QUALM_H

#include <stdint.h>

#include "core/base/err.h"
#include "core/base/span.h"

struct pending;
struct turn;

/* Asks whether TEXT, sent at SENT_MS, meant to put right the set that it may be of: 1 it did, 0 there is none, -1. */
int qualm_ask(struct turn *turn, struct span text, int64_t sent_ms, struct err *err);

/* It was meant so: that set is what was asked, unless it was changed meanwhile, and that is said. */
int qualm_answer(struct turn *turn, const struct pending *pending, struct err *err);

#endif
