/*
 * Room keys that came in, and the events that they open. A session belongs for good to the user whose Olm message
 * brought it; events of others under it are refused, however they are labelled. The labels inside an event's content
 * (sender_key, device_id) are never looked at.
 */
#include <stdlib.h>

#include "bot/crypto/crypto.h"
#include "bot/e2ee/machine.h"
#include "bot/log/log.h"

enum { KEY_MAX = 1024 /* a session key has 306 characters */ };

/* ---- the cache: the sessions that were used last, unpickled */

void e2ee_inbound_free(struct e2ee_inbound *inbound)
{
    if (inbound == NULL)
        return;
    ratchet_inbound_free(inbound->ratchet);
    free(inbound->room_id);
    free(inbound->session_id);
    free(inbound->sender_user);
    free(inbound->sender_device);
    free(inbound->sender_curve25519);
    free(inbound->sender_ed25519);
    free(inbound);
}

void e2ee_megolm_unload(struct e2ee *machine)
{
    for (size_t i = 0; i < E2EE_INBOUND_CACHED; i++) {
        e2ee_inbound_free(machine->inbound[i]);
        machine->inbound[i] = NULL;
    }
}

static struct e2ee_inbound **slot_of(struct e2ee *machine, const char *room_id, const char *session_id)
{
    for (size_t i = 0; i < E2EE_INBOUND_CACHED; i++) {
        struct e2ee_inbound *inbound = machine->inbound[i];

        if (inbound != NULL && strcmp(inbound->session_id, session_id) == 0 && strcmp(inbound->room_id, room_id) == 0)
            return &machine->inbound[i];
    }
    return NULL;
}

static void forget(struct e2ee *machine, const char *room_id, const char *session_id)
{
    struct e2ee_inbound **slot = slot_of(machine, room_id, session_id);

    if (slot != NULL) {
        e2ee_inbound_free(*slot);
        *slot = NULL;
    }
}

static void remember(struct e2ee *machine, struct e2ee_inbound *inbound)
{
    size_t oldest = 0;

    for (size_t i = 0; i < E2EE_INBOUND_CACHED; i++) {
        if (machine->inbound[i] == NULL) {
            oldest = i;
            break;
        }
        if (machine->inbound[i]->used < machine->inbound[oldest]->used)
            oldest = i;
    }
    e2ee_inbound_free(machine->inbound[oldest]);
    machine->inbound[oldest] = inbound;
}

struct loading {
    struct e2ee *machine;
    struct e2ee_inbound *inbound;
};

struct e2ee_inbound *e2ee_inbound_of_row(const struct e2ee *machine, const struct e2ee_inbound_row *row)
{
    struct e2ee_inbound *inbound = mem_zero(1, sizeof(*inbound));

    inbound->room_id = mem_strdup(row->room_id);
    inbound->session_id = mem_strdup(row->session_id);
    inbound->sender_user = mem_strdup(row->sender_user);
    inbound->sender_device = mem_strdup(row->sender_device);
    inbound->sender_curve25519 = mem_strdup(row->sender_curve25519);
    inbound->sender_ed25519 = mem_strdup(row->sender_ed25519);
    inbound->first_index = row->first_index;
    inbound->authenticated = row->authenticated;
    inbound->ratchet = ratchet_inbound_unpickle(machine->pickle_key, row->pickle, NULL);
    return inbound;
}

static int load_row(void *arg, const struct e2ee_inbound_row *row)
{
    struct loading *loading = arg;

    loading->inbound = e2ee_inbound_of_row(loading->machine, row);
    return 0;
}

/* 1 with *INBOUND (lent by the cache until the next call), 0 not there, -1. */
static int get(struct e2ee *machine, const char *room_id, const char *session_id, struct e2ee_inbound **inbound,
               struct err *err)
{
    struct e2ee_inbound **slot = slot_of(machine, room_id, session_id);
    struct loading loading = {machine, NULL};

    if (slot == NULL) {
        int rc = machine->store->inbound_get(machine->store->self, room_id, session_id, load_row, &loading, err);

        if (rc == 1 && loading.inbound->ratchet == NULL)
            rc = err_set(err, ERR_STORE, "a room key in the store can't be read");
        if (rc != 1) {
            e2ee_inbound_free(loading.inbound);
            return rc;
        }
        remember(machine, loading.inbound);
        *inbound = loading.inbound;
    } else {
        *inbound = *slot;
    }
    (*inbound)->used = ++machine->uses;
    return 1;
}

