/*
 * The room keys that we make: their life, and sealing events with them. Who gets one is share.c.
 */
#include <stdlib.h>

#include "bot/crypto/crypto.h"
#include "bot/e2ee/machine.h"
#include "bot/json/writer.h"
#include "bot/log/log.h"

/* Rotation: 100 messages or a week unless the room says otherwise (E2E; rust-sdk's outbound.rs), within bounds. */
enum { MESSAGES_DEFAULT = 100, MESSAGES_MAX = 10000 };
static const int64_t AGE_DEFAULT_MS = 7LL * 24 * E2EE_HOUR_MS;
static const int64_t AGE_MIN_MS = E2EE_HOUR_MS;
static const int64_t AGE_MAX_MS = 28LL * 24 * E2EE_HOUR_MS;

static void outbound_free(void *value)
{
    struct e2ee_outbound *outbound = value;

    ratchet_outbound_free(outbound->ratchet);
    buf_release(&outbound->users);
    free(outbound->room_id);
    free(outbound);
}

void e2ee_outbound_unload(struct e2ee *machine)
{
    map_free(machine->outbounds, outbound_free);
    machine->outbounds = NULL;
}

static struct e2ee_outbound *cache(struct e2ee *machine, const char *room_id, struct ratchet_outbound *ratchet)
{
    struct e2ee_outbound *outbound = mem_zero(1, sizeof(*outbound)), *old;

    outbound->room_id = mem_strdup(room_id);
    outbound->ratchet = ratchet;
    ratchet_outbound_id(ratchet, outbound->session_id);
    buf_init(&outbound->users, E2EE_BODY_MAX);
    old = map_put(machine->outbounds, room_id, outbound);
    if (old != NULL)
        outbound_free(old);
    return outbound;
}

struct loading {
    struct e2ee *machine;
    struct e2ee_outbound *outbound;
};

static int load_row(void *arg, const struct e2ee_outbound_row *row)
{
    struct loading *loading = arg;
    struct ratchet_outbound *ratchet = ratchet_outbound_unpickle(loading->machine->pickle_key, row->pickle, NULL);

    if (ratchet != NULL) {
        loading->outbound = cache(loading->machine, row->room_id, ratchet);
        loading->outbound->created_ms = row->created_ms;
        loading->outbound->messages = row->messages;
    }
    return 0;
}

int e2ee_outbound_open(struct e2ee *machine, const char *room_id, struct e2ee_outbound **outbound, struct err *err)
{
    struct loading loading = {machine, NULL};
    int rc;

    *outbound = map_get(machine->outbounds, room_id);
    if (*outbound != NULL)
        return 0;
    rc = machine->store->outbound_get(machine->store->self, room_id, load_row, &loading, err);
    if (rc == 1 && loading.outbound == NULL)
        log_error("e2ee-session-unreadable", LOG_STR("room", room_id)); /* a new one takes its place */
    *outbound = loading.outbound;
    return rc < 0 ? -1 : 0;
}

static int save(struct e2ee *machine, const struct e2ee_outbound *outbound, struct err *err)
{
    struct buf pickle = BUF_INIT(E2EE_PICKLE_MAX);
    struct e2ee_outbound_row row = {
        outbound->room_id, outbound->session_id, {0}, outbound->created_ms, outbound->messages};
    int rc;

    BUG_IF(ratchet_outbound_pickle(outbound->ratchet, machine->pickle_key, &pickle) != 0);
    row.pickle = buf_span(&pickle);
    rc = machine->store->outbound_put(machine->store->self, &row, err);
    crypto_release(&pickle);
    return rc;
}

int e2ee_rotate(struct e2ee *machine, const char *room_id, struct err *err)
{
    struct e2ee_outbound *old;

    if (!machine->loaded)
        return err_set(err, ERR_STORE, "the keys are not loaded");
    old = map_remove(machine->outbounds, room_id);
    if (old != NULL)
        outbound_free(old);
    return machine->store->outbound_delete(machine->store->self, room_id, err);
}

int e2ee_outbound_make(struct e2ee *machine, const char *room_id, int64_t now_ms, struct e2ee_outbound **outbound,
                       struct err *err)
{
    if (e2ee_rotate(machine, room_id, err) < 0)
        return -1;
    *outbound = cache(machine, room_id, ratchet_outbound_new());
    (*outbound)->created_ms = now_ms;
    return save(machine, *outbound, err) == 0 ? e2ee_megolm_own(machine, *outbound, now_ms, err) : -1;
}

static int64_t clamped(int64_t value, int64_t otherwise, int64_t least, int64_t most)
{
    if (value <= 0)
        return otherwise;
    return value < least ? least : value > most ? most : value;
}

bool e2ee_outbound_worn(const struct e2ee_outbound *outbound, const struct e2ee_room *room, int64_t now_ms)
{
    int64_t age = now_ms - outbound->created_ms;

    return outbound->messages >= clamped(room->rotation_messages, MESSAGES_DEFAULT, 1, MESSAGES_MAX) ||
           age >= clamped(room->rotation_ms, AGE_DEFAULT_MS, AGE_MIN_MS, AGE_MAX_MS);
}

static void write_payload(const char *room_id, const char *type, struct span content, struct buf *out)
{
    struct json_writer writer;

    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "type");
    json_write_text(&writer, type);
    json_write_key(&writer, "content");
    json_write_raw(&writer, content);
    json_write_key(&writer, "room_id");
    json_write_text(&writer, room_id);
    json_write_end(&writer);
}

static void write_content(const struct e2ee *machine, const struct e2ee_outbound *outbound, const struct buf *message,
                          struct span relates_to, struct buf *out)
{
    struct json_writer writer;

    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "algorithm");
    json_write_text(&writer, E2EE_MEGOLM);
    json_write_key(&writer, "sender_key");
    json_write_text(&writer, machine->account.curve25519);
    json_write_key(&writer, "ciphertext");
    json_write_span(&writer, buf_span(message));
    json_write_key(&writer, "session_id");
    json_write_text(&writer, outbound->session_id);
    json_write_key(&writer, "device_id");
    json_write_text(&writer, machine->device_id);
    if (relates_to.length != 0) {
        json_write_key(&writer, "m.relates_to");
        json_write_raw(&writer, relates_to);
    }
    json_write_end(&writer);
}

int e2ee_encrypt(struct e2ee *machine, const char *room_id, const char *type, struct span content_json,
                 struct span relates_to_json, struct buf *out, struct err *err)
{
    struct buf plain = BUF_INIT(E2EE_EVENT_MAX), message = BUF_INIT(2 * E2EE_EVENT_MAX);
    struct e2ee_outbound *outbound = machine->loaded ? map_get(machine->outbounds, room_id) : NULL;
    int rc = -1;

    if (outbound == NULL || !outbound->ready || outbound->generation != machine->generation)
        return err_set(err, ERR_INTERNAL, "the room's key is not prepared");
    write_payload(room_id, type, content_json, &plain);
    if (plain.overflowed) {
        err_set(err, ERR_LIMIT, "the event is too large");
        goto done;
    }
    BUG_IF(ratchet_outbound_encrypt(outbound->ratchet, buf_span(&plain), &message) != 0);
    outbound->messages++;
    write_content(machine, outbound, &message, relates_to_json, out);
    rc = out->overflowed ? err_set(err, ERR_LIMIT, "the event is too large") : save(machine, outbound, err);
done:
    crypto_release(&plain);
    buf_release(&message);
    return rc;
}
