/*
 * Who is in the rooms of a transcript, and with what power. Whoever writes in a room is in it, from the start unless
 * their first line there is {join}; {power=50} holds until another is given.
 */
#ifndef BOT_CONSOLE_CROWD_H
#define BOT_CONSOLE_CROWD_H

#include "bot/console/transcript.h"
#include "core/base/err.h"

struct crowd;

struct crowd *crowd_new(void);
void crowd_free(struct crowd *crowd);

/* A line that is still to come: who is in its room before the first one is played. */
void crowd_foresee(struct crowd *crowd, const struct transcript_line *line);
/* The line is played now. */
void crowd_play(struct crowd *crowd, const struct transcript_line *line);

/* The power of SENDER in ROOM. */
int crowd_power(const struct crowd *crowd, struct span room, struct span sender);
/* Nobody was given any in ROOM so far. */
bool crowd_is_unranked(const struct crowd *crowd, struct span room);
/* Calls EACH for whoever is in ROOM, in the order of their first lines, until it returns something else than 0. */
int crowd_each(const struct crowd *crowd, const char *room, int (*each)(void *arg, const char *name), void *arg);

#endif
