/*
 * What a room sees of the lifter who speaks there: unless they share all with it, what they typed in it.
 */
#ifndef BOT_COACH_SEEN_H
#define BOT_COACH_SEEN_H

#include "bot/coach/turn.h"

struct seen {
    struct lifter *whole, *narrow; /* NULL: there is no need for it */
    bool behind;                   /* their last set is none that `narrow` knows of */
};
/* From here to seen_end() the turn's lifter is no more than whoever reads the answer may know of them; in a direct chat
 * that is all. To be ended whatever it returned. */
int seen_begin(struct turn *turn, struct seen *seen, struct err *err);
/* The same of what goes on from the last set: where that was typed here, its answer was read here, too, and all of the
 * lifter stands behind it. */
int seen_begin_moment(struct turn *turn, struct seen *seen, struct err *err);
void seen_end(struct turn *turn, struct seen *seen);
/* Runs COMMAND so: what it tells of its lifter goes by who reads the answer. */
int seen_run(struct turn *turn, const struct command *command, struct span arguments, struct err *err);

/* Whether all of the turn's lifter may be told where the answer is read: 1, 0, -1. */
int seen_whole(const struct turn *turn, struct err *err);
/* Whether INPUT may be told of there: all may, or it was typed there. 1, 0, -1. */
int seen_input(const struct turn *turn, int64_t input, struct err *err);

#endif
