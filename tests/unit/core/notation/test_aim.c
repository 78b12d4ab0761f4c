/*
 * Which sets somebody corrects, by what they say.
 */
#include "core/notation/aim.h"
#include "core/text/fold.h"
#include "tests/unit/unit.h"

struct row {
    const char *text;
    int set;
    const char *name, *piece; /* NULL: it says of no set */
};

static void a_set_is_named_by_its_number_or_its_exercise(void **state)
{
    static const struct row rows[] = {
        {"set 2 was only 7", 2, "", "only 7"},
        {"sorry the second one was 14", 2, "", "14"},
        {"3rd set was 85kg", 3, "", "85kg"},
        {"2. Satz war 6 Wdh", 2, "", "6 wdh"},
        {"Satz 1 waren nur 6", 1, "", "nur 6"},
        {"der dritte war @1", 3, "", "@1"},
        {"der zweite warn nur 4", 2, "", "nur 4"},
        {"set 1 was a warmup", 1, "", "a warmup"},
        {"the hack squats were 130", 0, "hack squats", "130"},
        {"nee die Hackenschmidt waren 130", 0, "hackenschmidt", "130"},
        {"set 2 80x7", 0, NULL, NULL}, /* a set, and which it is */
        {"second wind was great", 0, NULL, NULL},
        {"squats were brutal", 0, NULL, NULL}, /* nothing that a set was */
        {"set 2 was fun", 0, NULL, NULL},
        {"my squat is 140", 0, NULL, NULL},
        {"set 12 was 6", 0, NULL, NULL},
        {"my second set was 7", 2, "", "7"},
        {"Die erste Runde Rudern war nur mit 10 kg", 1, "rudern", "nur mit 10 kg"},
        {"dips were +27.5 on that one", 0, "dips", "27.5 on that one"},
        {"set 2 was only 7, form went", 2, "", "only 7"},
        /* a load names the set that it was lifted in */
        {"the 225 was only 2 reps, third was a no rep", 0, "225", "only 2 reps"},
        {"the 225 was only 2 reps (third was a no rep)", 0, "225", "only 2 reps"},
        {"die 22,5 waren nur 8 wdh", 0, "22,5", "nur 8 wdh"},
        {"the 80kg was 5 reps", 0, "80kg", "5 reps"},
        {"der satz mit 90 waren 12 reps", 0, "90", "12 reps"},
        {"the set at 80kg was 5 reps", 0, "80kg", "5 reps"},
        {"the set with 90 was fun", 0, NULL, NULL},
        {"satz mit 90 waren 12 reps", 0, NULL, NULL},
        {"the 225 was fun", 0, NULL, NULL},
        {"that set before was 7 reps", AIM_BEFORE, "", "7 reps"},
        {"the one before that was only 7", AIM_BEFORE, "", "only 7"},
        {"der Satz davor waren nur 7", AIM_BEFORE, "", "nur 7"},
        {"der vorletzte war @1", AIM_BEFORE, "", "@1"},
        {"second to last set was 8 not 9", AIM_BEFORE, "", "8 not 9"},
        {"the second to last bench set was 8", AIM_BEFORE, "bench", "8"},
        {"the week before was 10 sets", 0, NULL, NULL},
        {"the day before was 7", 0, NULL, NULL},
        {"the one before was fun", AIM_BEFORE, NULL, NULL},
        /* and the exercise, or which of those */
        {"the 295 squat was 4 reps not 5", 0, "295 squat", "4 reps not 5"},
        {"the 295lb squat was only 4 reps", 0, "295lb squat", "only 4 reps"},
        {"der zweite mit 125 waren nur 4", 2, "125", "nur 4"},
        {"the third one at 80 was @1", 3, "80", "@1"},
        {"vorhin beim kreuzheben waren es 172,5 statt 170", 0, "kreuzheben", "172,5 statt 170"},
        {"earlier on bench it was 102.5 instead of 100", 0, "bench", "102.5 instead of 100"},
        {"der zweite mit 125 war gut", 2, NULL, NULL},
        {"the second with 2 kids was 4", 2, NULL, NULL},
        {"the 5 was 6", 0, NULL, NULL}, /* of reps, or of anything */
        {"that 6 was a @0", 0, "6", "@0"},
        {"the 6 was to failure", 0, "6", "to failure"},
        {"the 6 was 5 reps", 0, NULL, NULL},
        {"6 was @0", 0, NULL, NULL},
        {"the 6 was fun", 0, NULL, NULL},
        {"the first one had like 3 left", 1, "", "had like 3 left"},
        {"der erste hatte noch 3 drin", 1, "", "hatte noch 3 drin"},
        {"the first one left at 3", 0, NULL, NULL},
        {"the 80 was 5 reps, then 60 for 8", 0, NULL, NULL},
        {"the 225 felt great", 0, NULL, NULL},
        {"my squat was 140", 0, NULL, NULL}, /* once */
        {"my bench should be 100", 0, NULL, NULL},
        {"meine Bank war 100", 0, NULL, NULL},
        {"sets of bench were 80", 0, NULL, NULL},
        {"set of squats was 140", 0, NULL, NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct aim aim;

        assert_int_equal(text_fold(span_of(rows[i].text), &folded), 0);
        if (aim_read(buf_span(&folded), NULL, &aim) != (rows[i].piece != NULL))
            fail_msg("%s", rows[i].text);
        if (rows[i].piece != NULL &&
            (aim.set != rows[i].set || !span_is(aim.name, rows[i].name) || !span_is(aim.piece, rows[i].piece)))
            fail_msg("%s: %d \"%.*s\" \"%.*s\"", rows[i].text, aim.set, (int)aim.name.length, aim.name.at,
                     (int)aim.piece.length, aim.piece.at);
        buf_release(&folded);
    }
}

static void another_exercise_is_told_from_what_else_is_said(void **state)
{
    static const char *const rows[][2] = {
        {"meant incline", "incline"},
        {"i meant front squat", "front squat"},
        {"that was incline not flat", "incline"},
        {"sorry war rdl", "rdl"},
        {"oops, was front squat", "front squat"},
        {"wrong exercise, was incline bench", "incline bench"},
        {"falsche Übung, war Schrägbank", "schragbank"},
        {"not bench, incline", "incline"},
        {"das war Schrägbank", "schragbank"},
        {"that was incline", "incline"},
        {"no bench, too busy", NULL},
        {"not squat next, bench", NULL},
        {"was rdl", NULL}, /* once */
        {"no squats today", NULL},
        {"sorry was good", NULL},
        {"incline bench actually, not flat", "incline bench"},
        {"ich meinte Schrägbank", "schragbank"},
        {"das war Kreuzheben, nicht Kniebeuge", "kreuzheben"},
        {"no dips today", NULL},
        {"did squats", NULL},
        {"just bench", NULL},
        {"that was good", NULL},
        {"was at the gym", NULL},
        {"war beim Arzt", NULL},
        {"meant to go home", NULL},
        {"should i do squats", NULL},
        {"i was on the leg press", NULL},
        {"that was close", NULL},
        {"it's up", NULL},
        {"was war das Kreuzheben", NULL},
        {"actually deadlifts today", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct span name;

        assert_int_equal(text_fold(span_of(rows[i][0]), &folded), 0);
        if (aim_exercise(buf_span(&folded), NULL, &name) != (rows[i][1] != NULL))
            fail_msg("%s", rows[i][0]);
        if (rows[i][1] != NULL && !span_is(name, rows[i][1]))
            fail_msg("%s: \"%.*s\"", rows[i][0], (int)name.length, name.at);
        buf_release(&folded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_is_named_by_its_number_or_its_exercise),
        cmocka_unit_test(another_exercise_is_told_from_what_else_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
