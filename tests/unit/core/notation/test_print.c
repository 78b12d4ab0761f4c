/*
 * Printing: what is printed, and that reading it gives the same set again, for random sets of every kind.
 */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/base/civil.h"
#include "core/notation/reading.h"
#include "tests/unit/core/notation/describe.h"

enum { ROUNDS = 40000 };

/* xorshift64*, so that each run tries the same sets. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 0x2545F4914F6CDD1DU;
}

static unsigned below(uint64_t *state, unsigned bound)
{
    return (unsigned)((next_random(state) >> 33) % bound);
}

static double random_load(uint64_t *state, enum unit unit, double most_kg)
{
    static const unsigned steps[] = {100, 250, 125, 50, 1, 2000};
    unsigned hundredths = (unsigned)(unit_from_kg(most_kg, unit) * 100.0);
    unsigned step = steps[below(state, 6)];
    double value = (double)(below(state, hundredths / step + 1) * step) / 100.0;

    return unit_to_kg(value, unit);
}

static const struct exercise *random_exercise(uint64_t *state)
{
    return below(state, 4) == 0 ? NULL : catalogue_at(below(state, (unsigned)catalogue_count()));
}

static void random_mode(uint64_t *state, const struct exercise *exercise, enum unit unit, struct set *set)
{
    unsigned kind = below(state, 8);

    if (exercise != NULL && exercise->bodyweight)
        set->load_mode = (enum load_mode)(LOAD_BODYWEIGHT + kind % 3);
    else if (kind >= 5)
        set->load_mode = (enum load_mode)(LOAD_BODYWEIGHT + kind - 5);
    if (exercise != NULL && exercise->equipment == EQUIPMENT_BAND && set->load_mode == LOAD_EXTERNAL && kind <= 1)
        set->load_mode = LOAD_BODYWEIGHT; /* what a band pulls nobody knows */
    set->unit = unit;
    if (kind == 0 && isnan(set->seconds)) {
        set->load_mode = LOAD_EXTERNAL;
        set->percent = (double)(1 + below(state, 15000)) / 100.0;
    } else if (set->load_mode == LOAD_BODYWEIGHT) {
        set->load_kg = 0;
    } else if (set->load_mode != LOAD_EXTERNAL || kind > 1) {
        set->load_kg = random_load(state, unit, 500.0);
    }
}

static void random_failure(uint64_t *state, struct set *set)
{
    set->failure = (enum set_failure)(below(state, 4) * below(state, 2));
    if (set->failure == FAILURE_MISSED || set->failure == FAILURE_MOMENTARY)
        set->rir = 0;
    else if (below(state, 3) != 0)
        set->rir = below(state, 2) == 0 ? (double)below(state, 41) / 4.0 : (double)below(state, 1001) / 100.0;
    if (set->failure == FAILURE_MISSED && set->reps != REPS_UNKNOWN && below(state, 2) == 0)
        set->reps = 0;
}

static void random_segments(uint64_t *state, enum unit unit, struct set *set)
{
    bool loads = set->load_mode == LOAD_EXTERNAL && isnan(set->percent) && below(state, 2) == 0;

    if (set->reps < 1 || set->failure == FAILURE_MISSED || below(state, 2) == 0)
        return;
    set->segment_count = 2 + (int)below(state, SET_SEGMENTS - 1);
    set->segments[0] = (struct segment){set->load_kg, set->reps};
    for (int i = 1; i < set->segment_count; i++)
        set->segments[i] = (struct segment){loads ? random_load(state, unit, 500.0) : NAN, 1 + (int)below(state, 30)};
}

static void random_note(uint64_t *state, struct set *set)
{
    static const char *const words[] = {
        "grip slipped", "Übel",  "3 sets of 5", "elbow; knee", "$5", "a, b", "no belt",   "bench",
        "日本",         "@home", ":",           "x",           "8",  "ok",   "rpe or so", "felt heavy"};

    for (unsigned i = below(state, 4); i > 0; i--) {
        size_t used = strlen(set->note);
        size_t room = sizeof(set->note) - used;
        const char *word = words[below(state, 16)];

        if (strlen(word) + 2 < room)
            snprintf(set->note + used, room, "%s%s", used != 0 ? " " : "", word);
    }
}

static void random_set(uint64_t *state, enum unit unit, struct set *set)
{
    const struct exercise *exercise = random_exercise(state);

    set_init(set);
    if (exercise != NULL)
        memcpy(set->exercise, exercise->id, sizeof(set->exercise));
    if (exercise != NULL && exercise->timed)
        set->seconds = (double)(1 + below(state, 600));
    else
        set->reps = 1 + (int)below(state, below(state, 3) == 0 ? 100 : 12);
    random_mode(state, exercise, unit, set);
    random_failure(state, set);
    set->side = (enum set_side)(below(state, 4) * below(state, 2));
    set->cheat = below(state, 8) == 0;
    set->type = (enum set_type)(below(state, 7) * below(state, 2));
    if (set->type >= SET_DROP)
        random_segments(state, unit, set);
    if (below(state, 8) == 0)
        set->at_ms = ((int64_t)below(state, 40000) * 24 + 12) * 3600000;
    random_note(state, set);
}

