/*
 * The catalogues of texts: each key is there in each language, with the same arguments and the same things to type, in
 * lines that fit a phone.
 */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/chat/catalogue.h"
#include "bot/chat/reply.h"
#include "core/text/fold.h"

enum { COLUMNS = 40, PARTS = 24, PART_SIZE = 96 };

static const char *const languages[] = {"en", "de"};

static const char *text_of(const char *language, int key)
{
    return texts_get(texts_for(language), (enum text_key)key);
}

/* What stands in a text between marks. */
struct parts {
    char at[PARTS][PART_SIZE];
    size_t count;
};

static void add_part(struct parts *parts, const char *text, size_t length)
{
    assert_true(parts->count < PARTS && length < PART_SIZE);
    memcpy(parts->at[parts->count], text, length);
    parts->at[parts->count++][length] = '\0';
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* "bank 80x8 @1" is German for "bench 80x8 @1". */
static void name_in_english(char *code)
{
    char *bank = strstr(code, "bank");

    if (bank == NULL || (bank[4] != ' ' && bank[4] != '\0'))
        return;
    assert_true(strlen(code) + 1 < PART_SIZE);
    memmove(bank + strlen("bench"), bank + strlen("bank"), strlen(bank + strlen("bank")) + 1);
    memcpy(bank, "bench", strlen("bench"));
}

/* What is to be typed: `code`, sorted. Languages differ in the decimal mark, and in how they call an exercise. */
static void read_code(const char *text, struct parts *code)
{
    code->count = 0;
    while ((text = strchr(text, '`')) != NULL) {
        const char *end = strchr(text + 1, '`');

        assert_non_null(end);
        add_part(code, text + 1, (size_t)(end - text) - 1);
        for (char *c = code->at[code->count - 1]; *c != '\0'; c++)
            if (*c == ',' && c[1] >= '0' && c[1] <= '9')
                *c = '.';
        name_in_english(code->at[code->count - 1]);
        text = end + 1;
    }
    qsort(code->at, code->count, PART_SIZE, by_text);
}

/* {arguments}, sorted. */
static void read_arguments(const char *text, struct parts *arguments)
{
    arguments->count = 0;
    while ((text = strchr(text, '{')) != NULL) {
        const char *end = strchr(text, '}');

        assert_non_null(end);
        add_part(arguments, text + 1, (size_t)(end - text) - 1);
        text = end + 1;
    }
    qsort(arguments->at, arguments->count, PART_SIZE, by_text);
}

static void assert_same_parts(const struct parts *english, const struct parts *other)
{
    for (size_t i = 0; i < english->count && i < other->count; i++)
        assert_string_equal(other->at[i], english->at[i]);
    assert_int_equal(other->count, english->count);
}

static void each_language_has_each_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(languages); i++) {
        for (int key = 0; key < TEXT_COUNT; key++) {
            assert_int_not_equal(*text_of(languages[i], key), '\0');
        }
    }
    assert_ptr_equal(texts_for(NULL), texts_for("en"));
    assert_ptr_equal(texts_for("xx"), texts_for("en"));
    assert_ptr_equal(texts_for(""), texts_for("en"));
}

static void marks_are_paired(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(languages); i++) {
        for (int key = 0; key < TEXT_COUNT; key++) {
            int strong = 0, code = 0, open = 0;

            for (const char *c = text_of(languages[i], key); *c != '\0'; c++) {
                strong += *c == '*';
                code += *c == '`';
                open += *c == '{' ? 1 : *c == '}' ? -1 : 0;
                assert_true(open == 0 || open == 1);
            }
            assert_int_equal(strong % 2, 0);
            assert_int_equal(code % 2, 0);
            assert_int_equal(open, 0);
        }
    }
}

static void languages_say_the_same(void **state)
{
    struct parts english, other;

    (void)state;
    for (int key = 0; key < TEXT_COUNT; key++) {
        read_code(text_of("en", key), &english);
        read_code(text_of("de", key), &other);
        assert_same_parts(&english, &other);
        read_arguments(text_of("en", key), &english);
        read_arguments(text_of("de", key), &other);
        assert_same_parts(&english, &other);
    }
}

/* What an argument usually is, at its longest; numbers are what is left. */
static const char *usual(const char *argument)
{
    static const char *const table[][2] = {
        {"exercise", "Bankdrücken"},
        {"set", "82,5 kg x 8"},
        {"load", "82,5 kg"},
        {"date", "Mo 12. Jan"},
        {"name", "pull-up"},
        {"sets", "80x8 @1"},
        {"text", "curl 9x9"},
        {"range", "8-11"},
        {"target", "1-3"},
        {"reserve", "1-3"},
        {"what", ""},
        {"value", "3"},
        {"muscles", "Brust 8"},
        {"signs", "Bankdrücken"},
        {"topics", ""},
        {"names", ""},
        {"example", "goal"},
        {"title", ""},
        {"lifts", "Squat"},
        {"limit", "8"},
        {"weeks", "3"},
        {"spent", "0"},
        {"budget", "2"},
        {"reps", "8"},
        {"low", "80 kg"},
        {"high", "85 kg"},
        {"rules", "R10, R34"},
        {"zero", "0"},
        {"percent", "1,7"},
        {"coach", "anna"},
        {"when", "um 18:02"},
        {"why", ""},
        {"rule", "R66"},
    };

    for (size_t i = 0; i < ARRAY_LENGTH(table); i++)
        if (strcmp(table[i][0], argument) == 0)
            return table[i][1];
    return "12";
}

/* TEXT as it is usually said, without marks. */
static void say(const char *text, struct buf *out)
{
    for (; *text != '\0'; text++) {
        char name[PART_SIZE];

        if (*text == '{') {
            snprintf(name, sizeof(name), "%.*s", (int)strcspn(text + 1, "}"), text + 1);
            buf_adds(out, usual(name));
            text += strlen(name) + 1;
        } else if (*text != '*' && *text != '`') {
            buf_addc(out, *text);
        }
    }
}

/* A text that has lines of its own, or is one, never makes a phone break them; longer ones are items of a list. */
static void lines_fit_a_phone(void **state)
{
    struct buf line = BUF_INIT(1024);

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(languages); i++) {
        for (int key = 0; key < TEXT_COUNT; key++) {
            const char *at;

            if (strchr(text_of(languages[i], key), '\n') == NULL)
                continue;
            buf_clear(&line);
            say(text_of(languages[i], key), &line);
            for (at = buf_text(&line); *at != '\0'; at += *at == '\n') {
                struct span row = {at, strcspn(at, "\n")};

                if (text_width(row) > COLUMNS)
                    fail_msg("%s: over %d columns: \"%.*s\"", languages[i], COLUMNS, (int)row.length, row.at);
                at += row.length;
            }
        }
    }
    buf_release(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_language_has_each_text),
        cmocka_unit_test(marks_are_paired),
        cmocka_unit_test(languages_say_the_same),
        cmocka_unit_test(lines_fit_a_phone),
    };

    return RUN_TESTS(tests);
}
