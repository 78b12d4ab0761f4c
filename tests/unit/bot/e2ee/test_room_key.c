/*
 * Room keys as they leave: what a device that knows nothing of us reads with one, what is said with it, and when the
 * next one is made.
 */
#include <stdlib.h>
#include <string.h>

#include "bot/e2ee/machine.h"
#include "core/base/mem.h"
#include "tests/unit/bot/e2ee/evil.h"
#include "tests/unit/unit.h"

#define BEN "@ben:example.org"

static const int64_t HOUR_MS = 3600 * 1000;
static const int64_t DAY_MS = 24 * 3600 * 1000;

/* A device of bare ratchets, to which the server gives its mail. */
struct listener {
    struct world *world;
    struct client *bot, *mail;
    struct evil ratchets;
};

static void publish_one_time_key(void *arg, const char *key_id, const char *curve25519)
{
    struct evil *evil = arg;
    struct published *device = world_published(evil->world, evil->user, evil->device);
    struct buf object = BUF_INIT(256);

    (void)key_id;
    buf_addf(&object, "{\"key\":\"%s\"}", curve25519);
    vec_push(&device->one_time_ids, mem_strdup("signed_curve25519:AAAA"));
    vec_push(&device->one_time_keys, world_signed(buf_text(&object), evil->user, evil->device, evil->account));
    buf_release(&object);
}

static struct listener listener_new(void)
{
    struct listener listener = {.world = world_new()};

    listener.bot = world_add(listener.world, BOT, "BOTDEV", E2EE_SHARE_SIGNED);
    world_member(listener.world, BOT);
    world_member(listener.world, BEN);
    world_settle(listener.world);
    listener.mail = world_add(listener.world, BEN, "BENDEV", E2EE_SHARE_SIGNED);
    listener.mail->stopped = true;
    evil_init(&listener.ratchets, listener.world, BEN, "BENDEV");
    evil_publish(&listener.ratchets, NULL);
    ratchet_account_make_keys(listener.ratchets.account, 1);
    ratchet_account_unpublished(listener.ratchets.account, false, publish_one_time_key, &listener.ratchets);
    return listener;
}

static void listener_end(struct listener *listener)
{
    evil_release(&listener->ratchets);
    world_free(listener->world);
}

/* What the Olm message in its mail says: the caller's. SENDER_KEY as in its envelope. */
static struct json *heard(struct listener *listener, char sender_key[44])
{
    struct json *event, *payload;
    struct ratchet_session *session;
    struct buf plain = BUF_INIT(65536);
    const struct json *content;
    struct span body;

    assert_int_equal(listener->mail->inbox.count, 1);
    event = json_parse(span_of(listener->mail->inbox.at[0]), NULL);
    content = json_get(event, "content");
    assert_non_null(json_get_text(content, "sender_key"));
    memcpy(sender_key, json_get_text(content, "sender_key"), 44);
    body = span_of(json_text(json_path(content, "ciphertext", listener->ratchets.curve25519, "body", NULL)));
    session = ratchet_session_inbound(listener->ratchets.account, sender_key, body, NULL);
    assert_non_null(session);
    assert_int_equal(ratchet_session_decrypt(session, RATCHET_MESSAGE_PREKEY, body, &plain, NULL), 0);
    payload = json_parse(buf_span(&plain), NULL);
    ratchet_session_free(session);
    buf_release(&plain);
    json_free(event);
    return payload;
}

