/*
 * A day as the lifter's clock on the wall has it.
 */
#include "bot/coach/day.h"

#include <stdio.h>

#include "bot/coach/turn.h"
#include "bot/coach/typed.h"
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

/* The last day of that date up to TODAY; 29 February is that of a leap year. */
static int64_t last_such_day(int64_t today, int month, int day)
{
    struct civil civil;
    int64_t days;

    civil_from_ms(today * CIVIL_DAY_MS, 0, &civil);
    while (day > civil_month_length(civil.year, month) || (days = civil_days(civil.year, month, day)) > today)
        civil.year--;
    return days;
}

/* "tue:" is today where that is a Tuesday, "last tuesday" isn't. */
static int64_t last_weekday(int64_t today, const struct reading *reading)
{
    int back = (civil_weekday(today) - reading->weekday + 7) % 7;

    return today - (back == 0 && reading->before_today ? 7 : back);
}

int64_t day_said(const struct turn *turn, const struct set *set, int64_t sent_ms)
{
    const struct reading *reading = &turn->coach->reading;
    int64_t today = day_of(turn, sent_ms).number;

    if (set->at_ms >= 0)
        return set->at_ms / CIVIL_DAY_MS;
    if (reading->weekday >= 0)
        return last_weekday(today, reading);
    if (reading->month != 0)
        return last_such_day(today, reading->month, reading->day);
    return today - reading->days_back;
}

bool day_typed(struct turn *turn, struct span typed, struct day *day)
{
    const struct reading_options options = turn_reading_options(turn);
    struct reading *reading = &turn->coach->reading;
    char line[READING_TEXT_SIZE];
    int64_t number;

    if (typed.length == 0 || typed_says(typed, "today,heute"))
        return true;
    snprintf(line, sizeof(line), "%.*s: bench 50x5", (int)typed.length, typed.at);
    reading_read(reading, span_of(line), &options);
    if (reading->kind != READING_SETS || reading->sets.count != 1)
        return false;
    number = day_said(turn, &reading->sets.at[0], turn->message->sent_ms);
    if (number >= day->number && reading->weekday < 0 && reading->month == 0 && reading->sets.at[0].at_ms < 0)
        return false;
    *day = day_numbered(turn, number);
    return true;
}
