/*
 * What a homeserver, a stranger or a fellow member may try (the attack rows of the Matrix notes): each ends in a
 * refusal, and costs nobody else anything.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/unit/bot/e2ee/evil.h"
#include "tests/unit/unit.h"

#define ROOM2 "!other:example.org"
#define ZERO_KEY "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
/* The neutral point: every S = 0, R = neutral signature "verifies" under it. */
#define NEUTRAL_KEY "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define NEUTRAL_SIGNATURE "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

enum { HOUR_MS = 3600 * 1000 };

static void honest_bare_device_is_heard(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char *event = evil_say(&scene.mallory, ROOM, "hello"), *keys = evil_keys(&scene.mallory, NULL, NULL);
    char *content;

    (void)state;
    free(event);
    content = evil_room_key(&scene.mallory, ROOM);
    evil_send(&scene.mallory, scene.bot, NULL,
              (struct evil_payload){.type = "m.room_key", .content = content, .device_keys = keys});
    client_sync(scene.bot);
    event = evil_say(&scene.mallory, ROOM, "hello");
    client_reads(scene.bot, event, "hello");
    free(event);
    free(keys);
    free(content);
    scene_end(&scene);
}

static char *replaced(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    struct buf out = BUF_INIT(1024 * 1024);

    assert_non_null(at);
    buf_add(&out, text, (size_t)(at - text));
    buf_adds(&out, to);
    buf_adds(&out, at + strlen(from));
    return buf_steal(&out);
}

/* Takes the signatures, which stand last, off an object. */
static void unsign(char *object)
{
    char *at = strstr(object, ",\"signatures\"");

    assert_non_null(at);
    at[0] = '}';
    at[1] = '\0';
}

/* Unknown key share, to-device spoof (CVE-2026-45056): each lie in the payload is refused. */
static void lies_in_the_olm_payload(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    struct evil *mallory = &scene.mallory, other;
    char *content = evil_room_key(mallory, ROOM), *own = evil_keys(mallory, NULL, NULL);
    char *unsigned_keys = mem_strdup(own), *wrong_curve, *anothers;
    size_t before = scene_room_keys(&scene);

    (void)state;
    evil_init(&other, scene.world, ANNA, "EVIL");
    anothers = evil_keys(&other, NULL, NULL);
    wrong_curve = evil_keys(mallory, other.curve25519, NULL);
    strstr(unsigned_keys, "\"device_id\":\"E")[13] = 'F';
    {
        const struct evil_payload lies[] = {
            {.sender = ANNA},
            {.recipient = ANNA},
            {.recipient_ed25519 = other.ed25519},
            {.ed25519 = other.ed25519},
            {.ed25519 = NEUTRAL_KEY},
            {.device_keys = anothers},
            {.device_keys = wrong_curve},
            {.device_keys = unsigned_keys},
            {.device_keys = "{}"},
            {.device_keys = "7"},
        };

        for (size_t i = 0; i < ARRAY_LENGTH(lies); i++) {
            struct evil_payload lie = lies[i];

            lie.type = "m.room_key";
            lie.content = content;
            evil_send(mallory, scene.bot, NULL, lie);
            client_sync(scene.bot);
            assert_int_equal(scene_room_keys(&scene), before);
        }
    }
    /* The server relabels an honest message. */
    evil_send(mallory, scene.bot, ANNA, (struct evil_payload){.type = "m.room_key", .content = content});
    client_sync(scene.bot);
    assert_int_equal(scene_room_keys(&scene), before);
    evil_send(mallory, scene.bot, NULL,
              (struct evil_payload){.type = "m.room_key", .content = content, .device_keys = own});
    client_sync(scene.bot);
    assert_int_equal(scene_room_keys(&scene), before + 1);
    scene_hears_anna(&scene);
    free(content);
    free(own);
    free(unsigned_keys);
    free(wrong_curve);
    free(anothers);
    evil_release(&other);
    scene_end(&scene);
}

