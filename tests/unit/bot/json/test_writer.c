/*
 * The writer: what it writes is what the parser reads, whatever text it was given.
 */
#include "tests/unit/unit.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "bot/json/json.h"
#include "bot/json/writer.h"

static void writes_nested_values(void **state)
{
    struct buf out = BUF_INIT(1000);
    struct json_writer writer;

    (void)state;
    json_write_init(&writer, &out);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "a");
    json_write_int(&writer, INT64_MIN);
    json_write_key(&writer, "b/\"");
    json_write_begin(&writer, '[');
    json_write_begin(&writer, '{');
    json_write_end(&writer);
    json_write_begin(&writer, '[');
    json_write_end(&writer);
    json_write_bool(&writer, true);
    json_write_bool(&writer, false);
    json_write_null(&writer);
    json_write_text(&writer, NULL);
    json_write_raw(&writer, span_of("{\"x\":1}"));
    json_write_end(&writer);
    json_write_key(&writer, "c");
    json_write_span(&writer, (struct span){"x\0y", 3});
    json_write_end(&writer);
    assert_string_equal(
        buf_text(&out),
        "{\"a\":-9223372036854775808,\"b/\\\"\":[{},[],true,false,null,null,{\"x\":1}],\"c\":\"x\\u0000y\"}");
    buf_release(&out);
}

static void assert_writes_text(const char *text, const char *expected)
{
    struct buf out = BUF_INIT(1000);
    struct json_writer writer;

    json_write_init(&writer, &out);
    json_write_text(&writer, text);
    assert_string_equal(buf_text(&out), expected);
    buf_release(&out);
}

static void replaces_invalid_utf8(void **state)
{
    (void)state;
    assert_writes_text("", "\"\"");
    assert_writes_text("x/é日😀\x7f", "\"x/é日😀\x7f\"");
    assert_writes_text("\"\\\b\t\n\f\r\x01\x1f", "\"\\\"\\\\\\b\\t\\n\\f\\r\\u0001\\u001f\"");
    assert_writes_text("a\xff"
                       "b",
                       "\"a\xef\xbf\xbd"
                       "b\"");
    assert_writes_text("\xc0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\"");
    assert_writes_text("\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
    assert_writes_text("\xe6\x97", "\"\xef\xbf\xbd\xef\xbf\xbd\"");
    assert_writes_text("\xf0\x9f\x98", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}

static void assert_writes_number(double value, int decimals, const char *expected)
{
    struct buf out = BUF_INIT(1000);
    struct json_writer writer;

    json_write_init(&writer, &out);
    json_write_number(&writer, value, decimals);
    assert_string_equal(buf_text(&out), expected);
    buf_release(&out);
}

static void writes_numbers_short(void **state)
{
    (void)state;
    assert_writes_number(82.5, 2, "82.5");
    assert_writes_number(80, 2, "80");
    assert_writes_number(100, 0, "100");
    assert_writes_number(36.28738963, 2, "36.29");
    assert_writes_number(-0.001, 2, "0");
    assert_writes_number(-1.25, 2, "-1.25");
    assert_writes_number(-0.5, 2, "-0.5");
    assert_writes_number(2.05, 4, "2.05");
    assert_writes_number(19.9996, 3, "20");
    assert_writes_number(0.0625, 4, "0.0625");
    assert_writes_number(0, 2, "0");
    assert_writes_number(-0.0, 2, "0");
    assert_writes_number(-80, 2, "-80");
    assert_writes_number(999999999, 4, "999999999");
    assert_writes_number(1e9, 4, "1000000000");
    assert_writes_number(NAN, 2, "null");
    assert_writes_number(INFINITY, 2, "null");
}

static void writes_words_and_whole_numbers(void **state)
{
    struct buf out = BUF_INIT(100);
    struct json_writer writer;

    (void)state;
    json_write_init(&writer, &out);
    json_write_begin(&writer, '[');
    json_write_word(&writer, "rest-pause");
    json_write_word(&writer, NULL);
    json_write_int(&writer, 0);
    json_write_int(&writer, -7);
    json_write_int(&writer, 10);
    json_write_int(&writer, -100);
    json_write_int(&writer, INT64_MAX);
    json_write_end(&writer);
    assert_string_equal(buf_text(&out), "[\"rest-pause\",null,0,-7,10,-100,9223372036854775807]");
    buf_release(&out);
}

/* One byte less than is needed changes nothing that stands, and is told. */
static void a_full_buffer_takes_no_key(void **state)
{
    for (size_t maximum = 1; maximum <= 12; maximum++) {
        struct buf out = BUF_INIT(maximum);
        struct json_writer writer;

        json_write_init(&writer, &out);
        json_write_begin(&writer, '{');
        json_write_key(&writer, "ab");
        json_write_int(&writer, 1);
        json_write_key(&writer, "c");
        assert_int_equal(out.overflowed, maximum < 12);
        assert_true(out.length <= maximum);
        assert_memory_equal(buf_text(&out), "{\"ab\":1,\"c\":", out.length);
        buf_release(&out);
    }
    (void)state;
}

static void every_byte_string_reads_back(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 65536; i++) {
        const char bytes[] = {(char)(i >> 8), (char)i, 'x'};
        struct buf out = BUF_INIT(1000);
        struct json_writer writer;
        struct json *json;

        json_write_init(&writer, &out);
        json_write_begin(&writer, '[');
        json_write_span(&writer, (struct span){bytes, sizeof(bytes)});
        json_write_number(&writer, DBL_MAX, 17);
        json_write_end(&writer);
        json = json_parse(buf_span(&out), NULL);
        assert_non_null(json);
        json_free(json);
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_nested_values),       cmocka_unit_test(replaces_invalid_utf8),
        cmocka_unit_test(writes_numbers_short),       cmocka_unit_test(writes_words_and_whole_numbers),
        cmocka_unit_test(a_full_buffer_takes_no_key), cmocka_unit_test(every_byte_string_reads_back),
    };

    return RUN_TESTS(tests);
}
