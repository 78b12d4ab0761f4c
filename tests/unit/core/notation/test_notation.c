/*
 * The reader of sets: tables of what people write, words kept in order, and printing.
 *
 * A row of notation.tsv is: kind, text, what is expected, where the row is from; \n in a text is a new line. The kind
 * is sets, talk, error or question, with " lb", " load" (the lifter settled AxB as load x reps) or " sets" behind it.
 * Expected are sets as describe.h writes them; of a question what it is about and the options, " | " between; of an
 * error a part of its text and hint.
 */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/notation/reading.h"
#include "core/notation/words.h"
#include "tests/unit/core/notation/describe.h"

static const char *const kinds[] = {"talk", "sets", "question", "error"};
static const char *const abouts[] = {"order", "exercise", "load", "reps", "effort", "other"};

static void describe_reading(const struct reading *reading, struct buf *out)
{
    struct buf part = BUF_INIT(65536);

    if (reading->kind == READING_SETS)
        describe_sets(reading->sets.at, reading->sets.count, out);
    if (reading->days_back != 0)
        buf_addf(out, " back%d", reading->days_back);
    if (reading->weekday >= 0)
        buf_addf(out, " %sweekday%d", reading->before_today ? "last-" : "", reading->weekday);
    if (reading->month != 0)
        buf_addf(out, " on-%02d-%02d", reading->month, reading->day);
    if (reading->kind == READING_ERROR)
        buf_addf(out, "%s / %s", reading->error, reading->hint);
    if (reading->kind == READING_QUESTION) {
        buf_adds(out, abouts[reading->about]);
        for (size_t i = 0; i < reading->option_count; i++) {
            buf_clear(&part);
            describe_sets(reading->option_sets.at + reading->options[i].first, reading->options[i].count, &part);
            buf_addf(out, " | %s", buf_text(&part));
        }
    }
    buf_release(&part);
}

static char *next_field(char **row)
{
    char *field = *row;
    char *tab = field != NULL ? strchr(field, '\t') : NULL;

    if (tab != NULL)
        *tab++ = '\0';
    *row = tab;
    return field;
}

static void unescape(char *text)
{
    char *to = text;

    for (; *text != '\0'; text++) {
        if (text[0] == '\\' && text[1] == 'n') {
            *to++ = '\n';
            text++;
        } else {
            *to++ = *text;
        }
    }
    *to = '\0';
}

static bool check_row(struct reading *reading, char *row, int line)
{
    struct reading_options options = {.unit = UNIT_KG};
    char *kind = next_field(&row);
    char *text = next_field(&row);
    char *expected = next_field(&row);
    char *source = next_field(&row);
    struct buf found = BUF_INIT(65536);
    bool right;

    assert_non_null(source);
    if (strstr(kind, " lb") != NULL)
        options.unit = UNIT_LB;
    if (strstr(kind, " load") != NULL)
        options.order = ORDER_LOAD_REPS;
    if (strstr(kind, " sets") != NULL)
        options.order = ORDER_SETS_REPS;
    kind[strcspn(kind, " ")] = '\0';
    unescape(text);
    reading_read(reading, span_of(text), &options);
    describe_reading(reading, &found);
    right = strcmp(kind, kinds[reading->kind]) == 0;
    if (reading->kind == READING_ERROR)
        right &= strstr(buf_text(&found), expected) != NULL && reading->hint[0] != '\0';
    else
        right &= strcmp(buf_text(&found), expected) == 0;
    if (reading->kind == READING_QUESTION)
        right &= reading->question[0] != '\0' && strlen(reading->question) < 100;
    if (!right)
        printf("notation.tsv:%d: %s\n  expected %s: %s\n  found    %s: %s\n", line, text, kind, expected,
               kinds[reading->kind], buf_text(&found));
    buf_release(&found);
    return right;
}