/* CVE-2022-39251 and its kin, CVE-2022-39246. */
static void keys_by_any_other_way(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char *content = evil_room_key(&scene.mallory, ROOM), *sealed;
    struct buf event = BUF_INIT(65536);
    size_t before = scene_room_keys(&scene);

    (void)state;
    buf_addf(&event, "{\"type\":\"m.room_key\",\"sender\":\"" MALLORY "\",\"content\":%s}", content);
    vec_push(&scene.bot->inbox, mem_strdup(buf_text(&event)));
    buf_clear(&event);
    buf_addf(&event, "{\"type\":\"m.forwarded_room_key\",\"sender\":\"" MALLORY "\",\"content\":%s}", content);
    vec_push(&scene.bot->inbox, mem_strdup(buf_text(&event)));
    evil_send(&scene.mallory, scene.bot, NULL,
              (struct evil_payload){.type = "m.forwarded_room_key", .content = content});
    evil_share(&scene.mallory, scene.bot, ROOM); /* Olm, but not called so */
    sealed = replaced(scene.bot->inbox.at[3], "m.olm.v1.", "m.olm.v0.");
    free(scene.bot->inbox.at[3]);
    scene.bot->inbox.at[3] = sealed;
    client_sync(scene.bot);
    assert_int_equal(scene_room_keys(&scene), before);
    /* A room key inside a Megolm message, which the bot could decrypt, to-device. */
    evil_share(&scene.mallory, scene.bot, ROOM2);
    client_sync(scene.bot);
    before = scene_room_keys(&scene);
    buf_clear(&event);
    buf_addf(&event, "{\"type\":\"m.room_key\",\"room_id\":\"" ROOM2 "\",\"content\":%s}", content);
    sealed = evil_seal(&scene.mallory, buf_text(&event));
    vec_push(&scene.bot->inbox, sealed);
    client_sync(scene.bot);
    assert_int_equal(scene_room_keys(&scene), before);
    scene_hears_anna(&scene);
    free(content);
    buf_release(&event);
    scene_end(&scene);
}

/* CVE-2025-48937. */
static void event_sender_spoof(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char *event, *spoofed;

    (void)state;
    evil_share(&scene.mallory, scene.bot, ROOM);
    client_sync(scene.bot);
    event = evil_say(&scene.mallory, ROOM, "bench 200x1");
    spoofed = replaced(event, "\"sender\":\"" MALLORY "\"", "\"sender\":\"" ANNA "\"");
    client_refuses(scene.bot, spoofed);
    client_reads(scene.bot, event, "bench 200x1");
    free(event);
    free(spoofed);
    scene_hears_anna(&scene);
    scene_end(&scene);
}

static void room_move(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char *event;

    (void)state;
    evil_share(&scene.mallory, scene.bot, ROOM);
    evil_share(&scene.mallory, scene.bot, ROOM2);
    client_sync(scene.bot);
    event = evil_say(&scene.mallory, ROOM2, "meant for elsewhere");
    client_refuses(scene.bot, event);
    assert_int_equal(client_open(scene.bot, ROOM2, event, NULL), E2EE_PLAIN);
    free(event);
    scene_end(&scene);
}

static void replay(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char *event = client_send(scene.anna, ROOM, "bench 80x8 @1"), *id, *time;
    char now[64], later[64];

    (void)state;
    client_sync(scene.bot);
    client_reads(scene.bot, event, "bench 80x8 @1");
    client_reads(scene.bot, event, "bench 80x8 @1"); /* the same event may come twice */
    id = replaced(event, "\"event_id\":\"$e", "\"event_id\":\"$again");
    client_refuses(scene.bot, id);
    snprintf(now, sizeof(now), "\"origin_server_ts\":%lld", (long long)scene.world->now_ms);
    snprintf(later, sizeof(later), "\"origin_server_ts\":%lld", (long long)scene.world->now_ms + 1);
    time = replaced(event, now, later);
    client_refuses(scene.bot, time);
    client_restart(scene.bot);
    client_refuses(scene.bot, id);
    free(event);
    free(id);
    free(time);
    scene_end(&scene);
}

