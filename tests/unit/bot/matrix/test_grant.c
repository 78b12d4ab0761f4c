/*
 * What an authorisation server answers is looked at before a person sees it, or a token is sent there (RFC 8628).
 */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/matrix/grant.h"
#include "core/base/mem.h"

#define SERVER "https://matrix.example.org"
#define CODES "\"device_code\":\"d\",\"user_code\":\"AB-CD\","
#define PAGE "\"verification_uri\":\"https://a/b\""

static int read_grant(const char *text, struct mx_grant *grant)
{
    struct json *answer = json_parse(span_of(text), NULL);
    struct err err = {0};
    int result = mx_grant_read(answer, SERVER, grant, &err);

    if (result != 0)
        assert_int_equal(err.class, ERR_NETWORK);
    json_free(answer);
    return result;
}

/* Section 3.2: the interval is 5 s when it isn't said. Nobody makes us ask without a pause, or for ever. */
static void times_are_within_reason(void **state)
{
    static const struct {
        const char *times;
        int64_t interval_ms, lasts_ms;
    } rows[] = {
        {"", 5000, 600000},
        {",\"interval\":2,\"expires_in\":1200", 2000, 1200000},
        {",\"interval\":0,\"expires_in\":0", 1000, 1000},
        {",\"interval\":-7,\"expires_in\":-1", 1000, 1000},
        {",\"interval\":86400,\"expires_in\":9007199254740991", 60000, 1800000},
        {",\"interval\":99999999999999999999999,\"expires_in\":1e99", 5000, 600000},
        {",\"interval\":\"1\",\"expires_in\":{}", 5000, 600000},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct mx_grant grant = {0};
        char text[256];

        snprintf(text, sizeof(text), "{" CODES PAGE "%s}", rows[i].times);
        assert_int_equal(read_grant(text, &grant), 0);
        assert_string_equal(grant.user_code, "AB-CD");
        assert_string_equal(grant.url, "https://a/b");
        assert_null(grant.whole_url);
        assert_int_equal(grant.interval_ms, rows[i].interval_ms);
        assert_int_equal(grant.lasts_ms, rows[i].lasts_ms);
        mx_grant_release(&grant);
    }
}

/* Section 3.5: five seconds more, each time. */
static void slower_is_five_seconds_more(void **state)
{
    (void)state;
    assert_int_equal(mx_grant_slower_ms(1000), 6000);
    assert_int_equal(mx_grant_slower_ms(6000), 11000);
    assert_int_equal(mx_grant_slower_ms(60000), 60000);
}

static void a_page_with_the_code_is_shown_if_it_can_be_opened(void **state)
{
    struct mx_grant grant = {0};

    (void)state;
    assert_int_equal(read_grant("{" CODES PAGE ",\"verification_uri_complete\":\"https://a/b?c=AB-CD\"}", &grant), 0);
    assert_string_equal(grant.whole_url, "https://a/b?c=AB-CD");
    mx_grant_release(&grant);
    assert_int_equal(read_grant("{" CODES PAGE ",\"verification_uri_complete\":\"data:text/html,x\"}", &grant), 0);
    assert_null(grant.whole_url);
    mx_grant_release(&grant);
}

static void only_addresses_of_the_web_are_followed(void **state)
{
    static const struct {
        const char *url, *server;
        bool good;
    } rows[] = {
        {"https://a/b?c=d&e=%20", SERVER, true},
        {"https://a:8443/b", SERVER, true},
        {"http://a/b", SERVER, false}, /* a token isn't sent in the clear */
        {"http://127.0.0.1:8/b", "http://127.0.0.1:9", true},
        {"https://a/b", "http://127.0.0.1:9", true},
        {"javascript:alert(1)", SERVER, false},
        {"file:///etc/passwd", SERVER, false},
        {"https://", SERVER, false},
        {"https:///b", SERVER, false},
        {"https://?b", SERVER, false},
        {"https://real.example@evil.example/", SERVER, false},
        {"https://a/b#c", SERVER, false},
        {"https://a\\@b/", SERVER, false},
        {"https://a/ b", SERVER, false},
        {"https://a/\x1b[2J", SERVER, false},
        {"https://a/\x7f", SERVER, false},
        {"https://\xd0\xb0pple.com/", SERVER, false},
        {"HTTPS://a/", SERVER, false},
        {"//a/b", SERVER, false},
        {"/_matrix/client/v3/logout", SERVER, false},
        {"", SERVER, false},
        {NULL, SERVER, false},
    };
    char longest[2049 + 1] = "https://a/";

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
        if (mx_grant_url_good(rows[i].url, rows[i].server) != rows[i].good)
            fail_msg("%s", rows[i].url);
    memset(longest + 10, 'a', sizeof(longest) - 11);
    assert_false(mx_grant_url_good(longest, SERVER));
    longest[2048] = '\0';
    assert_true(mx_grant_url_good(longest, SERVER));
}

static void what_is_no_grant_is_refused(void **state)
{
    static const char *const rows[] = {
        "[]",
        "{}",
        "{" PAGE "}",
        "{\"device_code\":\"d\"," PAGE "}",
        "{\"user_code\":\"u\"," PAGE "}",
        "{" CODES "\"verification_uri\":\"javascript:alert(1)\"}",
        "{\"device_code\":\"\",\"user_code\":\"u\"," PAGE "}",
        "{\"device_code\":7,\"user_code\":\"u\"," PAGE "}",
        "{\"device_code\":\"d\",\"user_code\":\"a b\"," PAGE "}",
        "{\"device_code\":\"d\",\"user_code\":\"\\u001b[2J\"," PAGE "}",
        "{\"device_code\":\"d\",\"user_code\":\"\\u202eDCBA\"," PAGE "}",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct mx_grant grant = {0};

        if (read_grant(rows[i], &grant) == 0)
            fail_msg("taken: %s", rows[i]);
        assert_null(grant.device_code);
    }
}

static void verdicts_are_those_of_the_standard(void **state)
{
    static const struct {
        const char *answer;
        enum mx_verdict verdict;
    } rows[] = {
        {"{\"error\":\"authorization_pending\"}", MX_VERDICT_PENDING},
        {"{\"error\":\"slow_down\"}", MX_VERDICT_SLOW_DOWN},
        {"{\"error\":\"access_denied\"}", MX_VERDICT_DENIED},
        {"{\"error\":\"expired_token\"}", MX_VERDICT_EXPIRED},
        {"{\"error\":\"invalid_client\"}", MX_VERDICT_CLIENT},
        {"{\"error\":\"unauthorized_client\"}", MX_VERDICT_CLIENT},
        {"{\"error\":\"invalid_grant\"}", MX_VERDICT_OTHER},
        {"{\"error\":[\"slow_down\"]}", MX_VERDICT_OTHER},
        {"{}", MX_VERDICT_OTHER},
    };

    (void)state;
    assert_int_equal(mx_grant_verdict(NULL), MX_VERDICT_OTHER);
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct json *answer = json_parse(span_of(rows[i].answer), NULL);

        assert_int_equal(mx_grant_verdict(answer), rows[i].verdict);
        json_free(answer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_within_reason),
        cmocka_unit_test(slower_is_five_seconds_more),
        cmocka_unit_test(a_page_with_the_code_is_shown_if_it_can_be_opened),
        cmocka_unit_test(only_addresses_of_the_web_are_followed),
        cmocka_unit_test(what_is_no_grant_is_refused),
        cmocka_unit_test(verdicts_are_those_of_the_standard),
    };

    return RUN_TESTS(tests);
}