static void reads_what_people_write(void **state)
{
    FILE *file = fopen("tests/unit/core/notation/notation.tsv", "r");
    struct reading reading;
    char *row = NULL;
    size_t size = 0;
    int line = 0;
    int wrong = 0;

    (void)state;
    assert_non_null(file);
    reading_init(&reading);
    while (getline(&row, &size, file) > 0) {
        line++;
        row[strcspn(row, "\n")] = '\0';
        if (row[0] != '#' && row[0] != '\0')
            wrong += !check_row(&reading, row, line);
    }
    free(row);
    fclose(file);
    reading_release(&reading);
    assert_int_equal(wrong, 0);
}

/* Words of the vocabulary, the first and the last of it, and such as are nearly in it. */
static void words_are_found(void **state)
{
    static const struct {
        const char *text;
        struct word_meaning meaning;
    } words[] = {
        {"kg", {WORD_UNIT, UNIT_KG, 0, 0, 0, 0}},
        {"vorgestern", {WORD_BACK, 2, 0, 0, 0, 0}},
        {"a", {WORD_A, 0, AMEND_WISH, SAYS_AROUND, 0, 0}},
        {"wu", {WORD_TYPE, SET_WARMUP, 0, 0, 0, 0}},
        {"vorgester", {WORD_OTHER, 0, 0, 0, 0, 0}},
        {"vorgesterns", {WORD_OTHER, 0, 0, 0, 0, 0}},
        {"", {WORD_OTHER, 0, 0, 0, 0, 0}},
        {"muskelversagensgrenze", {WORD_OTHER, 0, 0, 0, 0, 0}},
        /* with a part beside the class, with two, and with no class */
        {"mehr", {WORD_NOTE, 0, AMEND_BESIDE, SAYS_MORE, TRAIT_MORE, ROLE_AROUND}},
        {"noch", {WORD_NOTE, 0, 0, SAYS_AROUND | SAYS_FURTHER | SAYS_ONTO, TRAIT_ABOUT | TRAIT_LEAD, 0}},
        {"vormittag", {WORD_OTHER, 0, 0, 0, TRAIT_PART_OF_DAY, 0}},
        /* and such as correct a set */
        {"typo", {WORD_OTHER, 0, AMEND_MISTAKE | AMEND_REASON | AMEND_CUE, 0, 0, 0}},
        {"letzte", {WORD_LAST, 0, AMEND_WHICH | AMEND_THIS, SAYS_ONTO, 0, 0}},
        /* and such as say what was left, or what a session is called */
        {"drin", {WORD_TANK, TANK_ALONE, 0, SAYS_LEFT, 0, 0}},
        {"oberkorper", {WORD_OTHER, 0, 0, SAYS_PART, 0, 0}},
        {"scratch", {WORD_OTHER, 0, AMEND_BACK, 0, 0, ROLE_REPLACES}},
        {"davon", {WORD_OTHER, 0, AMEND_CUE, SAYS_MADE | SAYS_THAT, 0, 0}},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        struct word_meaning meaning = notation_meaning(span_of(words[i].text));

        assert_int_equal(meaning.word, words[i].meaning.word);
        assert_int_equal(meaning.argument, words[i].meaning.argument);
        assert_int_equal(meaning.says, words[i].meaning.says);
        assert_int_equal(meaning.amends, words[i].meaning.amends);
        assert_int_equal(meaning.traits, words[i].meaning.traits);
        assert_int_equal(meaning.roles, words[i].meaning.roles);
    }
}

static const struct reading_options plain = {.unit = UNIT_KG};

static void unknown_names_leave_the_sets(void **state)
{
    struct reading reading;

    (void)state;
    reading_init(&reading);
    reading_read(&reading, span_of("Flurb 80x8 @1, 80x7 @0"), &plain);
    assert_int_equal(reading.kind, READING_QUESTION);
    assert_int_equal(reading.about, ABOUT_EXERCISE);
    assert_string_equal(reading.unknown_name, "flurb");
    assert_int_equal(reading.sets.count, 2);
    assert_string_equal(reading.sets.at[0].exercise, "");
    assert_int_equal(reading.sets.at[1].reps, 7);
    assert_non_null(strstr(reading.question, "flurb"));
    reading_release(&reading);
}

