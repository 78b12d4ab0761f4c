/*
 * Numbers found in text.
 */
#include "core/notation/scan.h"
#include "tests/unit/unit.h"

static void numbers_are_counted(void **state)
{
    static const struct {
        const char *text;
        size_t count;
    } rows[] = {
        {"", 0},           {"bench", 0},     {"bench 80x8", 2},       {"82,5", 1},       {"bench 82.5 x 8", 2},
        {"12,10,9", 2},    {"12, 10, 9", 3}, {"12,5,12,5", 2},        {"slept 7.5h", 1}, {"bw82", 1},
        {"1234567890", 1}, {"3x8,7", 2},     {"it hurt. 3 of 10", 2}, {".5", 1},         {"a.5,5", 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (scan_count_numbers(span_of(rows[i].text)) != rows[i].count)
            fail_msg("%s: %zu", rows[i].text, scan_count_numbers(span_of(rows[i].text)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
