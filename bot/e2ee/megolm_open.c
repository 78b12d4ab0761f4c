/*
 * Events in rooms, opened by the room keys that came in. Events of others than a session's owner are refused, however
 * they are labelled: what stands inside an event's content (sender_key, device_id) is never looked at.
 */
#include <stdlib.h>

#include "bot/crypto/crypto.h"
#include "bot/e2ee/machine.h"

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

/* The same, unless it was found among these very lists already. */
static int find_device_once(struct e2ee *machine, struct e2ee_inbound *inbound, struct err *err)
{
    return inbound->generation == machine->generation ? 1 : find_device(machine, inbound, err);
}

/* Whether the device that sent the key is in its owner's list: E2EE_PLAIN, or what becomes of the event. */
static enum e2ee_verdict check_device(struct e2ee *machine, struct e2ee_inbound *inbound, int64_t now_ms,
                                      struct err *err)
{
    int rc;

    if (strcmp(inbound->sender_curve25519, machine->account.curve25519) == 0)
        return E2EE_PLAIN;
    rc = find_device_once(machine, inbound, err);
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

/* What both ways of decrypting begin with: E2EE_PLAIN with *INBOUND (NULL: the key is not here), or what becomes of it.
 */
static enum e2ee_verdict find_session(struct e2ee *machine, const char *room_id, const struct json *json,
                                      struct event *event, struct e2ee_inbound **inbound, struct err *err)
{
    if (!machine->loaded) {
        err_set(err, ERR_STORE, "the keys are not loaded");
        return E2EE_FAILED;
    }
    if (!e2ee_id_good(room_id) || read_event(room_id, json, event, err) != 0)
        return E2EE_REFUSED;
    if (e2ee_inbound_get(machine, room_id, event->session_id, inbound, err) < 0)
        return E2EE_FAILED;
    if (*inbound == NULL || !(*inbound)->authenticated || strcmp((*inbound)->sender_user, event->sender) == 0)
        return E2EE_PLAIN;
    err_set(err, ERR_CRYPTO, "the session belongs to another user than the event's sender");
    return E2EE_REFUSED;
}

enum e2ee_verdict e2ee_decrypt(struct e2ee *machine, const char *room_id, const struct json *json, int64_t now_ms,
                               struct e2ee_plain *plain, struct err *err)
{
    struct e2ee_inbound *inbound = NULL;
    enum e2ee_verdict verdict;
    struct event event;

    memset(plain, 0, sizeof(*plain));
    verdict = find_session(machine, room_id, json, &event, &inbound, err);
    if (verdict != E2EE_PLAIN)
        return verdict;
    if (inbound == NULL || !inbound->authenticated) { /* a key from the backup may be anybody's */
        verdict = parked(e2ee_park(machine, room_id, event.session_id, json, now_ms, err));
        if (verdict == E2EE_PARKED &&
            e2ee_withheld_parked(machine, event.sender, room_id, event.session_id, now_ms, err) < 0)
            verdict = E2EE_FAILED;
        return verdict;
    }
    verdict = check_device(machine, inbound, now_ms, err);
    if (verdict == E2EE_PARKED)
        return parked(e2ee_park_for_device(machine, event.sender, room_id, event.session_id, json, now_ms, err));
    return verdict == E2EE_PLAIN ? open_event(machine, inbound, &event, plain, err) : verdict;
}

/* ---- events that are read again */

static int is_of(void *arg, const struct e2ee_device_row *row)
{
    const char **user = arg;

    if (*user != NULL && strcmp(*user, row->user_id) != 0)
        *user = NULL;
    return 0;
}

/* A restored session is its first reader's, and said to be some device's: if we know whose that is, it is nobody
 * else's. 1, 0, -1. */
static int may_be_of(struct e2ee *machine, const struct e2ee_inbound *inbound, const char *user, struct err *err)
{
    const char *owner = user;

    if (machine->store->device_by_curve25519(machine->store->self, inbound->sender_curve25519, is_of, &owner, err) < 0)
        return -1;
    if (owner != NULL && (inbound->sender_user[0] == '\0' || strcmp(inbound->sender_user, user) == 0))
        return 1;
    err_set(err, ERR_CRYPTO, "the session is another user's, as far as the backup can say");
    return 0;
}

enum e2ee_verdict e2ee_decrypt_again(struct e2ee *machine, const char *room_id, const struct json *json,
                                     struct e2ee_plain *plain, struct err *err)
{
    struct e2ee_inbound *inbound = NULL;
    enum e2ee_verdict verdict;
    struct event event;
    int rc;

    memset(plain, 0, sizeof(*plain));
    verdict = find_session(machine, room_id, json, &event, &inbound, err);
    if (verdict != E2EE_PLAIN)
        return verdict;
    if (inbound == NULL) {
        err_set(err, ERR_NOT_FOUND, "its key is not here");
        return E2EE_REFUSED;
    }
    rc = inbound->authenticated ? find_device_once(machine, inbound, err)
                                : may_be_of(machine, inbound, event.sender, err);
    if (rc < 0 || (rc == 0 && !inbound->authenticated))
        return rc < 0 ? E2EE_FAILED : E2EE_REFUSED;
    verdict = open_event(machine, inbound, &event, plain, err);
    plain->unproven = verdict == E2EE_PLAIN && (rc == 0 || !inbound->authenticated);
    if (verdict == E2EE_PLAIN && !inbound->authenticated &&
        e2ee_inbound_bind(machine, inbound, event.sender, err) < 0) {
        json_free(plain->payload);
        memset(plain, 0, sizeof(*plain));
        return E2EE_FAILED;
    }
    return verdict;
}
