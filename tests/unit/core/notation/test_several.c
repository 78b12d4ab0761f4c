/*
 * Corrections of several sets at once: of how many, and what they were.
 */
#include "core/base/buf.h"
#include "core/notation/aim.h"
#include "core/notation/several.h"
#include "core/text/fold.h"
#include "tests/unit/core/notation/vocabulary.h"
#include "tests/unit/unit.h"

struct row {
    const char *text;
    int count;
    bool first;
    const char *piece;
    bool left;
    const char *name;
};

static void the_sets_and_what_they_were_are_found(void **state)
{
    static const struct row rows[] = {
        {"die letzten beiden warn nur 10", 2, false, "nur 10", false, ""},
        {"the last two were only 10", 2, false, "only 10", false, ""},
        {"last 3 sets were 42.5", 3, false, "42.5", false, ""},
        {"meine letzten drei Sätze waren mit 42,5", 3, false, "mit 42,5", false, ""},
        {"last couple of sets were 8 reps", 2, false, "8 reps", false, ""},
        {"the last two were to failure", 2, false, "to failure", false, ""},
        {"die letzten 2 @1", 2, false, "@1", false, ""},
        {"the first two were @4", 2, true, "@4", false, ""},
        {"die ersten beiden waren zum Aufwärmen", 2, true, "zum aufwarmen", false, ""},
        {"die waren alle mit 42,5", 0, false, "mit 42,5", false, ""},
        {"those were all 42.5", 0, false, "42.5", false, ""},
        {"alle drei waren nur 7", 3, false, "nur 7", false, ""},
        {"all of those were 17.5 kg", 0, false, "17.5 kg", false, ""},
        {"both of them were 9", 2, false, "9", false, ""},
        {"die beiden waren nur 9", 2, false, "nur 9", false, ""},
        {"all easy, 4 in the tank", 0, false, "4 in the tank", false, ""},
        {"alle locker, noch 3 drin", 0, false, "noch 3 drin", false, ""},
        {"those were all hard, had like 1 left", 0, false, "hard, had like 1 left", true, ""},
        {"all to failure", 0, false, "to failure", false, ""},
        {"all @2", 0, false, "@2", false, ""},
        {"alle etwa @2", 0, false, "etwa @2", false, ""},
        {"all sets rpe 8", 0, false, "rpe 8", false, ""},
        {"the curls were all 15kg", 0, false, "15kg", false, "curls"},
        {"die Kniebeugen waren alle bei rpe 8", 0, false, "bei rpe 8", false, "kniebeugen"},
        {"the last two bench sets were only 7", 2, false, "only 7", false, "bench"},
        {"all bench sets were 82.5", 0, false, "82.5", false, "bench"},
        {"make the back offs 127.5", 0, false, "127.5", false, ""},
        {"the back-off sets were 127.5", 0, false, "127.5", false, ""},
        {"die Backoffs waren 127,5", 0, false, "127,5", false, ""},
        {"make those 42.5", 0, false, "42.5", false, ""},
        {"change those to 42.5", 0, false, "42.5", false, ""},
        {"change the last two to 42.5", 2, false, "42.5", false, ""},
        {"mach die letzten beiden auf 82,5", 2, false, "82,5", false, ""},
        {"ändere beide auf 82,5", 2, false, "82,5", false, ""},
        {"make both 9", 2, false, "9", false, ""},
        {"those were 65s, both sets", 2, false, "those were 65s", false, ""},
        {"that was 17.5 kg for both of those", 2, false, "that was 17.5 kg", false, ""},
        {"das waren 82,5 bei beiden", 2, false, "das waren 82,5", false, ""},
        {"bei beiden noch 2 drin", 2, false, "noch 2 drin", false, ""},
        {"easy, prob 5 in reserve on all of em", 0, false, "prob 5 in reserve", false, ""},
        {"@2 both sets", 2, false, "@2", false, ""},
        {"rpe 8 on all sets", 0, false, "rpe 8", false, ""},
        {"2 in the tank on all 3", 3, false, "2 in the tank", false, ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct vocabulary words;
        struct several several;

        assert_int_equal(text_fold(span_of(rows[i].text), &folded), 0);
        words = vocabulary_of(buf_span(&folded));
        if (!several_read(buf_span(&folded), &words, NULL, &several) || several.count != rows[i].count ||
            several.first != rows[i].first || several.left != rows[i].left || !span_is(several.name, rows[i].name) ||
            !span_is(several.piece, rows[i].piece))
            fail_msg("%s: %d %d \"%.*s\"", rows[i].text, several.count, several.first, (int)several.piece.length,
                     several.piece.at);
        buf_release(&folded);
    }
}

static void one_set_and_talk_are_none(void **state)
{
    static const char *const rows[] = {
        "the last one was 10",
        "those were the days",
        "those were 22.5",
        "all 8 reps",
        "all 5 @2",
        "got all 10",
        "all done, 2 left",
        "all good",
        "alle 5 minuten",
        "all 3 of them were late",
        "alle waren 10 minuten zu spät",
        "the last two weeks were hard, 2 left",
        "die letzten beiden wochen waren hart, rpe 9",
        "the last two were late",
        "the last two guys were at 100",
        "both knees 2",
        "9 on both",
        "we were all @2 last week",
        "all my friends were 20",
        "die beiden waren nett",
        "the first two were warmer",
        "all",
        "the last 2",
        "all squats @2",
        "the squats were 100",
        "all benches were taken",
        "make the coffee 2",
        "make those 3 coffees",
        "mach die 3 leute auf",
        "my back was 20 years old",
        "the back was 20",
        "back off 127.5",
        "10 of all",
        "20 people for both of those",
        "that was 20 minutes for all of them",
        "my buddy had 2 left on all sets",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct vocabulary words;
        struct several several;

        assert_int_equal(text_fold(span_of(rows[i]), &folded), 0);
        words = vocabulary_of(buf_span(&folded));
        if (several_read(buf_span(&folded), &words, NULL, &several))
            fail_msg("%s: %d \"%.*s\"", rows[i], several.count, (int)several.piece.length, several.piece.at);
        buf_release(&folded);
    }
}

struct each_row {
    const char *text, *name;
    int count;
    struct {
        int set;
        const char *scale, *piece;
    } parts[EACH_MOST];
};

static void print_each(const struct each *each, struct buf *out)
{
    buf_addf(out, "%.*s:", (int)each->name.length, each->name.at);
    for (int i = 0; i < each->count; i++)
        buf_addf(out, " [%d %s%.*s]", each->parts[i].set, each->parts[i].scale, (int)each->parts[i].piece.length,
                 each->parts[i].piece.at);
}

static void print_row(const struct each_row *row, struct buf *out)
{
    buf_addf(out, "%s:", row->name);
    for (int i = 0; i < row->count; i++)
        buf_addf(out, " [%d %s%s]", row->parts[i].set, row->parts[i].scale, row->parts[i].piece);
}

static void what_each_was_is_found(void **state)
{
    static const struct each_row rows[] = {
        {"first fly set prob 3 rir, last one 0", "fly", 2, {{1, "", "3 rir"}, {AIM_LAST, "@", "0"}}},
        {"erster Satz RPE 8, zweiter 9", "", 2, {{1, "", "rpe 8"}, {2, "rpe ", "9"}}},
        {"last one @2, first one 3", "", 2, {{AIM_LAST, "", "@2"}, {1, "@", "3"}}},
        {"the first was 8 reps, the second 7 and the third 6", "", 3, {{1, "", "8 reps"}, {2, "", "7"}, {3, "", "6"}}},
        {"der erste war 42,5 kg und der letzte 45 kg", "", 2, {{1, "", "42,5 kg"}, {AIM_LAST, "", "45 kg"}}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256), found = BUF_INIT(512), wanted = BUF_INIT(512);
        struct vocabulary words;
        struct each each;

        assert_int_equal(text_fold(span_of(rows[i].text), &folded), 0);
        words = vocabulary_of(buf_span(&folded));
        if (!each_read(buf_span(&folded), &words, NULL, &each))
            fail_msg("%s", rows[i].text);
        print_each(&each, &found);
        print_row(&rows[i], &wanted);
        assert_string_equal(buf_text(&found), buf_text(&wanted));
        buf_release(&folded);
        buf_release(&found);
        buf_release(&wanted);
    }
}

static void one_and_talk_are_not_each(void **state)
{
    static const char *const rows[] = {
        "the first was 8 reps",          "first 8, second 7",
        "first place 1, second place 2", "the first was great, the last 3 were late",
        "first @2, then 5 minutes",      "first was @1, second was with my buddy",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct vocabulary words;
        struct each each;

        assert_int_equal(text_fold(span_of(rows[i]), &folded), 0);
        words = vocabulary_of(buf_span(&folded));
        if (each_read(buf_span(&folded), &words, NULL, &each))
            fail_msg("%s", rows[i]);
        buf_release(&folded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sets_and_what_they_were_are_found),
        cmocka_unit_test(one_set_and_talk_are_none),
        cmocka_unit_test(what_each_was_is_found),
        cmocka_unit_test(one_and_talk_are_not_each),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
