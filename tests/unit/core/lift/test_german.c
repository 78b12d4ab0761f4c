/*
 * German names: each is shown for one exercise and read as that, with umlauts or without, and whatever Germans type
 * besides. What the contract names has one.
 */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/lift/exercise.h"
#include "core/text/fold.h"

static void assert_is(const char *name, const char *id)
{
    struct name_result result;

    exercise_find(NULL, span_of(name), &result);
    if (result.match != NAME_EXACT || strcmp(result.id[0], id) != 0)
        fail_msg("\"%s\" should be %s, is %s", name, id, result.count != 0 ? result.id[0] : "nothing");
}

/* NAME as it is typed without umlauts on the keyboard. */
static void write_out(const char *name, struct buf *out)
{
    static const char *const letters[][2] = {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"ß", "ss"},
                                             {"Ä", "Ae"}, {"Ö", "Oe"}, {"Ü", "Ue"}};

    for (size_t i; *name != '\0'; name += i < ARRAY_LENGTH(letters) ? 2 : 1) {
        for (i = 0; i < ARRAY_LENGTH(letters) && strncmp(name, letters[i][0], 2) != 0;)
            i++;
        if (i < ARRAY_LENGTH(letters))
            buf_adds(out, letters[i][1]);
        else
            buf_addc(out, *name);
    }
}

static void what_is_shown_is_read(void **state)
{
    struct buf text = BUF_INIT(256);
    size_t named = 0;

    (void)state;
    for (size_t i = 0; i < catalogue_count(); i++) {
        const struct exercise *exercise = catalogue_at(i);
        const char *name = exercise_name(exercise, LANGUAGE_GERMAN);

        assert_ptr_equal(exercise_name(exercise, LANGUAGE_ENGLISH), exercise->name);
        assert_ptr_equal(name, exercise->german != NULL ? exercise->german : exercise->name);
        named += exercise->german != NULL;
        assert_is(name, exercise->id);
        buf_clear(&text);
        write_out(name, &text);
        assert_is(buf_text(&text), exercise->id);
        buf_clear(&text);
        assert_int_equal(text_fold(span_of(name), &text), 0);
        assert_is(buf_text(&text), exercise->id);
    }
    assert_true(named >= 100);
    buf_release(&text);
}