static void tampered_ciphertext(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char *event = client_send(scene.anna, ROOM, "squat 3x5 100"), *tampered;
    struct err first = {0}, other = {0};
    char *at;

    (void)state;
    client_sync(scene.bot);
    tampered = mem_strdup(event);
    at = strstr(tampered, "\"ciphertext\":\"") + 14;
    at[40] = at[40] == 'A' ? 'B' : 'A'; /* in the encrypted text */
    assert_int_equal(client_open(scene.bot, ROOM, tampered, &first), E2EE_REFUSED);
    free(tampered);
    tampered = mem_strdup(event);
    at = strchr(strstr(tampered, "\"ciphertext\":\"") + 14, '"') - 3; /* in the signature */
    *at = *at == 'A' ? 'B' : 'A';
    assert_int_equal(client_open(scene.bot, ROOM, tampered, &other), E2EE_REFUSED);
    assert_string_equal(first.text, other.text); /* one word for both */
    client_reads(scene.bot, event, "squat 3x5 100");
    free(tampered);
    free(event);
    scene_end(&scene);
}

/* The labels of an event's content are the server's to write: they decide nothing. */
static void labels_are_ignored(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char *event = client_send(scene.anna, ROOM, "hello"), *relabelled;

    (void)state;
    client_sync(scene.bot);
    relabelled = replaced(event, "\"device_id\":\"PHONE\"", "\"device_id\":7");
    client_reads(scene.bot, relabelled, "hello");
    free(event);
    free(relabelled);
    scene_end(&scene);
}

/* By itself or by Olm: nothing is asked or sent for it. */
static void keys_are_given_to_nobody_who_asks(void **state)
{
    static const char request[] =
        "{\"action\":\"request\",\"request_id\":\"1\",\"requesting_device_id\":\"EVIL\",\"body\":"
        "{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"room_id\":\"" ROOM "\",\"session_id\":\"s\"}}";
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    struct buf event = BUF_INIT(4096);
    long before = 0;

    (void)state;
    free(client_send(scene.bot, ROOM, "mine"));
    client_sync(scene.bot);
    for (int kind = E2EE_KEYS_UPLOAD + 1; kind < E2EE_REQUEST_KINDS; kind++)
        before += scene.world->requests[kind];
    buf_addf(&event, "{\"type\":\"m.room_key_request\",\"sender\":\"" MALLORY "\",\"content\":%s}", request);
    vec_push(&scene.bot->inbox, mem_strdup(buf_text(&event)));
    client_sync(scene.bot);
    evil_send(&scene.mallory, scene.bot, NULL, (struct evil_payload){.type = "m.room_key_request", .content = request});
    client_sync(scene.bot);
    for (int kind = E2EE_KEYS_UPLOAD + 1; kind < E2EE_REQUEST_KINDS; kind++)
        before -= scene.world->requests[kind];
    assert_int_equal(before, 0);
    buf_release(&event);
    scene_end(&scene);
}

