/*
 * Each question, error and hint of the notation has its German, with the same conversions in the same order; and
 * nothing has one that is said no more.
 */
#include "tests/unit/unit.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/notation/parser.h"

enum { SOURCE_MAX = 256 * 1024, FOUND_MAX = 64 * 1024 };

/* What is put in by "%s" and is the same in each language. */
static bool is_word(const char *text)
{
    static const char *const words[] = {"@", "RIR", "RIR ", "RPE", "RPE ", "\", \""};

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        if (strcmp(words[i], text) == 0)
            return true;
    return false;
}

/* The conversions of FORMAT, one after the other. */
static void conversions(const char *format, struct buf *out)
{
    while ((format = strchr(format, '%')) != NULL) {
        size_t length = strcspn(format + 1, "dgsuc%") + 1;

        if (format[length] == '\0') /* "80% x5" of a hint, which is no format */
            return;
        buf_add(out, format, length + 1);
        format += length + 1;
    }
}

static void assert_has_german(const char *file, const char *english)
{
    const char *german = notation_german(english);
    struct buf a = BUF_INIT(256), b = BUF_INIT(256);

    if (german == NULL)
        fail_msg("%s: no German for \"%s\"", file, english);
    conversions(english, &a);
    conversions(german, &b);
    assert_string_equal(buf_text(&b), buf_text(&a));
    buf_release(&a);
    buf_release(&b);
}

/* Reads one string from its quote on into OUT; returns what stands behind it. */
static const char *read_string(const char *at, struct buf *out)
{
    for (at++; *at != '"'; at++) {
        at += *at == '\\';
        buf_addc(out, *at);
    }
    return at + 1;
}

/* Strings side by side are one. */
static const char *read_strings(const char *at, struct buf *out)
{
    while (*at == '"') {
        at = read_string(at, out);
        at += strspn(at, " \n");
    }
    return at;
}

/* The strings of the call or the constant that begins at AT, up to its ';'; each is added to FOUND, a line. */
static size_t check_strings(const char *file, const char *at, struct buf *found)
{
    struct buf text = BUF_INIT(1024);
    size_t count = 0;

    while (*at != ';' && *at != '{') {
        buf_clear(&text);
        at = read_strings(at, &text);
        if (text.length != 0 && !is_word(buf_text(&text))) {
            assert_has_german(file, buf_text(&text));
            buf_addf(found, "%s\n", buf_text(&text));
            count++;
        }
        at += *at != '"' && *at != ';' && *at != '{';
    }
    buf_release(&text);
    return count;
}

static void read_source(const char *path, char *source)
{
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    source[fread(source, 1, SOURCE_MAX - 1, file)] = '\0';
    fclose(file);
}

static size_t check_file(const char *path, char *source, struct buf *found)
{
    static const char *const starts[] = {"notation_ask(", "notation_error(", "notation_fork(", "_hint[] = "};
    size_t count = 0;

    read_source(path, source);
    for (size_t i = 0; i < ARRAY_LENGTH(starts); i++)
        for (const char *at = source; (at = strstr(at, starts[i])) != NULL; at++)
            count += check_strings(path, at + strlen(starts[i]), found);
    return count;
}

/* The entries of the table are among what was FOUND; how many they are. */
static size_t check_table(char *source, const struct buf *found)
{
    struct buf english = BUF_INIT(256);
    size_t count = 0;

    read_source("core/notation/german.c", source);
    for (const char *at = source; (at = strstr(at, "\n    {\"")) != NULL; count++) {
        buf_clear(&english);
        buf_addc(&english, '\n');
        at = read_strings(at + strlen("\n    {"), &english);
        buf_addc(&english, '\n');
        if (strstr(buf_text(found), buf_text(&english)) == NULL)
            fail_msg("German, but nowhere said:%s", buf_text(&english));
    }
    buf_release(&english);
    return count;
}

static void each_phrase_in_the_sources_has_its_german(void **state)
{
    char *source = malloc(SOURCE_MAX);
    struct buf found = BUF_INIT(FOUND_MAX);
    size_t count = 0;
    glob_t files;

    (void)state;
    buf_addc(&found, '\n');
    assert_int_equal(glob("core/notation/*.c", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++)
        count += check_file(files.gl_pathv[i], source, &found);
    assert_true(count >= 70);
    assert_true(check_table(source, &found) >= 70);
    globfree(&files);
    buf_release(&found);
    free(source);
}

static void what_is_asked_is_german(void **state)
{
    static const char *const cases[][2] = {
        {"bench 80 @2", "Wie viele Wdh. mit 80?"},
        {"bench 82,5 @2", "Wie viele Wdh. mit 82,5?"},
        {"bench 8x8", "8x8: 8 Sätze zu 8, oder 8 Wdh. mit 8?"},
        {"bench 80x8 @5.5", "@5,5: RPE 5,5, oder 5,5 Wdh. in Reserve?"},
    };
    const struct reading_options options = {.unit = UNIT_KG, .language = LANGUAGE_GERMAN};
    struct reading reading;

    (void)state;
    reading_init(&reading);
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        reading_read(&reading, span_of(cases[i][0]), &options);
        assert_int_equal(reading.kind, READING_QUESTION);
        assert_string_equal(reading.question, cases[i][1]);
    }
    reading_read(&reading, span_of("bench 800x8"), &options);
    assert_int_equal(reading.kind, READING_ERROR);
    assert_string_equal(reading.error, "800 kg sind zu schwer.");
    assert_string_equal(reading.hint, "Über 500 kg gehen nur Beinpresse und Schlitten, mit Namen: leg press 600x10");
    reading_read(&reading, span_of("Bankdrücken 82,5x8 @1"), &options);
    assert_int_equal(reading.kind, READING_SETS);
    reading_release(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_phrase_in_the_sources_has_its_german),
        cmocka_unit_test(what_is_asked_is_german),
    };

    return RUN_TESTS(tests);
}
