/*
 * What is left of a sentence that no reader knows.
 */
#include "core/notation/gist.h"
#include "core/text/fold.h"
#include "tests/unit/unit.h"

struct row {
    const char *text;
    enum gist gist;
    const char *left; /* NULL: it has nothing to ask about */
};

static void check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct buf folded = BUF_INIT(512), left = BUF_INIT(512);

        assert_int_equal(text_fold(span_of(rows[i].text), &folded), 0);
        if (gist_write(buf_span(&folded), NULL, rows[i].gist, &left) != (rows[i].left != NULL))
            fail_msg("%s: \"%s\"", rows[i].text, buf_text(&left));
        if (rows[i].left != NULL && strcmp(buf_text(&left), rows[i].left) != 0)
            fail_msg("%s: \"%s\"", rows[i].text, buf_text(&left));
        buf_release(&folded);
        buf_release(&left);
    }
}

static void numbers_exercises_and_the_words_of_sets_are_left(void **state)
{
    static const struct row rows[] = {
        {"sbd heute. squat 70x5 100x3 zum warm werden", GIST_ALL_WORDS, "squat 70x5 100x3 zum warm"},
        {"sbd heute. squat 70x5 100x3 zum warm werden", GIST_FEW_WORDS, "squat 70x5 100x3"},
        {"with the old pin 65x10 @1 on that thing", GIST_ALL_WORDS, "with 65x10 @1"},
        {"with the old pin 65x10 @1 on that thing", GIST_NUMBERS, "65x10 @1"},
        {"cable curls rangehaengt mit 20kg 12 mal", GIST_FEW_WORDS, "cable curls 20kg 12"},
        {"finished my lateral raises over there for 12 reps", GIST_FEW_WORDS, "lateral raises 12 reps"},
        {"finished seal rows, 50 kilos over there, 12 reps", GIST_FEW_WORDS, "seal rows 50 kilos 12 reps"},
        {"row goes right ten left 9 over there", GIST_ALL_WORDS, "row right ten left 9"},
    };

    (void)state;
    check(rows, sizeof(rows) / sizeof(rows[0]));
}

static void talk_has_nothing_to_ask_about(void **state)
{
    static const struct row rows[] = {
        {"did 3 sets then went home at 8", GIST_ALL_WORDS, NULL},
        {"it's 10x better", GIST_ALL_WORDS, NULL},
        {"bench was fun", GIST_ALL_WORDS, NULL},
        {"squats at 7 then", GIST_ALL_WORDS, NULL},
        {"imagine doing bench 140x8", GIST_ALL_WORDS, NULL},
        {"wouldn't bench 100x5 on that rack", GIST_ALL_WORDS, NULL},
        {"is bench 100x5 fine on that rack?", GIST_ALL_WORDS, NULL},
        {"heute abend noch bench 100x5", GIST_ALL_WORDS, NULL},
        {"last week i hit bench 100x5 there", GIST_ALL_WORDS, NULL},
        {"gestern lief bench 100x5 da", GIST_ALL_WORDS, NULL},
        {"der trainer sagt 80x8 reicht", GIST_ALL_WORDS, NULL},
        {"squats 100x5 start 18:30 there", GIST_ALL_WORDS, NULL},
        {"that 60x8 was terrible", GIST_ALL_WORDS, NULL},               /* of a set that is there */
        {"row goes right ten left 9 over there", GIST_FEW_WORDS, NULL}, /* sides are no small thing */
        {"bench 80x8", GIST_ALL_WORDS, NULL},                           /* the reader has read all of it */
    };

    (void)state;
    check(rows, sizeof(rows) / sizeof(rows[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_exercises_and_the_words_of_sets_are_left),
        cmocka_unit_test(talk_has_nothing_to_ask_about),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