static void megolm_key_overwrite(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    struct evil thief, *owner = &scene.mallory;
    char *early = evil_room_key(owner, ROOM), *first = evil_say(owner, ROOM, "first"), *late, *second, *third;

    (void)state;
    evil_init(&thief, scene.world, ANNA, "THIEF"); /* a second device of another member */
    evil_publish(&thief, NULL);
    client_sync(scene.bot);
    late = evil_room_key(owner, ROOM);
    second = evil_say(owner, ROOM, "second");
    third = evil_say(owner, ROOM, "third");
    evil_send(owner, scene.bot, NULL, (struct evil_payload){.type = "m.room_key", .content = late});
    client_sync(scene.bot);
    client_refuses(scene.bot, first);
    client_reads(scene.bot, second, "second");
    /* Another who knows the key can't become its owner, not even with a better index. */
    evil_send(&thief, scene.bot, NULL, (struct evil_payload){.type = "m.room_key", .content = early});
    client_sync(scene.bot);
    client_refuses(scene.bot, first);
    client_reads(scene.bot, third, "third");
    /* Its owner can better it, also within one sync; and a worse one changes nothing. */
    evil_send(owner, scene.bot, NULL, (struct evil_payload){.type = "m.room_key", .content = early});
    evil_send(owner, scene.bot, NULL, (struct evil_payload){.type = "m.room_key", .content = late});
    client_sync(scene.bot);
    client_reads(scene.bot, first, "first");
    client_restart(scene.bot);
    client_reads(scene.bot, first, "first");
    /* A key of another session under this session's name. */
    {
        char *named = replaced(early, owner->session_id, thief.session_id);

        evil_send(owner, scene.bot, NULL, (struct evil_payload){.type = "m.room_key", .content = named});
        client_sync(scene.bot);
        assert_int_equal(scene_room_keys(&scene), 3); /* the bot's own, Anna's, this one */
        free(named);
    }
    free(early);
    free(late);
    free(first);
    free(second);
    free(third);
    evil_release(&thief);
    scene_end(&scene);
}

/* What a backup gave is believed less than what the owner says: a false key does not keep the true one out. */
static void restored_keys_yield(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    const struct e2ee_store *store = memory_store_port(scene.bot->store);
    struct e2ee_inbound_row row = {ROOM, scene.mallory.session_id, MALLORY, "", "", "", {0}, 0, false, 1};
    const unsigned char *pickle_key = scene.bot->pickle_key;
    struct buf exported = BUF_INIT(1024), pickle = BUF_INIT(4096), key = BUF_INIT(1024);
    struct ratchet_inbound *true_one, *restored;
    char *event = evil_say(&scene.mallory, ROOM, "hello"), *content;

    (void)state;
    ratchet_outbound_key(scene.mallory.room_key, &key);
    true_one = ratchet_inbound_new(buf_text(&key), NULL);
    assert_int_equal(ratchet_inbound_export(true_one, 1, &exported), 0);
    exported.data[40] = exported.data[40] == 'A' ? 'B' : 'A'; /* in the ratchet */
    restored = ratchet_inbound_import(buf_text(&exported), NULL);
    assert_non_null(restored);
    assert_int_equal(ratchet_inbound_pickle(restored, pickle_key, &pickle), 0);
    row.pickle = buf_span(&pickle);
    row.first_index = 1;
    client_begin(scene.bot);
    assert_int_equal(store->inbound_put(store->self, &row, NULL), 0);
    client_end(scene.bot, 0);
    free(event);
    event = evil_say(&scene.mallory, ROOM, "hello");
    client_parks(scene.bot, event);
    content = evil_room_key(&scene.mallory, ROOM);
    evil_send(&scene.mallory, scene.bot, NULL, (struct evil_payload){.type = "m.room_key", .content = content});
    client_sync(scene.bot);
    free(event);
    event = evil_say(&scene.mallory, ROOM, "hello again");
    client_reads(scene.bot, event, "hello again");
    free(event);
    free(content);
    ratchet_inbound_free(true_one);
    ratchet_inbound_free(restored);
    buf_release(&exported);
    buf_release(&pickle);
    buf_release(&key);
    scene_end(&scene);
}

