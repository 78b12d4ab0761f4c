/*
 * How clients are told of a command (MSC4391): its state key, and the content of the event.
 */
#include "tests/unit/unit.h"

#include "bot/json/json.h"
#include "bot/matrix/describe.h"
#include "bot/matrix/power.h"

/* The example of the proposal. */
static void the_key_is_a_digest_of_the_command_and_its_owner(void **state)
{
    const struct offer offer = {.command = "ban"};
    struct buf key = BUF_INIT(64);

    (void)state;
    mx_describe_key(&offer, "@draupnir:draupnir.space", &key);
    assert_string_equal(buf_text(&key), "JBDLR6YMe+72yqsEMi/MVdTmjN3ynPThMz+M7QLATZQ=");
    buf_release(&key);
}

#define SHOWN(key, schema, shown)                                                                                      \
    "{\"key\":\"" key "\",\"schema\":" schema ",\"description\":{\"m.text\":[{\"body\":\"" shown "\"}]}"
#define PRIMITIVE(type) "{\"schema_type\":\"primitive\",\"type\":\"" type "\"}"
#define LITERAL(value) "{\"schema_type\":\"literal\",\"literal_type\":\"string\",\"value\":\"" value "\"}"

static void each_parameter_has_the_schema_of_its_kind(void **state)
{
    const struct offer offer = {
        .command = "new thing",
        .help = "makes \"one\"",
        .count = 5,
        .parameters = {
            {.key = "name", .shown = span_of("NAME")},
            {.key = "number", .kind = PARAMETER_NUMBER, .shown = span_of("0-3")},
            {.key = "choice", .kind = PARAMETER_CHOICE, .shown = span_of("on|off"), .choices = span_of("on|off")},
            {.key = "who", .kind = PARAMETER_PERSON, .shown = span_of("@NAME"), .optional = true},
            {.key = "all", .kind = PARAMETER_PEOPLE, .shown = span_of("@NAME")}}};
    struct buf content = BUF_INIT(4096);

    (void)state;
    mx_describe_content(&offer, &content);
    assert_string_equal(
        buf_text(&content),
        ("{\"command\":\"new thing\",\"description\":{\"m.text\":[{\"body\":\"makes \\\"one\\\"\"}]},"
         "\"parameters\":[" SHOWN("name", PRIMITIVE("string"), "NAME") "}," SHOWN(
             "number", PRIMITIVE("integer"),
             "0-3") "}," SHOWN("choice",
                               "{\"schema_type\":\"union\",\"variants\":[" LITERAL("on") "," LITERAL("off") "]}",
                               "on|off") "}," SHOWN("who", PRIMITIVE("user_id"),
                                                    "@NAME") ",\"optional\":true}," SHOWN("all",
                                                                                          "{\"schema_type\":\"array\","
                                                                                          "\"items\":" PRIMITIVE(
                                                                                              "user_id") "}",
                                                                                          "@NAME") "}]}"));
    buf_release(&content);
}

/* What is typed behind all others is all of the last one, where a client (mautrix-go) would take a word. */
static void the_last_parameter_gets_the_rest_of_the_line(void **state)
{
    const struct offer offer = {
        .command = "fix", .help = "", .count = 1, .parameters = {{.key = "set", .shown = span_of("SET")}}};
    struct buf content = BUF_INIT(4096);

    (void)state;
    mx_describe_content(&offer, &content);
    assert_non_null(strstr(buf_text(&content), ",\"fi.mau.tail_parameter\":\"set\"}"));
    buf_release(&content);
}

static int level(const char *levels)
{
    struct json *json = json_parse(span_of(levels), NULL), *digest;
    struct buf out = BUF_INIT(4096);
    int found;

    mx_power_digest(NULL, json, NULL, &out);
    digest = json_parse(buf_span(&out), NULL);
    found = mx_power_to_describe(digest);
    json_free(digest);
    json_free(json);
    buf_release(&out);
    return found;
}

/* The event's own level, else that of state, else 50 (Client-Server API, m.room.power_levels). */
static void the_room_says_what_power_it_takes(void **state)
{
    (void)state;
    assert_int_equal(level("{}"), 50);
    assert_int_equal(level("{\"state_default\":0}"), 0);
    assert_int_equal(level("{\"state_default\":0,\"events\":{\"org.matrix.msc4391.command_description\":75}}"), 75);
    assert_int_equal(mx_power_to_describe(NULL), 100); /* kept by an older Spotter */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_key_is_a_digest_of_the_command_and_its_owner),
        cmocka_unit_test(each_parameter_has_the_schema_of_its_kind),
        cmocka_unit_test(the_last_parameter_gets_the_rest_of_the_line),
        cmocka_unit_test(the_room_says_what_power_it_takes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
