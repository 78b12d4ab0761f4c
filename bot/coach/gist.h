/*
 * Sets that nobody can read for sure: "65x10 to failure then dropped down to 45x8 on the pec deck". They are asked
 * about.
 */
#ifndef BOT_COACH_GIST_H
#define BOT_COACH_GIST_H

#include <stdint.h>

#include "core/base/err.h"
#include "core/base/span.h"

struct turn;

/* Asks whether TEXT, sent at SENT_MS, meant the sets that may be in it; one more set that can't mean anything else is
 * booked: 1 it did, 0 there are none, -1. */
int gist_ask(struct turn *turn, struct span text, int64_t sent_ms, struct err *err);

/* TEXT was read as a load by each side of the exercise of the moment, which is lifted with a bar: asks whether so much
 * hangs on each side of that: 1; 0: nothing of that kind; -1. */
int gist_ask_plates(struct turn *turn, struct span text, int64_t sent_ms, struct err *err);

/* The exercise that TEXT names, though no set of it can be read: its id, lent. NULL. */
const char *gist_named(const struct turn *turn, struct span text);

/* The same of whatever it tells of the exercise: "squat training max is 315". */
const char *gist_mentioned(const struct turn *turn, struct span text);

#endif