/* Written by hand, not from the table: what people in German gyms type. */
static void what_people_type_is_found(void **state)
{
    static const char *const cases[][2] = {
        {"bankdrücken", "bench-press"},
        {"Liegestütze auf den Knien", "knee-push-up"},
        {"Ruderzug", "seated-cable-row"},
        {"Bankdruecken", "bench-press"},
        {"BANKDRÜCKEN", "bench-press"},
        {"bankdrucken", "bench-press"},
        {"flachbankdrücken", "bench-press"},
        {"bankdrücken langhantel", "bench-press"},
        {"LH Bankdrücken", "bench-press"},
        {"bankdrücken kurzhantel", "dumbbell-bench-press"},
        {"kh bankdrücken", "dumbbell-bench-press"},
        {"kurzhantelbankdrücken", "dumbbell-bench-press"},
        {"schrägbankdrücken", "incline-bench-press"},
        {"schraegbankdruecken", "incline-bench-press"},
        {"schrägbankdrücken kh", "incline-dumbbell-press"},
        {"enges bankdrücken", "close-grip-bench-press"},
        {"bankdrücken enger griff", "close-grip-bench-press"},
        {"brustpresse", "chest-press-machine"},
        {"butterfly", "machine-fly"},
        {"liegestütze", "push-up"},
        {"Liegestützen", "push-up"},
        {"dips", "dip"},
        {"schulterdrücken", "overhead-press"},
        {"kh schulterdrücken", "dumbbell-shoulder-press"},
        {"überkopfdrücken", "overhead-press"},
        {"seitheben", "lateral-raise"},
        {"seitheben kabel", "cable-lateral-raise"},
        {"kniebeugen", "squat"},
        {"Kniebeuge", "squat"},
        {"frontkniebeugen", "front-squat"},
        {"goblet kniebeuge", "goblet-squat"},
        {"bulgarische kniebeugen", "bulgarian-split-squat"},
        {"ausfallschritte", "lunge"},
        {"beinpresse", "leg-press"},
        {"beinstrecker", "leg-extension"},
        {"beinbeuger", "lying-leg-curl"},
        {"beinbeuger sitzend", "seated-leg-curl"},
        {"sitzender beinbeuger", "seated-leg-curl"},
        {"wadenheben", "calf-raise"},
        {"wadenheben im sitzen", "seated-calf-raise"},
        {"hip thrusts", "hip-thrust"},
        {"adduktoren", "hip-adduction"},
        {"abduktorenmaschine", "hip-abduction"},
        {"kreuzheben", "deadlift"},
        {"sumo kreuzheben", "sumo-deadlift"},
        {"rumänisches kreuzheben", "romanian-deadlift"},
        {"kreuzheben rumänisch", "romanian-deadlift"},
        {"kreuzheben gestreckte beine", "stiff-leg-deadlift"},
        {"rudern", "barbell-row"},
        {"langhantelrudern", "barbell-row"},
        {"vorgebeugtes rudern", "barbell-row"},
        {"kurzhantelrudern", "dumbbell-row"},
        {"rudern kh", "dumbbell-row"},
        {"kabelrudern", "seated-cable-row"},
        {"rudern am kabelzug", "seated-cable-row"},
        {"rudern sitzend am kabel", "seated-cable-row"},
        {"rudern maschine", "machine-row"},
        {"t-bar rudern", "t-bar-row"},
        {"aufrechtes rudern", "upright-row"},
        {"latzug", "lat-pulldown"},
        {"latziehen", "lat-pulldown"},
        {"latzug enger griff", "close-grip-lat-pulldown"},
        {"klimmzüge", "pull-up"},
        {"klimmzuege", "pull-up"},
        {"klimmzug", "pull-up"},
        {"klimmzüge untergriff", "chin-up"},
        {"klimmzüge im untergriff", "chin-up"},
        {"überzüge", "pullover"},
        {"bizepscurls", "dumbbell-curl"},
        {"bizeps curls", "dumbbell-curl"},
        {"langhantelcurls", "barbell-curl"},
        {"curls langhantel", "barbell-curl"},
        {"hammercurls", "hammer-curl"},
        {"sz curls", "ez-bar-curl"},
        {"scottcurls", "preacher-curl"},
        {"scott curl", "preacher-curl"},
        {"konzentrationscurls", "concentration-curl"},
        {"trizepsdrücken", "triceps-pushdown"},
        {"trizepsdrücken am kabel", "triceps-pushdown"},
        {"trizepsdrücken überkopf", "overhead-triceps-extension"},
        {"trizepsdrücken über kopf", "overhead-triceps-extension"},
        {"stirndrücken", "skull-crusher"},
        {"planke", "plank"},
        {"unterarmstütz", "plank"},
        {"crunches", "crunch"},
        {"beinheben hängend", "hanging-leg-raise"},
        {"hängendes beinheben", "hanging-leg-raise"},
        {"rückenstrecker", "back-extension"},
        {"frontheben", "front-raise"},
        {"reverse butterfly", "machine-rear-delt-fly"},
        {"fliegende kurzhantel", "dumbbell-fly"},
        {"fliegende am kabel", "cable-fly"},
        {"schulterheben", "shrug"},
        {"nackenheben", "shrug"},
        {"reißen", "snatch"},
        {"reissen", "snatch"},
        {"stoßen", "clean-and-jerk"},
        {"umsetzen", "clean"},
        {"schwungdrücken", "push-press"},
        {"bankdrücken multipresse", "smith-machine-bench-press"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        assert_is(cases[i][0], cases[i][1]);
}

/* contract.md, "Exercise ids and muscles": lifts that have a German word are shown by it. */
static void the_contract_s_ids_have_german_names(void **state)
{
    static const char *const cases[][2] = {
        {"bench-press", "Bankdrücken"},      {"squat", "Kniebeuge"},
        {"deadlift", "Kreuzheben"},          {"overhead-press", "Schulterdrücken"},
        {"barbell-row", "Langhantelrudern"}, {"pull-up", "Klimmzug"},
        {"push-up", "Liegestütz"},           {"leg-press", "Beinpresse"},
        {"lat-pulldown", "Latzug"},          {"dumbbell-bench-press", "Kurzhantel-Bankdrücken"},
    };
    static const char *const ids[] = {"incline-bench-press",
                                      "close-grip-bench-press",
                                      "incline-dumbbell-press",
                                      "chest-press-machine",
                                      "cable-fly",
                                      "machine-fly",
                                      "dip",
                                      "push-press",
                                      "dumbbell-shoulder-press",
                                      "lateral-raise",
                                      "rear-delt-fly",
                                      "face-pull",
                                      "upright-row",
                                      "shrug",
                                      "front-squat",
                                      "goblet-squat",
                                      "bulgarian-split-squat",
                                      "lunge",
                                      "hack-squat",
                                      "leg-extension",
                                      "lying-leg-curl",
                                      "seated-leg-curl",
                                      "hip-thrust",
                                      "glute-bridge",
                                      "calf-raise",
                                      "sumo-deadlift",
                                      "romanian-deadlift",
                                      "stiff-leg-deadlift",
                                      "good-morning",
                                      "back-extension",
                                      "pendlay-row",
                                      "dumbbell-row",
                                      "chest-supported-row",
                                      "seated-cable-row",
                                      "machine-row",
                                      "t-bar-row",
                                      "chin-up",
                                      "pullover",
                                      "barbell-curl",
                                      "dumbbell-curl",
                                      "hammer-curl",
                                      "preacher-curl",
                                      "cable-curl",
                                      "triceps-pushdown",
                                      "overhead-triceps-extension",
                                      "skull-crusher",
                                      "plank",
                                      "crunch",
                                      "cable-crunch",
                                      "hanging-leg-raise",
                                      "ab-wheel",
                                      "farmers-carry",
                                      "power-clean",
                                      "clean-and-jerk",
                                      "snatch",
                                      "kettlebell-swing"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        assert_string_equal(exercise_name(catalogue_by_id(cases[i][0]), LANGUAGE_GERMAN), cases[i][1]);
    for (size_t i = 0; i < ARRAY_LENGTH(ids); i++)
        if (catalogue_by_id(ids[i])->german == NULL)
            fail_msg("%s has no German name", ids[i]);
}

/* As dictation and phones write what is one word. */
static void parted_words_are_one(void **state)
{
    static const char *const names[][2] = {{"Kreuz heben", "deadlift"},
                                           {"Knie Beuge", "squat"},
                                           {"Bank drücken", "bench-press"},
                                           {"Lat Zug", "lat-pulldown"},
                                           {"Schrägbank Drücken", "incline-bench-press"},
                                           {"dead lift", "deadlift"}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++)
        assert_is(names[i][0], names[i][1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_shown_is_read),
        cmocka_unit_test(parted_words_are_one),
        cmocka_unit_test(what_people_type_is_found),
        cmocka_unit_test(the_contract_s_ids_have_german_names),
    };

    return RUN_TESTS(tests);
}
