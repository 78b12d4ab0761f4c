/*
 * Weekly times. Expected values are Python's zoneinfo; tests/interop holds all zones against it.
 */
#include "tests/unit/unit.h"

#include "bot/schedule/recurrence.h"
#include "bot/schedule/zone.h"
#include "core/base/mem.h"

static int offset_of(void *zones, const char *zone, int64_t at_ms)
{
    return zones_offset(zones, zone, at_ms);
}

static void weekly_times_follow_the_clock_on_the_wall(void **state)
{
    static const struct {
        const char *zone;
        int weekday, minute;
        int64_t after_s, next_s;
    } rows[] = {
        {"UTC", 6, 1080, 1767636000, 1768154400},           /* Monday 18:00 to Sunday 2026-01-11 18:00 */
        {"UTC", 6, 1080, 1768154399, 1768154400},           /* a second before */
        {"UTC", 6, 1080, 1768154400, 1768759200},           /* at it: a week later */
        {"Europe/Berlin", 6, 1080, 1774224000, 1774800000}, /* 2026-03-29, the day the clock is put on: 18:00 +02:00 */
        {"Europe/Berlin", 6, 150, 1774224000, 1774746000},  /* 02:30 is skipped: 03:00 +02:00 */
        {"Europe/Berlin", 6, 150, 1774746000, 1775349000},  /* and a week later 02:30 again */
        {"Europe/Berlin", 6, 150, 1792886399, 1792888200},  /* 2026-10-25: 02:30 comes twice, +02:00 the first time */
        {"Europe/Berlin", 6, 150, 1792888200, 1793496600},  /* and not at the second, +01:00 */
        {"Australia/Sydney", 6, 1080, 1774800000, 1775376000}, /* 2026-04-05, put back: 18:00 +10:00 */
        {"Australia/Sydney", 6, 1080, 1790582400, 1791097200}, /* 2026-10-04, put on: 18:00 +11:00 */
        {"America/Sao_Paulo", 6, 0, 1541000000, 1541300400},   /* 2018-11-04 00:00 is skipped: 01:00 -02:00 */
        {"UTC", 0, 0, -1, 345600},                             /* before 1970 to Monday, 5 January */
    };
    struct zones *zones = zones_new();

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        const struct recurrence recurrence = {rows[i].weekday, rows[i].minute};
        const struct wall_clock clock = {offset_of, zones, rows[i].zone};
        int64_t next_ms = recurrence_next(&recurrence, &clock, rows[i].after_s * 1000);

        if (next_ms != rows[i].next_s * 1000)
            fail_msg("row %zu: %lld", i, (long long)next_ms / 1000);
    }
    zones_free(zones);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weekly_times_follow_the_clock_on_the_wall),
    };

    return RUN_TESTS(tests);
}
