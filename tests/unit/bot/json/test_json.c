/*
 * Reading: what is refused, what is marked, and getters that check types. Every document is also fed byte by byte.
 */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "bot/json/json.h"
#include "bot/json/tree.h"
#include "core/base/mem.h"

static struct json *parse_bytewise(struct span text, struct err *err)
{
    struct json_parser *parser = json_parser_new(text.length);
    struct json *json;

    for (size_t i = 0; i < text.length; i++)
        if (json_parser_feed(parser, text.at + i, 1) != 0)
            break;
    json = json_parser_finish(parser, err);
    json_parser_free(parser);
    return json;
}

static char *print(const struct json *json)
{
    struct buf out = BUF_INIT(1000000);

    json_print(json, &out);
    return buf_steal(&out);
}

/* Whole and byte by byte must agree. */
static struct json *parse_span(struct span text)
{
    struct err err = {0};
    struct json *whole = json_parse(text, &err);
    struct json *bytewise = parse_bytewise(text, &err);

    assert_int_equal(whole == NULL, bytewise == NULL);
    if (whole != NULL) {
        char *a = print(whole), *b = print(bytewise);

        assert_string_equal(a, b);
        free(a);
        free(b);
    } else {
        assert_int_equal(err.class, ERR_INPUT);
        assert_true(strlen(err.text) > 0);
    }
    json_free(bytewise);
    return whole;
}

static struct json *parse(const char *text)
{
    return parse_span(span_of(text));
}

static void assert_refused(const char *text)
{
    struct json *json = parse(text);

    if (json != NULL)
        fail_msg("taken: %s", text);
}

static void assert_prints(const char *text, const char *expected)
{
    struct json *json = parse(text);
    char *printed;

    if (json == NULL)
        fail_msg("refused: %s", text);
    printed = print(json);
    assert_string_equal(printed, expected);
    free(printed);
    json_free(json);
}

static void prints_what_was_read(void **state)
{
    (void)state;
    assert_prints(" { \"b\" : [ 1 , -2, 1.50, 1e3, 1E+5, true, false, null, {} , [] ] , \"a\" : \"x/y\" } \n",
                  "{\"b\":[1,-2,1.50,1e3,1E+5,true,false,null,{},[]],\"a\":\"x/y\"}");
    assert_prints("12", "12");
    assert_prints("[0,10,-10,0.0,-0.5,1e0,0e-1,-1.25E-07,10.05e+10]",
                  "[0,10,-10,0.0,-0.5,1e0,0e-1,-1.25E-07,10.05e+10]");
    assert_prints("-1", "-1");
    assert_prints("\"\"", "\"\"");
    assert_prints("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\\u007F\"",
                  "\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\"");
    assert_prints("\"\\u00e9\\u65E5\\ud83d\\ude00\\u0022\\u005c\"", "\"é日😀\\\"\\\\\"");
    assert_prints("9223372036854775807", "9223372036854775807");
    assert_prints("{\"a\":1,\"a\":2}", "{\"a\":2}"); /* the last one counts */
}

/* RFC 8259: the grammar, where json-c 0.16 is laxer (seen by trying each of these). */
static void refuses_what_is_no_json(void **state)
{
    static const char *const documents[] = {
        "",           " ",         "{",         "[1",
        "\"a",        "{\"a\"",    "{\"a\":",   "nul",
        "NaN",        "[NaN]",     "Infinity",  "[-Infinity]",
        "'a'",        "{'a':1}",   "[1,]",      "{\"a\":1,}",
        "/* c */ 1",  "tRuE",      "TRUE",      "[01]",
        "[-01]",      "[1.]",      "[1.e5]",    "1.",
        "-",          "[-]",       "[1e]",      "[1e+]",
        "[+1]",       "[.5]",      "[0x10]",    "[1-2]",
        "[1.2.3]",    "{a:1}",     "{\"a\" 1}", "[1 2]",
        "[[],,]",     "nullx",     "null",      "1 2",
        "{} {}",      "{}x",       "{}\n[]",    "\"\x01\"",
        "\"a\tb\"",   "\"\\x\"",   "\"\\'\"",   "\"\\u12g4\"",
        "\"\\u12\"",  "\"\\ud800", "[-0",       "\xef\xbb\xbf{}",
        "\"a\"\"b\"", "]",         "-0.",       "[tru]",
        "[1-]",       "[1+]",      "[00]",      "[1e5-]",
        "[1e+-5]",    "[1e5.0]",   "[--1]",     "[-e]",
        "[1ee5]",     "[.]",       "1-",        "[1e5+1]",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(documents); i++)
        assert_refused(documents[i]);
}