/* ---- keys */

struct key {
    const char *room_id, *session_id;
    struct ratchet_inbound *ratchet;
    uint32_t first_index;
};

static int put(struct e2ee *machine, const struct e2ee_origin *origin, const struct key *key, struct err *err)
{
    struct buf pickle = BUF_INIT(E2EE_PICKLE_MAX);
    struct e2ee_inbound_row row = {
        .room_id = key->room_id,
        .session_id = key->session_id,
        .sender_user = origin->sender,
        .sender_device = origin->device_id,
        .sender_curve25519 = origin->curve25519,
        .sender_ed25519 = origin->ed25519,
        .first_index = key->first_index,
        .authenticated = true,
        .received_ms = origin->now_ms,
    };
    int rc;

    BUG_IF(ratchet_inbound_pickle(key->ratchet, machine->pickle_key, &pickle) != 0);
    row.pickle = buf_span(&pickle);
    rc = machine->store->inbound_put(machine->store->self, &row, err);
    e2ee_backup_note(machine);
    crypto_release(&pickle);
    forget(machine, key->room_id, key->session_id);
    return rc;
}

/* Two keys are of one ratchet if they agree from the later first index on. */
static bool connected(struct ratchet_inbound *a, struct ratchet_inbound *b, uint32_t index)
{
    struct buf left = BUF_INIT(KEY_MAX), right = BUF_INIT(KEY_MAX);
    bool same = ratchet_inbound_export(a, index, &left) == 0 && ratchet_inbound_export(b, index, &right) == 0 &&
                span_equal(buf_span(&left), buf_span(&right));

    crypto_release(&left);
    crypto_release(&right);
    return same;
}

/* Whether KEY may take the place of OLD: 1 yes, 0 no. */
static int replaces(const struct e2ee_origin *origin, const struct key *key, const struct e2ee_inbound *old,
                    struct err *err)
{
    uint32_t later = key->first_index > old->first_index ? key->first_index : old->first_index;
    bool same = connected(key->ratchet, old->ratchet, later);

    if (old->authenticated &&
        (strcmp(old->sender_user, origin->sender) != 0 || strcmp(old->sender_curve25519, origin->curve25519) != 0)) {
        err_set(err, ERR_CRYPTO, "the session belongs to another device");
        return 0;
    }
    if (!old->authenticated && !same)
        return 1; /* what was restored was false */
    if (!same) {
        err_set(err, ERR_CRYPTO, "the key is not of the session that it names");
        return 0;
    }
    /* A restored session that its owner now sends himself is one that can be trusted, if it opens no less. */
    if (key->first_index < old->first_index || (key->first_index == old->first_index && !old->authenticated))
        return 1;
    err_set(err, ERR_CRYPTO, "a key as good is there already");
    return 0;
}

static int read_key(const struct json *content, struct key *key, struct err *err)
{
    const char *algorithm = json_get_text(content, "algorithm");
    const char *session_key = json_get_text(content, "session_key");
    char id[E2EE_KEY_TEXT];

    key->room_id = json_get_text(content, "room_id");
    key->session_id = json_get_text(content, "session_id");
    if (algorithm == NULL || strcmp(algorithm, E2EE_MEGOLM) != 0 || !e2ee_id_good(key->room_id) ||
        !e2ee_id_good(key->session_id) || session_key == NULL || strlen(session_key) > KEY_MAX)
        return err_set(err, ERR_INPUT, "the room key is malformed");
    key->ratchet = ratchet_inbound_new(session_key, err);
    if (key->ratchet == NULL)
        return -1;
    ratchet_inbound_id(key->ratchet, id);
    if (strcmp(id, key->session_id) != 0)
        return err_set(err, ERR_CRYPTO, "the room key names another session");
    key->first_index = ratchet_inbound_first_index(key->ratchet);
    return 0;
}

