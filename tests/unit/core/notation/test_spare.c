/*
 * How many reps were left in the last set, as people say it.
 */
#include "core/notation/spare.h"

#include <math.h>

#include "core/text/fold.h"
#include "tests/unit/core/notation/vocabulary.h"
#include "tests/unit/unit.h"

enum { SOME = -1 };

static void what_was_left_is_read(void **state)
{
    static const struct {
        const char *text;
        double rir;
    } rows[] = {
        {"ok then that was more like 2 left", 2},
        {"prob 1 left in that", 1},
        {"more like one in reserve", 1},
        {"that was prob 3 in reserve", 3},
        {"da war Schluss", 0},
        {"puh dann war Ende!", 0},
        {"felt like 3 left", 3},
        {"two left i think", 2},
        {"coulda done 2 more", 2},
        {"da gingen noch 2", 2},
        {"da ging noch einer", 1},
        {"vllt wär noch einer gegangen", 1},
        {"da wären noch zwei gegangen", 2},
        {"warte da waren noch 3 drin", 3},
        {"noch 1 möglich", 1},
        {"war leicht, bestimmt noch 5", 5},
        {"puh der war hart, vielleicht noch eine", 1},
        {"that was easy, probably 4 more", 4},
        {"easy, 4 more", 4},
        {"felt easy, another 3", 3},
        {"another one left", 1},
        {"couple left", 2},
        {"last set was all i had", 0},
        {"had a couple in the tank", 2},
        {"had one more for sure", 1},
        {"easy, could do 5 more", 5},
        {"zwei gehen noch", 2},
        {"noch zwei drin gewesen", 2},
        {"das war Anschlag", 0},
        {"alles gegeben!", 0},
        {"i could have done three or four more", SOME}, /* one of two numbers */
        {"probably 2 or 3 left", SOME},
        {"drei bis vier gingen noch", SOME},
        {"noch 2-3 drin", SOME},
        {"could do 2 more", SOME}, /* reps, or sets to come */
        {"hard, maybe 1 left", 1},
        {"that was all i had", 0},
        {"that's all i had!", 0},
        {"nothing left after that", 0},
        {"da ging nix mehr", 0},
        {"mehr ging nicht", 0},
        {"alles was ging", 0},
        {"could've done more", SOME},
        {"could have kept going", SOME},
        {"had plenty left", SOME},
        {"had more in me", SOME},
        {"hätte noch mehr geschafft", SOME},
        {"da war noch luft", SOME},
        {"zwei hätt ich noch", 2},
        {"das ging gut, 4 hätte ich noch geschafft", 4},
        {"ich glaub 2 hätt ich noch gepackt", 2},
        {"that was everything", 0},
        {"2 left", SOME}, /* reps, or sets */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct vocabulary words;
        double rir = NAN;

        assert_int_equal(text_fold(span_of(rows[i].text), &folded), 0);
        words = vocabulary_of(buf_span(&folded));
        if (!spare_read(buf_span(&folded), &words, &rir) || (rows[i].rir == SOME ? !isnan(rir) : rir != rows[i].rir))
            fail_msg("%s: %g", rows[i].text, rir);
        buf_release(&folded);
    }
}

static void what_was_done_or_is_of_others_is_none(void **state)
{
    static const char *const rows[] = {
        "my buddy had 2 left",
        "last week i had 2 left",
        "got 2",
        "had 2 more",
        "got 2 left to do",
        "2 sets left",
        "noch 2",
        "maybe 2 more",
        "easy, got 2 more",
        "could do 2 or",
        "had another 2",
        "couple of sets left",
        "hard, 2 more sets",
        "easy, his 2 more",
        "noch 2 geschafft",
        "ging nicht",
        "that was all",
        "ok schluss",
        "jetzt ist schluss",
        "ging gut",
        "2 for me",
        "letzte woche gingen noch 2",
        "could do more tomorrow",
        "left 2 then right 3 left",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct vocabulary words;
        double rir;

        assert_int_equal(text_fold(span_of(rows[i]), &folded), 0);
        words = vocabulary_of(buf_span(&folded));
        if (spare_read(buf_span(&folded), &words, &rir))
            fail_msg("%s: %g", rows[i], rir);
        buf_release(&folded);
    }
}

/* -1: it isn't asked about. */
static void among_other_words_it_may_be_meant(void **state)
{
    static const struct {
        const char *text;
        double rir;
    } rows[] = {
        {"schwer aber kontrolliert, 1 wäre noch drin gewesen", 1},
        {"grip slipped, 2 reps left", 2},
        {"brutal lang, nichts mehr drin", 0},
        {"2 hours left", -1},
        {"noch 2 leute vor mir", -1},
        {"no more bench", -1},
        {"keine kraft mehr", -1},
        {"2 sets left", -1},
        {"my buddy slowly had 2 left", -1},
        {"slowly 2 left?", -1},
        {"yesterday slowly 2 left", -1},
        {"had slowly 2 or 3 left", -1},
        {"nothing for me", -1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        double rir = NAN;

        assert_int_equal(text_fold(span_of(rows[i].text), &folded), 0);
        if (!spare_guess(buf_span(&folded), &rir))
            rir = -1;
        if (rir != rows[i].rir)
            fail_msg("%s: %g", rows[i].text, rir);
        buf_release(&folded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_left_is_read),
        cmocka_unit_test(what_was_done_or_is_of_others_is_none),
        cmocka_unit_test(among_other_words_it_may_be_meant),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
