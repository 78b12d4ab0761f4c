/*
 * Who gets a room key (MSC4153, and share_keys of the configuration), and sending it to whoever lacks it. A key that
 * somebody has who should not have it any longer is replaced.
 */
#include <stdlib.h>

#include "bot/crypto/crypto.h"
#include "bot/e2ee/machine.h"
#include "bot/json/writer.h"
#include "bot/log/log.h"

enum { BATCH_DEVICES = 250 };
/* In place of a message index: what a device was told instead. */
static const uint32_t WITHHELD_UNVERIFIED = UINT32_MAX - 1;
static const uint32_t WITHHELD_NO_OLM = UINT32_MAX - 2;
static const uint32_t WITHHELD_FIRST = UINT32_MAX - 2;

struct recipient {
    struct e2ee_device device;
    bool allowed;
    bool recorded;
    bool lacks; /* allowed, not sent yet, and there is a session to send it by */
    uint32_t index;
};

struct sharing {
    struct e2ee *machine;
    const struct e2ee_room *room;
    int64_t now_ms;
    VEC(struct recipient) recipients; /* a user's stand together */
    struct map *by_name;              /* "user\ndevice" → index + 1 into recipients */
    bool lost;                        /* somebody has the key who should not */
    int64_t recheck_ms;
};

/* ---- the policy */

static bool allowed(const struct sharing *sharing, const struct e2ee_device *device,
                    const struct e2ee_identity *identity, bool has_identity)
{
    struct e2ee *machine = sharing->machine;

    if (sharing->room->everyone)
        return true;
    if (has_identity && identity->changed)
        return false; /* until the new one is confirmed */
    switch (machine->share) {
    case E2EE_SHARE_ALL:
        return true;
    case E2EE_SHARE_SIGNED:
        return has_identity ? e2ee_identity_signed(machine, identity, device) : true;
    case E2EE_SHARE_STRICT:
        return has_identity && e2ee_identity_signed(machine, identity, device);
    }
    return false;
}

static void name_of(struct buf *name, const char *user_id, const char *device_id)
{
    buf_clear(name);
    buf_addf(name, "%s\n%s", user_id, device_id);
}

static bool is_own(const struct e2ee *machine, const struct e2ee_device *device)
{
    return strcmp(device->user_id, machine->user_id) == 0 && strcmp(device->device_id, machine->device_id) == 0;
}

static int collect_user(struct sharing *sharing, const char *user_id, struct err *err)
{
    struct buf name = BUF_INIT(1024);
    struct e2ee_devices devices = {0};
    struct e2ee_identity identity;
    int rc = e2ee_identity_get(sharing->machine, user_id, &identity, err);
    bool has_identity = rc == 1;

    if (rc >= 0)
        rc = e2ee_devices_of(sharing->machine, user_id, &devices, err);
    for (size_t i = 0; rc == 0 && i < devices.count; i++) {
        struct e2ee_device *device = &devices.at[i];
        struct recipient *recipient;

        name_of(&name, device->user_id, device->device_id);
        if (device->deleted || is_own(sharing->machine, device) || map_get(sharing->by_name, buf_text(&name)) != NULL)
            continue;
        recipient = vec_add(&sharing->recipients);
        recipient->allowed = allowed(sharing, device, &identity, has_identity);
        recipient->device = *device;
        memset(device, 0, sizeof(*device));
        map_put(sharing->by_name, buf_text(&name), (void *)(uintptr_t)sharing->recipients.count);
    }
    e2ee_devices_release(&devices);
    buf_release(&name);
    return rc < 0 ? -1 : 0;
}

static int collect(struct sharing *sharing, struct err *err)
{
    for (size_t i = 0; i < sharing->room->user_count; i++)
        if (collect_user(sharing, sharing->room->users[i], err) < 0)
            return -1;
    return 0;
}

/* ---- who has it */

static int look_at_record(void *arg, const char *user_id, const char *device_id, uint32_t index)
{
    struct sharing *sharing = arg;
    struct buf name = BUF_INIT(1024);
    uintptr_t at;

    name_of(&name, user_id, device_id);
    at = (uintptr_t)map_get(sharing->by_name, buf_text(&name));
    buf_release(&name);
    if (at != 0) {
        sharing->recipients.at[at - 1].recorded = true;
        sharing->recipients.at[at - 1].index = index;
    }
    if (index < WITHHELD_FIRST && (at == 0 || !sharing->recipients.at[at - 1].allowed))
        sharing->lost = true;
    return 0;
}

