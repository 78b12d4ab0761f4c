/*
 * Room keys that come back from the key backup, which anybody may have written: what they open, and what they never do.
 */
#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "core/base/mem.h"
#include "tests/unit/bot/e2ee/evil.h"
#include "tests/unit/unit.h"

/* RFC 7748, section 6.1: Bob's keys. */
#define PUBLIC "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08"
static const unsigned char private[CRYPTO_KEY] = {0x5d, 0xab, 0x08, 0x7e, 0x62, 0x4a, 0x8a, 0x4b, 0x79, 0xe1, 0x7f,
                                                  0x8b, 0x83, 0x80, 0x0e, 0xe6, 0x6f, 0x3b, 0xb1, 0x29, 0x26, 0x18,
                                                  0xb6, 0xfd, 0x1c, 0x2f, 0x8b, 0x27, 0xff, 0x88, 0xe0, 0xeb};

/* ---- what stands in a backup */

static char *exported(const struct evil *evil, uint32_t index)
{
    struct buf key = BUF_INIT(1024), out = BUF_INIT(1024);
    struct ratchet_inbound *session;

    ratchet_outbound_key(evil->room_key, &key); /* at its present index */
    session = ratchet_inbound_new(buf_text(&key), NULL);
    assert_non_null(session);
    assert_int_equal(ratchet_inbound_export(session, index, &out), 0);
    ratchet_inbound_free(session);
    buf_release(&key);
    return buf_steal(&out);
}

/* {"SESSION": KeyBackupData}, with PLAIN sealed. */
static char *sealed(const char *session, const char *plain)
{
    unsigned char public[CRYPTO_KEY];
    struct buf ciphertext = BUF_INIT(65536), out = BUF_INIT(65536);
    struct crypto_pk head;

    assert_int_equal(crypto_key_decode(PUBLIC, public), 0);
    assert_int_equal(crypto_pk_encrypt(public, span_of(plain), &head, &ciphertext), 0);
    buf_addf(&out,
             "{\"%s\":{\"first_message_index\":0,\"forwarded_count\":0,\"is_verified\":true,\"session_data\":"
             "{\"ephemeral\":\"%s\",\"mac\":\"%s\",\"ciphertext\":\"%s\"}}}",
             session, head.ephemeral, head.mac, buf_text(&ciphertext));
    buf_release(&ciphertext);
    return buf_steal(&out);
}

static char *session_data(const struct evil *evil, const char *key)
{
    struct buf out = BUF_INIT(8192);

    buf_addf(&out,
             "{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"forwarding_curve25519_key_chain\":[],\"sender_claimed_keys\":"
             "{\"ed25519\":\"%s\"},\"sender_key\":\"%s\",\"session_key\":\"%s\"}",
             evil->ed25519, evil->curve25519, key);
    return buf_steal(&out);
}

/* An honest entry of EVIL's session at INDEX. */
static char *entry(const struct evil *evil, uint32_t index)
{
    char *key = exported(evil, index), *plain = session_data(evil, key);
    char *out = sealed(evil->session_id, plain);

    free(key);
    free(plain);
    return out;
}

/* How many of ENTRIES (JSON, freed here) were taken. */
static size_t restore_in(struct client *client, const char *room, char *entries)
{
    struct json *json = json_parse(span_of(entries), NULL);
    struct e2ee_restored restored = {0};
    struct err err = {0};

    client_begin(client);
    client_end(client, e2ee_backup_restore(client->machine, private, room, json, &restored, &err));
    json_free(json);
    free(entries);
    return restored.taken;
}

static size_t restore(struct client *client, char *entries)
{
    return restore_in(client, ROOM, entries);
}

/* ---- reading again */

static enum e2ee_verdict again(struct client *client, const char *event, bool *unproven, struct err *err)
{
    struct json *json = json_parse(span_of(event), NULL);
    struct e2ee_plain plain;
    enum e2ee_verdict verdict;

    client_begin(client);
    verdict = e2ee_decrypt_again(client->machine, ROOM, json, &plain, err);
    client_end(client, verdict == E2EE_FAILED ? -1 : 0);
    *unproven = plain.unproven;
    json_free(plain.payload);
    json_free(json);
    return verdict;
}

static void reads_again(struct client *client, const char *event, bool expected)
{
    struct err err = {0};
    bool unproven;

    if (again(client, event, &unproven, &err) != E2EE_PLAIN)
        fail_msg("%s", err.text);
    assert_int_equal(unproven, expected);
}

static void refuses_again(struct client *client, const char *event, const char *why)
{
    struct err err = {0};
    bool unproven;

    assert_int_equal(again(client, event, &unproven, &err), E2EE_REFUSED);
    if (strstr(err.text, why) == NULL)
        fail_msg("refused since %s", err.text);
}

static char *replaced_text(const char *text, const char *old, const char *new)
{
    const char *at = strstr(text, old);
    struct buf out = BUF_INIT(65536);

    assert_non_null(at);
    buf_add(&out, text, (size_t)(at - text));
    buf_adds(&out, new);
    buf_adds(&out, at + strlen(old));
    return buf_steal(&out);
}

