/*
 * Raw events become values: types, lengths, relations, and who is spoken to.
 */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "bot/matrix/event.h"

enum { NOW = 1700000000 };
#define NOW_MS (NOW * INT64_C(1000))

static struct json *parse(const char *text)
{
    struct err err = {0};
    struct json *json = json_parse(span_of(text), &err);

    if (json == NULL)
        fail_msg("%s: %s", text, err.text);
    return json;
}

#define ENVELOPE(type, content)                                                                                        \
    "{\"type\":\"" type "\",\"event_id\":\"$e\",\"sender\":\"@anna:gym.test\",\"origin_server_ts\":1699999999000,"     \
    "\"content\":" content "}"

static void the_envelope_is_read(void **state)
{
    struct json *json = parse(ENVELOPE("m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"bench 80x8\"}"));
    struct mx_event event;

    (void)state;
    assert_int_equal(mx_event_read(json, NOW_MS, &event, NULL), 0);
    assert_string_equal(event.id, "$e");
    assert_string_equal(event.type, "m.room.message");
    assert_string_equal(event.sender, "@anna:gym.test");
    assert_null(event.state_key);
    assert_int_equal(event.sent_ms, 1699999999000);
    assert_int_equal(event.relation.kind, MX_RELATES_NOT);
    json_free(json);
}

static void malformed_envelopes_are_refused(void **state)
{
    static const char *const bad[] = {
        "[]",
        "\"m.room.message\"",
        "{}",
        "{\"type\":\"m.x\",\"event_id\":\"$e\",\"sender\":\"@a:b\"}",
        "{\"type\":\"m.x\",\"event_id\":\"$e\",\"sender\":\"@a:b\",\"content\":[]}",
        "{\"type\":\"m.x\",\"event_id\":\"$e\",\"sender\":\"@a:b\",\"content\":\"\"}",
        "{\"type\":5,\"event_id\":\"$e\",\"sender\":\"@a:b\",\"content\":{}}",
        "{\"type\":\"m.x\",\"event_id\":7,\"sender\":\"@a:b\",\"content\":{}}",
        "{\"type\":\"m.x\",\"event_id\":\"\",\"sender\":\"@a:b\",\"content\":{}}",
        "{\"type\":\"m.x\",\"event_id\":\"$a\\nevent=forged\",\"sender\":\"@a:b\",\"content\":{}}",
        "{\"type\":\"m.x\",\"event_id\":\"$e\",\"sender\":\"anna\",\"content\":{}}",
        "{\"type\":\"m.x\",\"event_id\":\"$e\",\"sender\":\"@anna\",\"content\":{}}",
        "{\"type\":\"m.x\",\"event_id\":\"$e\",\"sender\":null,\"content\":{}}",
        "{\"type\":\"m.x\",\"event_id\":\"$e\",\"sender\":\"@a:b\",\"state_key\":4,\"content\":{}}",
        "{\"type\":\"m.x\",\"event_id\":\"$e\",\"sender\":\"@a:b\\u0000c\",\"content\":{}}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct json *json = parse(bad[i]);
        struct mx_event event;
        struct err err = {0};

        if (mx_event_read(json, NOW_MS, &event, &err) != -1)
            fail_msg("taken: %s", bad[i]);
        assert_int_equal(err.class, ERR_INPUT);
        json_free(json);
    }
}

/* 255 bytes are the most that an id may have. */
static void long_ids_are_refused(void **state)
{
    char text[1024];
    char id[300];

    (void)state;
    for (size_t length = 255; length <= 256; length++) {
        struct json *json;
        struct mx_event event;

        memset(id, 'x', sizeof(id));
        id[0] = '$';
        id[length] = '\0';
        snprintf(text, sizeof(text), "{\"type\":\"m.x\",\"event_id\":\"%s\",\"sender\":\"@a:b\",\"content\":{}}", id);
        json = parse(text);
        assert_int_equal(mx_event_read(json, NOW_MS, &event, NULL), length == 255 ? 0 : -1);
        json_free(json);
    }
}

static void a_deep_event_is_refused(void **state)
{
    struct buf text = BUF_INIT(4096);
    struct json *json;
    struct mx_event event;

    (void)state;
    buf_adds(&text, "{\"type\":\"m.x\",\"event_id\":\"$e\",\"sender\":\"@a:b\",\"content\":{\"a\":");
    for (int i = 0; i < 120; i++)
        buf_addc(&text, '[');
    for (int i = 0; i < 120; i++)
        buf_addc(&text, ']');
    buf_adds(&text, "}}");
    json = parse(buf_text(&text));
    assert_int_equal(mx_event_read(json, NOW_MS, &event, NULL), -1);
    json_free(json);
    buf_release(&text);
}