/* The room's session, a new one when there is none that may still be used. */
static int current_session(struct sharing *sharing, struct e2ee_outbound **outbound, struct err *err)
{
    struct e2ee *machine = sharing->machine;

    if (e2ee_outbound_open(machine, sharing->room->room_id, outbound, err) < 0)
        return -1;
    if (*outbound != NULL && !e2ee_outbound_worn(*outbound, sharing->room, sharing->now_ms)) {
        if (machine->store->shared_each(machine->store->self, sharing->room->room_id, (*outbound)->session_id,
                                        look_at_record, sharing, err) < 0)
            return -1;
        if (!sharing->lost)
            return 0;
        for (size_t i = 0; i < sharing->recipients.count; i++)
            sharing->recipients.at[i].recorded = false;
    }
    return e2ee_outbound_make(machine, sharing->room->room_id, sharing->now_ms, outbound, err);
}

/* ---- sending */

struct batch {
    struct e2ee *machine;
    const char *mark, *event_type;
    struct buf body;
    struct json_writer writer;
    const char *user_id;
    int devices;
};

static void batch_init(struct batch *batch, struct e2ee *machine, const char *mark, const char *event_type)
{
    *batch = (struct batch){.machine = machine, .mark = mark, .event_type = event_type};
    buf_init(&batch->body, E2EE_BODY_MAX);
}

static int batch_flush(struct batch *batch, struct err *err)
{
    int rc;

    if (batch->devices == 0)
        return 0;
    for (int i = 0; i < 3; i++)
        json_write_end(&batch->writer);
    rc = e2ee_requests_to_device(batch->machine, batch->mark, batch->event_type, &batch->body, err);
    buf_clear(&batch->body);
    batch->devices = 0;
    batch->user_id = NULL;
    return rc;
}

static int batch_add(struct batch *batch, const struct e2ee_device *device, struct span content, struct err *err)
{
    if (batch->devices == 0) {
        json_write_init(&batch->writer, &batch->body);
        json_write_begin(&batch->writer, '{');
        json_write_key(&batch->writer, "messages");
        json_write_begin(&batch->writer, '{');
    }
    if (batch->user_id == NULL || strcmp(batch->user_id, device->user_id) != 0) {
        if (batch->user_id != NULL)
            json_write_end(&batch->writer);
        batch->user_id = device->user_id;
        json_write_key(&batch->writer, device->user_id);
        json_write_begin(&batch->writer, '{');
    }
    json_write_key(&batch->writer, device->device_id);
    json_write_raw(&batch->writer, content);
    return ++batch->devices >= BATCH_DEVICES ? batch_flush(batch, err) : 0;
}

static void write_room_key(const struct sharing *sharing, const struct e2ee_outbound *outbound, struct buf *out)
{
    struct buf key = BUF_INIT(1024);
    struct json_writer writer;

    ratchet_outbound_key(outbound->ratchet, &key);
    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "algorithm");
    json_write_text(&writer, E2EE_MEGOLM);
    json_write_key(&writer, "room_id");
    json_write_text(&writer, outbound->room_id);
    json_write_key(&writer, "session_id");
    json_write_text(&writer, outbound->session_id);
    json_write_key(&writer, "session_key");
    json_write_span(&writer, buf_span(&key));
    json_write_key(&writer, "shared_history");
    json_write_bool(&writer, sharing->room->shared_history);
    json_write_end(&writer);
    crypto_release(&key);
}

static int record(const struct sharing *sharing, const struct e2ee_outbound *outbound, const struct e2ee_device *device,
                  uint32_t index, struct err *err)
{
    const struct e2ee_store *store = sharing->machine->store;

    return store->shared_put(store->self, outbound->room_id, outbound->session_id, device->user_id, device->device_id,
                             index, err);
}

/* Requests of a room's key are marked by the room, so that a message waits for them also after a restart. */
static void room_mark(const char *room_id, struct buf *mark)
{
    unsigned char digest[CRYPTO_SHA256];

    crypto_sha256(span_of(room_id), digest);
    crypto_hex((struct span){(const char *)digest, 12}, mark);
}