/* ---- tests. Mallory is honest here, but where it is said. */

static void restored_keys_open_history_and_nothing_live(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char *room_key = entry(&scene.mallory, 0), *first = evil_say(&scene.mallory, ROOM, "80x8");
    char *second = evil_say(&scene.mallory, ROOM, "80x7");
    long asked = scene.world->requests[E2EE_BACKUP_KEYS];

    (void)state;
    refuses_again(scene.bot, first, "key is not here");
    assert_int_equal(restore(scene.bot, room_key), 1);
    reads_again(scene.bot, first, true);
    client_parks(scene.bot, second);
    client_restart(scene.bot);
    client_parks(scene.bot, second);
    reads_again(scene.bot, first, true); /* the very same event may be read as often as one likes */
    reads_again(scene.bot, second, true);
    client_run(scene.bot);
    assert_int_equal(scene.world->requests[E2EE_BACKUP_KEYS], asked); /* it needn't go back to where it came from */
    free(first);
    free(second);
    scene_end(&scene);
}

/* The owner's own key, though it opens less, proves what was restored: signed by the session's key it was all along. */
static void the_owners_key_proves_what_was_restored(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char *room_key = entry(&scene.mallory, 0), *old = evil_say(&scene.mallory, ROOM, "80x8");
    char *live = evil_say(&scene.mallory, ROOM, "80x7"), *room_id, *event;

    (void)state;
    assert_int_equal(restore(scene.bot, room_key), 1);
    client_parks(scene.bot, live);
    evil_share(&scene.mallory, scene.bot, ROOM); /* from index 2 on */
    client_sync(scene.bot);
    assert_true(e2ee_next_released(scene.bot->machine, &room_id, &event));
    client_reads(scene.bot, event, "80x7");
    reads_again(scene.bot, old, false);
    free(room_id);
    free(event);
    free(old);
    free(live);
    scene_end(&scene);
}

/* The other order: the device is new, its first key is a late one, and then the backup is read. */
static void the_backup_extends_what_the_owner_sent(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char *early = entry(&scene.mallory, 0), *old = evil_say(&scene.mallory, ROOM, "80x8"), *late;

    (void)state;
    evil_share(&scene.mallory, scene.bot, ROOM);
    client_sync(scene.bot);
    client_refuses(scene.bot, old);
    late = entry(&scene.mallory, 1);
    assert_int_equal(restore(scene.bot, late), 0); /* no better */
    assert_int_equal(restore(scene.bot, early), 1);
    reads_again(scene.bot, old, false);
    client_reads(scene.bot, old, "80x8");
    free(old);
    scene_end(&scene);
}

static void a_worse_index_never_replaces_a_better_one(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char *best = entry(&scene.mallory, 0), *first = evil_say(&scene.mallory, ROOM, "80x8");
    char *worse = entry(&scene.mallory, 1);

    (void)state;
    assert_int_equal(restore(scene.bot, best), 1);
    assert_int_equal(restore(scene.bot, worse), 0);
    reads_again(scene.bot, first, true);
    free(first);
    scene_end(&scene);
}

/* A ratchet that somebody made up under a session's name: it takes no other's place, and opens nothing. */
static void a_false_ratchet_replaces_nothing(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char *first, *key, *plain, *false_one;

    (void)state;
    free(evil_say(&scene.mallory, ROOM, "warm"));
    evil_share(&scene.mallory, scene.bot, ROOM); /* from 1 on */
    client_sync(scene.bot);
    first = evil_say(&scene.mallory, ROOM, "80x8");
    key = exported(&scene.mallory, 2);
    /* Index 0 in place of 2 (bytes 1 to 4, so characters 1 to 6), with the ratchet of 2. */
    memcpy(key + 1, "QAAAA", 5);
    key[6] = 'A';
    plain = session_data(&scene.mallory, key);
    false_one = sealed(scene.mallory.session_id, plain);
    assert_int_equal(restore(scene.bot, false_one), 0);
    client_reads(scene.bot, first, "80x8");
    free(first);
    free(key);
    free(plain);
    scene_end(&scene);
}

