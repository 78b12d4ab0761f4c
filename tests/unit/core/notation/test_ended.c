/*
 * Sentences that say that a set went to its end.
 */
#include "core/notation/ended.h"
#include "core/text/fold.h"
#include "tests/unit/core/notation/vocabulary.h"
#include "tests/unit/unit.h"

struct row {
    const char *text, *name, *piece;
};

static void how_it_ended_is_found(void **state)
{
    static const struct row rows[] = {
        {"der ging bis zum Versagen", "", "bis zum versagen"},
        {"und der ging bis nix mehr ging", "", "bis nix mehr ging"},
        {"den hab ich bis zum Versagen gemacht", "", "bis zum versagen"},
        {"habe den letzten bis zum Muskelversagen gezogen", "", "bis zum muskelversagen"},
        {"war bis zum Versagen", "", "bis zum versagen"},
        {"went to failure on that", "", "to failure"},
        {"and I went to failure on the last set", "", "to failure"},
        {"that one was to failure", "", "to failure"},
        {"took that one to complete failure", "", "to complete failure"},
        {"took it to failure, sorry", "", "to failure"},
        {"hit failure on that one", "", "failure"},
        {"proper failure on that", "", "proper failure"},
        {"total failure on the last one", "", "total failure"},
        {"Muskelversagen beim letzten", "", "muskelversagen"},
        {"went to failure on the squats", "squats", "to failure"},
        {"Kniebeugen gingen bis zum Versagen", "kniebeugen", "bis zum versagen"},
        {"my last squat went to failure", "squat", "to failure"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct vocabulary words;
        struct aim aim;

        assert_int_equal(text_fold(span_of(rows[i].text), &folded), 0);
        words = vocabulary_of(buf_span(&folded));
        if (!ended_read(buf_span(&folded), &words, NULL, &aim) || !span_is(aim.name, rows[i].name) ||
            !span_is(aim.piece, rows[i].piece))
            fail_msg("%s: \"%.*s\" \"%.*s\"", rows[i].text, (int)aim.name.length, aim.name.at, (int)aim.piece.length,
                     aim.piece.at);
        buf_release(&folded);
    }
}

static void wishes_questions_and_talk_are_none(void **state)
{
    static const char *const rows[] = {
        "can i take that to failure",
        "take that one to failure",
        "i'll go to failure on the next one",
        "going to failure on that",
        "that was not to failure",
        "that should be to failure",
        "kann ich den bis zum versagen machen",
        "soll der bis zum versagen gehen",
        "ich geh immer bis zum versagen",
        "my buddy went to failure",
        "he went to failure on that",
        "went to failure last week",
        "that was a failure",
        "failure",
        "failure again",
        "i failure this",
        "failure was that last one",
        "failure on mondays",
        "failure is not an option",
        "the day was a total failure",
        "it was a power failure",
        "went to the gym",
        "die woche war bis zum versagen",
        "training to failure",
        "squats to failure",
        "to failure squats",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct vocabulary words;
        struct aim aim;

        assert_int_equal(text_fold(span_of(rows[i]), &folded), 0);
        words = vocabulary_of(buf_span(&folded));
        if (ended_read(buf_span(&folded), &words, NULL, &aim))
            fail_msg("%s: \"%.*s\"", rows[i], (int)aim.piece.length, aim.piece.at);
        buf_release(&folded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(how_it_ended_is_found),
        cmocka_unit_test(wishes_questions_and_talk_are_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