/* RFC 3629 section 3 and 10: bytes that never appear, cut, overlong, surrogates, beyond U+10FFFF. */
static void refuses_invalid_utf8(void **state)
{
    static const char *const strings[] = {
        "\"\xff\"",
        "\"\xc0\x80\"",
        "\"\xc1\xbf\"",
        "\"\xe0\x9f\xbf\"",
        "\"\xed\xa0\x80\"",
        "\"\xed\xbf\xbf\"",
        "\"\xf0\x8f\xbf\xbf\"",
        "\"\xf4\x90\x80\x80\"",
        "\"\xf5\x80\x80\x80\"",
        "\"\xe6\x97\"",
        "\"\x80\"",
        "\"\xc3\"",
        "{\"\xc0\x80\":1}",
        "\"\xf0\x9f\x98\\n\"",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(strings); i++)
        assert_refused(strings[i]);
    assert_refused("[\xc3\xa9]");
    assert_null(parse_span((struct span){"[1]\0", 4}));
    assert_null(parse_span((struct span){"\"a\0b\"", 5}));
    assert_prints("\"\xed\x9f\xbf\xee\x80\x80\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\xef\xbf\xbd\"",
                  "\"\xed\x9f\xbf\xee\x80\x80\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\xef\xbf\xbd\"");
}

static void lone_surrogates_and_nul_cost_their_string_alone(void **state)
{
    struct json *json =
        parse("{\"a\":\"\\ud800\",\"b\":\"\\udc00x\",\"c\":\"\\ud800\\u0041\",\"d\":\"\\ud800\\ud800\\udc00\","
              "\"e\":\"\\ud800\\n\",\"f\":\"x\\u0000y\",\"ok\":\"\xef\xbf\xbd\\ufffd\\ud7ff\",\"k\\u0000z\":1}");
    char *printed;

    (void)state;
    assert_non_null(json);
    for (const char *key = "abcdef"; *key != '\0'; key++)
        assert_null(json_get_text(json, (char[]){*key, '\0'}));
    assert_string_equal(json_get_text(json, "ok"), "\xef\xbf\xbd\xef\xbf\xbd\xed\x9f\xbf");
    assert_null(json_get(json, "k")); /* json-c alone would have cut the key */
    printed = print(json);
    assert_string_equal(printed,
                        "{\"a\":\"\\ud800\",\"b\":\"\\udc00x\",\"c\":\"\\ud800A\",\"d\":\"\\ud800𐀀\","
                        "\"e\":\"\\ud800\\n\",\"f\":\"x\\u0000y\",\"ok\":\"\xef\xbf\xbd\xef\xbf\xbd\xed\x9f\xbf\","
                        "\"k\\u0000z\":1}");
    free(printed);
    json_free(json);
}

static void limits_hold(void **state)
{
    struct json_parser *parser = json_parser_new(4);
    struct err err = {0};
    char *deep = mem_alloc(2 * JSON_DEPTH_PARSER + 2);
    struct buf many = BUF_INIT(10000000);
    struct json *json;

    (void)state;
    assert_int_equal(json_parser_feed(parser, "[1,", 3), 0);
    assert_int_equal(json_parser_feed(parser, "2]", 2), -1);
    assert_int_equal(json_parser_feed(parser, "]", 1), -1); /* for good */
    assert_null(json_parser_finish(parser, &err));
    assert_int_equal(err.class, ERR_LIMIT);
    json_parser_free(parser);

    memset(deep, '[', JSON_DEPTH_PARSER);
    memset(deep + JSON_DEPTH_PARSER, ']', JSON_DEPTH_PARSER);
    json = parse_span((struct span){deep, 2 * JSON_DEPTH_PARSER});
    assert_non_null(json);
    json_free(json);
    memset(deep, '[', JSON_DEPTH_PARSER + 1);
    memset(deep + JSON_DEPTH_PARSER + 1, ']', JSON_DEPTH_PARSER + 1);
    assert_null(parse_span((struct span){deep, 2 * JSON_DEPTH_PARSER + 2}));
    free(deep);

    buf_addc(&many, '[');
    for (int i = 0; i < 1000000; i++)
        buf_adds(&many, "[],");
    buf_adds(&many, "1]");
    assert_null(json_parse(buf_span(&many), &err));
    assert_int_equal(err.class, ERR_INPUT);
    buf_release(&many);
}

