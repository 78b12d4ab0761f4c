/*
 * Offsets of time zones. Expected values are Python's zoneinfo (tzdata 2024a), at both ends of each change.
 */
#include "tests/unit/unit.h"

#include "bot/schedule/zone.h"
#include "core/base/mem.h"

static void offsets_are_those_of_zoneinfo(void **state)
{
    static const struct {
        const char *zone;
        int64_t at_s;
        int offset_s;
    } rows[] = {
        {"Europe/Berlin", 1711846799, 3600}, /* 2024-03-31 00:59:59Z, an hour is skipped after it */
        {"Europe/Berlin", 1711846800, 7200},
        {"Europe/Berlin", 1729990799, 7200}, /* 2024-10-27 00:59:59Z */
        {"Europe/Berlin", 1729990800, 3600},
        {"America/St_Johns", 1767225600, -12600}, /* 2026-01-01 */
        {"Asia/Kathmandu", 1767225600, 20700},
        {"Australia/Lord_Howe", 1775314800, 37800}, /* 2026-04-04 15:00Z, back by half an hour */
        {"Australia/Lord_Howe", 1775314799, 39600},
        {"Pacific/Easter", 1640995200, -18000}, /* 2022-01-01 */
        {"UTC", 0, 0},
        {"Europe/Berlin", -1, 3600},
    };
    struct zones *zones = zones_new();

    (void)state;
    for (int round = 0; round < 2; round++) { /* the second time from what is kept */
        for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
            assert_int_equal(zones_offset(zones, rows[i].zone, rows[i].at_s * 1000), rows[i].offset_s);
    }
    assert_int_equal(zones_offset(zones, "Europe/Berlin", 1711846800 * INT64_C(1000) - 1), 3600);
    assert_int_equal(zones_offset(zones, "No/Where", 0), 0);
    zones_free(zones);
    zones_free(NULL);
}

static void only_names_of_the_database_are_zones(void **state)
{
    static const char *const bad[] = {
        "",        "Europe/Nowhere", "../../etc/passwd", "/etc/localtime",          "UTC+3", "+01:00",
        "Europe/", "Europe//Berlin", "Europe/../UTC",    "EST5EDT4,M3.2.0,M11.1.0", ":UTC",  "Europe"};

    (void)state;
    assert_true(zone_exists("Europe/Berlin"));
    assert_true(zone_exists("America/Argentina/Buenos_Aires"));
    assert_true(zone_exists("UTC"));
    for (size_t i = 0; i < ARRAY_LENGTH(bad); i++) {
        if (zone_exists(bad[i]))
            fail_msg("%s is taken for a zone", bad[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offsets_are_those_of_zoneinfo),
        cmocka_unit_test(only_names_of_the_database_are_zones),
    };

    return RUN_TESTS(tests);
}
