/*
 * A lifter's log that comes as a file: what isn't here yet is booked, as one step.
 */
#ifndef BOT_COACH_IMPORT_H
#define BOT_COACH_IMPORT_H

#include "bot/coach/turn.h"

/* A file is booked in one step of the loop, during which nobody else is heard, and a log is read whole by some
 * commands: on a small machine each takes some tenths of a second with so many sets. */
enum {
    IMPORT_FILE_MAX = 20000, /* sets that one file may add: more than six years of four workouts a week */
    IMPORT_LOG_MAX = 60000   /* that a log may hold thereby, with those that were taken back, and a file that is read */
};

/* MESSAGE_FILE: the turn's message, as turn_hear() hears a text. */
int import_hear(struct turn *turn, struct pending *original, struct err *err);
/* Whether ACTION is such a step: 1, 0, -1. */
int import_made(struct turn *turn, int64_t action, struct err *err);

#endif