static void a_time_in_the_future_is_now(void **state)
{
    static const char *const times[] = {"1700000000001", "9007199254740991",    "9223372036854775807", "-1", "\"x\"",
                                        "1e300",         "99999999999999999999"};

    (void)state;
    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
        char text[512];
        struct json *json;
        struct mx_event event;

        snprintf(text, sizeof(text),
                 "{\"type\":\"m.x\",\"event_id\":\"$e\",\"sender\":\"@a:b\",\"origin_server_ts\":%s,\"content\":{}}",
                 times[i]);
        json = parse(text);
        if (mx_event_read(json, NOW_MS, &event, NULL) == 0)
            assert_int_equal(event.sent_ms, NOW_MS);
        json_free(json);
    }
}

/* ---------------------------------------------------------------- messages */

static bool read_message(const char *text, struct json **json, struct message *message)
{
    struct mx_event event;

    *json = parse(text);
    memset(message, 0, sizeof(*message));
    assert_int_equal(mx_event_read(*json, NOW_MS, &event, NULL), 0);
    return mx_event_message(&event, event.type, event.content, message);
}

static void texts_replies_and_threads(void **state)
{
    struct json *json;
    struct message m;

    (void)state;
    assert_true(read_message(ENVELOPE("m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"80x8 @1\"}"), &json, &m));
    assert_int_equal(m.kind, MESSAGE_TEXT);
    assert_string_equal(m.text, "80x8 @1");
    assert_null(m.reply_to);
    assert_null(m.thread);
    json_free(json);

    assert_true(read_message(ENVELOPE("m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"1\",\"m.relates_to\":"
                                                        "{\"m.in_reply_to\":{\"event_id\":\"$q\"}}}"),
                             &json, &m));
    assert_string_equal(m.reply_to, "$q");
    json_free(json);

    /* in a thread the reply is only a fallback for old clients … */
    assert_true(read_message(
        ENVELOPE("m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"1\",\"m.relates_to\":{\"rel_type\":\"m.thread\","
                                   "\"event_id\":\"$root\",\"is_falling_back\":true,\"m.in_reply_to\":"
                                   "{\"event_id\":\"$last\"}}}"),
        &json, &m));
    assert_string_equal(m.thread, "$root");
    assert_null(m.reply_to);
    json_free(json);

    /* … unless it says otherwise */
    assert_true(read_message(
        ENVELOPE("m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"1\",\"m.relates_to\":{\"rel_type\":\"m.thread\","
                                   "\"event_id\":\"$root\",\"is_falling_back\":false,\"m.in_reply_to\":"
                                   "{\"event_id\":\"$asked\"}}}"),
        &json, &m));
    assert_string_equal(m.reply_to, "$asked");
    json_free(json);
}

#define REFERS "{\"m.relates_to\":{\"rel_type\":\"m.reference\",\"event_id\":\"$poll\"}"

static void what_is_not_said_to_us(void **state)
{
    static const char *const others[] = {
        ENVELOPE("m.room.message", "{\"msgtype\":\"m.notice\",\"body\":\"bench 80x8\"}"),
        ENVELOPE("m.room.message", "{\"msgtype\":\"m.location\",\"body\":\"bench 80x8\"}"),
        ENVELOPE("m.room.message", "{\"msgtype\":\"m.text\"}"),
        ENVELOPE("m.room.message", "{\"msgtype\":\"m.text\",\"body\":5}"),
        ENVELOPE("m.room.message", "{\"msgtype\":[\"m.text\"],\"body\":\"x\"}"),
        ENVELOPE("m.room.message", "{}"),
        ENVELOPE("m.sticker", "{\"body\":\"x\"}"),
        ENVELOPE("m.reaction", "{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"$a\"}}"),
        ENVELOPE("m.reaction", "{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"key\":\"+\"}}"),
        ENVELOPE("m.reaction", "{\"m.relates_to\":\"m.annotation\"}"),
        ENVELOPE("org.matrix.msc3381.poll.response", REFERS "}"),
        ENVELOPE("org.matrix.msc3381.poll.response", REFERS ",\"org.matrix.msc3381.poll.response\":{\"answers\":[]}}"),
        ENVELOPE("org.matrix.msc3381.poll.response", REFERS ",\"org.matrix.msc3381.poll.response\":[\"4\"]}"),
        ENVELOPE("m.poll.response", REFERS ",\"m.selections\":[4]}"),
        ENVELOPE("m.poll.response", REFERS ",\"m.selections\":\"4\"}"),
        ENVELOPE("m.poll.response", "{\"m.selections\":[\"4\"]}"),
        ENVELOPE("m.room.redaction", "{}"),
        ENVELOPE("m.room.redaction", "{\"redacts\":{}}"),
        /* an edit without new content, and one of a notice */
        ENVELOPE("m.room.message",
                 "{\"msgtype\":\"m.text\",\"body\":\"* x\",\"m.relates_to\":{\"rel_type\":\"m.replace\","
                 "\"event_id\":\"$a\"}}"),
        ENVELOPE("m.room.message",
                 "{\"msgtype\":\"m.text\",\"body\":\"* x\",\"m.new_content\":{\"msgtype\":\"m.notice\","
                 "\"body\":\"x\"},\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"$a\"}}"),
        ENVELOPE("m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"* x\",\"m.new_content\":{\"msgtype\":\"m.text\","
                                   "\"body\":\"x\"},\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":{}}}"),
        "{\"type\":\"m.room.message\",\"state_key\":\"\",\"event_id\":\"$e\",\"sender\":\"@a:b\","
        "\"content\":{\"msgtype\":\"m.text\",\"body\":\"x\"}}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        struct json *json;
        struct message m;

        if (read_message(others[i], &json, &m))
            fail_msg("taken: %s", others[i]);
        json_free(json);
    }
}

