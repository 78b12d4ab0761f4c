/*
 * Corrections in sentences of any shape.
 */
#include "core/notation/retold.h"
#include "core/text/fold.h"
#include "tests/unit/core/notation/vocabulary.h"
#include "tests/unit/unit.h"

static bool read_retold(const char *text, struct buf *folded, struct retold *retold)
{
    struct vocabulary words;

    assert_int_equal(text_fold(span_of(text), folded), 0);
    words = vocabulary_of(buf_span(folded));
    return retold_read(buf_span(folded), &words, retold);
}

static void a_value_is_put_right(void **state)
{
    static const struct {
        const char *text, *piece;
        int set;
    } rows[] = {
        {"Das war falsch, ich hatte 40 kg eingestellt", "40 kg", 0},
        {"i put 80 but it was 85", "85 not 80", 0},
        {"80 war falsch, waren 82,5", "82.5 not 80", 0},
        {"korrektur: 15 kg warens nicht 12,5", "15 kg not 12.5", 0},
        {"had 85 on the bar not 80", "85 not 80", 0},
        {"not 80, 82.5", "82.5 not 80", 0},
        {"hatte 85 drauf", "85", 0},
        {"watched the vid, more like a 9", "rpe 9", 0},
        {"on second thought rir 0", "rir 0", 0},
        {"felt harder than that, rir 1", "rir 1", 0},
        {"i lied, it was 7", "7", 0},
        {"war gelogen, waren 7 wdh", "x7", 0},
        {"one less", "1 rep less", 0},
        {"take one rep off", "1 rep less", 0},
        {"add one rep to that", "1 rep more", 0},
        {"change reps to 9", "x9", 0},
        {"change rpe to 9", "rpe 9", 0},
        {"id say rpe 9", "rpe 9", 0},
        {"no sorry it was 8 reps with 85 kg", "85 kg x8", 0},
        {"hab mich verzählt, eine mehr", "1 rep more", 0},
        {"hab die 105 nur 4 mal geschafft", "x4", 0},
        {"make the first one 9 reps", "x9", 1},
        {"Der letzte davon nur 6", "6", AIM_LAST},
        {"nur 2 sätze davon", "only 2 sets", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct retold retold;

        if (!read_retold(rows[i].text, &folded, &retold))
            fail_msg("%s", rows[i].text);
        assert_string_equal(retold.piece, rows[i].piece);
        assert_int_equal(retold.aim.set, rows[i].set);
        buf_release(&folded);
    }
}

/* Of others, of another time, of what is to come, with two values or none, or of something else. */
static void nothing_else_is_put_right(void **state)
{
    static const char *const rows[] = {
        "my mate had 85 drauf",
        "last week i had 85 on the bar",
        "actually make it 90 next",
        "i should have done 85",
        "sorry was at the fountain for 2 minutes",
        "wrong song came on",
        "one more actually",
        "halt noch 2",
        "nochmal 60kg aber nur 7",
        "again but 7",
        "sorry 80 85",
        "not 80",
        "it was 85",
        "wait 3 min",
        "no bench at 5 today",
        "beim nächsten mal 85 drauf",
        "falsche musik heute",
        "actually 3 plates look heavy",
        "just ate 3 burgers no",
        "ok i put it on 110 and got 10",
        "logged 80 and got 8",
        "i put 80 on but got 8",
        "aber 7",
        "one rep",
        "take 5 off",
        "lets say 3 sets of 8",
        "let's take 85",
        "nur stange 20kg 10 wdh",
        "51 i read",
        "easier than last time x8",
        "85 kg logged",
        "not 3x25",
        "hätte 9 sein sollen",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct retold retold;

        if (read_retold(rows[i], &folded, &retold))
            fail_msg("%s: %s", rows[i], retold.piece);
        buf_release(&folded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_put_right),
        cmocka_unit_test(nothing_else_is_put_right),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
