/*
 * The catalogue holds what the contract and the rules of effort name, and every name in it finds its exercise. Expected
 * muscles are textbook anatomy; expected effort classes are read from the rules, by D4 the most conservative one.
 */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/lift/exercise.h"

static struct name_result find(const char *name)
{
    struct name_result result;

    exercise_find(NULL, span_of(name), &result);
    return result;
}

static void assert_is(const char *name, const char *id)
{
    struct name_result result = find(name);

    if (result.match != NAME_EXACT || strcmp(result.id[0], id) != 0)
        fail_msg("\"%s\" should be %s, is %s", name, id, result.count != 0 ? result.id[0] : "nothing");
    assert_int_equal(result.count, 1);
}

static void spaces_for_hyphens(char *text)
{
    for (; *text != '\0'; text++)
        if (*text == '-')
            *text = ' ';
}

static void assert_row_is_found(char *row)
{
    char *id = strtok(row, "\t"), *name = strtok(NULL, "\t"), *aliases = NULL, *field;
    char spaced[EXERCISE_ID_SIZE];

    while ((field = strtok(NULL, "\t\n")) != NULL)
        aliases = field;
    assert_non_null(catalogue_by_id(id));
    assert_string_equal(catalogue_by_id(id)->id, id);
    assert_string_equal(catalogue_by_id(id)->name, name);
    snprintf(spaced, sizeof(spaced), "%s", id);
    spaces_for_hyphens(spaced);
    assert_is(id, id);
    assert_is(spaced, id);
    assert_is(name, id);
    for (field = strtok(aliases, ";"); field != NULL && strcmp(field, "-") != 0; field = strtok(NULL, ";"))
        assert_is(field, id);
}

static void every_row_is_found_by_all_its_names(void **state)
{
    FILE *file = fopen("config/exercises.tsv", "r");
    char *line = NULL;
    size_t size = 0, rows = 0;

    (void)state;
    assert_non_null(file);
    while (getline(&line, &size, file) > 0) {
        if (line[0] == '#' || line[0] == '\n' || strncmp(line, "word\t", 5) == 0)
            continue;
        assert_row_is_found(line);
        rows++;
    }
    free(line);
    fclose(file);
    assert_int_equal(rows, catalogue_count());
    assert_true(rows >= 320);
}

/* contract.md, "Exercise ids and muscles" */
static const char *const contract_ids[] = {
    "bench-press",
    "incline-bench-press",
    "close-grip-bench-press",
    "dumbbell-bench-press",
    "incline-dumbbell-press",
    "chest-press-machine",
    "cable-fly",
    "machine-fly",
    "push-up",
    "dip",
    "overhead-press",
    "push-press",
    "dumbbell-shoulder-press",
    "lateral-raise",
    "rear-delt-fly",
    "face-pull",
    "upright-row",
    "shrug",
    "squat",
    "front-squat",
    "goblet-squat",
    "bulgarian-split-squat",
    "lunge",
    "leg-press",
    "hack-squat",
    "leg-extension",
    "lying-leg-curl",
    "seated-leg-curl",
    "hip-thrust",
    "glute-bridge",
    "calf-raise",
    "deadlift",
    "sumo-deadlift",
    "romanian-deadlift",
    "stiff-leg-deadlift",
    "good-morning",
    "back-extension",
    "barbell-row",
    "pendlay-row",
    "dumbbell-row",
    "chest-supported-row",
    "seated-cable-row",
    "machine-row",
    "t-bar-row",
    "lat-pulldown",
    "pull-up",
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
    "kettlebell-swing",
};

static void the_contract_s_ids_are_there(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(contract_ids); i++)
        if (catalogue_by_id(contract_ids[i]) == NULL)
            fail_msg("%s is missing", contract_ids[i]);
    assert_null(catalogue_by_id(""));
    assert_null(catalogue_by_id("bench"));
    assert_null(catalogue_by_id("Bench-press"));
}

