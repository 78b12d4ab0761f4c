/*
 * Any bytes where the encryption machine reads what others wrote. The first byte says where: as to-device events, an
 * encrypted event, a sync, an answer to a request; or, well encrypted by a device that the machine knows, as what is
 * inside an Olm or a Megolm message. Each input starts from the same state.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/e2ee/e2ee.h"
#include "bot/e2ee/ratchet.h"
#include "core/base/mem.h"
#include "tests/unit/bot/e2ee/memory_olm.c"
#include "tests/unit/bot/e2ee/memory_rows.c"
#include "tests/unit/bot/e2ee/memory_store.c"

#define ROOM "!gym:example.org"
#define PEER "@peer:example.org"
#define BOT "@spotter:example.org"

enum { NOW_MS = 1000000, MAXIMUM = 1 << 20 };

/* The peer: bare ratchets, whose keys differ from run to run, as do the machine's. */
struct peer {
    struct ratchet_account *account;
    struct ratchet_session *session; /* to the machine */
    struct ratchet_outbound *room_key;
    char curve25519[44], ed25519[44], session_id[44];
    char bot_curve25519[44], bot_ed25519[44];
};

static struct {
    struct memory_store *store;
    struct e2ee *machine;
    struct peer peer;
} fuzz;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct json *parse(const char *text)
{
    struct json *json = json_parse(span_of(text), NULL);

    BUG_IF(json == NULL);
    return json;
}

/* ---- the peer's messages */

static void receive(const char *events)
{
    struct json *json = parse(events);

    BUG_IF(e2ee_receive_sync(fuzz.machine, &(struct e2ee_sync){.to_device = json, .now_ms = NOW_MS}, NULL) != 0);
    json_free(json);
}

static void send_olm(struct span payload)
{
    struct buf message = BUF_INIT(MAXIMUM), event = BUF_INIT(MAXIMUM);
    int type;

    if (ratchet_session_encrypt(fuzz.peer.session, payload, &type, &message) == 0) {
        buf_addf(&event,
                 "[{\"type\":\"m.room.encrypted\",\"sender\":\"" PEER "\",\"content\":{\"algorithm\":"
                 "\"m.olm.v1.curve25519-aes-sha2\",\"sender_key\":\"%s\",\"ciphertext\":{\"%s\":{\"type\":%d,\"body\":"
                 "\"%s\"}}}}]",
                 fuzz.peer.curve25519, fuzz.peer.bot_curve25519, type, buf_text(&message));
        receive(buf_text(&event));
    }
    buf_release(&message);
    buf_release(&event);
}

/* CONTENT in an envelope that passes each check. */
static void send_olm_content(const char *type, struct span content)
{
    struct buf payload = BUF_INIT(MAXIMUM);

    buf_addf(&payload,
             "{\"type\":\"%s\",\"sender\":\"" PEER "\",\"recipient\":\"" BOT
             "\",\"recipient_keys\":{\"ed25519\":\"%s\"},"
             "\"keys\":{\"ed25519\":\"%s\"},\"content\":",
             type, fuzz.peer.bot_ed25519, fuzz.peer.ed25519);
    buf_add_span(&payload, content);
    buf_addc(&payload, '}');
    send_olm(buf_span(&payload));
    buf_release(&payload);
}

static void decrypt(const struct json *event)
{
    struct e2ee_plain plain;
    struct err err;

    if (e2ee_decrypt(fuzz.machine, ROOM, event, NOW_MS, &plain, &err) == E2EE_PLAIN)
        BUG_IF(plain.type == NULL || plain.content == NULL);
    json_free(plain.payload);
}