/* MSC4147 (Matrix 1.15, "m.olm.v1.curve25519-aes-sha2"): it knows whose key this is before it has any list of ours. */
static void our_device_keys_go_with_it(void **state)
{
    struct listener listener = listener_new();
    char sender_key[44], ed25519[44];
    struct json *payload;
    const struct json *keys;

    (void)state;
    free(client_send(listener.bot, ROOM, "80 kg x 7"));
    payload = heard(&listener, sender_key);
    keys = json_get(payload, "sender_device_keys");
    e2ee_fingerprint(listener.bot->machine, ed25519);
    assert_string_equal(json_get_text(payload, "type"), "m.room_key");
    assert_string_equal(json_get_text(payload, "sender"), BOT);
    assert_string_equal(json_get_text(payload, "recipient"), BEN);
    assert_string_equal(json_get_text(keys, "user_id"), BOT);
    assert_string_equal(json_get_text(keys, "device_id"), "BOTDEV");
    assert_string_equal(json_get_text(json_get(keys, "keys"), "curve25519:BOTDEV"), sender_key);
    assert_string_equal(json_get_text(json_get(keys, "keys"), "ed25519:BOTDEV"), ed25519);
    assert_true(e2ee_signed_by(keys, BOT, "BOTDEV", ed25519));
    json_free(payload);
    listener_end(&listener);
}

/* Whoever is given the history later learns from it whether this key may be in it. */
static void shared_history_is_said(void **state)
{
    (void)state;
    for (int shared = 0; shared < 2; shared++) {
        struct listener listener = listener_new();
        char sender_key[44];
        struct json *payload;

        listener.bot->shared_history = shared == 1;
        free(client_send(listener.bot, ROOM, "80 kg x 7"));
        payload = heard(&listener, sender_key);
        assert_int_equal(json_get_bool(json_get(payload, "content"), "shared_history", shared == 0), shared == 1);
        json_free(payload);
        listener_end(&listener);
    }
}

/* The room's own values (m.room.encryption), within 1 to 10,000 messages and an hour to 28 days. */
static void a_key_is_worn_by_what_the_room_says(void **state)
{
    const struct {
        int64_t room_messages, room_ms, messages, age_ms;
        bool worn;
    } cases[] = {
        {0, 0, 99, 7 * DAY_MS - 1, false},
        {0, 0, 100, 0, true},
        {0, 0, 0, 7 * DAY_MS, true},
        {3, 0, 2, 0, false},
        {3, 0, 3, 0, true},
        {1, 0, 1, 0, true},
        {-5, -5, 99, 7 * DAY_MS - 1, false},
        {-5, 0, 100, 0, true},
        {INT64_MAX, 0, 9999, 0, false},
        {INT64_MAX, 0, 10000, 0, true},
        {0, 2 * DAY_MS, 0, 2 * DAY_MS - 1, false},
        {0, 2 * DAY_MS, 0, 2 * DAY_MS, true},
        {0, 1, 0, HOUR_MS - 1, false},
        {0, 1, 0, HOUR_MS, true},
        {0, INT64_MAX, 0, 28 * DAY_MS - 1, false},
        {0, INT64_MAX, 0, 28 * DAY_MS, true},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const struct e2ee_outbound outbound = {.created_ms = 1000, .messages = cases[i].messages};
        const struct e2ee_room room = {.rotation_messages = cases[i].room_messages, .rotation_ms = cases[i].room_ms};

        if (e2ee_outbound_worn(&outbound, &room, 1000 + cases[i].age_ms) != cases[i].worn)
            fail_msg("case %zu", i);
    }
}

static void a_worn_key_is_replaced(void **state)
{
    struct listener listener = listener_new();
    char *session[4];

    (void)state;
    listener.bot->rotation_messages = 2;
    for (int i = 0; i < 4; i++) {
        char *event = client_send(listener.bot, ROOM, "80 kg x 7");

        session[i] = world_session_of(event);
        free(event);
        if (i == 2) /* a day is short of the week that holds unless the room says otherwise */
            listener.world->now_ms += DAY_MS;
        listener.bot->rotation_ms = i == 2 ? DAY_MS : 0;
    }
    assert_string_equal(session[0], session[1]);
    assert_string_not_equal(session[1], session[2]);
    assert_string_not_equal(session[2], session[3]);
    for (int i = 0; i < 4; i++)
        free(session[i]);
    listener_end(&listener);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_device_keys_go_with_it),
        cmocka_unit_test(shared_history_is_said),
        cmocka_unit_test(a_key_is_worn_by_what_the_room_says),
        cmocka_unit_test(a_worn_key_is_replaced),
    };

    return RUN_TESTS(tests);
}
