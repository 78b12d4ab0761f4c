/*
 * Who may talk, who ranks how, where the server is, and what it is asked to leave out.
 */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "bot/json/json.h"
#include "bot/matrix/allow.h"
#include "bot/matrix/api.h"
#include "bot/matrix/discover.h"
#include "bot/matrix/filter.h"
#include "bot/matrix/session.h"
#include "bot/matrix/power.h"

static void patterns(void **state)
{
    static const struct {
        const char *pattern, *user;
        bool matches;
    } cases[] = {
        {"@anna:gym.test", "@anna:gym.test", true},
        {"@anna:gym.test", "@anna:gym.tes", false},
        {"@anna:gym.test", "@anna:gym.test2", false},
        {"@anna:gym.test", "@Anna:gym.test", false},
        {"@*:gym.test", "@anna:gym.test", true},
        {"@*:gym.test", "@:gym.test", true},
        {"@*:gym.test", "@anna:evil.test", false},
        {"@*:gym.test", "@anna:gym.test.evil", false},
        {"@*:gym.test", "@anna:xgym.test", false},
        {"@irc_*:gym.test", "@irc_ben:gym.test", true},
        {"@irc_*:gym.test", "@ben_irc_:gym.test", false},
        {"*", "@x:y", true},
        {"", "@x:y", false},
        {"@*a*b*c:*", "@aabbcc:x", true},
        {"@*a*b*c:*", "@ccbbaa:x", false},
        {"@.*:gym.test", "@anna:gym.test", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        if (mx_allow_match(cases[i].pattern, cases[i].user) != cases[i].matches)
            fail_msg("%s %s", cases[i].pattern, cases[i].user);
}

static void nobody_is_allowed_by_default(void **state)
{
    const char *const none[] = {NULL};
    const char *const two[] = {"@ben:x", "@*:gym.test", NULL};

    (void)state;
    assert_false(mx_allowed(NULL, "@anna:gym.test"));
    assert_false(mx_allowed(none, "@anna:gym.test"));
    assert_true(mx_allowed(two, "@anna:gym.test"));
    assert_true(mx_allowed(two, "@ben:x"));
    assert_false(mx_allowed(two, "@ben:y"));
}

/* ---------------------------------------------------------------- power */

static struct json *digest_of(const char *create, const char *levels, const char *previous)
{
    struct json *create_json = create != NULL ? json_parse(span_of(create), NULL) : NULL;
    struct json *levels_json = levels != NULL ? json_parse(span_of(levels), NULL) : NULL;
    struct json *previous_json = previous != NULL ? json_parse(span_of(previous), NULL) : NULL;
    struct buf text = BUF_INIT(65536);
    struct json *digest;

    mx_power_digest(create_json, levels_json, previous_json, &text);
    digest = json_parse(buf_span(&text), NULL);
    assert_non_null(digest);
    json_free(create_json);
    json_free(levels_json);
    json_free(previous_json);
    buf_release(&text);
    return digest;
}

static int power_of(const char *create, const char *levels, const char *previous, const char *user)
{
    struct json *digest = digest_of(create, levels, previous);
    int power = mx_power_of(digest, user);

    json_free(digest);
    return power;
}

static int power_to_invite(const char *create, const char *levels, const char *previous)
{
    struct json *digest = digest_of(create, levels, previous);
    int power = mx_power_to_invite(digest);

    json_free(digest);
    return power;
}

#define CREATE(version)                                                                                                \
    "{\"sender\":\"@c:x\",\"content\":{\"room_version\":\"" version "\",\"additional_creators\":[\"@d:x\",5]}}"

static void levels_and_creators(void **state)
{
    const char *levels =
        "{\"users\":{\"@anna:x\":50,\"@ben:x\":\"100\",\"@bad:x\":\"ten\",\"@low:x\":-9223372036854775807,"
        "\"@big:x\":9007199254740991,\"@f:x\":1.5},\"users_default\":7}";

    (void)state;
    assert_int_equal(power_of(CREATE("10"), levels, NULL, "@anna:x"), 50);
    assert_int_equal(power_of(CREATE("10"), levels, NULL, "@ben:x"), 100); /* text, before version 10 */
    assert_int_equal(power_of(CREATE("10"), levels, NULL, "@bad:x"), 7);
    assert_int_equal(power_of(CREATE("10"), levels, NULL, "@nobody:x"), 7);
    assert_int_equal(power_of(CREATE("10"), levels, NULL, "@low:x"), -MX_POWER_MAX);
    assert_int_equal(power_of(CREATE("10"), levels, NULL, "@big:x"), MX_POWER_MAX);
    assert_int_equal(power_of(CREATE("10"), levels, NULL, "@c:x"), 7); /* levels say nothing of the creator */
    assert_int_equal(power_of(CREATE("10"), NULL, NULL, "@c:x"), 100); /* no levels: the creator has 100 */
    assert_int_equal(power_of(CREATE("12"), levels, NULL, "@c:x"), MX_POWER_CREATOR);
    assert_int_equal(power_of(CREATE("12"), levels, NULL, "@d:x"), MX_POWER_CREATOR);
    assert_int_equal(power_of(CREATE("12"), levels, NULL, "@big:x"), MX_POWER_MAX);
    assert_int_equal(power_of(CREATE("11"), levels, NULL, "@d:x"), 7);
    assert_int_equal(power_of(NULL, NULL, NULL, "@d:x"), 0);
    assert_int_equal(mx_power_of(NULL, "@d:x"), 0);
}

static void later_levels_leave_the_creators(void **state)
{
    const char *before = "{\"users\":{\"@anna:x\":50},\"default\":0,\"creators\":[\"@c:x\"]}";

    (void)state;
    assert_int_equal(power_of(NULL, "{\"users\":{\"@anna:x\":0}}", before, "@c:x"), MX_POWER_CREATOR);
    assert_int_equal(power_of(NULL, "{\"users\":{\"@anna:x\":0}}", before, "@anna:x"), 0);
    assert_int_equal(power_of(CREATE("12"), NULL, before, "@anna:x"), 50);
    assert_int_equal(power_of(NULL, "{\"users\":[],\"users_default\":{}}", before, "@anna:x"), 0);
}

/* 0 unless it is said (m.room.power_levels); what an older Spotter has not kept is an owner's. */
static void what_it_takes_to_invite(void **state)
{
    (void)state;
    assert_int_equal(power_to_invite(NULL, "{\"invite\":30}", NULL), 30);
    assert_int_equal(power_to_invite(NULL, "{\"invite\":\"40\"}", NULL), 40);
    assert_int_equal(power_to_invite(NULL, "{\"invite\":\"40x\"}", NULL), 0); /* no level at all */
    assert_int_equal(power_to_invite(NULL, "{\"state_default\":50}", "{\"invite\":30}"), 0);
    assert_int_equal(power_to_invite(CREATE("11"), NULL, NULL), 0);
    assert_int_equal(power_to_invite(CREATE("11"), NULL, "{\"invite\":30}"), 30);
    assert_int_equal(power_to_invite(CREATE("11"), NULL, "{\"default\":0}"), 100);
    assert_int_equal(mx_power_to_invite(NULL), 100);
}

/* ---------------------------------------------------------------- URLs and filters */

static void paths_are_escaped(void **state)
{
    struct buf path = BUF_INIT(1024);

    (void)state;
    mx_path(&path, "/rooms/{}/send/{}/{}?x=1", "!a/../b?c#d:e", "m.room.message", "r=24\xc3\xa9 ");
    assert_string_equal(buf_text(&path), "/rooms/%21a%2F..%2Fb%3Fc%23d%3Ae/send/m.room.message/r%3D24%C3%A9%20?x=1");
    buf_release(&path);
}

static void base_urls(void **state)
{
    static const struct {
        const char *url, *base;
    } cases[] = {
        {"https://matrix.example.org", "https://matrix.example.org"},
        {"https://matrix.example.org///", "https://matrix.example.org"},
        {"http://127.0.0.1:8008/", "http://127.0.0.1:8008"},
        {"https://example.org/matrix/", "https://example.org/matrix"},
        {"matrix.example.org", NULL},
        {"ftp://example.org", NULL},
        {"https://", NULL},
        {"https:///x", NULL},
        {"https://example.org/?a", NULL},
        {"https://example.org/#a", NULL},
        {"https://user:pass@example.org", NULL},
        {"https://example.org/a b", NULL},
        {"file:///etc/passwd", NULL},
        {"", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char *base = mx_discover_base(cases[i].url);

        if (cases[i].base == NULL)
            assert_null(base);
        else
            assert_string_equal(base, cases[i].base);
        free(base);
    }
}

static bool lists(const struct json *list, const char *word)
{
    for (size_t i = 0; i < json_count(list); i++)
        if (strcmp(json_text(json_at(list, i)), word) == 0)
            return true;
    return false;
}

/* matrix.md: keeps m.room.encrypted, to-device and device lists; the latter two can only be lost by event_fields. */
static void the_filter_keeps_what_encryption_needs(void **state)
{
    struct buf text = BUF_INIT(4096);
    struct json *filter;
    const struct json *timeline;

    (void)state;
    mx_filter_sync("@spotter:gym.test", &text);
    filter = json_parse(buf_span(&text), NULL);
    timeline = json_path(filter, "room", "timeline", NULL);
    assert_non_null(timeline);
    assert_true(lists(json_get(timeline, "types"), "m.room.encrypted"));
    assert_true(lists(json_get(timeline, "types"), "m.room.message"));
    assert_true(lists(json_get(timeline, "types"), "m.room.redaction"));
    assert_true(lists(json_get(timeline, "types"), "m.room.encryption"));
    assert_true(lists(json_path(filter, "room", "state", "types", NULL), "m.room.encryption"));
    assert_true(lists(json_get(timeline, "not_senders"), "@spotter:gym.test"));
    assert_true(json_get_bool(json_path(filter, "room", "state", NULL), "lazy_load_members", false));
    assert_null(json_get(filter, "event_fields"));
    json_free(filter);
    buf_release(&text);
}

static void devices_of_ours_are_told_by_name(void **state)
{
    static const char *const others[] = {"",
                                         "SPOTTER",
                                         "SPOTTERABCDEFGH2",
                                         "SPOTTERABCDEFGH234",
                                         "SPOTTERABCDEFGHI2",
                                         "SPOTTERabcdefgh23",
                                         "SPOTTERABCDEFGH\"3",
                                         "XSPOTTERABCDEFGH2",
                                         "ABCDEFGHIJ"};

    (void)state;
    assert_true(mx_session_is_our_device("SPOTTERABCDEFGH23"));
    assert_false(mx_session_is_our_device(NULL));
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (mx_session_is_our_device(others[i]))
            fail_msg("%s", others[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns),
        cmocka_unit_test(nobody_is_allowed_by_default),
        cmocka_unit_test(levels_and_creators),
        cmocka_unit_test(later_levels_leave_the_creators),
        cmocka_unit_test(what_it_takes_to_invite),
        cmocka_unit_test(paths_are_escaped),
        cmocka_unit_test(base_urls),
        cmocka_unit_test(devices_of_ours_are_told_by_name),
        cmocka_unit_test(the_filter_keeps_what_encryption_needs),
    };

    return RUN_TESTS(tests);
}