static void a_document_is_taken_once(void **state)
{
    struct json_parser *parser = json_parser_new(100);
    struct err err = {0};
    struct json *json;

    (void)state;
    assert_int_equal(json_parser_feed(parser, "{} ", 3), 0);
    assert_int_equal(json_parser_feed(parser, " \r\n\t", 4), 0);
    json = json_parser_finish(parser, &err);
    assert_true(json_is_object(json));
    assert_null(json_parser_finish(parser, &err));
    json_parser_free(parser);
    json_free(json);

    parser = json_parser_new(100);
    assert_int_equal(json_parser_feed(parser, "{}", 2), 0);
    assert_int_equal(json_parser_feed(parser, "{}", 2), -1);
    json_parser_free(parser);
    json_parser_free(NULL);
}

static void feed_and_drop(const char *text)
{
    struct json_parser *parser = json_parser_new(strlen(text));

    json_parser_feed(parser, text, strlen(text));
    json_parser_free(parser);
}

/* Whatever the one before it ended in. */
static void a_document_knows_nothing_of_the_one_before(void **state)
{
    static const char *const before[] = {
        "{\"a\":\"\\ud83d", "[[[[1", "[1,\"\xf0\x9f", "{\"key\":", "-", "[1]", "{\"a\":1} x", "\"\\ud83d\"", "[1e"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(before); i++) {
        struct json *json;
        char *printed;

        feed_and_drop(before[i]);
        json = parse("{\"b\":\"\\ude00\",\"c\":[2,{}]}");
        assert_non_null(json);
        printed = print(json);
        assert_string_equal(printed, "{\"b\":\"\\ude00\",\"c\":[2,{}]}");
        free(printed);
        json_free(json);
    }
}

static void getters_check_types(void **state)
{
    struct json *json =
        parse("{\"text\":\"x\",\"int\":-5,\"float\":1.0,\"minus\":-0,\"yes\":true,\"null\":null,"
              "\"list\":[1,\"two\",null],\"in\":{\"ner\":{\"most\":\"y\"}},"
              "\"top\":9223372036854775806,\"max\":9223372036854775807,\"past\":9223372036854775808,"
              "\"huge\":99999999999999999999999,\"min\":-9223372036854775808,\"low\":-99999999999999999999}");
    static const char *const no_integers[] = {"text", "float", "minus", "yes", "null", "list",  "in",
                                              "max",  "past",  "huge",  "min", "low",  "absent"};
    int64_t value = 77;

    (void)state;
    assert_string_equal(json_get_text(json, "text"), "x");
    assert_null(json_get_text(json, "int"));
    assert_null(json_get_text(json, "absent"));
    assert_null(json_get_text(NULL, "x"));
    assert_null(json_text(json));
    assert_true(json_get_int(json, "int", &value));
    assert_int_equal(value, -5);
    assert_true(json_get_int(json, "top", &value));
    assert_true(value == INT64_MAX - 1);
    for (size_t i = 0; i < ARRAY_LENGTH(no_integers); i++)
        assert_false(json_get_int(json, no_integers[i], &value));
    assert_true(value == INT64_MAX - 1);
    assert_true(json_get_bool(json, "yes", false));
    assert_false(json_get_bool(json, "int", false));
    assert_true(json_get_bool(json, "absent", true));
    assert_string_equal(json_text(json_path(json, "in", "ner", "most", NULL)), "y");
    assert_null(json_path(json, "text", "ner", NULL));
    assert_int_equal(json_count(json_get(json, "list")), 3);
    assert_int_equal(json_count(json), 0);
    assert_int_equal(json_count(NULL), 0);
    assert_string_equal(json_text(json_at(json_get(json, "list"), 1)), "two");
    assert_null(json_at(json_get(json, "list"), 2));
    assert_null(json_at(json_get(json, "list"), 3));
    assert_null(json_at(json, 0));
    assert_null(json_get(json_get(json, "list"), "0"));
    assert_false(json_is_object(NULL));
    assert_false(json_is_array(json));
    json_free(json);
    json_free(NULL);
}