static bool same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) < 1e-9;
}

static bool same_set(const struct set *a, const struct set *b)
{
    if (strcmp(a->exercise, b->exercise) != 0 || !same_number(a->load_kg, b->load_kg) || a->load_mode != b->load_mode ||
        a->unit != b->unit || a->reps != b->reps || !same_number(a->seconds, b->seconds) ||
        !same_number(a->rir, b->rir) || !same_number(a->percent, b->percent) || a->type != b->type ||
        a->failure != b->failure || a->side != b->side || a->cheat != b->cheat || a->at_ms != b->at_ms ||
        a->segment_count != b->segment_count || strcmp(a->note, b->note) != 0)
        return false;
    for (int i = 0; i < a->segment_count; i++)
        if (!same_number(a->segments[i].load_kg, b->segments[i].load_kg) || a->segments[i].reps != b->segments[i].reps)
            return false;
    return true;
}

/* Whether TEXT is read as SET alone; prints what is wrong. */
static bool reads_as(struct reading *reading, const char *text, const struct set *set, enum unit unit)
{
    const struct reading_options options = {.unit = unit};
    struct buf wanted = BUF_INIT(4096);
    struct buf found = BUF_INIT(65536);
    bool same;

    reading_read(reading, span_of(text), &options);
    same = reading->kind == READING_SETS && reading->sets.count == 1 && same_set(&reading->sets.at[0], set);
    if (!same) {
        describe_set(set, &wanted);
        describe_sets(reading->sets.at, reading->sets.count, &found);
        printf("%s\n  is     %s\n  read as %d %s %s\n", text, buf_text(&wanted), (int)reading->kind, buf_text(&found),
               reading->error);
    }
    buf_release(&wanted);
    buf_release(&found);
    return same;
}

static void prints_what_it_reads(void **state)
{
    uint64_t random = 0x5EED;
    struct reading reading;
    struct buf text = BUF_INIT(4096);
    int wrong = 0;

    (void)state;
    reading_init(&reading);
    for (int i = 0; i < ROUNDS && wrong < 10; i++) {
        enum unit unit = (enum unit)(i % 3);
        struct set set;

        random_set(&random, unit, &set);
        buf_clear(&text);
        notation_print(&set, (struct notation_style){unit, (enum language)(i / 3 % LANGUAGE_COUNT)}, true, &text);
        wrong += !reads_as(&reading, buf_text(&text), &set, unit);
    }
    buf_release(&text);
    reading_release(&reading);
    assert_int_equal(wrong, 0);
}

static void every_exercise_is_read_again(void **state)
{
    struct reading reading;
    struct buf text = BUF_INIT(4096);
    int wrong = 0;

    (void)state;
    reading_init(&reading);
    for (size_t i = 0; i < catalogue_count() * LANGUAGE_COUNT; i++) {
        const struct exercise *exercise = catalogue_at(i / LANGUAGE_COUNT);
        struct notation_style style = {UNIT_KG, (enum language)(i % LANGUAGE_COUNT)};
        struct set set;

        set_init(&set);
        memcpy(set.exercise, exercise->id, sizeof(set.exercise));
        set.load_kg = 20;
        set.load_mode = exercise->bodyweight ? LOAD_ADDED : LOAD_EXTERNAL;
        set.rir = 1;
        if (exercise->timed)
            set.seconds = 45;
        else
            set.reps = 8;
        buf_clear(&text);
        notation_print(&set, style, true, &text);
        wrong += !reads_as(&reading, buf_text(&text), &set, UNIT_KG);
    }
    buf_release(&text);
    reading_release(&reading);
    assert_int_equal(wrong, 0);
}

static void assert_prints(const struct set *set, enum unit unit, bool with_name, const char *expected)
{
    struct buf text = BUF_INIT(4096);

    notation_print(set, (struct notation_style){unit, LANGUAGE_ENGLISH}, with_name, &text);
    assert_string_equal(buf_text(&text), expected);
    buf_release(&text);
}

