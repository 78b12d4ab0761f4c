/*
 * Reps that don't count, or weren't done.
 */
#include "core/notation/flawed.h"
#include "core/text/fold.h"
#include "tests/unit/core/notation/vocabulary.h"
#include "tests/unit/unit.h"

static bool read_flawed(const char *text, struct buf *folded, char *piece)
{
    struct vocabulary words;

    assert_int_equal(text_fold(span_of(text), folded), 0);
    words = vocabulary_of(buf_span(folded));
    return flawed_read(buf_span(folded), &words, piece);
}

static void reps_are_taken_off(void **state)
{
    static const struct {
        const char *text, *piece;
    } rows[] = {
        {"and depth was high on rep 3 so 2 reps", "x2"},
        {"the bar slipped on rep 5, count it as 5", "x5"},
        {"count it as 4, last one didnt lock out", "x4"},
        {"the last rep was half, so 4", "x4"},
        {"spotter helped with the last one, so 5", "x5"},
        {"the eighth wasnt clean, 7", "x7"},
        {"die letzte war unsauber, also 7", "x7"},
        {"zähl das als 7", "x7"},
        {"last rep doesn't count", "1 rep less"},
        {"die letzte zählt nicht", "1 rep less"},
        {"den achten hab ich nicht ganz", "failed on the 8th"},
        {"didnt get the 8th", "failed on the 8th"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        char piece[FLAWED_PIECE_SIZE];

        if (!read_flawed(rows[i].text, &folded, piece))
            fail_msg("%s", rows[i].text);
        assert_string_equal(piece, rows[i].piece);
        buf_release(&folded);
    }
}

/* A set that doesn't count, what went well, and what is of a place that hurts or of another day. */
static void nothing_else_is_taken_off(void **state)
{
    static const char *const rows[] = {
        "der letzte zählt nicht",
        "that last set doesnt count",
        "dont count that one",
        "depth was better, 5",
        "depth was better, 5 of those were deep",
        "half the gym is closed so 5 people here",
        "my knee helped so 3",
        "last week depth was high so 3",
        "i count 5 plates",
        "i count 5",
        "not clean enough",
        "nicht 8, 9",
        "das zählt nicht",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        char piece[FLAWED_PIECE_SIZE];

        if (read_flawed(rows[i], &folded, piece))
            fail_msg("%s: %s", rows[i], piece);
        buf_release(&folded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reps_are_taken_off),
        cmocka_unit_test(nothing_else_is_taken_off),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
