/*
 * Corrections in sentences: what was wrong, and what is right.
 */
#include "core/notation/amend.h"
#include "core/text/fold.h"
#include "tests/unit/core/notation/vocabulary.h"
#include "tests/unit/unit.h"

struct row {
    const char *text;
    int set;
    const char *name, *piece, *exercise;
};

static bool is_as(const struct row *row, const struct aim *aim, struct span exercise)
{
    return aim->set == row->set && span_is(aim->name, row->name) && span_is(aim->piece, row->piece) &&
           span_is(exercise, row->exercise);
}

static void what_is_right_is_found_behind_what_was_wrong(void **state)
{
    static const struct row rows[] = {
        {"typo, was 85", 0, "", "was 85", ""},
        {"mistyped, should be 85kg", 0, "", "should be 85kg", ""},
        {"fat fingered that, 85", 0, "", "85", ""},
        {"hab mist getippt, waren 125", 0, "", "waren 125", ""},
        {"Tippfehler, 125 nicht 115", 0, "", "125 nicht 115", ""},
        {"typo, set 2 was 7", 2, "", "7", ""},
        {"typo, bench was 85", 0, "bench", "85", ""},
        {"scratch the last pull up set i only got 8", 0, "pull up", "i only got 8", ""},
        {"letzten satz löschen, waren nur 8", 0, "", "waren nur 8", ""},
        {"change the last set to 85", 0, "", "85", ""},
        {"make that last one a 7", 0, "", "7", ""},
        {"kannst du das auf 85 ändern", 0, "", "85", ""},
        {"mach aus dem letzten 7 wdh", 0, "", "7 wdh", ""},
        {"wrong, it was 7", 0, "", "was 7", ""},
        {"delete the last set, was front squat", 0, "", "", "front squat"},
        {"delete the last one, wrong machine", 0, "", "", ""},
        {"delete that squat, was my mate", 0, "squat", "", ""},
        {"lösch den letzten war doppelt", 0, "", "", ""},
        {"beim letzten satz war nix mehr drin", 0, "", "letzten satz war nix mehr drin", ""},
        {"on the last one i had 2 left in the tank", 0, "", "last one i had 2 left in the tank", ""},
        {"last rep of that was a grinder, rpe 9.5", 0, "", "rpe 9.5", ""},
        {"that squat was rough @0", 0, "squat", "@0", ""},
        {"that squat was rough, 1 in the tank", 0, "squat", "1 in the tank", ""},
        {"last one was 8 not 7, just checked the vid", 0, "", "last one was 8 not 7", ""},
        {"letzter war 8 nicht 7, grad am video gesehen", 0, "", "letzter war 8 nicht 7", ""},
        {"6, hab falsch gezählt", 0, "", "6", ""},
        {"delete that last one, counted wrong", 0, "", "", ""},
        {"scrap that, was +15", 0, "", "was +15", ""},
        {"delete the last entry, dip +20 kg x6", 0, "dip", "", ""},
        {"call it 4", 0, "", "4", ""},
        {"made a mistake, it was 7 reps", 0, "", "was 7 reps", ""},
        {"sagen wir 4", 0, "", "4", ""},
        {"my mate touched the bar on the last one so call it 4", 0, "", "4", ""},
        {"82.5, typo", 0, "", "82.5", ""},
        {"forgot the small plates so 147.5 actually", 0, "", "147.5 actually", ""},
        {"kleine Scheiben vergessen, waren also 150", 0, "", "150", ""},
        {"hab die kleinen Scheiben vergessen, 145", 0, "", "145", ""},
        {"forgot to count the collars, was 147.5 kg", 0, "", "was 147.5 kg", ""},
        {"oops only 2 sets of those, delete the last", 0, "", "", ""},
        {"falsche Maschine, lösch den letzten", 0, "", "", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct vocabulary words;
        struct span exercise;
        struct aim aim;

        assert_int_equal(text_fold(span_of(rows[i].text), &folded), 0);
        words = vocabulary_of(buf_span(&folded));
        if (!amend_read(buf_span(&folded), &words, NULL, &aim, &exercise) || !is_as(&rows[i], &aim, exercise))
            fail_msg("%s: %d \"%.*s\" \"%.*s\" \"%.*s\"", rows[i].text, aim.set, (int)aim.name.length, aim.name.at,
                     (int)aim.piece.length, aim.piece.at, (int)exercise.length, exercise.at);
        buf_release(&folded);
    }
}

static void talk_corrects_nothing(void **state)
{
    static const char *const rows[] = {
        "delete it from your memory",
        "delete the last one",
        "i need to delete my instagram",
        "last one was 8 not 7, said my buddy",
        "last one was 8, last week",
        "die swings waren alle easy so rir 4", /* not of the last set alone */
        "the swings were all easy so rir 4",
        "typo in my email, was 3 days late",
        "wrong bus, 20 min late",
        "hab mist gebaut",
        "change my plan to 3x10",
        "call it a day",
        "hip a bit tight call it 1",
        "call it quits at 8",
        "sagen wir 4 leute",
        "make that 3 coffees",
        "make 10 reps",
        "mach mal 5 minuten pause",
        "kannst du das licht auf 50 ändern",
        "wrong, 20 people here",
        "20 people here, my mistake",
        "that was close, 2 people left early",
        "that one in may was a grinder, rpe 9.5",
        "last week squat was a grinder, rpe 9.5",
        "that guy did rpe 9",
        "that would be rpe 9",
        "beim letzten mal war es voller",
        "on the last one i nearly died",
        "that was a long day, 12 hours",
        "the last episode was great, 9/10",
        "streich die wand",
        "forgot my belt so 5",
        "forgot my headphones so 30 min late",
        "my mate forgot his belt so 145",
        "i forgot my wallet so 150 euro short",
        "new phone, delete the last app",
        "wrong machine, delete the last app",
        "wrong song, delete the playlist",
        "should i delete the last, only 2 sets?",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct vocabulary words;
        struct span exercise;
        struct aim aim;

        assert_int_equal(text_fold(span_of(rows[i]), &folded), 0);
        words = vocabulary_of(buf_span(&folded));
        if (amend_read(buf_span(&folded), &words, NULL, &aim, &exercise))
            fail_msg("%s", rows[i]);
        buf_release(&folded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_right_is_found_behind_what_was_wrong),
        cmocka_unit_test(talk_corrects_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