int e2ee_megolm_key(struct e2ee *machine, const struct e2ee_origin *origin, const struct json *content, struct err *err)
{
    struct key key = {0};
    struct e2ee_inbound *old;
    int rc = 0;

    if (read_key(content, &key, err) != 0)
        goto done;
    rc = get(machine, key.room_id, key.session_id, &old, err);
    if (rc < 0)
        goto done;
    rc = rc == 1 ? replaces(origin, &key, old, err) : 1;
    if (rc == 1)
        rc = put(machine, origin, &key, err) == 0 && e2ee_parked_release(machine, key.room_id, key.session_id, err) == 0
                 ? 1
                 : -1;
done:
    ratchet_inbound_free(key.ratchet);
    return rc;
}

int e2ee_megolm_own(struct e2ee *machine, const struct e2ee_outbound *outbound, int64_t now_ms, struct err *err)
{
    struct e2ee_origin origin = {machine->user_id, machine->account.curve25519, machine->account.ed25519,
                                 machine->device_id, now_ms};
    struct key key = {outbound->room_id, outbound->session_id, NULL, 0};
    struct buf text = BUF_INIT(KEY_MAX);
    int rc;

    ratchet_outbound_key(outbound->ratchet, &text);
    key.ratchet = ratchet_inbound_new(buf_text(&text), NULL);
    BUG_IF(key.ratchet == NULL);
    rc = put(machine, &origin, &key, err);
    ratchet_inbound_free(key.ratchet);
    crypto_release(&text);
    return rc;
}

/* ---- events */

struct event {
    const char *room_id, *event_id, *sender, *session_id, *ciphertext;
    int64_t sent_ms;
};

static int read_event(const char *room_id, const struct json *json, struct event *event, struct err *err)
{
    const struct json *content = json_get(json, "content");
    const char *algorithm = json_get_text(content, "algorithm");

    *event = (struct event){room_id,
                            json_get_text(json, "event_id"),
                            json_get_text(json, "sender"),
                            json_get_text(content, "session_id"),
                            json_get_text(content, "ciphertext"),
                            0};
    if (algorithm == NULL || strcmp(algorithm, E2EE_MEGOLM) != 0)
        return err_set(err, ERR_CRYPTO, "an algorithm that is not Megolm");
    if (!e2ee_id_good(event->event_id) || !e2ee_id_good(event->sender) || !e2ee_id_good(event->session_id) ||
        event->ciphertext == NULL || strlen(event->ciphertext) > E2EE_EVENT_MAX ||
        !json_get_int(json, "origin_server_ts", &event->sent_ms))
        return err_set(err, ERR_INPUT, "the encrypted event is malformed");
    return json_check_event(json, 2 * E2EE_EVENT_MAX, err);
}

static int find_device(struct e2ee *machine, struct e2ee_inbound *inbound, struct err *err)
{
    struct e2ee_device device = {0};
    struct e2ee_identity identity;
    int rc = e2ee_devices_find(machine, inbound->sender_user, inbound->sender_curve25519, inbound->sender_ed25519,
                               &device, err);

    if (rc == 1 && device.deleted)
        rc = 0;
    if (rc == 1) {
        rc = e2ee_identity_get(machine, inbound->sender_user, &identity, err);
        inbound->trusted = rc == 1 && e2ee_identity_signed(machine, &identity, &device);
        inbound->changed = rc == 1 && identity.changed;
        inbound->vouched = false;
        if (inbound->changed) {
            rc = e2ee_identity_vouches(machine, inbound->sender_user, device.device_id, err);
            inbound->vouched = rc == 1;
        }
        inbound->generation = machine->generation;
        rc = rc < 0 ? -1 : 1;
    }
    e2ee_device_release(&device);
    return rc;
}

/* Whether the device that sent the key is in its owner's list: E2EE_PLAIN, or what becomes of the event. */
static enum e2ee_verdict check_device(struct e2ee *machine, struct e2ee_inbound *inbound, int64_t now_ms,
                                      struct err *err)
{
    int rc;

    if (!inbound->authenticated || inbound->generation == machine->generation)
        return E2EE_PLAIN;
    if (strcmp(inbound->sender_curve25519, machine->account.curve25519) == 0)
        return E2EE_PLAIN;
    rc = find_device(machine, inbound, err);
    if (rc != 0)
        return rc == 1 ? E2EE_PLAIN : E2EE_FAILED;
    if (e2ee_devices_unknown(machine, inbound->sender_user, now_ms, err) < 0)
        return E2EE_FAILED;
    if (!e2ee_devices_current(machine, inbound->sender_user))
        return E2EE_PARKED;
    err_set(err, ERR_CRYPTO, "the sending device is not in its owner's list");
    return E2EE_REFUSED;
}