static void files_and_what_stands_under_pictures(void **state)
{
    static const struct {
        const char *content, *text; /* NULL: a file */
    } rows[] = {
        {"{\"msgtype\":\"m.image\",\"body\":\"bench 80x8\"}", NULL}, /* a name, as of old */
        {"{\"msgtype\":\"m.image\",\"body\":\"a.jpg\",\"filename\":\"a.jpg\"}", NULL},
        {"{\"msgtype\":\"m.image\",\"body\":\"bench 80x8\",\"filename\":\"a.jpg\"}", "bench 80x8"},
        {"{\"msgtype\":\"m.video\",\"body\":\"bench 80x8\",\"filename\":\"a.mp4\"}", "bench 80x8"},
        {"{\"msgtype\":\"m.file\",\"body\":\"bench 80x8\",\"filename\":\"a.csv\"}", NULL},
        {"{\"msgtype\":\"m.audio\",\"body\":\"bench 80x8\",\"filename\":\"a.ogg\"}", NULL},
        {"{\"msgtype\":\"m.file\"}", NULL},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct buf event = BUF_INIT(1024);
        struct json *json;
        struct message m;

        buf_addf(&event, ENVELOPE("m.room.message", "%s"), rows[i].content);
        assert_true(read_message(buf_text(&event), &json, &m));
        assert_int_equal(m.kind, rows[i].text != NULL ? MESSAGE_TEXT : MESSAGE_FILE);
        assert_string_equal(m.text, rows[i].text != NULL ? rows[i].text : "");
        json_free(json);
        buf_release(&event);
    }
}

static void edits_reactions_and_redactions(void **state)
{
    struct json *json;
    struct message m;

    (void)state;
    assert_true(read_message(ENVELOPE("m.room.message",
                                      "{\"msgtype\":\"m.text\",\"body\":\"* bench 82\",\"m.new_content\":{\"msgtype\":"
                                      "\"m.text\",\"body\":\"bench 82\"},\"m.relates_to\":{\"rel_type\":\"m.replace\","
                                      "\"event_id\":\"$first\"}}"),
                             &json, &m));
    assert_int_equal(m.kind, MESSAGE_EDIT);
    assert_string_equal(m.target, "$first");
    assert_string_equal(m.text, "bench 82");
    json_free(json);

    assert_true(read_message(ENVELOPE("m.reaction", "{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":"
                                                    "\"$q\",\"key\":\"\xf0\x9f\x91\x8d\"}}"),
                             &json, &m));
    assert_int_equal(m.kind, MESSAGE_REACTION);
    assert_string_equal(m.target, "$q");
    assert_string_equal(m.text, "\xf0\x9f\x91\x8d");
    json_free(json);

    /* room version 11 and later */
    assert_true(read_message(ENVELOPE("m.room.redaction", "{\"redacts\":\"$gone\"}"), &json, &m));
    assert_int_equal(m.kind, MESSAGE_REDACTION);
    assert_string_equal(m.target, "$gone");
    json_free(json);

    /* before */
    assert_true(read_message("{\"type\":\"m.room.redaction\",\"event_id\":\"$e\",\"sender\":\"@a:b\",\"redacts\":"
                             "\"$old\",\"content\":{}}",
                             &json, &m));
    assert_string_equal(m.target, "$old");
    json_free(json);
}