static void send_megolm(struct span payload)
{
    struct buf message = BUF_INIT(MAXIMUM), event = BUF_INIT(MAXIMUM);
    struct json *json;

    if (ratchet_outbound_encrypt(fuzz.peer.room_key, payload, &message) == 0) {
        buf_addf(&event,
                 "{\"event_id\":\"$e\",\"sender\":\"" PEER "\",\"origin_server_ts\":1,\"content\":{\"algorithm\":"
                 "\"m.megolm.v1.aes-sha2\",\"session_id\":\"%s\",\"ciphertext\":\"%s\"}}",
                 fuzz.peer.session_id, buf_text(&message));
        json = parse(buf_text(&event));
        decrypt(json);
        json_free(json);
    }
    buf_release(&message);
    buf_release(&event);
}

/* ---- the state that each input starts from */

static void answer(enum e2ee_request_kind kind, const struct json *response)
{
    const struct e2ee_request *request;

    while ((request = e2ee_next_request(fuzz.machine, NOW_MS)) != NULL)
        if (request->kind == kind)
            BUG_IF(e2ee_request_done(fuzz.machine, request->id, 200, response, NOW_MS, NULL) != 0);
}

static void publish_peer(void)
{
    static const char format[] = "{\"device_id\":\"PEERDEV\",\"keys\":{\"curve25519:PEERDEV\":\"%s\","
                                 "\"ed25519:PEERDEV\":\"%s\"},\"user_id\":\"" PEER "\"}";
    struct buf keys = BUF_INIT(MAXIMUM), text = BUF_INIT(MAXIMUM);
    char signature[88];
    struct json *response;

    buf_addf(&keys, format, fuzz.peer.curve25519, fuzz.peer.ed25519); /* canonical as it stands */
    ratchet_account_sign(fuzz.peer.account, buf_span(&keys), signature);
    buf_truncate(&keys, keys.length - 1);
    buf_addf(&text,
             "{\"device_keys\":{\"" BOT "\":{},\"" PEER "\":{\"PEERDEV\":%s,\"signatures\":{\"" PEER
             "\":{\"ed25519:PEERDEV\":\"%s\"}}}}}}",
             buf_text(&keys), signature);
    response = parse(buf_text(&text));
    answer(E2EE_KEYS_QUERY, response);
    json_free(response);
    buf_release(&keys);
    buf_release(&text);
}

static enum e2ee_readiness prepare(void)
{
    static const char *const users[] = {BOT, PEER};
    struct e2ee_room room = {.room_id = ROOM, .users = users, .user_count = 2};

    return e2ee_prepare(fuzz.machine, &room, NOW_MS, NULL);
}

/* The machine's first one-time key, from its own upload. */
static struct ratchet_session *session_to_machine(void)
{
    const struct e2ee_request *request = e2ee_next_request(fuzz.machine, NOW_MS);
    struct json *body = parse(request->body), *empty = parse("{}");
    struct json_cursor cursor = {0};
    struct ratchet_session *session;
    const struct json *key;
    const char *name;

    BUG_IF(request->kind != E2EE_KEYS_UPLOAD || !json_next(json_get(body, "one_time_keys"), &cursor, &name, &key));
    snprintf(fuzz.peer.bot_curve25519, 44, "%s",
             json_get_text(json_path(body, "device_keys", "keys", NULL), "curve25519:BOTDEV"));
    session = ratchet_session_outbound(fuzz.peer.account, fuzz.peer.bot_curve25519, json_get_text(key, "key"), NULL);
    BUG_IF(e2ee_request_done(fuzz.machine, request->id, 200, empty, NOW_MS, NULL) != 0);
    json_free(body);
    json_free(empty);
    return session;
}