static int send_key(const struct sharing *sharing, const struct e2ee_outbound *outbound, struct batch *batch,
                    const struct e2ee_device *device, struct span content, struct err *err)
{
    if (batch_add(batch, device, content, err) < 0)
        return -1;
    return record(sharing, outbound, device, ratchet_outbound_index(outbound->ratchet), err);
}

static int send_keys(struct sharing *sharing, const struct e2ee_outbound *outbound, const char *mark, struct err *err)
{
    struct buf room_key = BUF_INIT(E2EE_EVENT_MAX), content = BUF_INIT(4 * E2EE_EVENT_MAX);
    struct batch batch;
    int rc = 0;

    batch_init(&batch, sharing->machine, mark, "m.room.encrypted");
    write_room_key(sharing, outbound, &room_key);
    for (size_t i = 0; rc == 0 && i < sharing->recipients.count; i++) {
        const struct recipient *recipient = &sharing->recipients.at[i];

        if (!recipient->lacks)
            continue;
        buf_clear(&content);
        rc = e2ee_olm_encrypt(sharing->machine, &recipient->device, "m.room_key", buf_span(&room_key), &content, err);
        if (rc == 0)
            sharing->recheck_ms = sharing->now_ms; /* its session was lost: it is claimed for next time */
        else if (rc == 1)
            rc = send_key(sharing, outbound, &batch, &recipient->device, buf_span(&content), err);
    }
    if (rc == 0)
        rc = batch_flush(&batch, err);
    crypto_release(&room_key);
    buf_release(&content);
    buf_release(&batch.body);
    return rc;
}

static void write_withheld(const struct e2ee *machine, const struct e2ee_outbound *outbound, uint32_t why,
                           struct buf *out)
{
    struct json_writer writer;

    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "algorithm");
    json_write_text(&writer, E2EE_MEGOLM);
    json_write_key(&writer, "code");
    json_write_text(&writer, why == WITHHELD_NO_OLM ? "m.no_olm" : "m.unverified");
    json_write_key(&writer, "reason");
    json_write_text(&writer, why == WITHHELD_NO_OLM ? "Unable to establish a secure channel."
                                                    : "The sender shares keys with verified devices only.");
    if (why != WITHHELD_NO_OLM) { /* m.no_olm concerns all sessions: it names none (E2E, m.room_key.withheld) */
        json_write_key(&writer, "room_id");
        json_write_text(&writer, outbound->room_id);
        json_write_key(&writer, "session_id");
        json_write_text(&writer, outbound->session_id);
    }
    json_write_key(&writer, "sender_key");
    json_write_text(&writer, machine->account.curve25519);
    json_write_end(&writer);
}

/* Tells those who get no key, once for each session, why. */
static int send_withheld(const struct sharing *sharing, const struct e2ee_outbound *outbound, struct err *err)
{
    struct buf content = BUF_INIT(E2EE_EVENT_MAX);
    struct batch batch;
    int rc = 0;

    batch_init(&batch, sharing->machine, "withheld", "m.room_key.withheld");
    for (size_t i = 0; rc == 0 && i < sharing->recipients.count; i++) {
        const struct recipient *recipient = &sharing->recipients.at[i];
        uint32_t why = recipient->allowed ? WITHHELD_NO_OLM : WITHHELD_UNVERIFIED;

        if (recipient->lacks || (recipient->recorded && (recipient->index == why || recipient->index < WITHHELD_FIRST)))
            continue;
        log_info("e2ee-key-withheld", LOG_STR("user", recipient->device.user_id),
                 LOG_STR("device", recipient->device.device_id),
                 LOG_STR("code", recipient->allowed ? "m.no_olm" : "m.unverified"));
        buf_clear(&content);
        write_withheld(sharing->machine, outbound, why, &content);
        rc = batch_add(&batch, &recipient->device, buf_span(&content), err);
        if (rc == 0)
            rc = record(sharing, outbound, &recipient->device, why, err);
    }
    if (rc == 0)
        rc = batch_flush(&batch, err);
    buf_release(&content);
    buf_release(&batch.body);
    return rc;
}

/* ---- preparing */

