/*
 * A device made of bare ratchets, which says what a test wants it to say.
 */
#include "tests/unit/bot/e2ee/evil.h"

#include <stdlib.h>
#include <string.h>

#include "bot/json/json.h"
#include "core/base/mem.h"
#include "tests/unit/unit.h"

void evil_init(struct evil *evil, struct world *world, const char *user, const char *device)
{
    *evil = (struct evil){world, user, device, ratchet_account_new(), "", "", ratchet_outbound_new(), ""};
    ratchet_account_keys(evil->account, evil->curve25519, evil->ed25519);
    ratchet_outbound_id(evil->room_key, evil->session_id);
}

void evil_release(struct evil *evil)
{
    ratchet_account_free(evil->account);
    ratchet_outbound_free(evil->room_key);
}

char *evil_keys(const struct evil *evil, const char *curve25519, const char *ed25519)
{
    struct buf plain = BUF_INIT(65536);
    char *keys;

    buf_addf(&plain,
             "{\"algorithms\":[\"m.olm.v1.curve25519-aes-sha2\",\"m.megolm.v1.aes-sha2\"],\"device_id\":\"%s\","
             "\"keys\":{\"curve25519:%s\":\"%s\",\"ed25519:%s\":\"%s\"},\"user_id\":\"%s\"}",
             evil->device, evil->device, curve25519 != NULL ? curve25519 : evil->curve25519, evil->device,
             ed25519 != NULL ? ed25519 : evil->ed25519, evil->user);
    keys = world_signed(buf_text(&plain), evil->user, evil->device, evil->account);
    buf_release(&plain);
    return keys;
}

void evil_publish(struct evil *evil, char *keys)
{
    struct published *device = world_published(evil->world, evil->user, evil->device);

    if (device == NULL) {
        device = vec_add(&evil->world->devices);
        device->user = mem_strdup(evil->user);
        device->device = mem_strdup(evil->device);
    }
    free(device->keys);
    device->keys = keys != NULL ? keys : evil_keys(evil, NULL, NULL);
    world_announce(evil->world, evil->user);
}

/* ---- Olm */

static void send_as(struct evil *evil, struct client *to, const char *sender, const char *payload)
{
    struct published *target = world_published(evil->world, to->user, to->device);
    struct buf message = BUF_INIT(1024 * 1024), event = BUF_INIT(1024 * 1024), name = BUF_INIT(256);
    struct json *keys = json_parse(span_of(target->keys), NULL), *one_time;
    struct ratchet_session *session;
    int type;

    assert_true(target->one_time_keys.count != 0);
    one_time = json_parse(span_of(target->one_time_keys.at[0]), NULL);
    free(target->one_time_keys.at[0]);
    free(target->one_time_ids.at[0]);
    vec_remove(&target->one_time_keys, 0);
    vec_remove(&target->one_time_ids, 0);
    buf_addf(&name, "curve25519:%s", to->device);
    session = ratchet_session_outbound(evil->account, json_get_text(json_get(keys, "keys"), buf_text(&name)),
                                       json_get_text(one_time, "key"), NULL);
    assert_non_null(session);
    assert_int_equal(ratchet_session_encrypt(session, span_of(payload), &type, &message), 0);
    buf_addf(&event,
             "{\"type\":\"m.room.encrypted\",\"sender\":\"%s\",\"content\":{\"algorithm\":"
             "\"m.olm.v1.curve25519-aes-sha2\",\"sender_key\":\"%s\",\"ciphertext\":{\"%s\":{\"type\":%d,\"body\":"
             "\"%s\"}}}}",
             sender, evil->curve25519, json_get_text(json_get(keys, "keys"), buf_text(&name)), type,
             buf_text(&message));
    vec_push(&to->inbox, buf_steal(&event));
    ratchet_session_free(session);
    json_free(keys);
    json_free(one_time);
    buf_release(&message);
    buf_release(&name);
}

static const char *either(const char *said, const char *truth)
{
    return said != NULL ? said : truth;
}

