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
        buf_addf(out, " weekday%d", reading->weekday);
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
    struct reading_options options = {NULL, UNIT_KG, ORDER_ASK};
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

static void words_are_sorted(void **state)
{
    (void)state;
    for (size_t i = 1; notation_word_at(i) != NULL; i++)
        assert_true(strcmp(notation_word_at(i - 1), notation_word_at(i)) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_people_write),
        cmocka_unit_test(words_are_sorted),
    };

    return RUN_TESTS(tests);
}