/* Devices that lack the key and have a session are marked; the others are claimed for. 1 wait, 0 go on, -1. */
static int find_sessions(struct sharing *sharing, struct err *err)
{
    int waiting = 0;

    for (size_t i = 0; i < sharing->recipients.count; i++) {
        struct recipient *recipient = &sharing->recipients.at[i];
        int64_t again;
        int rc;

        if (!recipient->allowed || (recipient->recorded && recipient->index < WITHHELD_FIRST))
            continue;
        rc = e2ee_olm_has(sharing->machine, recipient->device.curve25519, err);
        if (rc < 0)
            return -1;
        recipient->lacks = rc == 1;
        if (recipient->lacks)
            continue;
        if (e2ee_claims_wait(sharing->machine, &recipient->device, sharing->now_ms, &again))
            waiting = 1;
        else if (sharing->recheck_ms == 0 || again < sharing->recheck_ms)
            sharing->recheck_ms = again;
    }
    return waiting;
}

static void write_users(const struct e2ee_room *room, struct buf *users)
{
    buf_clear(users);
    for (size_t i = 0; i < room->user_count; i++) {
        buf_adds(users, room->users[i]);
        buf_addc(users, '\n');
    }
}

static bool same_users(const struct e2ee_room *room, const struct buf *users)
{
    size_t at = 0;

    for (size_t i = 0; i < room->user_count; i++) {
        size_t length = strlen(room->users[i]);

        if (users->length - at <= length || memcmp(users->data + at, room->users[i], length) != 0 ||
            users->data[at + length] != '\n')
            return false;
        at += length + 1;
    }
    return at == users->length;
}

static bool still_ready(struct e2ee *machine, const struct e2ee_room *room, int64_t now_ms)
{
    const struct e2ee_outbound *outbound = map_get(machine->outbounds, room->room_id);

    return outbound != NULL && outbound->ready && outbound->everyone == room->everyone &&
           outbound->generation == machine->generation &&
           (outbound->recheck_ms == 0 || now_ms < outbound->recheck_ms) &&
           !e2ee_outbound_worn(outbound, room, now_ms) && same_users(room, &outbound->users);
}

/* Follows everybody in the room: 1 a list must be waited for, 0, -1. */
static int follow(struct e2ee *machine, const struct e2ee_room *room, int64_t now_ms, struct err *err)
{
    int waiting = 0;

    for (size_t i = 0; i < room->user_count; i++) {
        if (e2ee_devices_track(machine, room->users[i], err) < 0)
            return -1;
        if (e2ee_devices_wait(machine, room->users[i], now_ms))
            waiting = 1;
    }
    return waiting;
}

static enum e2ee_readiness share(struct sharing *sharing, struct err *err)
{
    struct buf mark = BUF_INIT(64);
    struct e2ee_outbound *outbound;
    enum e2ee_readiness readiness = E2EE_NOT;
    int rc;

    if (collect(sharing, err) < 0 || current_session(sharing, &outbound, err) < 0)
        return E2EE_NOT;
    rc = find_sessions(sharing, err);
    if (rc != 0)
        return rc == 1 ? E2EE_WAITING : E2EE_NOT;
    room_mark(sharing->room->room_id, &mark);
    if (send_keys(sharing, outbound, buf_text(&mark), err) == 0 && send_withheld(sharing, outbound, err) == 0) {
        outbound->ready = !e2ee_requests_marked(sharing->machine, buf_text(&mark));
        outbound->everyone = sharing->room->everyone;
        outbound->generation = sharing->machine->generation;
        outbound->recheck_ms = sharing->recheck_ms;
        write_users(sharing->room, &outbound->users);
        readiness = outbound->ready ? E2EE_READY : E2EE_WAITING;
    }
    buf_release(&mark);
    return readiness;
}

enum e2ee_readiness e2ee_prepare(struct e2ee *machine, const struct e2ee_room *room, int64_t now_ms, struct err *err)
{
    struct sharing sharing = {.machine = machine, .room = room, .now_ms = now_ms};
    enum e2ee_readiness readiness;
    int waiting;

    if (!machine->loaded) {
        err_set(err, ERR_STORE, "the keys are not loaded");
        return E2EE_NOT;
    }
    if (still_ready(machine, room, now_ms))
        return E2EE_READY;
    waiting = follow(machine, room, now_ms, err);
    if (waiting != 0)
        return waiting == 1 ? E2EE_WAITING : E2EE_NOT;
    sharing.by_name = map_new(machine->seed);
    readiness = share(&sharing, err);
    for (size_t i = 0; i < sharing.recipients.count; i++)
        e2ee_device_release(&sharing.recipients.at[i].device);
    vec_release(&sharing.recipients);
    map_free(sharing.by_name, NULL);
    return readiness;
}