static void names_that_people_type_are_found(void **state)
{
    static const char *const cases[][2] = {
        /* settled by the contract */
        {"bench", "bench-press"},
        {"squat", "squat"},
        {"deadlift", "deadlift"},
        {"row", "barbell-row"},
        {"curl", "dumbbell-curl"},
        {"press", "overhead-press"},
        {"leg curl", "lying-leg-curl"},
        /* abbreviations */
        {"bp", "bench-press"},
        {"OHP", "overhead-press"},
        {"rdl", "romanian-deadlift"},
        {"sldl", "stiff-leg-deadlift"},
        {"dl", "deadlift"},
        {"sq", "squat"},
        {"fs", "front-squat"},
        {"bss", "bulgarian-split-squat"},
        {"cgbp", "close-grip-bench-press"},
        {"hspu", "handstand-push-up"},
        {"ghr", "glute-ham-raise"},
        {"db bench", "dumbbell-bench-press"},
        {"db ohp", "dumbbell-shoulder-press"},
        {"single leg rdl", "single-leg-romanian-deadlift"},
        {"kb swings", "kettlebell-swing"},
        {"ssb", "safety-bar-squat"},
        /* everyday words, plurals, one word or two, order */
        {"lat raise", "lateral-raise"},
        {"pushdown", "triceps-pushdown"},
        {"skullcrushers", "skull-crusher"},
        {"pullups", "pull-up"},
        {"pull-ups", "pull-up"},
        {"Pull  Ups", "pull-up"},
        {"chins", "chin-up"},
        {"t bar row", "t-bar-row"},
        {"leg ext", "leg-extension"},
        {"ham curl", "lying-leg-curl"},
        {"db incline bench", "incline-dumbbell-press"},
        {"bench incline db", "incline-dumbbell-press"},
        {"dead lift", "deadlift"},
        {"legpress", "leg-press"},
        {"dips", "dip"},
        {"dumbell flyes", "dumbbell-fly"},
        {"farmer's walk", "farmers-carry"},
        {"farmer’s walk", "farmers-carry"},
        {"clean & jerk", "clean-and-jerk"},
        {"clean and jerk", "clean-and-jerk"},
        {"45 degree back extension", "back-extension"},
        {"ＢＥＮＣＨ", "bench-press"},
        {"bénch", "bench-press"},
        /* Strong's and Hevy's */
        {"Bench Press (Barbell)", "bench-press"},
        {"Incline Bench Press (Dumbbell)", "incline-dumbbell-press"},
        {"Squat (Barbell)", "squat"},
        {"Deadlift (Barbell)", "deadlift"},
        {"Overhead Press (Barbell)", "overhead-press"},
        {"Shoulder Press (Dumbbell)", "dumbbell-shoulder-press"},
        {"Bent Over Row (Barbell)", "barbell-row"},
        {"Lat Pulldown (Cable)", "lat-pulldown"},
        {"Seated Row (Machine)", "machine-row"},
        {"Triceps Pushdown (Cable - Straight Bar)", "triceps-pushdown"},
        {"Bicep Curl (Dumbbell)", "dumbbell-curl"},
        {"Bicep Curl (Barbell)", "barbell-curl"},
        {"Hammer Curl (Dumbbell)", "hammer-curl"},
        {"Leg Extension (Machine)", "leg-extension"},
        {"Lying Leg Curl (Machine)", "lying-leg-curl"},
        {"Calf Press on Leg Press", "leg-press-calf-raise"},
        {"Hip Thrust (Barbell)", "hip-thrust"},
        {"Romanian Deadlift (Dumbbell)", "dumbbell-romanian-deadlift"},
        {"Pull Up (Weighted)", "pull-up"},
        {"Pull Up (Assisted)", "pull-up"},
        {"Squat (Smith Machine)", "smith-machine-squat"},
        {"Iso-Lateral Row (Machine)", "machine-row"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        assert_is(cases[i][0], cases[i][1]);
}

#define BIT(muscle) (1U << MUSCLE_##muscle)

static void muscles_are_those_of_anatomy(void **state)
{
    static const struct {
        const char *id;
        uint32_t primary, secondary; /* these at least */
    } cases[] = {
        {"bench-press", BIT(CHEST), BIT(TRICEPS) | BIT(FRONT_DELTS)},
        {"close-grip-bench-press", BIT(TRICEPS), BIT(CHEST)},
        {"overhead-press", BIT(FRONT_DELTS), BIT(TRICEPS) | BIT(SIDE_DELTS)},
        {"lateral-raise", BIT(SIDE_DELTS), 0},
        {"rear-delt-fly", BIT(REAR_DELTS), 0},
        {"squat", BIT(QUADS) | BIT(GLUTES), BIT(ADDUCTORS)},
        {"leg-extension", BIT(QUADS), 0},
        {"lying-leg-curl", BIT(HAMSTRINGS), 0},
        {"deadlift", BIT(HAMSTRINGS) | BIT(GLUTES) | BIT(LOWER_BACK), BIT(FOREARMS) | BIT(TRAPS)},
        {"hip-thrust", BIT(GLUTES), BIT(HAMSTRINGS)},
        {"barbell-row", BIT(UPPER_BACK) | BIT(LATS), BIT(BICEPS)},
        {"pull-up", BIT(LATS), BIT(BICEPS)},
        {"dumbbell-curl", BIT(BICEPS), 0},
        {"triceps-pushdown", BIT(TRICEPS), 0},
        {"calf-raise", BIT(CALVES), 0},
        {"hip-abduction", BIT(GLUTES), 0},
        {"hip-adduction", BIT(ADDUCTORS), 0},
        {"crunch", BIT(ABS), 0},
        {"shrug", BIT(TRAPS), 0},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const struct exercise *exercise = catalogue_by_id(cases[i].id);

        assert_int_equal(exercise->primary, cases[i].primary);
        assert_int_equal(exercise->secondary & cases[i].secondary, cases[i].secondary);
    }
    assert_string_equal(muscle_name(MUSCLE_CHEST), "chest");
    assert_string_equal(muscle_name(MUSCLE_FRONT_DELTS), "front-delts");
    assert_string_equal(muscle_name(MUSCLE_LOWER_BACK), "lower-back");
}

/* Every exercise that R33, R34, R88, R89 and R90 name. Compounds by machine, cable and body weight from the suitable
 * lists have D4's class of their own. */
static void effort_classes_follow_the_rules(void **state)
{
    static const struct {
        const char *rules;
        const char *id;
        enum effort_class effort;
    } cases[] = {
        {"R33 leg press, D4", "leg-press", EFFORT_ALLOWED},
        {"R33 lat pulldown, D4", "lat-pulldown", EFFORT_ALLOWED},
        {"R33 chest press, D4", "chest-press-machine", EFFORT_ALLOWED},
        {"R33 R88 pushdown", "triceps-pushdown", EFFORT_SAFE},
        {"R33 cable row, D4", "seated-cable-row", EFFORT_ALLOWED},
        {"R33 R67 R88 curl", "dumbbell-curl", EFFORT_SAFE},
        {"R33 R67 lateral raise", "lateral-raise", EFFORT_SAFE},
        {"R33 push-up, D4", "push-up", EFFORT_ALLOWED},
        {"R33 pull-up, D4", "pull-up", EFFORT_ALLOWED},
        {"R34 R90 squat", "squat", EFFORT_AVOID},
        {"R34 R90 squat", "front-squat", EFFORT_AVOID},
        {"R34 R90 deadlift", "deadlift", EFFORT_AVOID},
        {"R34 R90 deadlift", "sumo-deadlift", EFFORT_AVOID},
        {"R34 R90 deadlift", "romanian-deadlift", EFFORT_AVOID},
        {"R34 overhead press", "overhead-press", EFFORT_AVOID},
        {"R34 overhead before R89 DB press, D4", "dumbbell-shoulder-press", EFFORT_AVOID},
        {"R34 complex coordination", "turkish-get-up", EFFORT_AVOID},
        {"R34 can trap", "skull-crusher", EFFORT_TRAP},
        {"R88 machine row, D4", "machine-row", EFFORT_ALLOWED},
        {"R67 R88 leg extension", "leg-extension", EFFORT_SAFE},
        {"R88 ham curl", "lying-leg-curl", EFFORT_SAFE},
        {"R88 ham curl", "seated-leg-curl", EFFORT_SAFE},
        {"R88 cable fly", "cable-fly", EFFORT_SAFE},
        {"R88 curl", "barbell-curl", EFFORT_SAFE},
        {"R89 DB press", "dumbbell-bench-press", EFFORT_CAUTION},
        {"R89 DB press", "incline-dumbbell-press", EFFORT_CAUTION},
        {"R89 lunge", "lunge", EFFORT_CAUTION},
        {"R89 chest-supported row", "chest-supported-row", EFFORT_CAUTION},
        {"rows, D4", "barbell-row", EFFORT_CAUTION},
        {"R90 bench without safeties", "bench-press", EFFORT_TRAP},
        {"R90 bench without safeties", "incline-bench-press", EFFORT_TRAP},
        {"R90 bench without safeties", "close-grip-bench-press", EFFORT_TRAP},
        {"R90 Olympic variants", "snatch", EFFORT_AVOID},
        {"R90 Olympic variants", "clean-and-jerk", EFFORT_AVOID},
        {"R90 Olympic variants", "power-clean", EFFORT_AVOID},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        if (catalogue_by_id(cases[i].id)->effort != cases[i].effort)
            fail_msg("%s has another class than %s demands", cases[i].id, cases[i].rules);
}

static bool by_machine(const struct exercise *exercise)
{
    return exercise->equipment == EQUIPMENT_MACHINE || exercise->equipment == EQUIPMENT_CABLE;
}

/* What must hold for each row, whoever adds it. */
static void rows_agree_with_themselves(void **state)
{
    (void)state;
    for (size_t i = 0; i < catalogue_count(); i++) {
        const struct exercise *exercise = catalogue_at(i);
        const char *id = exercise->id;

        if (exercise->olympic && exercise->effort != EFFORT_AVOID)
            fail_msg("%s: Olympic lifts are avoided (R90)", id);
        if (exercise->compound && exercise->effort == EFFORT_SAFE)
            fail_msg("%s: no compound is safe (D4)", id);
        if (exercise->effort == EFFORT_ALLOWED && !exercise->compound)
            fail_msg("%s: `allowed` is for compounds (D4)", id);
        if (by_machine(exercise) && (exercise->effort == EFFORT_TRAP || exercise->effort == EFFORT_AVOID))
            fail_msg("%s: a machine doesn't trap (R33)", id);
        if (exercise->equipment == EQUIPMENT_BARBELL && strstr(id, "squat") != NULL &&
            exercise->effort != EFFORT_AVOID && strstr(id, "landmine") == NULL)
            fail_msg("%s: barbell squats are avoided (R34, R90)", id);
        if (strstr(id, "deadlift") != NULL && exercise->effort != EFFORT_AVOID && !by_machine(exercise))
            fail_msg("%s: deadlifts are avoided (R34, R90)", id);
        if (exercise->bodyweight != (exercise->equipment == EQUIPMENT_BODYWEIGHT) &&
            !(exercise->bodyweight && exercise->equipment == EQUIPMENT_BAND)) /* the band helps */
            fail_msg("%s: equipment and load disagree about the body's weight", id);
        assert_true(exercise->primary != 0 && exercise->primary >> MUSCLE_COUNT == 0);
        assert_true((exercise->primary & exercise->secondary) == 0 && exercise->secondary >> MUSCLE_COUNT == 0);
    }
}

static void flags_say_how_an_exercise_is_done(void **state)
{
    (void)state;
    assert_true(catalogue_by_id("squat")->compound && catalogue_by_id("squat")->lower_body);
    assert_false(catalogue_by_id("bench-press")->lower_body);
    assert_false(catalogue_by_id("leg-extension")->compound);
    assert_true(catalogue_by_id("plank")->timed && catalogue_by_id("plank")->bodyweight);
    assert_true(catalogue_by_id("dip")->bodyweight);
    assert_true(catalogue_by_id("bulgarian-split-squat")->each_side);
    assert_true(catalogue_by_id("snatch")->olympic);
    assert_int_equal(catalogue_by_id("cable-curl")->equipment, EQUIPMENT_CABLE);
    assert_int_equal(catalogue_by_id("kettlebell-swing")->equipment, EQUIPMENT_KETTLEBELL);
}

static void misspelt_names_are_guessed(void **state)
{
    static const char *const cases[][2] = {
        {"benhc", "bench-press"},
        {"ebnch", "bench-press"},
        {"bench pres", "bench-press"},
        {"vench press", "bench-press"},
        {"benchpres", "bench-press"},
        {"squatt", "squat"},
        {"sqaut", "squat"},
        {"dedlift", "deadlift"},
        {"romanain deadlift", "romanian-deadlift"},
        {"incline bnch", "incline-bench-press"},
        {"bulgarain split sqaut", "bulgarian-split-squat"},
        {"latpulldwn", "lat-pulldown"},
        {"leg presss", "leg-press"},
        {"spanish squat", "squat"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct name_result result = find(cases[i][0]);

        assert_int_equal(result.match, NAME_NEAR);
        assert_in_range(result.count, 1, NAME_CANDIDATES);
        assert_string_equal(result.id[0], cases[i][1]);
        for (size_t j = 1; j < result.count; j++)
            for (size_t k = 0; k < j; k++)
                assert_string_not_equal(result.id[j], result.id[k]);
    }
}

/* Equally near: neither is taken, both are offered. */
static void what_fits_several_offers_them(void **state)
{
    struct name_result result = find("low to high fly");
    bool barbell = false, dumbbell = false;

    (void)state;
    assert_int_equal(result.match, NAME_NEAR);
    result = find("incline");
    assert_int_equal(result.match, NAME_NEAR);
    assert_int_equal(result.count, NAME_CANDIDATES);
    for (size_t i = 0; i < result.count; i++) {
        barbell = barbell || strcmp(result.id[i], "incline-bench-press") == 0;
        dumbbell = dumbbell || strcmp(result.id[i], "incline-dumbbell-press") == 0;
    }
    assert_true(barbell && dumbbell);
}

static void what_is_no_exercise_is_none(void **state)
{
    static const char *const cases[] = {
        "",      " ",
        "!?",    "(-)",
        "the",   "went",
        "home",  "coffee",
        "today", "tomorrow",
        "slept", "thanks",
        "nench", "went home",
        "ok",    "see you at the gym",
        "x",     "12",
        "卧推",  "went to the gym and did squats with my friend",
        "lunch", "I had lunch at home",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct name_result result = find(cases[i]);

        if (result.match != NAME_NONE)
            fail_msg("\"%s\" is taken for %s", cases[i], result.id[0]);
        assert_int_equal(result.count, 0);
    }
}

static struct name_result find_own(const char *name)
{
    static const struct exercise_alias aliases[] = {
        {"bench", "my-bench"},           {"gorilla row", "gorilla-row"}, {"kniebeuge", "squat"},
        {"zug am turm", "lat-pulldown"}, {"卧推", "bench-press"},        {"reiter's press", "own-press"},
    };
    static const struct exercise_names own = {aliases, ARRAY_LENGTH(aliases)};
    struct name_result result;

    exercise_find(&own, span_of(name), &result);
    return result;
}

static void own_names_come_first(void **state)
{
    static const struct {
        const char *name;
        enum name_match match;
        const char *id;
    } cases[] = {
        {"bench", NAME_EXACT, "my-bench"},
        {"Bench", NAME_EXACT, "my-bench"},
        {"bench press", NAME_EXACT, "bench-press"},
        {"gorilla rows", NAME_EXACT, "gorilla-row"},
        {"rows gorilla", NAME_EXACT, "gorilla-row"},
        {"Kniebeuge", NAME_EXACT, "squat"},
        {"Turm, Zug am", NAME_EXACT, "lat-pulldown"},
        {"卧推", NAME_EXACT, "bench-press"},
        {"Reiters Press", NAME_EXACT, "own-press"},
        {"kniebuege", NAME_NEAR, "squat"},
        {"gorila row", NAME_NEAR, "gorilla-row"},
        {"gorilla", NAME_NEAR, "gorilla-row"},
        {"front squat", NAME_EXACT, "front-squat"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct name_result result = find_own(cases[i].name);

        assert_int_equal(result.match, cases[i].match);
        assert_string_equal(result.id[0], cases[i].id);
    }
    assert_int_equal(find_own("coffee").match, NAME_NONE);
}

static void bad_input_is_none(void **state)
{
    static const struct exercise_alias bad[] = {{"\xff\xfe", "one"}, {"", "two"}, {"a b c d e f g h i j k l m n", "x"}};
    static const struct exercise_names own = {bad, ARRAY_LENGTH(bad)};
    struct name_result result;
    char text[5000];

    (void)state;
    memset(text, 'b', sizeof(text));
    exercise_find(NULL, (struct span){text, sizeof(text)}, &result);
    assert_int_equal(result.match, NAME_NONE);
    exercise_find(NULL, (struct span){"bench\xff", 6}, &result);
    assert_int_equal(result.match, NAME_NONE);
    exercise_find(NULL, (struct span){"\xef\xb7\xba\xef\xb7\xba\xef\xb7\xba", 9}, &result); /* 99 bytes folded */
    assert_int_equal(result.match, NAME_NONE);
    assert_int_equal(find("q w r t y u i o p s d f g h j k l z x c v b n m").match, NAME_NONE);
    exercise_find(NULL, (struct span){NULL, 0}, &result);
    assert_int_equal(result.match, NAME_NONE);
    exercise_find(&own, span_of("bench"), &result);
    assert_int_equal(result.match, NAME_EXACT);
    exercise_find(&own, span_of("bennch"), &result);
    assert_string_equal(result.id[0], "bench-press");
}

/* Names with letters changed at random, and noise: always an answer that is in order. */
static void any_input_gets_an_answer(void **state)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz  -'0\xc3\xa9\xff";
    uint32_t random = 12345;
    char text[64];

    (void)state;
    for (size_t round = 0; round < 20000; round++) {
        size_t length = (size_t)snprintf(text, sizeof(text), "%s", catalogue_at(round % catalogue_count())->name);

        for (size_t i = 0; i < 1 + round % 4; i++) {
            random = random * 1664525 + 1013904223;
            text[(random >> 16) % length] = letters[(random >> 8) % (sizeof(letters) - 1)];
        }
        struct name_result result = find(text);
        assert_in_range(result.count, result.match == NAME_NONE ? 0 : 1,
                        result.match == NAME_NONE    ? 0
                        : result.match == NAME_EXACT ? 1
                                                     : NAME_CANDIDATES);
        for (size_t i = 0; i < result.count; i++)
            assert_non_null(catalogue_by_id(result.id[i]));
    }
}

/* What config/catalogue.awk says to ROWS; its exit status in STATUS. */
static void run_awk(const char *rows, struct buf *out, int *status)
{
    char path[] = "/tmp/spotter-catalogue-XXXXXX", command[128], line[256];
    int file = mkstemp(path);
    FILE *pipe;

    assert_true(file >= 0);
    pipe = fdopen(file, "w");
    fputs(rows, pipe);
    fclose(pipe);
    snprintf(command, sizeof(command), "gawk -f config/catalogue.awk %s 2>&1 >/dev/null", path);
    pipe = popen(command, "r"); /* NOLINT(cert-env33-c) */
    while (fgets(line, sizeof(line), pipe) != NULL)
        buf_adds(out, line);
    *status = pclose(pipe);
    remove(path);
}

#define ROW(id, muscle, effort, flags, aliases)                                                                        \
    id "\tSome press\t" muscle "\t-\tbarbell\t" effort "\t" flags "\t" aliases "\n"
#define ROW2 "other-press\tOther press\tchest\t-\tbarbell\ttrap\tcompound\t-\n"
#define GOOD_ROW ROW("some-press", "chest", "trap", "compound", "sp; any press")

static void a_wrong_row_fails_the_build(void **state)
{
    static const struct {
        const char *rows, *says;
    } cases[] = {
        {ROW("some-press", "chset", "trap", "-", "-"), "unknown muscle chset"},
        {ROW("some-press", "-", "trap", "-", "-"), "primary muscle is missing"},
        {ROW("some-press", "chest", "risky", "-", "-"), "unknown effort class risky"},
        {ROW("some-press", "chest", "trap", "heavy", "-"), "unknown flag heavy"},
        {ROW("Some_press", "chest", "trap", "-", "-"), "is no id"},
        {ROW("a-very-long-id-that-would-not-fit-into-its-forty-eight", "chest", "trap", "-", "-"), "is no id"},
        {ROW("some-press", "chest", "trap", "-", "Any Press"), "small letters"},
        {"some-press\tSome press\tchest\n", "eight fields"},
        {GOOD_ROW ROW("some-press", "chest", "trap", "-", "-"), "id some-press stands in "},
        {GOOD_ROW ROW("other-press", "chest", "trap", "-", "press any"), "name of some-press already"},
        {ROW("some-press", "chest", "trap", "-", "press some"), "name of some-press already"},
        {"word\tthe\t-\n" ROW("some-press", "chest", "trap", "-", "the"), "no word that tells it"},
        {GOOD_ROW "german\tother-press\tDrücken\t-\n", "no exercise other-press"},
        {GOOD_ROW "german\tsome-press\tDrücken\n", "a german row is"},
        {GOOD_ROW "german\tsome-press\tDrücken\t-\ngerman\tsome-press\tHeben\t-\n", "has a German name already"},
        {GOOD_ROW "word\tdrücken\tpress\ngerman\tsome-press\tDrücken\tpress\n", "name of some-press already"},
        {GOOD_ROW ROW2 "word\tdrücken\tpress other\ngerman\tsome-press\tDrücken\t-\n", "name of other-press already"},
        {"word\tdrücken\tpress\nword\tdruecken\tpress\n" GOOD_ROW, "has a row already"},
        {"word\ta b\tb c\nword\tc\ta\n" GOOD_ROW, "stands for itself"},
    };
    struct buf out = BUF_INIT(10000);
    int status;

    (void)state;
    run_awk(GOOD_ROW, &out, &status);
    assert_string_equal(buf_text(&out), "");
    assert_int_equal(status, 0);
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        buf_clear(&out);
        run_awk(cases[i].rows, &out, &status);
        assert_int_not_equal(status, 0);
        if (strstr(buf_text(&out), cases[i].says) == NULL)
            fail_msg("\"%s\" is missing in: %s", cases[i].says, buf_text(&out));
    }
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_found_by_all_its_names),
        cmocka_unit_test(the_contract_s_ids_are_there),
        cmocka_unit_test(names_that_people_type_are_found),
        cmocka_unit_test(muscles_are_those_of_anatomy),
        cmocka_unit_test(effort_classes_follow_the_rules),
        cmocka_unit_test(rows_agree_with_themselves),
        cmocka_unit_test(flags_say_how_an_exercise_is_done),
        cmocka_unit_test(misspelt_names_are_guessed),
        cmocka_unit_test(what_fits_several_offers_them),
        cmocka_unit_test(what_is_no_exercise_is_none),
        cmocka_unit_test(own_names_come_first),
        cmocka_unit_test(bad_input_is_none),
        cmocka_unit_test(any_input_gets_an_answer),
        cmocka_unit_test(a_wrong_row_fails_the_build),
    };

    return RUN_TESTS(tests);
}
