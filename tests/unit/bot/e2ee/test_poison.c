/*
 * Poison and floods: malformed things from everywhere cost themselves alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/unit/bot/e2ee/evil.h"
#include "tests/unit/unit.h"

#define ZERO_KEY "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

enum { HOUR_MS = 3600 * 1000 };

/* Poison in to-device: what comes after it in the same sync is taken. */
static void poison_in_a_sync(void **state)
{
    static const char *const poison[] = {
        "null",
        "7",
        "[]",
        "{}",
        "{\"type\":7}",
        "{\"type\":\"m.room.encrypted\"}",
        "{\"type\":\"m.room.encrypted\",\"sender\":{},\"content\":[]}",
        "{\"type\":\"m.room.encrypted\",\"sender\":\"@a:b\",\"content\":{\"algorithm\":[]}}",
        "{\"type\":\"m.room.encrypted\",\"sender\":\"@a:b\",\"content\":{\"algorithm\":\"m.olm.v1.curve25519-aes-"
        "sha2\","
        "\"sender_key\":\"" ZERO_KEY "\",\"ciphertext\":\"x\"}}",
        "{\"type\":\"m.room_key.withheld\",\"sender\":null,\"content\":{\"code\":{}}}",
        "{\"type\":\"m.room_key\",\"__proto__\":{\"sender\":1}}",
    };
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    struct buf deep = BUF_INIT(65536);

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(poison); i++)
        vec_push(&scene.bot->inbox, mem_strdup(poison[i]));
    buf_adds(&deep, "{\"type\":\"m.room.encrypted\",\"sender\":\"@a:b\",\"content\":");
    for (int i = 0; i < 120; i++)
        buf_addc(&deep, '[');
    for (int i = 0; i < 120; i++)
        buf_addc(&deep, ']');
    buf_adds(&deep, "}");
    vec_push(&scene.bot->inbox, buf_steal(&deep));
    scene_hears_anna(&scene);
    scene_end(&scene);
}

static void poison_inside_olm_and_megolm(void **state)
{
    static const char *const poison[] = {
        "",         "null",
        "[]",       "{\"type\":1,\"content\":2,\"sender\":3,\"recipient\":4,\"recipient_keys\":5,\"keys\":6}",
        "\xff\xfe", "{\"type\":\"m.room_key\"",
    };
    static const char *const contents[] = {"null",
                                           "7",
                                           "\"x\"",
                                           "[1]",
                                           "{}",
                                           "{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"room_id\":null,\"session_id\":"
                                           "\"x\",\"session_key\":\"x\"}",
                                           "{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"room_id\":\"" ROOM
                                           "\",\"session_id\":\"x\",\"session_key\":\"AgAAAA\"}"};
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    size_t before = scene_room_keys(&scene);
    char *event;

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(poison); i++)
        evil_send_raw(&scene.mallory, scene.bot, poison[i]);
    for (size_t i = 0; i < ARRAY_LENGTH(contents); i++)
        evil_send(&scene.mallory, scene.bot, NULL, (struct evil_payload){.type = "m.room_key", .content = contents[i]});
    evil_share(&scene.mallory, scene.bot, ROOM);
    client_sync(scene.bot);
    assert_int_equal(scene_room_keys(&scene), before + 1);
    for (size_t i = 0; i < ARRAY_LENGTH(poison); i++) {
        event = evil_seal(&scene.mallory, poison[i]);
        client_refuses(scene.bot, event);
        free(event);
    }
    event = evil_seal(&scene.mallory, "{\"type\":\"m.room.message\",\"content\":[],\"room_id\":\"" ROOM "\"}");
    client_refuses(scene.bot, event);
    free(event);
    scene_hears_anna(&scene);
    scene_end(&scene);
}