static void share_peers_key(void)
{
    struct buf key = BUF_INIT(1024), content = BUF_INIT(4096);

    ratchet_outbound_key(fuzz.peer.room_key, &key);
    buf_addf(&content,
             "{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"room_id\":\"" ROOM
             "\",\"session_id\":\"%s\",\"session_key\":\"%s\"}",
             fuzz.peer.session_id, buf_text(&key));
    send_olm_content("m.room_key", buf_span(&content));
    buf_release(&key);
    buf_release(&content);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const unsigned char key[32] = "a key of thirty-two bytes, fuzz.";
    struct e2ee_options options;

    (void)argc;
    (void)argv;
    fuzz.store = memory_store_new();
    options = (struct e2ee_options){BOT, "BOTDEV", key, E2EE_SHARE_SIGNED, memory_store_port(fuzz.store), false};
    fuzz.peer.account = ratchet_account_new();
    fuzz.peer.room_key = ratchet_outbound_new();
    ratchet_account_keys(fuzz.peer.account, fuzz.peer.curve25519, fuzz.peer.ed25519);
    ratchet_outbound_id(fuzz.peer.room_key, fuzz.peer.session_id);
    memory_begin(fuzz.store);
    fuzz.machine = e2ee_new(&options, NOW_MS, NULL);
    e2ee_fingerprint(fuzz.machine, fuzz.peer.bot_ed25519);
    fuzz.peer.session = session_to_machine();
    BUG_IF(prepare() != E2EE_WAITING); /* follows the peer */
    publish_peer();
    share_peers_key();
    BUG_IF(memory_count(fuzz.store, MEMORY_DEVICE) != 1 || memory_count(fuzz.store, MEMORY_INBOUND) != 1);
    memory_commit(fuzz.store);
    return 0;
}

/* ---- where the bytes go */

static void as_to_device(const struct json *json, struct span text)
{
    (void)text;
    e2ee_receive_sync(fuzz.machine, &(struct e2ee_sync){.to_device = json, .now_ms = NOW_MS}, NULL);
}

static void as_sync(const struct json *json, struct span text)
{
    (void)text;
    e2ee_receive_sync(fuzz.machine,
                      &(struct e2ee_sync){json_get(json, "to_device"), json_get(json, "device_lists"),
                                          json_get(json, "counts"), json_get(json, "unused"), NOW_MS},
                      NULL);
}

static void as_event(const struct json *json, struct span text)
{
    (void)text;
    decrypt(json);
}

static void as_olm_payload(const struct json *json, struct span text)
{
    (void)json;
    send_olm(text);
}

static void as_room_key(const struct json *json, struct span text)
{
    (void)json;
    send_olm_content("m.room_key", text);
}

static void as_megolm_payload(const struct json *json, struct span text)
{
    (void)json;
    send_megolm(text);
}

static void as_query_answer(const struct json *json, struct span text)
{
    (void)text;
    e2ee_devices_outdated(fuzz.machine, NULL);
    answer(E2EE_KEYS_QUERY, json);
    prepare();
}

static void as_claim_answer(const struct json *json, struct span text)
{
    (void)text;
    prepare();
    answer(E2EE_KEYS_CLAIM, json);
    prepare();
}

static void as_upload_answer(const struct json *json, struct span text)
{
    struct json *counts = parse("{\"signed_curve25519\":49}");

    (void)text;
    e2ee_receive_sync(fuzz.machine, &(struct e2ee_sync){.one_time_key_counts = counts, .now_ms = NOW_MS}, NULL);
    answer(E2EE_KEYS_UPLOAD, json);
    json_free(counts);
}

static void (*const places[])(const struct json *json, struct span text) = {
    as_to_device,      as_sync,         as_event,        as_olm_payload,   as_room_key,
    as_megolm_payload, as_query_answer, as_claim_answer, as_upload_answer,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span text;
    struct json *json;

    if (size == 0)
        return 0;
    text = (struct span){(const char *)data + 1, size - 1};
    json = json_parse(text, NULL);
    memory_begin(fuzz.store);
    places[(unsigned)(data[0]) % ARRAY_LENGTH(places)](json, text);
    json_free(json);
    memory_rollback(fuzz.store);
    memory_begin(fuzz.store);
    BUG_IF(e2ee_reload(fuzz.machine, NOW_MS - 10000, NULL) != 0);
    memory_commit(fuzz.store);
    return 0;
}
