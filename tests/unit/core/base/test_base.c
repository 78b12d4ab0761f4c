/*
 * Buffers keep to their maximum, maps find what was put, dates agree with published values.
 */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/civil.h"
#include "core/base/err.h"
#include "core/base/map.h"
#include "core/base/path.h"
#include "core/base/span.h"
#include "core/base/vec.h"

static void a_file_is_in_a_folder(void **state)
{
    static const char *const rows[][3] = {
        {"spotter.db", ".", "spotter.db"},         {"/spotter.db", "/", "spotter.db"},
        {"/a/b/spotter.db", "/a/b", "spotter.db"}, {"./spotter.db", ".", "spotter.db"},
        {"a/spotter.db", "a", "spotter.db"},       {"/a/b/", "/a/b", ""},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        char *folder = path_folder(rows[i][0]);

        assert_string_equal(folder, rows[i][1]);
        assert_string_equal(path_name(rows[i][0]), rows[i][2]);
        free(folder);
    }
}

static void buf_grows_and_stays_terminated(void **state)
{
    struct buf buf = BUF_INIT(100000);

    (void)state;
    assert_string_equal(buf_text(&buf), "");
    for (int i = 0; i < 1000; i++)
        assert_int_equal(buf_addf(&buf, "%d,", i), 0);
    assert_int_equal(strlen(buf_text(&buf)), buf.length);
    assert_int_equal(strncmp(buf_text(&buf), "0,1,2,3,", 8), 0);
    buf_truncate(&buf, 3);
    assert_string_equal(buf_text(&buf), "0,1");
    buf_release(&buf);
}

static void buf_refuses_past_its_maximum_and_stays_refusing(void **state)
{
    struct buf buf = BUF_INIT(4);

    (void)state;
    assert_int_equal(buf_adds(&buf, "abcd"), 0);
    assert_int_equal(buf_adds(&buf, "e"), -1);
    assert_true(buf.overflowed);
    assert_string_equal(buf_text(&buf), "abcd");
    assert_true(buf.capacity <= 5);
    assert_int_equal(buf_add(&buf, "", 0), -1);
    buf_clear(&buf);
    assert_int_equal(buf_adds(&buf, "x"), 0);
    buf_release(&buf);
}

/* Whatever room there was: what is printed is whole, or nothing of it stays. */
static void buf_prints_whole_or_nothing(void **state)
{
    enum { MAXIMUM = 200 };
    static const char digits[] = "0123456789";

    (void)state;
    for (int before = 0; before <= MAXIMUM; before++) {
        for (int length = 0; length <= 10; length++) {
            struct buf buf = BUF_INIT(MAXIMUM);
            const bool fits = before + length <= MAXIMUM;

            for (int i = 0; i < before; i++)
                buf_addc(&buf, 'a');
            assert_int_equal(buf_addf(&buf, "%.*s", length, digits), fits ? 0 : -1);
            assert_int_equal(buf.overflowed, !fits);
            assert_int_equal(buf.length, before + (fits ? length : 0));
            assert_int_equal(strlen(buf_text(&buf)), buf.length);
            assert_memory_equal(buf_text(&buf) + before, digits, buf.length - (size_t)before);
            buf_release(&buf);
        }
    }
}

static void buf_steal_leaves_an_empty_buffer(void **state)
{
    struct buf buf = BUF_INIT(10);
    char *text;

    (void)state;
    buf_adds(&buf, "one");
    text = buf_steal(&buf);
    assert_string_equal(text, "one");
    free(text);
    text = buf_steal(&buf);
    assert_string_equal(text, "");
    free(text);
}

static void map_holds_thousands_and_forgets_what_is_removed(void **state)
{
    struct map *map = map_new(42);
    char key[32];
    static int values[5000];
    size_t cursor = 0, seen = 0;
    const char *at;
    void *value;

    (void)state;
    for (int i = 0; i < 5000; i++) {
        snprintf(key, sizeof(key), "$event%d:example.org", i);
        assert_null(map_put(map, key, &values[i]));
    }
    for (int i = 0; i < 5000; i += 2) {
        snprintf(key, sizeof(key), "$event%d:example.org", i);
        assert_ptr_equal(map_remove(map, key), &values[i]);
        assert_null(map_remove(map, key));
    }
    assert_int_equal(map_count(map), 2500);
    for (int i = 0; i < 5000; i++) {
        snprintf(key, sizeof(key), "$event%d:example.org", i);
        assert_ptr_equal(map_get(map, key), i % 2 != 0 ? (void *)&values[i] : NULL);
    }
    while (map_next(map, &cursor, &at, &value))
        seen++;
    assert_int_equal(seen, 2500);
    map_free(map, NULL);
}

static void map_put_replaces(void **state)
{
    struct map *map = map_new(7);
    int one = 1, two = 2;

    (void)state;
    assert_null(map_put(map, "a", &one));
    assert_ptr_equal(map_put(map, "a", &two), &one);
    assert_int_equal(map_count(map), 1);
    map_free(map, NULL);
}