/* MSC3381, in the form that clients send and in the one of the proposal. */
static void a_vote_is_read_in_both_forms(void **state)
{
    static const char *const votes[] = {
        ENVELOPE("org.matrix.msc3381.poll.response",
                 REFERS ",\"org.matrix.msc3381.poll.response\":{\"answers\":[\"4\",\"5\"]}}"),
        ENVELOPE("m.poll.response", REFERS ",\"m.selections\":[\"4\"]}"),
    };

    (void)state;
    for (size_t i = 0; i < sizeof(votes) / sizeof(votes[0]); i++) {
        struct json *json;
        struct message m;

        assert_true(read_message(votes[i], &json, &m));
        assert_int_equal(m.kind, MESSAGE_VOTE);
        assert_string_equal(m.target, "$poll");
        assert_string_equal(m.text, "4");
        json_free(json);
    }
}

/* ---------------------------------------------------------------- who is spoken to */

static void who_is_addressed(void **state)
{
    static const struct {
        const char *body;
        const char *mentions; /* of m.mentions */
        bool addressed;
        const char *text;
    } cases[] = {
        {"bench 80x8 @1", "{}", false, "bench 80x8 @1"},
        {"!week", "{}", true, "week"},
        {"!Week 2", "{}", true, "Week 2"},
        {"! wow", "{}", false, "! wow"},
        {"!!!", "{}", false, "!!!"},
        {"spotter: week", "{}", true, "week"},
        {"Spotter, week", "{}", true, "week"},
        {"@spotter: week", "{}", true, "week"},
        {"@spotter:gym.test: week", "{}", true, "week"},
        {"The Coach: week", "{}", true, "week"},
        {"spotter:!week", "{}", true, "week"},
        {"spotter week", "{}", false, "spotter week"},
        {"spotters: week", "{}", false, "spotters: week"},
        {"my spotter: ben", "{}", false, "my spotter: ben"},
        {"spotter week", "{\"user_ids\":[\"@spotter:gym.test\"]}", true, "week"},
        {"The Coach week", "{\"user_ids\":[\"@ben:x\",\"@spotter:gym.test\"]}", true, "week"},
        {"week please", "{\"user_ids\":[\"@spotter:gym.test\"]}", true, "week please"},
        {"spotter", "{\"user_ids\":[\"@spotter:gym.test\"]}", true, ""},
        {"week", "{\"user_ids\":[\"@ben:gym.test\"]}", false, "week"},
        {"week", "{\"user_ids\":\"@spotter:gym.test\"}", false, "week"},
        {"week", "{\"user_ids\":[{},5,null]}", false, "week"},
        {"  bench 80x8", "[]", false, "bench 80x8"},
        {"", "{}", false, ""},
    };
    struct mx_names names = {"@spotter:gym.test", "The Coach"};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[256];
        struct json *content;
        struct buf rest = BUF_INIT(1024);

        snprintf(text, sizeof(text), "{\"m.mentions\":%s}", cases[i].mentions);
        content = parse(text);
        if (mx_event_addressed(content, cases[i].body, &names, &rest) != cases[i].addressed)
            fail_msg("%s", cases[i].body);
        assert_string_equal(buf_text(&rest), cases[i].text);
        buf_release(&rest);
        json_free(content);
    }
}

static void spells_out(const char *text, const char *name, const char *expected)
{
    struct buf buf = BUF_INIT(1024);

    buf_adds(&buf, text);
    mx_event_spell_out(&buf, name, "@ben:gym.test");
    assert_string_equal(buf_text(&buf), expected);
    buf_release(&buf);
}

/* Element writes a display name for a pill; which one is meant stands in m.mentions. */
static void a_mention_is_whoever_is_mentioned(void **state)
{
    (void)state;
    spells_out("target Ben Miller squat 5x5", "Ben Miller", "target @ben:gym.test squat 5x5");
    spells_out("Ben: 80x8 @1", "Ben", "@ben:gym.test: 80x8 @1");
    spells_out("@Ben 80x8", "Ben", "@ben:gym.test 80x8");
    spells_out("bench 80x8 @1", "Ben", "bench 80x8 @1"); /* no word of its own */
    spells_out("Benny, Ben 80x8 Ben", "Ben", "Benny, @ben:gym.test 80x8 Ben");
    spells_out("trust @ben", "Ben", "trust @ben");
    spells_out("trust", "", "trust");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_envelope_is_read),
        cmocka_unit_test(malformed_envelopes_are_refused),
        cmocka_unit_test(long_ids_are_refused),
        cmocka_unit_test(a_deep_event_is_refused),
        cmocka_unit_test(a_time_in_the_future_is_now),
        cmocka_unit_test(texts_replies_and_threads),
        cmocka_unit_test(what_is_not_said_to_us),
        cmocka_unit_test(files_and_what_stands_under_pictures),
        cmocka_unit_test(edits_reactions_and_redactions),
        cmocka_unit_test(a_vote_is_read_in_both_forms),
        cmocka_unit_test(who_is_addressed),
        cmocka_unit_test(a_mention_is_whoever_is_mentioned),
    };

    return RUN_TESTS(tests);
}
