/*
 * What comes back every week at the same time of a clock on the wall, over the days on which that clock is put on or
 * back.
 */
#ifndef BOT_SCHEDULE_RECURRENCE_H
#define BOT_SCHEDULE_RECURRENCE_H

#include <stdint.h>

/* A clock on the wall: its seconds east of UTC at a time. */
struct wall_clock {
    int (*offset)(void *arg, const char *zone, int64_t at_ms);
    void *arg;
    const char *zone; /* handed to `offset` */
};

struct recurrence {
    int weekday; /* 0 Monday to 6 */
    int minute;  /* of the day, 0 to 1439 */
};

/* The first time after AFTER_MS at which the clock shows it. Where the clock skips that time, the moment of the change;
 * where it shows it twice, the first of them alone. */
int64_t recurrence_next(const struct recurrence *recurrence, const struct wall_clock *clock, int64_t after_ms);

/* When the clock shows MINUTE on one day, so many days since 1970-01-01: likewise. */
int64_t recurrence_on(int64_t day, int minute, const struct wall_clock *clock);

#endif
