/*
 * Sets that are counted in words.
 */
#include "core/notation/tally.h"
#include "core/text/fold.h"
#include "tests/unit/core/notation/vocabulary.h"
#include "tests/unit/unit.h"

static void sets_are_counted(void **state)
{
    static const struct {
        const char *text;
        int sets;
        bool more;
    } rows[] = {
        {"did that 3 times", 3, false},   {"did that twice", 2, false},           {"2 mal gemacht", 2, false},
        {"davon 3 sätze", 3, false},      {"das gleiche nochmal 2 mal", 2, true}, {"nochmal 2 sätze davon", 2, true},
        {"did 2 more of those", 2, true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct tally tally = {0, false};
        struct vocabulary words;

        assert_int_equal(text_fold(span_of(rows[i].text), &folded), 0);
        words = vocabulary_of(buf_span(&folded));
        if (!tally_read(buf_span(&folded), &words, &tally) || tally.sets != rows[i].sets || tally.more != rows[i].more)
            fail_msg("%s: %d %d", rows[i].text, tally.sets, tally.more);
        buf_release(&folded);
    }
}

/* What is yet to come, of others, of another time, or counts something else. */
static void nothing_else_is_counted(void **state)
{
    static const char *const rows[] = {
        "two more of those",
        "3 more like that to go",
        "did that 3 times last week",
        "my buddy did that twice",
        "did 3",
        "3 times a week",
        "did that again",
        "did that once",
        "2 sets",
        "3 mal",
        "did that 30 times",
        "noch 2 sätze",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct vocabulary words;
        struct tally tally;

        assert_int_equal(text_fold(span_of(rows[i]), &folded), 0);
        words = vocabulary_of(buf_span(&folded));
        if (tally_read(buf_span(&folded), &words, &tally))
            fail_msg("%s: %d", rows[i], tally.sets);
        buf_release(&folded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_are_counted),
        cmocka_unit_test(nothing_else_is_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
