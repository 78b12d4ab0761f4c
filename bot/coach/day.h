/*
 * A day as the lifter's clock on the wall has it.
 */
#ifndef BOT_COACH_DAY_H
#define BOT_COACH_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include "bot/schedule/recurrence.h"
#include "core/base/span.h"

struct set;
struct turn;

struct day {
    int64_t number;           /* days since 1970-01-01 */
    int64_t start_ms, end_ms; /* [start, end) */
};

/* The lifter's offset at a time, seconds east of UTC. The settings must be loaded. */
int day_offset(const struct turn *turn, int64_t at_ms);
struct day day_of(const struct turn *turn, int64_t at_ms);
/* The moment at which CLOCK shows WALL_MS, milliseconds as if it were UTC. */
int64_t day_moment(const struct wall_clock *clock, int64_t wall_ms);
struct day day_numbered(const struct turn *turn, int64_t number);

/* The number of the day that "yesterday:", "tue:" or a date means, which was read with SET at SENT_MS: that day's own
 * where nothing is said. */
int64_t day_said(const struct turn *turn, const struct set *set, int64_t sent_ms);

/* The day that TYPED is ("monday", "gestern", "3.1."), as it would stand before a set; empty: DAY as it is. False: it
 * is none. */
bool day_typed(struct turn *turn, struct span typed, struct day *day);

/* The lifter's clock on the wall. Likewise. */
struct wall_clock day_clock(const struct turn *turn);

#endif
