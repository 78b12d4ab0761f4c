/*
 * Sets that are to be taken back, told by what they were or by their number.
 */
#include "core/notation/strike.h"
#include "core/text/fold.h"
#include "tests/unit/core/notation/vocabulary.h"
#include "tests/unit/unit.h"

static bool read_strike(const char *text, struct buf *folded, struct aim *aim)
{
    struct vocabulary words;

    assert_int_equal(text_fold(span_of(text), folded), 0);
    words = vocabulary_of(buf_span(folded));
    return strike_read(buf_span(folded), &words, NULL, aim);
}

static void a_set_is_struck(void **state)
{
    static const struct {
        const char *text, *name, *piece;
        int set;
    } rows[] = {
        {"delete bench 100x6", "bench", "100x6", 0},
        {"remove the 80x8", "", "80x8", 0},
        {"delete bench 85x6 @2", "bench", "85x6 @2", 0},
        {"take out the 85", "", "85", 0},
        {"delete the last entry, dips +20 kg x6", "dips", "+20 kg x6", 0},
        {"den 80er Satz löschen", "", "80", 0},
        {"den mit 85 bitte löschen", "", "85", 0},
        {"lösch die letzte Kniebeuge 100x5", "kniebeuge", "100x5", 0},
        {"delete the first one", "", "", 1},
        {"delete set 1", "", "", 1},
        {"nimm den zweiten wieder raus", "", "", 2},
        {"delete the second bench set", "bench", "", 2},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct aim aim;

        if (!read_strike(rows[i].text, &folded, &aim) || aim.set != rows[i].set || !span_is(aim.name, rows[i].name) ||
            !span_is(aim.piece, rows[i].piece))
            fail_msg("%s", rows[i].text);
        buf_release(&folded);
    }
}

/* What is to be another, whatever was done last, or no set at all. */
static void nothing_else_is_struck(void **state)
{
    static const char *const rows[] = {
        "scratch that, 6 reps",
        "scratch that 82x8",
        "delete the last one",
        "delete 2",
        "delete the last set, was 8",
        "take the second bar",
        "take 5 kg off for 80x8",
        "delete my account",
        "5 kg weg",
        "the second one was 7",
        "remove 2 plates",
        "nimm 80x8",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct aim aim;

        if (read_strike(rows[i], &folded, &aim))
            fail_msg("%s", rows[i]);
        buf_release(&folded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_is_struck),
        cmocka_unit_test(nothing_else_is_struck),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