static void poisoned_answers(void **state)
{
    static const char *const lies[] = {
        "{}",
        "{\"device_keys\":7,\"one_time_keys\":7,\"one_time_key_counts\":7}",
        "{\"device_keys\":{\"" ANNA "\":[]},\"one_time_keys\":{\"" ANNA "\":[]},\"one_time_key_counts\":[]}",
        "{\"device_keys\":{\"" ANNA "\":{\"PHONE\":[]}},\"one_time_keys\":{\"" ANNA "\":{\"PHONE\":[]}},"
        "\"master_keys\":{\"" ANNA "\":{\"keys\":7,\"usage\":7,\"user_id\":7}},\"self_signing_keys\":{\"" ANNA
        "\":[]},\"one_time_key_counts\":{\"signed_curve25519\":\"x\"}}",
        "{\"device_keys\":{\"" ANNA "\":{\"\":{}}},\"one_time_keys\":{\"" ANNA "\":{\"PHONE\":{\"signed_curve25519:A\":"
        "{\"key\":{}}}}},\"one_time_key_counts\":{\"signed_curve25519\":99999999999999}}",
    };
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char names[ARRAY_LENGTH(lies)][E2EE_REQUEST_KINDS][16]; /* the world lends them */
    char *event;

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(lies); i++)
        for (int kind = 0; kind < E2EE_REQUEST_KINDS; kind++) {
            char *name = names[i][kind];
            struct client *laptop;

            snprintf(name, sizeof(names[i][kind]), "L%zu%d", i, kind);
            scene.world->lie[kind] = mem_strdup(lies[i]);
            laptop = world_add(scene.world, ANNA, name, E2EE_SHARE_SIGNED);
            laptop->stopped = kind != E2EE_KEYS_UPLOAD;
            client_sync(scene.bot);
            (void)client_try_prepare(scene.bot, ROOM);
            client_run(scene.bot);
            free(scene.world->lie[kind]);
            scene.world->lie[kind] = NULL;
            scene.world->now_ms += 7 * HOUR_MS;
        }
    scene.world->now_ms +=
        8 * 24 * HOUR_MS; /* a key that the server only says it has handed on is lost until the next */
    world_announce(scene.world, ANNA);
    client_sync(scene.bot);
    event = client_send(scene.bot, ROOM, "hello");
    client_run(scene.bot);
    client_sync(scene.anna);
    client_reads(scene.anna, event, "hello");
    free(event);
    scene_hears_anna(&scene);
    scene_end(&scene);
}

/* Olm messages from strangers, from a member's device, and well made ones with a wrong MAC. */
static void junk_flood(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char bot_key[44];
    char *sample;
    long before = 0, writes;
    struct buf event = BUF_INIT(65536);

    (void)state;
    evil_send_raw(&scene.mallory, scene.bot, "junk");
    sample = scene.bot->inbox.at[0];
    scene.bot->inbox.count = 0;
    memcpy(bot_key, strstr(sample, "\"ciphertext\":{\"") + strlen("\"ciphertext\":{\""), 43);
    bot_key[43] = '\0';
    for (int kind = 0; kind < E2EE_REQUEST_KINDS; kind++)
        before += scene.world->requests[kind];
    for (int i = 0; i < 10000; i++) {
        buf_clear(&event);
        if (i % 2 == 0) { /* from 5,000 strangers */
            buf_addf(&event,
                     "{\"type\":\"m.room.encrypted\",\"sender\":\"@s%d:example.org\",\"content\":{\"algorithm\":"
                     "\"m.olm.v1.curve25519-aes-sha2\",\"sender_key\":\"%s\",\"ciphertext\":{\"%s\":{\"type\":0,"
                     "\"body\":\"AwogJUNK%06dAAAA\"}}}}",
                     i, scene.mallory.curve25519, bot_key, i);
        } else { /* from a member's device, with another MAC each time */
            char tail[16];

            buf_adds(&event, sample);
            snprintf(tail, sizeof(tail), "%05d", i);
            memcpy(strstr(event.data, "\"body\":\"") + strlen(strstr(event.data, "\"body\":\"")) - 10 - 5, tail, 5);
        }
        vec_push(&scene.bot->inbox, mem_strdup(buf_text(&event)));
        if (i % 100 == 99)
            client_sync(scene.bot);
    }
    for (int kind = 0; kind < E2EE_REQUEST_KINDS; kind++)
        before -= scene.world->requests[kind];
    assert_in_range(-before, 0, 4);
    writes = memory_writes(scene.bot->store);
    assert_true(writes < 30000);
    scene_hears_anna(&scene);
    free(sample);
    buf_release(&event);
    scene_end(&scene);
}

/* A replayed message is known by its hash, and does not make the bot mend anything. */
static void replayed_olm_message(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    size_t before = scene_room_keys(&scene);
    long claims;
    char *copy;

    (void)state;
    evil_share(&scene.mallory, scene.bot, ROOM);
    copy = mem_strdup(scene.bot->inbox.at[0]);
    client_sync(scene.bot);
    claims = scene.world->requests[E2EE_KEYS_CLAIM];
    scene.world->now_ms += 7 * HOUR_MS;
    for (int i = 0; i < 3; i++) {
        vec_push(&scene.bot->inbox, mem_strdup(copy));
        client_sync(scene.bot);
    }
    assert_int_equal(scene.world->requests[E2EE_KEYS_CLAIM], claims);
    assert_int_equal(scene_room_keys(&scene), before + 1);
    /* Even a store that forgot all can't open it again: the one-time key is gone. */
    memory_clear(scene.bot->store, MEMORY_OLM);
    memory_clear(scene.bot->store, MEMORY_OLM_MESSAGE);
    memory_clear(scene.bot->store, MEMORY_INBOUND);
    client_restart(scene.bot);
    vec_push(&scene.bot->inbox, mem_strdup(copy));
    client_sync(scene.bot);
    assert_int_equal(scene_room_keys(&scene), 0);
    free(copy);
    scene_end(&scene);
}