static void canonical_is_short(void **state)
{
    struct set set;

    (void)state;
    set_init(&set);
    memcpy(set.exercise, "bench-press", sizeof("bench-press"));
    set.load_kg = 82.5;
    set.reps = 8;
    set.rir = 1;
    assert_prints(&set, UNIT_KG, true, "bench press 82.5x8 @1");
    assert_prints(&set, UNIT_KG, false, "82.5x8 @1");
    set.load_kg = 175 * KG_PER_LB;
    set.unit = UNIT_LB;
    assert_prints(&set, UNIT_LB, false, "175x8 @1");
    assert_prints(&set, UNIT_KG, false, "175 lb x8 @1");
    set.unit = UNIT_KG;
    set.load_kg = 8; /* "8x8" would be asked about */
    assert_prints(&set, UNIT_KG, false, "8 kg x8 @1");
    set.rir = 6.5; /* "@6.5" would be an RPE */
    assert_prints(&set, UNIT_KG, false, "8 kg x8 rir 6.5");
    set.load_kg = 100;
    set.reps = 4;
    set.rir = 0;
    set.failure = FAILURE_MISSED;
    assert_prints(&set, UNIT_KG, false, "100x4 fail");
    set_init(&set);
    memcpy(set.exercise, "pull-up", sizeof("pull-up"));
    set.load_mode = LOAD_BODYWEIGHT;
    set.load_kg = 0;
    set.reps = 8;
    assert_prints(&set, UNIT_KG, true, "pull-up x8");
    assert_prints(&set, UNIT_KG, false, "bwx8");
    set.load_mode = LOAD_ASSISTED;
    set.load_kg = 12.5;
    assert_prints(&set, UNIT_KG, true, "pull-up bw-12.5x8");
}

static void numbers_are_short(void **state)
{
    static const struct {
        double value;
        const char *text;
    } rows[] = {{80, "80"}, {82.5, "82.5"}, {1.25, "1.25"}, {0, "0"}, {100, "100"}, {0.5, "0.5"}, {79.378665, "79.38"}};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf text = BUF_INIT(64);

        notation_number(rows[i].value, LANGUAGE_ENGLISH, &text);
        assert_string_equal(buf_text(&text), rows[i].text);
        buf_release(&text);
    }
}

static void german_has_its_words_and_a_decimal_comma(void **state)
{
    static const struct notation_style german = {UNIT_KG, LANGUAGE_GERMAN};
    struct buf text = BUF_INIT(256);
    struct set set;

    (void)state;
    set_init(&set);
    memcpy(set.exercise, "bench-press", sizeof("bench-press"));
    set.load_kg = 82.5;
    set.reps = 8;
    set.rir = 1.5;
    notation_print(&set, german, true, &text);
    assert_string_equal(buf_text(&text), "Bankdrücken 82,5x8 @1,5");
    buf_clear(&text);
    set.load_kg = 80;
    set.rir = 0;
    set.failure = FAILURE_MOMENTARY;
    set.side = SIDE_EACH;
    notation_print(&set, german, true, &text);
    assert_string_equal(buf_text(&text), "Bankdrücken 80x8 bis Versagen je Seite");
    buf_clear(&text);
    notation_number(1234.5, LANGUAGE_GERMAN, &text);
    assert_string_equal(buf_text(&text), "1234,5");
    buf_clear(&text);
    notation_number(80, LANGUAGE_GERMAN, &text);
    assert_string_equal(buf_text(&text), "80");
    buf_clear(&text); /* a name that is the same in both languages is a noun in German alone */
    notation_name("crunch", catalogue_by_id("crunch"), LANGUAGE_GERMAN, &text);
    assert_string_equal(buf_text(&text), "Crunch");
    buf_clear(&text);
    notation_name("crunch", catalogue_by_id("crunch"), LANGUAGE_ENGLISH, &text);
    assert_string_equal(buf_text(&text), "crunch");
    buf_release(&text);
}

/* A lifter's own exercise has no row in the catalogue; its id's words are its name. */
static void own_exercises_are_read_again(void **state)
{
    static const struct exercise_alias aliases[] = {{"beast mode", "beast-mode"}, {"my bench", "bench-press"}};
    static const struct exercise_names own = {aliases, 2};
    const struct reading_options options = {.own = &own, .unit = UNIT_KG};
    struct reading reading;

    (void)state;
    reading_init(&reading);
    reading_read(&reading, span_of("Beast Mode 80x8 @1"), &options);
    assert_int_equal(reading.kind, READING_SETS);
    assert_string_equal(reading.sets.at[0].exercise, "beast-mode");
    assert_prints(&reading.sets.at[0], UNIT_KG, true, "beast mode 80x8 @1");
    reading_read(&reading, span_of("my bench 80x8"), &options);
    assert_int_equal(reading.kind, READING_SETS);
    assert_string_equal(reading.sets.at[0].exercise, "bench-press");
    reading_release(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(canonical_is_short),           cmocka_unit_test(numbers_are_short),
        cmocka_unit_test(prints_what_it_reads),         cmocka_unit_test(every_exercise_is_read_again),
        cmocka_unit_test(own_exercises_are_read_again), cmocka_unit_test(german_has_its_words_and_a_decimal_comma),
    };

    return RUN_TESTS(tests);
}
