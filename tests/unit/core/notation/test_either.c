/*
 * What may be said of the last set in two ways.
 */
#include <stdio.h>
#include <string.h>

#include "core/notation/either.h"
#include "core/text/fold.h"
#include "tests/unit/core/notation/vocabulary.h"
#include "tests/unit/unit.h"

enum said { SAID_NOTHING, SAID_LAST, SAID_FURTHER, SAID_RATING };

static enum said said_in(const char *text, char *piece, size_t size)
{
    struct buf folded = BUF_INIT(256);
    struct vocabulary words;
    struct at_last last = {.further = false};
    struct span rating = {text, 0};
    enum said said = SAID_NOTHING;

    assert_int_equal(text_fold(span_of(text), &folded), 0);
    words = vocabulary_of(buf_span(&folded));
    if (either_at_last(buf_span(&folded), &words, &last))
        said = last.further ? SAID_FURTHER : SAID_LAST;
    else if (either_rating(buf_span(&folded), &words, &rating))
        said = SAID_RATING;
    if (said != SAID_NOTHING)
        snprintf(piece, size, "%.*s", (int)(said == SAID_RATING ? rating : last.piece).length,
                 (said == SAID_RATING ? rating : last.piece).at);
    buf_release(&folded);
    return said;
}

static void reps_of_the_last_one(void **state)
{
    static const struct {
        const char *text;
        enum said said;
    } rows[] = {
        {"15 for the last one", SAID_LAST},
        {"15 reps on my last set", SAID_LAST},
        {"15 beim letzten", SAID_LAST},
        {"8 im letzten satz", SAID_LAST},
        {"and 15 for the last one", SAID_FURTHER},
        {"und 15 beim letzten", SAID_FURTHER},
        {"dann 8 im letzten", SAID_FURTHER},
        {"last one was 15", SAID_NOTHING},
        {"15 for the first one", SAID_NOTHING},
        {"15 for the last time", SAID_NOTHING},
        {"and 15 for the last exercise", SAID_NOTHING},
        {"82.5 for the last one", SAID_NOTHING},
        {"150 for the last one", SAID_NOTHING},
        {"here for the last one", SAID_NOTHING},
    };
    char piece[64];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (said_in(rows[i].text, piece, sizeof(piece)) != rows[i].said)
            fail_msg("%s", rows[i].text);
}

static void a_number_of_ten(void **state)
{
    static const struct {
        const char *text, *piece; /* NULL: it is none */
    } rows[] = {
        {"make that a 9", "a 9"},        {"make it an 8", "an 8"},         {"make that last one a 7", "a 7"},
        {"mach ne 8,5 draus", "ne 8,5"}, {"mach eine 9 daraus", "eine 9"}, {"make that 9", NULL},
        {"make that a 4", NULL},         {"make it a 12", NULL},           {"make that a 9 pm", NULL},
        {"that was a 9", NULL},          {"make it a habit", NULL},        {"make it a", NULL},
    };
    char piece[64];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const bool rating = said_in(rows[i].text, piece, sizeof(piece)) == SAID_RATING;

        if (rating != (rows[i].piece != NULL) || (rating && strcmp(piece, rows[i].piece) != 0))
            fail_msg("%s: %s", rows[i].text, rating ? piece : "none");
    }
}

static void what_all_of_them_were(void **state)
{
    static const struct {
        const char *text, *piece; /* NULL: it says nothing of all of them */
    } rows[] = {
        {"was 12 not 12,5. all of them", "was 12 not 12,5"},
        {"12 not 12.5, all three", "12 not 12.5"},
        {"waren 12 nicht 12,5, alle", "waren 12 nicht 12,5"},
        {"12 not 12.5, all day", NULL},
        {"12 not 12.5", NULL},
        {"12, all of them", NULL},
        {"all of them", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct vocabulary words;
        struct span piece;
        bool all;

        assert_int_equal(text_fold(span_of(rows[i].text), &folded), 0);
        words = vocabulary_of(buf_span(&folded));
        all = either_of_all(buf_span(&folded), &words, &piece);
        if (all != (rows[i].piece != NULL) || (all && !span_is(piece, rows[i].piece)))
            fail_msg("%s", rows[i].text);
        buf_release(&folded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reps_of_the_last_one),
        cmocka_unit_test(a_number_of_ten),
        cmocka_unit_test(what_all_of_them_were),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