static void changed_device_keys(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    struct published *phone = world_published(scene.world, ANNA, "PHONE");
    struct evil fake;
    char *event, *truth = mem_strdup(phone->keys);

    (void)state;
    evil_init(&fake, scene.world, ANNA, "PHONE");
    for (int i = 0; i < 2; i++) { /* refused again on the second query */
        evil_publish(&fake, NULL);
        client_sync(scene.bot);
        evil_share(&fake, scene.bot, ROOM);
        client_sync(scene.bot);
        event = evil_say(&fake, ROOM, "I am Anna");
        assert_int_not_equal(client_open(scene.bot, ROOM, event, NULL), E2EE_PLAIN);
        free(event);
    }
    event = client_send(scene.bot, ROOM, "for the true one");
    client_sync(scene.anna);
    client_reads(scene.anna, event, "for the true one");
    free(event);
    /* Nor after the device was gone for a while. */
    world_log_out(scene.world, ANNA, "PHONE");
    client_sync(scene.bot);
    evil_publish(&fake, NULL);
    client_sync(scene.bot);
    event = evil_say(&fake, ROOM, "I am Anna");
    assert_int_not_equal(client_open(scene.bot, ROOM, event, NULL), E2EE_PLAIN);
    free(event);
    free(client_send(scene.bot, ROOM, "not for the fake"));
    assert_int_equal(scene.anna->inbox.count, 0);
    evil_publish(&fake, truth);
    client_sync(scene.bot);
    scene.world->now_ms += HOUR_MS; /* her own client has seen the fake, too, and begins anew */
    client_sync(scene.anna);
    scene_hears_anna(&scene);
    evil_release(&fake);
    scene_end(&scene);
}

static void device_not_in_the_list(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    struct evil hidden;
    char *event;

    (void)state;
    event = client_send(scene.anna, ROOM, "sent, then logged out");
    client_sync(scene.bot);
    world_log_out(scene.world, ANNA, "PHONE");
    client_sync(scene.bot);
    client_parks(scene.bot, event); /* the list is asked for once more */
    client_run(scene.bot);
    client_refuses(scene.bot, event);
    free(event);
    scene.world->now_ms += HOUR_MS;
    evil_init(&hidden, scene.world, MALLORY, "HIDDEN"); /* never published */
    evil_share(&hidden, scene.bot, ROOM);
    assert_int_equal(client_try_sync(scene.bot), 0);
    event = evil_say(&hidden, ROOM, "from nowhere");
    client_parks(scene.bot, event); /* the list is being asked for */
    client_run(scene.bot);
    client_refuses(scene.bot, event);
    free(event);
    evil_release(&hidden);
    scene_end(&scene);
}

static void bad_points_and_forged_signatures(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_ALL);
    struct evil evil;
    char *bad[7], *good, *named;
    size_t before = memory_count(scene.bot->store, MEMORY_DEVICE);

    (void)state;
    evil_init(&evil, scene.world, MALLORY, "BAD");
    good = evil_keys(&evil, NULL, NULL);
    bad[0] = evil_keys(&evil, ZERO_KEY, NULL);
    bad[1] = evil_keys(&evil, NULL, scene.mallory.ed25519); /* signed by another key than it names */
    bad[2] = replaced(good, "\"algorithms\"", "\"algorithm\"");
    bad[3] = replaced(good, "\"user_id\":\"" MALLORY "\"", "\"user_id\":\"" ANNA "\"");
    {
        char *neutral = evil_keys(&evil, NULL, NEUTRAL_KEY);
        char *signature = strstr(neutral, "\"ed25519:BAD\":\"");

        signature = strstr(signature + 1, "\"ed25519:BAD\":\"") + strlen("\"ed25519:BAD\":\"");
        memcpy(signature, NEUTRAL_SIGNATURE, strlen(NEUTRAL_SIGNATURE));
        bad[4] = neutral;
    }
    named = replaced(good, "\"user_id\":\"" MALLORY "\"", "\"user_id\":\"" ANNA "\"");
    unsign(named);
    bad[5] = world_signed(named, MALLORY, "BAD", evil.account); /* well signed, for another user */
    free(named);
    named = replaced(good, "\"device_id\":\"BAD\"", "\"device_id\":\"GOOD\"");
    unsign(named);
    bad[6] = world_signed(named, MALLORY, "BAD", evil.account); /* and for another device */
    free(named);
    for (size_t i = 0; i < ARRAY_LENGTH(bad); i++) {
        evil_publish(&evil, bad[i]);
        client_sync(scene.bot);
        assert_int_equal(memory_count(scene.bot->store, MEMORY_DEVICE), before);
    }
    evil_publish(&evil, good);
    client_sync(scene.bot);
    assert_int_equal(memory_count(scene.bot->store, MEMORY_DEVICE), before + 1);
    scene_hears_anna(&scene);
    evil_release(&evil);
    scene_end(&scene);
}

