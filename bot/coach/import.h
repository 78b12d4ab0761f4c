/*
 * A lifter's log that comes as a file: what isn't here yet is booked, as one step.
 */
#ifndef BOT_COACH_IMPORT_H
#define BOT_COACH_IMPORT_H

#include "bot/coach/turn.h"

/* MESSAGE_FILE: the turn's message, as turn_hear() hears a text. */
int import_hear(struct turn *turn, struct pending *original, struct err *err);
/* Whether ACTION is such a step: 1, 0, -1. */
int import_made(struct turn *turn, int64_t action, struct err *err);

#endif