/* What is near is offered, the name that was meant among it, and never taken. */
static void near_names_are_offered(void **state)
{
    struct reading reading;
    bool found = false;

    (void)state;
    reading_init(&reading);
    reading_read(&reading, span_of("benhc press 80x8 @1"), &plain);
    assert_int_equal(reading.kind, READING_QUESTION);
    assert_int_equal(reading.about, ABOUT_EXERCISE);
    assert_in_range(reading.option_count, 1, READING_OPTIONS);
    for (size_t i = 0; i < reading.option_count; i++) {
        const struct set *set = &reading.option_sets.at[reading.options[i].first];

        assert_int_equal(reading.options[i].count, 1);
        assert_int_equal(set->reps, 8);
        found |= strcmp(set->exercise, "bench-press") == 0;
    }
    assert_true(found);
    reading_release(&reading);
}

static enum reading_kind kind_of(struct reading *reading, const char *bytes, size_t length)
{
    reading_read(reading, (struct span){bytes, length}, &plain);
    return reading->kind;
}

static void what_is_no_text_is_talk(void **state)
{
    static const char invalid[] = "bench 80x8 @1 \xff\xfe";
    static const char nul[] = "bench\0 80x8 @1";
    struct reading reading;

    (void)state;
    reading_init(&reading);
    assert_int_equal(kind_of(&reading, invalid, sizeof(invalid) - 1), READING_TALK);
    assert_int_equal(kind_of(&reading, "", 0), READING_TALK);
    assert_int_equal(kind_of(&reading, "\n\n", 2), READING_TALK);
    assert_int_equal(kind_of(&reading, nul, sizeof(nul) - 1), READING_SETS);
    assert_int_equal(kind_of(&reading, "bench 80x8 (", 12), READING_TALK);
    reading_release(&reading);
}

/* Messages that somebody made long, deep or manifold to hurt. */
static void floods_are_harmless(void **state)
{
    static char text[READING_INPUT_MAX + 1];
    static const char *const pieces[] = {"(",   "[(",     "80x8,", "8x8 ", "@1",   "x",  ",",     "80x8\n",
                                         "1 ",  "bench ", "½",     "8|",   "v",    "8+", "80x8>", "flurb 80x8 @1\n",
                                         "(8)", "8x",     "rpe ",  ":",    "20s ", "-1-"};
    struct reading reading;

    (void)state;
    reading_init(&reading);
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        size_t length = strlen(pieces[i]);
        size_t used = 0;

        for (; used + length <= READING_INPUT_MAX; used += length)
            memcpy(text + used, pieces[i], length);
        reading_read(&reading, (struct span){text, used}, &plain);
        assert_in_range(reading.sets.count, 0, READING_SETS_MAX);
        assert_int_not_equal(reading.kind, READING_SETS);
    }
    memset(text, '8', sizeof(text));
    assert_int_equal(kind_of(&reading, text, sizeof(text)), READING_TALK);
    reading_release(&reading);
}