static void what_does_not_open_costs_itself(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char *good = entry(&scene.mallory, 0), *key = exported(&scene.mallory, 0),
         *plain = session_data(&scene.mallory, key);
    static const char *const junk[] = {
        "", "[]", "{}", "not JSON", "{\"algorithm\":\"m.megolm.v1.aes-sha2\"}", "{\"algorithm\":7,\"session_key\":{}}"};
    char *other, *mac;

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(junk); i++)
        assert_int_equal(restore(scene.bot, sealed(scene.mallory.session_id, junk[i])), 0);
    /* Under another session's name; of another algorithm; with keys that are none. */
    assert_int_equal(restore(scene.bot, sealed("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", plain)), 0);
    other = replaced_text(plain, "m.megolm.v1.aes-sha2", "m.megolm.v2.aes-sha2");
    assert_int_equal(restore(scene.bot, sealed(scene.mallory.session_id, other)), 0);
    free(other);
    other = replaced_text(plain, scene.mallory.curve25519, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    assert_int_equal(restore(scene.bot, sealed(scene.mallory.session_id, other)), 0);
    free(other);
    other = replaced_text(plain, key, "AQAAAAAA");
    assert_int_equal(restore(scene.bot, sealed(scene.mallory.session_id, other)), 0);
    free(other);
    /* Wrong MAC; what is no base64; wrong types. */
    mac = replaced_text(good, "\"mac\":\"", "\"mac\":\"AAAA");
    memmove(strstr(mac, "AAAA") + 4, strstr(mac, "AAAA") + 8, strlen(strstr(mac, "AAAA") + 8) + 1);
    assert_int_equal(restore(scene.bot, mac), 0);
    assert_int_equal(restore(scene.bot, replaced_text(good, "\"ciphertext\":\"", "\"ciphertext\":\"-")), 0);
    assert_int_equal(restore(scene.bot, replaced_text(good, "\"ephemeral\":\"", "\"ephemeral\":\"A")), 0);
    assert_int_equal(restore(scene.bot, mem_strdup("{\"a\":null,\"b\":[],\"c\":{\"session_data\":7},\"\":{}}")), 0);
    assert_int_equal(restore(scene.bot, mem_strdup("[1]")), 0);
    assert_int_equal(restore(scene.bot, good), 1);
    free(key);
    free(plain);
    scene_end(&scene);
}

/* The backup's own structure is not sealed: a session can be put into another room's. The payload names its room. */
static void a_session_moved_to_another_room_opens_nothing_there(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char *room_key = entry(&scene.mallory, 0);
    char *event = evil_say(&scene.mallory, "!other:example.org", "80x8");

    (void)state;
    assert_int_equal(restore(scene.bot, room_key), 1); /* as if it were ROOM's */
    refuses_again(scene.bot, event, "made for another room");
    free(event);
    scene_end(&scene);
}

static void a_restored_session_is_one_users_alone(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    struct evil stranger;
    char *known = entry(&scene.mallory, 0), *first = evil_say(&scene.mallory, ROOM, "80x8"), *second, *as_anna;

    (void)state;
    /* It is said to be of Mallory's device, which we know. */
    assert_int_equal(restore(scene.bot, known), 1);
    as_anna = replaced_text(first, MALLORY, ANNA);
    refuses_again(scene.bot, as_anna, "another user's");
    reads_again(scene.bot, first, true);
    free(as_anna);
    free(first);
    /* Of a device that nobody knows any more: whose event is read first. */
    evil_init(&stranger, scene.world, ANNA, "OLDPHONE");
    known = entry(&stranger, 0);
    assert_int_equal(restore(scene.bot, known), 1);
    first = evil_say(&stranger, ROOM, "100x5");
    second = evil_say(&stranger, ROOM, "100x4");
    reads_again(scene.bot, first, true);
    as_anna = replaced_text(second, ANNA, MALLORY);
    client_restart(scene.bot);
    refuses_again(scene.bot, as_anna, "another user's");
    reads_again(scene.bot, second, true);
    free(as_anna);
    free(first);
    free(second);
    evil_release(&stranger);
    scene_end(&scene);
}

/* A copy of a ciphertext under another event's name. */
static void a_repeated_ciphertext_is_read_once(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char *room_key = entry(&scene.mallory, 0), *first = evil_say(&scene.mallory, ROOM, "80x8"), *copy;

    (void)state;
    assert_int_equal(restore(scene.bot, room_key), 1);
    reads_again(scene.bot, first, true);
    copy = replaced_text(first, "\"event_id\":\"$", "\"event_id\":\"$copy");
    refuses_again(scene.bot, copy, "repeats");
    free(copy);
    free(first);
    scene_end(&scene);
}

/* Reading a long history costs no more than hearing it. */
static void a_device_is_looked_up_once(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char *events[3];
    long before, heard;

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(events); i++)
        events[i] = client_send(scene.anna, ROOM, "bench 80x8 @1");
    client_sync(scene.bot);
    client_reads(scene.bot, events[0], "bench 80x8 @1");
    before = memory_calls(scene.bot->store);
    client_reads(scene.bot, events[1], "bench 80x8 @1");
    heard = memory_calls(scene.bot->store) - before;
    before = memory_calls(scene.bot->store);
    reads_again(scene.bot, events[2], false);
    assert_int_equal(memory_calls(scene.bot->store) - before, heard);
    for (size_t i = 0; i < ARRAY_LENGTH(events); i++)
        free(events[i]);
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_device_is_looked_up_once),
        cmocka_unit_test(restored_keys_open_history_and_nothing_live),
        cmocka_unit_test(the_owners_key_proves_what_was_restored),
        cmocka_unit_test(the_backup_extends_what_the_owner_sent),
        cmocka_unit_test(a_worse_index_never_replaces_a_better_one),
        cmocka_unit_test(a_false_ratchet_replaces_nothing),
        cmocka_unit_test(what_does_not_open_costs_itself),
        cmocka_unit_test(a_session_moved_to_another_room_opens_nothing_there),
        cmocka_unit_test(a_restored_session_is_one_users_alone),
        cmocka_unit_test(a_repeated_ciphertext_is_read_once),
    };

    return RUN_TESTS(tests);
}