static void vec_adds_zeroed_elements_and_removes_in_order(void **state)
{
    VEC(int) numbers = {0};

    (void)state;
    for (int i = 0; i < 100; i++)
        vec_push(&numbers, i);
    assert_int_equal(*vec_add(&numbers), 0);
    vec_remove(&numbers, 0);
    assert_int_equal(numbers.at[0], 1);
    assert_int_equal(numbers.count, 100);
    vec_release(&numbers);
}

/* 1234567890 is 2009-02-13T23:31:30Z, a value that every Unix handbook prints. */
static void civil_agrees_with_known_times(void **state)
{
    struct civil civil;
    char text[CIVIL_TEXT];

    (void)state;
    assert_int_equal(civil_days(1970, 1, 1), 0);
    assert_int_equal(civil_days(2000, 3, 1), 11017);
    assert_int_equal(civil_weekday(civil_days(2026, 11, 25)), 2);
    civil_from_ms(INT64_C(1234567890000), 0, &civil);
    civil_print(&civil, text);
    assert_string_equal(text, "2009-02-13T23:31:30+00:00");
    assert_int_equal(civil_parse("2009-02-14T00:31:30.25+01:00", 28, &civil), 0);
    assert_int_equal(civil_to_ms(&civil), INT64_C(1234567890250));
    civil_print(&civil, text);
    assert_string_equal(text, "2009-02-14T00:31:30+01:00");
}

static void civil_refuses_what_is_no_time(void **state)
{
    static const char *const bad[] = {"2026-02-29T00:00:00Z",
                                      "2026-13-01T00:00:00Z",
                                      "2026-01-01T24:00:00Z",
                                      "2026-01-01 00:00:00Z",
                                      "2026-01-01T00:00:00",
                                      "2026-01-01T00:00:00+1:00",
                                      "",
                                      "2026-01-01T00:00:00Zx"};
    struct civil civil;

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(bad); i++)
        assert_int_equal(civil_parse(bad[i], strlen(bad[i]), &civil), -1);
}

static void every_day_of_400_years_goes_there_and_back(void **state)
{
    struct civil civil;

    (void)state;
    for (int64_t day = civil_days(1900, 1, 1); day < civil_days(2300, 1, 1); day++) {
        civil_from_ms(day * 86400000, 0, &civil);
        assert_int_equal(civil_days(civil.year, civil.month, civil.day), day);
    }
}

static void err_keeps_the_cause_behind_the_context(void **state)
{
    struct err err;

    (void)state;
    assert_int_equal(err_set(&err, ERR_NETWORK, "refused by %s", "peer"), -1);
    err_context(&err, "sync");
    assert_string_equal(err.text, "sync: refused by peer");
    assert_int_equal(err.class, ERR_NETWORK);
    assert_int_equal(err_set(NULL, ERR_INPUT, "x"), -1);
}

static void a_span_is_taken_apart(void **state)
{
    struct span rest = span_of("a=1,,b"), taken = span_take(&rest, ',');
    int64_t number;

    (void)state;
    assert_true(span_is(span_take(&taken, '='), "a") && span_is(taken, "1"));
    assert_true(span_is(span_take(&rest, ','), "") && span_is(rest, "b"));
    assert_true(span_is(span_take(&rest, ','), "b") && rest.length == 0);
    assert_true(span_is(span_take(&rest, ','), ""));
    rest = span_of("  x ");
    span_skip_spaces(&rest);
    assert_true(span_is(rest, "x "));
    assert_true(span_number(span_of("0"), 0, &number) && number == 0);
    assert_true(span_number(span_of("00065535"), 65535, &number) && number == 65535);
    assert_true(span_number(span_of("999999999999999999"), INT64_MAX, &number) && number == 999999999999999999);
    assert_false(span_number(span_of("65536"), 65535, &number));
    assert_false(span_number(span_of(""), 9, &number) || span_number(span_of("-1"), 9, &number) ||
                 span_number(span_of("1 "), 9, &number) || span_number(span_of("+1"), 9, &number) ||
                 span_number(span_of("1000000000000000000"), INT64_MAX, &number));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_span_is_taken_apart),
        cmocka_unit_test(a_file_is_in_a_folder),
        cmocka_unit_test(buf_grows_and_stays_terminated),
        cmocka_unit_test(buf_refuses_past_its_maximum_and_stays_refusing),
        cmocka_unit_test(buf_prints_whole_or_nothing),
        cmocka_unit_test(buf_steal_leaves_an_empty_buffer),
        cmocka_unit_test(map_holds_thousands_and_forgets_what_is_removed),
        cmocka_unit_test(map_put_replaces),
        cmocka_unit_test(vec_adds_zeroed_elements_and_removes_in_order),
        cmocka_unit_test(civil_agrees_with_known_times),
        cmocka_unit_test(civil_refuses_what_is_no_time),
        cmocka_unit_test(every_day_of_400_years_goes_there_and_back),
        cmocka_unit_test(err_keeps_the_cause_behind_the_context),
    };

    return RUN_TESTS(tests);
}