/* One device may not fill the store with sessions. */
static void sessions_of_a_device_are_capped(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    size_t before = memory_count(scene.bot->store, MEMORY_OLM);

    (void)state;
    for (int i = 0; i < 20; i++) {
        scene.world->now_ms++;
        evil_send(&scene.mallory, scene.bot, NULL, (struct evil_payload){.type = "m.dummy", .content = "{}"});
        client_sync(scene.bot);
    }
    assert_int_equal(memory_count(scene.bot->store, MEMORY_OLM), before + 6);
    scene_end(&scene);
}

/* Its owner is asked for once in a while, not for each of its messages. */
static void a_device_that_is_not_listed_costs_one_query(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    long queries;

    (void)state;
    world_log_out(scene.world, MALLORY, "EVIL");
    client_sync(scene.bot);
    queries = scene.world->requests[E2EE_KEYS_QUERY];
    for (int i = 0; i < 20; i++) {
        scene.world->now_ms++;
        evil_send(&scene.mallory, scene.bot, NULL, (struct evil_payload){.type = "m.dummy", .content = "{}"});
        client_sync(scene.bot);
    }
    assert_int_equal(scene.world->requests[E2EE_KEYS_QUERY], queries + 1);
    scene_end(&scene);
}

/* What opens, of ever another user, has the server asked by twenty queries, then by one in five seconds. */
static void lists_of_ever_other_strangers_are_asked_for_together(void **state)
{
    enum { STRANGERS = 400, EACH_MS = 100 };
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    long queries = scene.world->requests[E2EE_KEYS_QUERY];
    char user[32];

    (void)state;
    for (int i = 0; i < STRANGERS; i++) {
        scene.world->now_ms += EACH_MS;
        snprintf(user, sizeof(user), "@s%d:example.org", i);
        evil_send(&scene.mallory, scene.bot, user,
                  (struct evil_payload){.type = "m.dummy", .content = "{}", .sender = user});
        client_sync(scene.bot);
    }
    queries = scene.world->requests[E2EE_KEYS_QUERY] - queries;
    assert_in_range(queries, 1, 20 + STRANGERS * EACH_MS / 5000);
    scene_hears_anna(&scene);
    scene_end(&scene);
}

/* So it is with devices whose messages can't be read, as many as there are. */
static void sessions_with_many_devices_are_mended_together(void **state)
{
    enum { DEVICES = 60, EACH_MS = 100 };
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    struct evil devices[DEVICES];
    char names[DEVICES][16];
    long claims;

    (void)state;
    for (int i = 0; i < DEVICES; i++) {
        snprintf(names[i], sizeof(names[i]), "EVIL%d", i);
        evil_init(&devices[i], scene.world, MALLORY, names[i]);
        evil_publish(&devices[i], NULL);
    }
    client_sync(scene.bot);
    claims = scene.world->requests[E2EE_KEYS_CLAIM];
    for (int i = 0; i < DEVICES; i++) {
        char *event;

        scene.world->now_ms += EACH_MS;
        evil_send_raw(&devices[i], scene.bot, "junk");
        event = scene.bot->inbox.at[scene.bot->inbox.count - 1];
        memset(event + strlen(event) - 15, '0', 5); /* of its MAC */
        client_sync(scene.bot);
    }
    claims = scene.world->requests[E2EE_KEYS_CLAIM] - claims;
    assert_in_range(claims, 20, 20 + 1 + DEVICES * EACH_MS / 5000);
    scene.world->now_ms += 10000;
    client_sync(scene.bot);
    for (int i = 0; i < DEVICES; i++)
        evil_release(&devices[i]);
    scene_hears_anna(&scene);
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(poison_in_a_sync),
        cmocka_unit_test(poison_inside_olm_and_megolm),
        cmocka_unit_test(poisoned_answers),
        cmocka_unit_test(junk_flood),
        cmocka_unit_test(replayed_olm_message),
        cmocka_unit_test(sessions_of_a_device_are_capped),
        cmocka_unit_test(a_device_that_is_not_listed_costs_one_query),
        cmocka_unit_test(lists_of_ever_other_strangers_are_asked_for_together),
        cmocka_unit_test(sessions_with_many_devices_are_mended_together),
    };

    return RUN_TESTS(tests);
}
