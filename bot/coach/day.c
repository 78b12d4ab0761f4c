/*
 * A day as the lifter's clock on the wall has it.
 */
#include "bot/coach/day.h"

#include "bot/coach/turn.h"
#include "core/base/civil.h"

struct wall_clock day_clock(const struct turn *turn)
{
    const struct coach_options *options = &turn->coach->options;

    return (struct wall_clock){options->offset, options->offset_arg, setting_timezone(turn->lifter)};
}

static int offset_of(const struct wall_clock *clock, int64_t at_ms)
{
    return clock->offset(clock->arg, clock->zone, at_ms);
}

int day_offset(const struct turn *turn, int64_t at_ms)
{
    const struct wall_clock clock = day_clock(turn);

    return offset_of(&clock, at_ms);
}

/* A clock changes at most once in two days; where it shows something twice, the first time counts, and where it skips
 * that, it is as if it hadn't changed yet. */
int64_t day_moment(const struct wall_clock *clock, int64_t wall)
{
    int before = offset_of(clock, wall - CIVIL_DAY_MS), after = offset_of(clock, wall + CIVIL_DAY_MS);
    int64_t by_before = wall - (int64_t)before * 1000, by_after = wall - (int64_t)after * 1000;

    if (offset_of(clock, by_before) != before && offset_of(clock, by_after) == after)
        return by_after;
    return by_before;
}

struct day day_numbered(const struct turn *turn, int64_t number)
{
    const struct wall_clock clock = day_clock(turn);

    return (struct day){number, day_moment(&clock, number * CIVIL_DAY_MS),
                        day_moment(&clock, (number + 1) * CIVIL_DAY_MS)};
}

struct day day_of(const struct turn *turn, int64_t at_ms)
{
    int64_t wall = at_ms + (int64_t)day_offset(turn, at_ms) * 1000;

    return day_numbered(turn, wall >= 0 ? wall / CIVIL_DAY_MS : (wall - CIVIL_DAY_MS + 1) / CIVIL_DAY_MS);
}
