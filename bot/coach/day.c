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

int day_offset(const struct turn *turn, int64_t at_ms)
{
    const struct wall_clock clock = day_clock(turn);

    return clock.offset(clock.arg, clock.zone, at_ms);
}

/* A clock changes at most once in two days; where it shows something twice, the first time counts, and where it skips
 * that, it is as if it hadn't changed yet. */
int64_t day_moment(const struct turn *turn, int64_t wall)
{
    int before = day_offset(turn, wall - CIVIL_DAY_MS), after = day_offset(turn, wall + CIVIL_DAY_MS);
    int64_t by_before = wall - (int64_t)before * 1000, by_after = wall - (int64_t)after * 1000;

    if (day_offset(turn, by_before) != before && day_offset(turn, by_after) == after)
        return by_after;
    return by_before;
}

struct day day_numbered(const struct turn *turn, int64_t number)
{
    return (struct day){number, day_moment(turn, number * CIVIL_DAY_MS), day_moment(turn, (number + 1) * CIVIL_DAY_MS)};
}

struct day day_of(const struct turn *turn, int64_t at_ms)
{
    int64_t wall = at_ms + (int64_t)day_offset(turn, at_ms) * 1000;

    return day_numbered(turn, wall >= 0 ? wall / CIVIL_DAY_MS : (wall - CIVIL_DAY_MS + 1) / CIVIL_DAY_MS);
}