void evil_send(struct evil *evil, struct client *to, const char *sender, struct evil_payload payload)
{
    struct buf text = BUF_INIT(1024 * 1024);
    char ed25519[44];

    e2ee_fingerprint(to->machine, ed25519);
    buf_addf(&text,
             "{\"type\":\"%s\",\"content\":%s,\"sender\":\"%s\",\"recipient\":\"%s\",\"recipient_keys\":{\"ed25519\":"
             "\"%s\"},\"keys\":{\"ed25519\":\"%s\"}",
             payload.type, payload.content, either(payload.sender, evil->user), either(payload.recipient, to->user),
             either(payload.recipient_ed25519, ed25519), either(payload.ed25519, evil->ed25519));
    if (payload.device_keys != NULL)
        buf_addf(&text, ",\"sender_device_keys\":%s", payload.device_keys);
    buf_adds(&text, "}");
    send_as(evil, to, either(sender, evil->user), buf_text(&text));
    buf_release(&text);
}

void evil_send_raw(struct evil *evil, struct client *to, const char *payload)
{
    send_as(evil, to, evil->user, payload);
}

/* ---- Megolm */

char *evil_room_key(const struct evil *evil, const char *room)
{
    struct buf key = BUF_INIT(1024), content = BUF_INIT(4096);

    ratchet_outbound_key(evil->room_key, &key);
    buf_addf(&content,
             "{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"room_id\":\"%s\",\"session_id\":\"%s\",\"session_key\":\"%s\"}",
             room, evil->session_id, buf_text(&key));
    buf_release(&key);
    return buf_steal(&content);
}

void evil_share(struct evil *evil, struct client *to, const char *room)
{
    char *content = evil_room_key(evil, room);

    evil_send(evil, to, NULL, (struct evil_payload){.type = "m.room_key", .content = content});
    free(content);
}

char *evil_seal(struct evil *evil, const char *payload)
{
    struct buf message = BUF_INIT(1024 * 1024), event = BUF_INIT(1024 * 1024);

    assert_int_equal(ratchet_outbound_encrypt(evil->room_key, span_of(payload), &message), 0);
    buf_addf(&event,
             "{\"type\":\"m.room.encrypted\",\"event_id\":\"$x%ld\",\"sender\":\"%s\",\"origin_server_ts\":%lld,"
             "\"content\":{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"sender_key\":\"%s\",\"device_id\":\"%s\","
             "\"session_id\":\"%s\",\"ciphertext\":\"%s\"}}",
             ++evil->world->next_event, evil->user, (long long)evil->world->now_ms, evil->curve25519, evil->device,
             evil->session_id, buf_text(&message));
    buf_release(&message);
    return buf_steal(&event);
}

char *evil_say(struct evil *evil, const char *room, const char *text)
{
    struct buf payload = BUF_INIT(65536);
    char *event;

    buf_addf(&payload,
             "{\"type\":\"m.room.message\",\"content\":{\"body\":\"%s\",\"msgtype\":\"m.text\"},\"room_id\":\"%s\"}",
             text, room);
    event = evil_seal(evil, buf_text(&payload));
    buf_release(&payload);
    return event;
}

/* ---- the scene */

struct scene scene_new(enum e2ee_share share)
{
    struct scene scene = {.world = world_new()};

    scene.bot = world_add(scene.world, BOT, "BOTDEV", share);
    scene.anna = world_add(scene.world, ANNA, "PHONE", E2EE_SHARE_SIGNED);
    evil_init(&scene.mallory, scene.world, MALLORY, "EVIL");
    evil_publish(&scene.mallory, NULL);
    world_member(scene.world, BOT);
    world_member(scene.world, ANNA);
    world_member(scene.world, MALLORY);
    world_settle(scene.world);
    client_prepare(scene.bot, ROOM);
    client_prepare(scene.anna, ROOM);
    world_settle(scene.world);
    return scene;
}

void scene_end(struct scene *scene)
{
    evil_release(&scene->mallory);
    world_free(scene->world);
}

void scene_hears_anna(struct scene *scene)
{
    char *event = client_send(scene->anna, ROOM, "bench 80x8 @1");

    client_sync(scene->bot);
    client_reads(scene->bot, event, "bench 80x8 @1");
    free(event);
}

size_t scene_room_keys(const struct scene *scene)
{
    return memory_count(scene->bot->store, MEMORY_INBOUND);
}
