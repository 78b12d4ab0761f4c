/*
 * A line is one line whatever the values hold, and the level is kept.
 */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bot/log/log.h"

/* Runs WRITE_LINES with standard error going into TEXT. */
static void capture(void (*write_lines)(void), char *text, size_t size)
{
    FILE *file = tmpfile();
    int kept = dup(STDERR_FILENO);
    size_t length;

    assert_non_null(file);
    dup2(fileno(file), STDERR_FILENO);
    write_lines();
    dup2(kept, STDERR_FILENO);
    close(kept);
    rewind(file);
    length = fread(text, 1, size - 1, file);
    text[length] = '\0';
    fclose(file);
}

static void hostile_values(void)
{
    log_open(LOG_LEVEL_INFO);
    log_info("one", LOG_STR("room", "!a:b.c"), LOG_INT("ms", -4));
    log_info("two", LOG_STR("name", "x\nevent=forged \x1b[2J\"\\"), LOG_STR("empty", ""), LOG_STR("none", NULL));
    log_debug("hidden", LOG_INT("n", 1));
    log_set_level(LOG_LEVEL_ERROR);
    log_warn("hidden", LOG_INT("n", 1));
    log_error("three", LOG_STR("utf8", "\xc3\xa9"));
}

static void values_cannot_forge_lines(void **state)
{
    char text[4096];

    (void)state;
    capture(hostile_values, text, sizeof(text));
    assert_string_equal(text, "<6>event=one room=!a:b.c ms=-4\n"
                              "<6>event=two name=\"x\\x0aevent=forged \\x1b[2J\\\"\\\\\" empty=\"\" none=\"\"\n"
                              "<3>event=three utf8=\"\\xc3\\xa9\"\n");
}

static void long_values(void)
{
    static char value[10000];

    memset(value, 'v', sizeof(value) - 1);
    log_open(LOG_LEVEL_INFO);
    for (int i = 0; i < 3; i++)
        log_info("long", LOG_STR("a", value), LOG_STR("b", value), LOG_STR("c", value), LOG_STR("d", value),
                 LOG_STR("e", value), LOG_STR("f", value), LOG_STR("g", value), LOG_STR("h", value));
}

static void a_long_line_is_cut_and_ended(void **state)
{
    char text[16384];

    (void)state;
    capture(long_values, text, sizeof(text));
    assert_int_equal(strcspn(text, "\n") < 2100, 1);
    assert_int_equal(text[strlen(text) - 1], '\n');
}

static void levels_are_read_by_name(void **state)
{
    enum log_level level = LOG_LEVEL_INFO;

    (void)state;
    assert_int_equal(log_level_parse("debug", &level), 0);
    assert_int_equal(level, LOG_LEVEL_DEBUG);
    assert_int_equal(log_level_parse("loud", &level), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_cannot_forge_lines),
        cmocka_unit_test(a_long_line_is_cut_and_ended),
        cmocka_unit_test(levels_are_read_by_name),
    };

    return RUN_TESTS(tests);
}
