/*
 * Weekly times over daylight saving.
 */
#include "bot/schedule/recurrence.h"

#include "core/base/civil.h"

/* No place is further from UTC, nor moved further at once (the Pacific changed sides of the date line by 24 hours). */
#define REACH_MS (16 * INT64_C(3600000))

static int64_t offset_ms(const struct wall_clock *clock, int64_t at_ms)
{
    return (int64_t)clock->offset(clock->arg, clock->zone, at_ms) * 1000;
}

/* The moment in (LOW, HIGH] from which on the offset isn't BEFORE any more. A clock changes at most once in so short a
 * time. */
static int64_t change_after(const struct wall_clock *clock, int64_t low_ms, int64_t high_ms, int64_t before)
{
    while (high_ms - low_ms > 1) {
        int64_t middle = low_ms + (high_ms - low_ms) / 2;

        if (offset_ms(clock, middle) == before)
            low_ms = middle;
        else
            high_ms = middle;
    }
    return high_ms;
}

/* The first moment at which the clock shows WALL_MS, as if that were UTC, or more. */
static int64_t first_at(const struct wall_clock *clock, int64_t wall_ms)
{
    int64_t low = wall_ms - REACH_MS, high = wall_ms + REACH_MS;
    int64_t before = offset_ms(clock, low), after = offset_ms(clock, high), change;

    if (before == after)
        return wall_ms - before;
    change = change_after(clock, low, high, before);
    if (wall_ms - before < change)
        return wall_ms - before;
    return wall_ms - after > change ? wall_ms - after : change;
}

static int64_t floor_day(int64_t ms)
{
    return ms >= 0 ? ms / CIVIL_DAY_MS : (ms - CIVIL_DAY_MS + 1) / CIVIL_DAY_MS;
}

int64_t recurrence_on(int64_t day, int minute, const struct wall_clock *clock)
{
    return first_at(clock, day * CIVIL_DAY_MS + minute * INT64_C(60000));
}

int64_t recurrence_next(const struct recurrence *recurrence, const struct wall_clock *clock, int64_t after_ms)
{
    int64_t day = floor_day(after_ms + offset_ms(clock, after_ms)) - 7, next_ms;

    day += (recurrence->weekday - civil_weekday(day) + 7) % 7;
    do {
        next_ms = recurrence_on(day, recurrence->minute, clock);
        day += 7;
    } while (next_ms <= after_ms);
    return next_ms;
}