static void one_time_keys_are_checked(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    struct published *device = NULL;
    struct evil target, thief;
    size_t before = memory_count(scene.bot->store, MEMORY_OLM);
    char *plain[4], *key;

    (void)state;
    evil_init(&target, scene.world, MALLORY, "TARGET");
    evil_init(&thief, scene.world, MALLORY, "THIEF");
    evil_publish(&target, NULL);
    device = world_published(scene.world, MALLORY, "TARGET");
    plain[0] = world_signed("{\"key\":\"" ZERO_KEY "\"}", MALLORY, "TARGET", target.account);
    key = mem_strdup("{\"key\":\"" ZERO_KEY "\"}");
    memcpy(strstr(key, ZERO_KEY), thief.curve25519, 43);
    plain[1] = world_signed(key, MALLORY, "TARGET", thief.account); /* signed by another */
    plain[2] = mem_strdup(key);                                     /* by nobody */
    plain[3] = world_signed(key, MALLORY, "TARGET", target.account);
    client_sync(scene.bot);
    for (size_t i = 0; i < 4; i++) {
        vec_push(&device->one_time_ids, mem_strdup("signed_curve25519:AAAA"));
        vec_push(&device->one_time_keys, plain[i]);
        scene.world->now_ms += 7 * HOUR_MS;
        free(client_send(scene.bot, ROOM, "to whom?"));
        client_run(scene.bot);
        assert_int_equal(device->one_time_ids.count, 0);
        assert_int_equal(memory_count(scene.bot->store, MEMORY_OLM), i < 3 ? before : before + 1);
    }
    free(key);
    evil_release(&target);
    evil_release(&thief);
    scene_end(&scene);
}

static void forged_cross_signing(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_STRICT);
    struct identity *anna = world_identity(scene.world, ANNA), *mallory = world_identity(scene.world, MALLORY);
    char *swapped;
    char *event;

    (void)state;
    anna = &scene.world->identities.at[0];
    world_sign_device(scene.world, anna, "PHONE");
    /* The server puts in a self-signing key of its own, signed by its own master key, in Anna's name. */
    swapped = replaced(mallory->self_signing_json, "\"user_id\":\"" MALLORY "\"", "\"user_id\":\"" ANNA "\"");
    free(anna->self_signing_json);
    anna->self_signing_json = swapped;
    client_sync(scene.bot);
    event = client_send(scene.bot, ROOM, "to nobody");
    client_sync(scene.anna);
    client_parks(scene.anna, event);
    free(event);
    scene_end(&scene);
}

/* A self-signing key that the master key has not signed signs nothing. */
static void broken_chain(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_STRICT);
    struct identity *anna = world_identity(scene.world, ANNA);
    char *signature = strrchr(anna->self_signing_json, ':') + 2, was = *signature, *event;

    (void)state;
    world_sign_device(scene.world, anna, "PHONE");
    for (int i = 0; i < 2; i++) {
        *signature = i == 0 ? (was == 'A' ? 'B' : 'A') : was;
        world_announce(scene.world, ANNA);
        client_sync(scene.bot);
        event = client_send(scene.bot, ROOM, "for the signed");
        client_sync(scene.anna);
        assert_int_equal(client_open(scene.anna, ROOM, event, NULL), i == 0 ? E2EE_PARKED : E2EE_PLAIN);
        free(event);
    }
    scene_end(&scene);
}

