/*
 * Canonical JSON against the examples that the Matrix specification publishes (appendices, "Canonical JSON"), and what
 * must be refused before a signature is verified.
 */
#include "tests/unit/unit.h"

#include <string.h>

#include "bot/json/json.h"
#include "core/base/mem.h"

static int canonical(const char *text, const char *const *without, struct buf *out, struct err *err)
{
    struct json *json = json_parse(span_of(text), NULL);
    int result;

    assert_non_null(json);
    buf_clear(out);
    result = json_canonical(json, without, out, err);
    json_free(json);
    return result;
}

static void agrees_with_the_published_examples(void **state)
{
    static const char *const examples[][2] = {
        {"{}", "{}"},
        {"{\n    \"one\": 1,\n    \"two\": \"Two\"\n}", "{\"one\":1,\"two\":\"Two\"}"},
        {"{\n    \"b\": \"2\",\n    \"a\": \"1\"\n}", "{\"a\":\"1\",\"b\":\"2\"}"},
        {"{\"b\":\"2\",\"a\":\"1\"}", "{\"a\":\"1\",\"b\":\"2\"}"},
        {"{\"auth\": {\"success\": true, \"mxid\": \"@john.doe:example.com\", \"profile\": {\"display_name\": \"John "
         "Doe\","
         "\"three_pids\": [{\"medium\": \"email\", \"address\": \"john.doe@example.org\"}, {\"medium\": \"msisdn\","
         "\"address\": \"123456789\"}]}}}",
         "{\"auth\":{\"mxid\":\"@john.doe:example.com\",\"profile\":{\"display_name\":\"John Doe\",\"three_pids\":["
         "{\"address\":\"john.doe@example.org\",\"medium\":\"email\"},{\"address\":\"123456789\",\"medium\":\"msisdn\"}"
         "]},"
         "\"success\":true}}"},
        {"{\"a\": \"日本語\"}", "{\"a\":\"日本語\"}"},
        {"{\"本\": 2, \"日\": 1}", "{\"日\":1,\"本\":2}"},
        {"{\"a\": \"\\u65E5\"}", "{\"a\":\"日\"}"},
        {"{\"a\": null}", "{\"a\":null}"},
        /* By code point, where UTF-16 would put U+10000 before U+FFFD; and the grammar's escapes. */
        {"{\"\\ud800\\udc00\":1,\"\\uffff\":2,\"\\u007f\":3,\"\":4,\"a\":5,\"A\":6,\"aa\":7}",
         "{\"\":4,\"A\":6,\"a\":5,\"aa\":7,\"\x7f\":3,\"\xef\xbf\xbf\":2,\"\xf0\x90\x80\x80\":1}"},
        {"[\"\\u0000\\u0008\\u0009\\u000a\\u000b\\u000c\\u000d\\u001F\\u0022\\u005c\\/\"]",
         "[\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/\"]"},
        {"[9007199254740991,-9007199254740991,0]", "[9007199254740991,-9007199254740991,0]"},
    };
    struct buf out = BUF_INIT(1000);

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(examples); i++) {
        assert_int_equal(canonical(examples[i][0], NULL, &out, NULL), 0);
        assert_string_equal(buf_text(&out), examples[i][1]);
    }
    buf_release(&out);
}

/*
 * The specification's last example turns -0 into 0 and 1e10 into an integer; its text forbids both, and whoever signs
 * them signs what two readers read differently: refused.
 */
static void refuses_what_has_no_one_form(void **state)
{
    static const char *const documents[] = {
        "{\"a\":-0}",
        "{\"a\":1e10}",
        "[1.0]",
        "[-0.0]",
        "[9007199254740992]",
        "[-9007199254740992]",
        "[9223372036854775807]",
        "[18446744073709551615]",
        "[99999999999999999999999999]",
        "[-99999999999999999999999999]",
        "[\"\\ud800\"]",
        "{\"\\udc00\":1}",
        "{\"a\\u0000\":1}",
        "[[-0]]",
        "-0",
        "{\"unsigned\":1,\"x\":{\"y\":1e2}}",
    };
    struct buf out = BUF_INIT(1000);

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(documents); i++) {
        struct err err = {0};

        assert_int_equal(canonical(documents[i], NULL, &out, &err), -1);
        assert_int_equal(err.class, ERR_INPUT);
    }
    buf_release(&out);
}

static void leaves_out_members_of_the_outermost_object(void **state)
{
    static const char *const without[] = {"signatures", "unsigned", NULL};
    struct buf out = BUF_INIT(1000);

    (void)state;
    assert_int_equal(
        canonical("{\"unsigned\":{\"age\":1.5},\"b\":{\"unsigned\":1},\"signatures\":{\"\\ud800\":-0},\"a\":[]}",
                  without, &out, NULL),
        0);
    assert_string_equal(buf_text(&out), "{\"a\":[],\"b\":{\"unsigned\":1}}");
    buf_release(&out);
}

static void says_when_the_buffer_is_too_small(void **state)
{
    struct buf out = BUF_INIT(8);
    struct err err = {0};

    (void)state;
    assert_int_equal(canonical("{\"a\":\"bc\"}", NULL, &out, &err), -1);
    assert_int_equal(err.class, ERR_LIMIT);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_published_examples),
        cmocka_unit_test(refuses_what_has_no_one_form),
        cmocka_unit_test(leaves_out_members_of_the_outermost_object),
        cmocka_unit_test(says_when_the_buffer_is_too_small),
    };

    return RUN_TESTS(tests);
}