/* The payload says which room it was made for, since the ciphertext alone could be moved to another. */
static struct json *open_payload(const struct event *event, const struct buf *text, struct err *err)
{
    struct json *payload = json_parse(buf_span(text), err);
    const char *room_id = json_get_text(payload, "room_id");

    if (payload != NULL && json_check_event(payload, E2EE_EVENT_MAX, err) == 0) {
        if (room_id == NULL || strcmp(room_id, event->room_id) != 0)
            err_set(err, ERR_CRYPTO, "the event was made for another room");
        else if (json_get_text(payload, "type") == NULL || !json_is_object(json_get(payload, "content")))
            err_set(err, ERR_INPUT, "the decrypted event has no type or content");
        else
            return payload;
    }
    json_free(payload);
    return NULL;
}

static enum e2ee_verdict open_event(struct e2ee *machine, struct e2ee_inbound *inbound, const struct event *event,
                                    struct e2ee_plain *plain, struct err *err)
{
    struct buf text = BUF_INIT(E2EE_EVENT_MAX);
    uint32_t index;
    int fresh;

    if (ratchet_inbound_decrypt(inbound->ratchet, span_of(event->ciphertext), &index, &text, NULL) != 0) {
        crypto_release(&text);
        err_set(err, ERR_CRYPTO, "the event can't be decrypted"); /* one reason for all, so that nothing is learnt */
        return E2EE_REFUSED;
    }
    plain->payload = open_payload(event, &text, err);
    crypto_release(&text);
    if (plain->payload == NULL)
        return E2EE_REFUSED;
    fresh = machine->store->replay_check(machine->store->self, event->room_id, event->session_id, index,
                                         event->event_id, event->sent_ms, err);
    if (fresh != 1) {
        json_free(plain->payload);
        memset(plain, 0, sizeof(*plain));
        if (fresh == 0)
            err_set(err, ERR_CRYPTO, "the event repeats another");
        return fresh == 0 ? E2EE_REFUSED : E2EE_FAILED;
    }
    plain->type = json_get_text(plain->payload, "type");
    plain->content = json_get(plain->payload, "content");
    plain->sender_device_trusted = inbound->authenticated && inbound->trusted;
    plain->sender_changed = inbound->authenticated && inbound->changed;
    plain->sender_device_vouched = plain->sender_changed && inbound->vouched;
    return E2EE_PLAIN;
}

static enum e2ee_verdict parked(int rc)
{
    return rc < 0 ? E2EE_FAILED : rc == 1 ? E2EE_PARKED : E2EE_REFUSED;
}

enum e2ee_verdict e2ee_decrypt(struct e2ee *machine, const char *room_id, const struct json *json, int64_t now_ms,
                               struct e2ee_plain *plain, struct err *err)
{
    struct e2ee_inbound *inbound = NULL;
    enum e2ee_verdict verdict;
    struct event event;
    int rc;

    memset(plain, 0, sizeof(*plain));
    if (!machine->loaded) {
        err_set(err, ERR_STORE, "the keys are not loaded");
        return E2EE_FAILED;
    }
    if (!e2ee_id_good(room_id) || read_event(room_id, json, &event, err) != 0)
        return E2EE_REFUSED;
    rc = get(machine, room_id, event.session_id, &inbound, err);
    if (rc == 0)
        return parked(e2ee_park(machine, room_id, event.session_id, json, now_ms, err));
    if (rc < 0 || inbound == NULL)
        return E2EE_FAILED;
    if (strcmp(inbound->sender_user, event.sender) != 0) {
        err_set(err, ERR_CRYPTO, "the session belongs to another user than the event's sender");
        return E2EE_REFUSED;
    }
    verdict = check_device(machine, inbound, now_ms, err);
    if (verdict == E2EE_PARKED)
        return parked(e2ee_park_for_device(machine, event.sender, room_id, event.session_id, json, now_ms, err));
    return verdict == E2EE_PLAIN ? open_event(machine, inbound, &event, plain, err) : verdict;
}