static void walks_members_in_order(void **state)
{
    struct json *json = parse("{\"b\":1,\"a\":null,\"c\":\"x\"}");
    struct json_cursor cursor = {0};
    const struct json *value;
    const char *key;

    (void)state;
    assert_true(json_next(json, &cursor, &key, &value));
    assert_string_equal(key, "b");
    assert_non_null(value);
    assert_true(json_next(json, &cursor, &key, &value));
    assert_string_equal(key, "a");
    assert_null(value);
    assert_true(json_next(json, &cursor, &key, &value));
    assert_string_equal(json_text(value), "x");
    assert_false(json_next(json, &cursor, &key, &value));
    json_free(json);
    cursor = (struct json_cursor){0};
    assert_false(json_next(NULL, &cursor, &key, &value));
    json = parse("{}");
    assert_false(json_next(json, &cursor, &key, &value));
    json_free(json);
}

static void kept_values_outlive_their_document(void **state)
{
    struct json *json = parse("{\"a\":{\"b\":\"c\"}}");
    struct json *kept = json_keep(json_get(json, "a"));

    (void)state;
    json_free(json);
    assert_string_equal(json_get_text(kept, "b"), "c");
    json_free(kept);
    assert_null(json_keep(NULL));
}

/* What another owner sees is what lies in memory. */
static void secrets_are_wiped(void **state)
{
    struct json *json = parse("{\"a\":\"short\",\"b\":[{\"key\":\"0123456789abcdef0123456789abcdef\"},7,null,\"x\"]}");
    struct json *kept = json_keep(json);

    (void)state;
    json_free_secret(json);
    assert_memory_equal(json_object_get_string(json_tree(json_get(kept, "a"))), "\0\0\0\0\0", 6);
    assert_memory_equal(json_object_get_string(json_tree(json_get(json_at(json_get(kept, "b"), 0), "key"))),
                        (const char[33]){0}, 33);
    assert_memory_equal(json_object_get_string(json_tree(json_at(json_get(kept, "b"), 3))), "\0", 2);
    json_free(kept);
    json_free_secret(NULL);
}

static int check(const char *text, size_t maximum)
{
    struct json *json = parse(text);
    struct err err = {0};
    int result;

    assert_non_null(json);
    result = json_check_event(json, maximum, &err);
    assert_int_equal(result == 0, err.class == ERR_NONE);
    json_free(json);
    return result;
}

static void one_event_is_checked_by_itself(void **state)
{
    struct buf deep = BUF_INIT(10000);

    (void)state;
    assert_int_equal(check("{\"a\":\"bc\"}", 10), 0); /* 10 bytes */
    assert_int_equal(check("{\"a\":\"bc\"}", 9), -1);
    assert_int_equal(check("{\"a\":1.5,\"b\":-0,\"c\":\"\\u0000\"}", 100), 0);
    assert_int_equal(check("{\"a\":[\"\\ud800\"]}", 100), -1);
    assert_int_equal(check("{\"\\udfff\":1}", 100), -1);
    assert_int_equal(check("{\"x\":{\"a\\u0000\":1}}", 100), -1);
    assert_int_equal(check("[]", 100), -1);
    for (int brackets = JSON_DEPTH_EVENT; brackets <= JSON_DEPTH_EVENT + 1; brackets++) {
        buf_clear(&deep);
        buf_adds(&deep, "{\"a\":");
        for (int i = 1; i < brackets; i++)
            buf_addc(&deep, '[');
        for (int i = 1; i < brackets; i++)
            buf_addc(&deep, ']');
        buf_addc(&deep, '}');
        assert_int_equal(check(buf_text(&deep), 10000), brackets == JSON_DEPTH_EVENT ? 0 : -1);
    }
    buf_release(&deep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_what_was_read),
        cmocka_unit_test(refuses_what_is_no_json),
        cmocka_unit_test(refuses_invalid_utf8),
        cmocka_unit_test(lone_surrogates_and_nul_cost_their_string_alone),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(a_document_is_taken_once),
        cmocka_unit_test(a_document_knows_nothing_of_the_one_before),
        cmocka_unit_test(getters_check_types),
        cmocka_unit_test(walks_members_in_order),
        cmocka_unit_test(kept_values_outlive_their_document),
        cmocka_unit_test(secrets_are_wiped),
        cmocka_unit_test(one_event_is_checked_by_itself),
    };

    return RUN_TESTS(tests);
}
