/*
 * How much something hurts, said by itself.
 */
#include "core/notation/severity.h"
#include "core/text/fold.h"
#include "tests/unit/unit.h"

struct row {
    const char *text;
    int level;
    bool of_ten, plain;
};

static void a_level_is_read(void **state)
{
    static const struct row rows[] = {
        {"like 2 out of 3", 2, false, false},
        {"nicht schlimm, 1", 1, false, false},
        {"maybe a 2", 2, false, true},
        {"2", 2, false, true},
        {"2/3", 2, false, false},
        {"so 1 von 3", 1, false, false},
        {"4/10", 4, true, false},
        {"about 6 out of 10", 6, true, false},
        {"eher ne 2", 2, false, true},
        {"würd sagen 1", 1, false, true},
        {"not too bad, maybe a 1", 1, false, false},
        {"it's about a 1", 1, false, true},
        {"nur 1", 1, false, true},
        {"i'd say 2", 2, false, true},
        {"Stufe 2", 2, false, false},
        {"ziemlich stark, 3", 3, false, false},
        {"no, 0", 0, false, true},
        {"more like 2", 2, false, true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct severity read;

        assert_int_equal(text_fold(span_of(rows[i].text), &folded), 0);
        if (!severity_read(buf_span(&folded), &read) || read.level != rows[i].level || read.of_ten != rows[i].of_ten ||
            read.plain != rows[i].plain)
            fail_msg("%s: %d %d %d", rows[i].text, read.level, read.of_ten, read.plain);
        buf_release(&folded);
    }
}

static void other_numbers_are_none(void **state)
{
    static const char *const rows[] = {
        "4",       "2 left", "2 more", "noch 2",     "only 2 reps", "2 more sets", "2 sets left", "back in 2",
        "x2",      "80x2",   "@2",     "rpe 2",      "2 2",         "2 out of 5",  "11 of 10",    "no 2 anymore",
        "not bad", "maybe",  "2.5",    "2 days ago", "2 kg",        "set 2"};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct severity read;

        assert_int_equal(text_fold(span_of(rows[i]), &folded), 0);
        if (severity_read(buf_span(&folded), &read))
            fail_msg("%s: %d", rows[i], read.level);
        buf_release(&folded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_level_is_read),
        cmocka_unit_test(other_numbers_are_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
