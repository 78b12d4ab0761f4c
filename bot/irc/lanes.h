/*
 * Whose turn it is: what waits to be said to each person, taken in turns line by line, so that nobody waits for
 * another's flood. Of whom much waits, it is summed up: many replies become one. Pure.
 */
#ifndef BOT_IRC_LANES_H
#define BOT_IRC_LANES_H

#include <stdbool.h>
#include <stdint.h>

#include "bot/irc/split.h"
#include "core/base/vec.h"

enum {
    IRC_LANE_SUM = 3,      /* more replies than that to one person in one room are summed up */
    IRC_LANE_SUM_MAX = 64, /* so many at once */
    IRC_LANES_ROWS = 4096  /* rows in all; what is beyond waits in the outbox */
};

struct irc_row {
    int64_t id; /* of the outbox */
    char *room;
    int kind; /* enum outgoing_kind */
};

struct irc_job {
    VEC(struct irc_row) rows; /* that it says: one, or several summed up */
    irc_text_lines lines;     /* whole lines of the protocol, to be sent; several that go at once are one */
    char *target;             /* of the last */
    size_t sent;
};

struct irc_lane {
    char *who; /* an identity; a room, of what is said to nobody */
    VEC(struct irc_row) rows;
    struct irc_job job;       /* that is under way; no rows: none */
    int64_t blocked_until_ms; /* it can't be said before: the person isn't there, we aren't in the channel */
};

struct irc_lanes {
    VEC(struct irc_lane *) at;
    size_t turn; /* who is next */
    size_t rows; /* that wait, in all */
};

void irc_lanes_release(struct irc_lanes *lanes);
/* False: full. */
bool irc_lanes_add(struct irc_lanes *lanes, const char *who, int64_t id, const char *room, int kind);
/* The lane whose turn it is; NULL: nothing can be said at NOW_MS. *WAIT_MS: when to ask again, -1 not needed. */
struct irc_lane *irc_lanes_next(struct irc_lanes *lanes, int64_t now_ms, int64_t *wait_ms);
/* Moves the rows that are said next into LANE's job: the first, or that and those of the same room and kind behind it.
 */
void irc_lane_begin(struct irc_lanes *lanes, struct irc_lane *lane);
/* It can't be said now: its rows wait again, in front. */
void irc_lane_put_back(struct irc_lanes *lanes, struct irc_lane *lane);
/* The job is over: the lane is forgotten when it is empty. */
void irc_lane_end(struct irc_lanes *lanes, struct irc_lane *lane);
void irc_job_release(struct irc_job *job);
/* How many lanes have something that could be said at NOW_MS. */
size_t irc_lanes_ready(const struct irc_lanes *lanes, int64_t now_ms);
/* Takes out those of WHO's rows that wait for which TAKE says so: whether there were any. A lane that is empty then is
 * forgotten. */
bool irc_lanes_take(struct irc_lanes *lanes, const char *who, bool (*take)(void *arg, const struct irc_row *row),
                    void *arg);
void irc_lanes_unblock(struct irc_lanes *lanes, const char *who); /* NULL: all */

#endif