/* A key made for another use does not sign devices. */
static void key_of_another_usage(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_STRICT);
    struct identity *anna = world_identity(scene.world, ANNA), as_signer = *anna;
    char *event;

    (void)state;
    free(anna->self_signing_json);
    anna->self_signing_json = world_signed(anna->master_json, ANNA, NULL, anna->master);
    as_signer.self_signing = anna->master;
    world_sign_device(scene.world, &as_signer, "PHONE");
    client_sync(scene.bot);
    event = client_send(scene.bot, ROOM, "to nobody");
    client_sync(scene.anna);
    client_parks(scene.anna, event);
    free(event);
    scene_end(&scene);
}

/* The server shows another device under the bot's own id: it isn't believed, and nothing is said under that name. */
static void bot_itself_impersonated(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_STRICT);
    struct published *own = world_published(scene.world, BOT, "BOTDEV");
    char *truth = mem_strdup(own->keys);
    struct evil fake;
    char *event;

    (void)state;
    evil_init(&fake, scene.world, BOT, "BOTDEV");
    evil_publish(&fake, NULL);
    client_sync(scene.bot);
    assert_int_equal(client_try_prepare(scene.bot, ROOM), E2EE_WAITING);
    client_run(scene.bot);
    assert_int_equal(client_try_prepare(scene.bot, ROOM), E2EE_WAITING);
    assert_int_equal(scene.bot->inbox.count, 0);
    event = evil_say(&fake, ROOM, "I am the bot");
    client_parks(scene.bot, event);
    free(event);
    evil_publish(&fake, truth);
    evil_release(&fake);
    scene_end(&scene);
}

/* Already at the very first query, while our own keys don't get through to the server. */
static void bot_impersonated_from_the_start(void **state)
{
    struct world *world = world_new();
    struct client *bot = world_add(world, BOT, "BOTDEV", E2EE_SHARE_SIGNED);
    struct buf lie = BUF_INIT(65536);
    struct evil fake;
    char *keys;

    (void)state;
    evil_init(&fake, world, BOT, "BOTDEV");
    keys = evil_keys(&fake, NULL, NULL);
    buf_addf(&lie, "{\"device_keys\":{\"" BOT "\":{\"BOTDEV\":%s}}}", keys);
    world->lie[E2EE_KEYS_QUERY] = buf_steal(&lie);
    world->status[E2EE_KEYS_UPLOAD] = 502;
    client_run(bot);
    assert_null(world->lie[E2EE_KEYS_QUERY]);
    assert_int_equal(memory_count(bot->store, MEMORY_DEVICE), 0);
    free(keys);
    evil_release(&fake);
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(honest_bare_device_is_heard),
        cmocka_unit_test(lies_in_the_olm_payload),
        cmocka_unit_test(keys_by_any_other_way),
        cmocka_unit_test(event_sender_spoof),
        cmocka_unit_test(room_move),
        cmocka_unit_test(replay),
        cmocka_unit_test(tampered_ciphertext),
        cmocka_unit_test(labels_are_ignored),
        cmocka_unit_test(keys_are_given_to_nobody_who_asks),
        cmocka_unit_test(megolm_key_overwrite),
        cmocka_unit_test(restored_keys_yield),
        cmocka_unit_test(changed_device_keys),
        cmocka_unit_test(device_not_in_the_list),
        cmocka_unit_test(bad_points_and_forged_signatures),
        cmocka_unit_test(one_time_keys_are_checked),
        cmocka_unit_test(forged_cross_signing),
        cmocka_unit_test(broken_chain),
        cmocka_unit_test(key_of_another_usage),
        cmocka_unit_test(bot_itself_impersonated),
        cmocka_unit_test(bot_impersonated_from_the_start),
    };

    return RUN_TESTS(tests);
}