/* Each habit's example is what the reader asks about, an option for each of its meanings. */
static void habits_are_told_by_example(void **state)
{
    static const struct {
        enum habit habit;
        const char *meaning; /* the first option, as the question has it */
        double load_kg;      /* NAN: none */
        int reps;
    } firsts[] = {
        {HABIT_FEW_SETS, "sets", NAN, 12},
        {HABIT_MANY_SETS, "load", 12, 8},
        {HABIT_MANY_REPS, "reps", 40, 8},
        {HABIT_BOTH_LARGE, "load", 20, 50},
        {HABIT_TRIPLE, "load", 8, 10},
        {HABIT_INNER_LOAD, "sets", 80, 3},
        {HABIT_ROW, "load", 12, 8},
        {HABIT_ROW_OF_THREE, "reps", 80, 8},
        {HABIT_BODY_ROW, "reps", 0, 20},
        {HABIT_BOTH_SIDES, "sides", 20, 10},
        {HABIT_PLATES, "lb", 225 * 0.45359237, 8},
        {HABIT_HALF_EFFORT, "rpe", 80, 8},
        {HABIT_PLUS, "assisted", 80, 10},
        {HABIT_PLUS_LIST, "rest-pause", 80, 8},
    };
    struct reading reading;

    (void)state;
    assert_int_equal(ARRAY_LENGTH(firsts), HABIT_COUNT);
    reading_init(&reading);
    for (size_t i = 0; i < HABIT_COUNT; i++) {
        enum habit habit = firsts[i].habit;
        const struct set *first;

        reading_read(&reading, span_of(habit_example(habit)), &plain);
        assert_int_equal(reading.kind, READING_QUESTION);
        for (size_t j = 0; j < reading.option_count; j++) {
            assert_int_equal(reading.options[j].habit_count, 1);
            assert_int_equal(reading.options[j].habits[0].habit, habit);
            assert_int_equal(reading.options[j].habits[0].way, j);
        }
        assert_null(habit_meaning(habit, (unsigned)reading.option_count));
        assert_int_equal(habit_way(habit, span_of(firsts[i].meaning)), 0);
        first = &reading.option_sets.at[reading.options[0].first];
        assert_true(isnan(firsts[i].load_kg) ? isnan(first->load_kg) : fabs(first->load_kg - firsts[i].load_kg) < 0.01);
        assert_int_equal(first->reps, firsts[i].reps);
    }
    assert_int_equal(habit_way(HABIT_PLATES, span_of("sets")), HABIT_UNKNOWN);
    /* What is asked of this message alone is no habit. */
    reading_read(&reading, span_of("bench 80x8 @7-8"), &plain);
    assert_int_equal(reading.kind, READING_QUESTION);
    assert_int_equal(reading.options[0].habit_count, 0);
    reading_release(&reading);
}

static void sets_of_a_message_are_capped(void **state)
{
    struct buf text = BUF_INIT(READING_INPUT_MAX);
    struct reading reading;

    (void)state;
    reading_init(&reading);
    for (int i = 0; i < READING_SETS_MAX; i++)
        buf_adds(&text, "bench 80x8 @1\n");
    reading_read(&reading, buf_span(&text), &plain);
    assert_int_equal(reading.kind, READING_SETS);
    assert_int_equal(reading.sets.count, READING_SETS_MAX);
    buf_adds(&text, "80x8");
    reading_read(&reading, buf_span(&text), &plain);
    assert_int_equal(reading.kind, READING_ERROR);
    assert_int_equal(reading.sets.count, 0);
    buf_release(&text);
    reading_release(&reading);
}

/* One reading after another leaves nothing of the one before. */
static void readings_are_used_again(void **state)
{
    struct reading reading;

    (void)state;
    reading_init(&reading);
    reading_read(&reading, span_of("yesterday: bench 80x8"), &plain);
    assert_int_equal(reading.days_back, 1);
    reading_read(&reading, span_of("bench 8x8"), &plain);
    assert_int_equal(reading.option_count, 2);
    reading_read(&reading, span_of("bench 80x8 @11"), &plain);
    assert_int_equal(reading.kind, READING_ERROR);
    reading_read(&reading, span_of("tue: flurb 80x8"), &plain);
    assert_int_equal(reading.weekday, 1);
    reading_read(&reading, span_of("see you"), &plain);
    assert_int_equal(reading.kind, READING_TALK);
    assert_int_equal(reading.days_back, 0);
    assert_int_equal(reading.weekday, -1);
    assert_int_equal(reading.sets.count, 0);
    assert_int_equal(reading.option_count, 0);
    assert_string_equal(reading.question, "");
    assert_string_equal(reading.error, "");
    assert_string_equal(reading.unknown_name, "");
    reading_release(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_people_write),      cmocka_unit_test(words_are_found),
        cmocka_unit_test(unknown_names_leave_the_sets), cmocka_unit_test(near_names_are_offered),
        cmocka_unit_test(what_is_no_text_is_talk),      cmocka_unit_test(floods_are_harmless),
        cmocka_unit_test(sets_of_a_message_are_capped), cmocka_unit_test(readings_are_used_again),
        cmocka_unit_test(habits_are_told_by_example),
    };

    return RUN_TESTS(tests);
}
