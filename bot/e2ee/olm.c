/*
 * Olm messages that come in: which session, what is inside, and whether it is what it says. Rejection is cheap, since
 * anybody may send junk: no request follows from a message of a device that is not in its sender's list.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bot/crypto/crypto.h"
#include "bot/e2ee/device_list.h"
#include "bot/e2ee/machine.h"
#include "bot/log/log.h"

enum {
    SESSIONS_KEPT = 6, /* of one device; the specification wants at least four */
    MESSAGE_MAX = E2EE_EVENT_MAX
};

/* ---- sessions in the store */

struct session {
    char *pickle;
    char id[E2EE_KEY_TEXT];
    int64_t created_ms;
};
typedef VEC(struct session) session_list;

static int add_session(void *arg, const struct e2ee_olm_row *row)
{
    session_list *sessions = arg;
    struct session *session = vec_add(sessions);

    session->pickle = mem_strndup(row->pickle.at, row->pickle.length);
    session->created_ms = row->created_ms;
    snprintf(session->id, sizeof(session->id), "%s", row->session_id);
    return 0;
}

static void sessions_release(session_list *sessions)
{
    for (size_t i = 0; i < sessions->count; i++)
        free(sessions->at[i].pickle);
    vec_release(sessions);
}

int e2ee_olm_save(struct e2ee *machine, struct ratchet_session *session, const char *curve25519, int64_t created_ms,
                  int64_t used_ms, struct err *err)
{
    struct buf pickle = BUF_INIT(E2EE_PICKLE_MAX);
    char id[E2EE_KEY_TEXT];
    struct e2ee_olm_row row = {id, curve25519, {0}, created_ms, used_ms};
    int rc;

    BUG_IF(ratchet_session_pickle(session, machine->pickle_key, &pickle) != 0);
    ratchet_session_id(session, id);
    row.pickle = buf_span(&pickle);
    rc = machine->store->olm_put(machine->store->self, &row, err);
    crypto_release(&pickle);
    return rc;
}

int e2ee_olm_prune(struct e2ee *machine, const char *curve25519, struct err *err)
{
    session_list sessions = {0};
    int rc = machine->store->olm_each(machine->store->self, curve25519, add_session, &sessions, err);

    for (size_t i = SESSIONS_KEPT; rc == 0 && i < sessions.count; i++)
        rc = machine->store->olm_delete(machine->store->self, sessions.at[i].id, err);
    sessions_release(&sessions);
    return rc;
}

/* ---- decrypting */

struct envelope {
    const char *sender, *curve25519, *body;
    int type;
    int64_t now_ms;
};

/* NULL when it is one of ours to read, else why not. */
static const char *read_envelope(const struct e2ee *machine, const struct json *event, struct envelope *envelope)
{
    const struct json *content = json_get(event, "content");
    const struct json *message = json_path(content, "ciphertext", machine->account.curve25519, NULL);
    const char *algorithm = json_get_text(content, "algorithm");
    int64_t type = -1;

    envelope->sender = json_get_text(event, "sender");
    envelope->curve25519 = json_get_text(content, "sender_key");
    envelope->body = json_get_text(message, "body");
    if (algorithm == NULL || strcmp(algorithm, E2EE_OLM) != 0)
        return "a to-device message that is not Olm";
    if (!e2ee_id_good(envelope->sender) || envelope->curve25519 == NULL)
        return "no sender or no key of it";
    if (envelope->body == NULL || strlen(envelope->body) > MESSAGE_MAX || !json_get_int(message, "type", &type) ||
        (type != RATCHET_MESSAGE_PREKEY && type != RATCHET_MESSAGE_NORMAL))
        return "nothing in it for this device";
    envelope->type = (int)type;
    return e2ee_curve25519_text_good(envelope->curve25519) ? NULL : "the sender's key is no good one";
}

/* 1 new, 0 seen, -1. The sender is part of it, so that nobody can use up another's message. */
static int is_new(struct e2ee *machine, const struct envelope *envelope, struct err *err)
{
    unsigned char digest[CRYPTO_SHA256];
    struct buf text = BUF_INIT(MESSAGE_MAX + 1024), hash = BUF_INIT(64);
    int rc;

    buf_addf(&text, "%s\n%s\n%d\n", envelope->sender, envelope->curve25519, envelope->type);
    buf_adds(&text, envelope->body);
    crypto_sha256(buf_span(&text), digest);
    crypto_base64((struct span){(const char *)digest, sizeof(digest)}, &hash);
    rc = machine->store->olm_message_new(machine->store->self, buf_text(&hash), err);
    buf_release(&text);
    buf_release(&hash);
    return rc;
}

/* By the sessions that there are: 1 decrypted, 0 not, -1. *MATCHED: a pre-key message belongs to one of them. */
static int decrypt_by_known(struct e2ee *machine, const struct envelope *envelope, struct buf *plain, bool *matched,
                            struct err *err)
{
    session_list sessions = {0};
    struct span body = span_of(envelope->body);
    int rc = machine->store->olm_each(machine->store->self, envelope->curve25519, add_session, &sessions, err);

    for (size_t i = 0; rc == 0 && !*matched && i < sessions.count; i++) {
        struct ratchet_session *session =
            ratchet_session_unpickle(machine->pickle_key, span_of(sessions.at[i].pickle), NULL);

        if (session == NULL) {
            log_error("e2ee-session-unreadable", LOG_STR("session", sessions.at[i].id));
            continue;
        }
        if (envelope->type == RATCHET_MESSAGE_PREKEY)
            *matched = ratchet_session_matches(session, envelope->curve25519, body);
        if ((*matched || envelope->type == RATCHET_MESSAGE_NORMAL) &&
            ratchet_session_decrypt(session, envelope->type, body, plain, NULL) == 0)
            rc = e2ee_olm_save(machine, session, envelope->curve25519, sessions.at[i].created_ms, envelope->now_ms,
                               err) == 0
                     ? 1
                     : -1;
        ratchet_session_free(session);
    }
    sessions_release(&sessions);
    return rc;
}

/* The one-time key goes only after the message was decrypted with it (CS, end-to-end encryption). */
static int decrypt_by_new(struct e2ee *machine, const struct envelope *envelope, struct buf *plain, struct err *err)
{
    struct span body = span_of(envelope->body);
    struct ratchet_session *session =
        ratchet_session_inbound(machine->account.ratchet, envelope->curve25519, body, NULL);
    int rc = 0;

    if (session == NULL)
        return 0;
    if (ratchet_session_decrypt(session, envelope->type, body, plain, NULL) == 0) {
        ratchet_account_used(machine->account.ratchet, session);
        rc = e2ee_account_save(machine, err) == 0 &&
                     e2ee_olm_save(machine, session, envelope->curve25519, envelope->now_ms, envelope->now_ms, err) ==
                         0 &&
                     e2ee_olm_prune(machine, envelope->curve25519, err) == 0
                 ? 1
                 : -1;
    }
    ratchet_session_free(session);
    return rc;
}

static int decrypt(struct e2ee *machine, const struct envelope *envelope, struct buf *plain, struct err *err)
{
    bool matched = false;
    int rc = decrypt_by_known(machine, envelope, plain, &matched, err);

    if (rc == 0 && !matched && envelope->type == RATCHET_MESSAGE_PREKEY)
        rc = decrypt_by_new(machine, envelope, plain, err);
    return rc;
}

/* ---- what is inside */

static bool says(const struct json *object, const char *key, const char *wanted)
{
    const char *text = json_get_text(object, key);

    return text != NULL && strcmp(text, wanted) == 0;
}

/* MSC4147: the sender's device keys inside the payload, if they are there, must be of this very sender. */
static int check_device_keys(const struct json *payload, const struct e2ee_origin *origin, struct err *err)
{
    const struct json *keys = json_get(payload, "sender_device_keys");
    const char *curve25519 = NULL, *ed25519 = NULL, *why;

    if (keys == NULL)
        return 0;
    why = e2ee_device_keys_check(keys, origin->sender, json_get_text(keys, "device_id"), &curve25519, &ed25519);
    if (why != NULL)
        return err_set(err, ERR_CRYPTO, "sender_device_keys: %s", why);
    if (strcmp(curve25519, origin->curve25519) != 0 || strcmp(ed25519, origin->ed25519) != 0)
        return err_set(err, ERR_CRYPTO, "sender_device_keys: another device's");
    return 0;
}

static int check_payload(const struct e2ee *machine, const struct json *payload, struct e2ee_origin *origin,
                         struct err *err)
{
    if (payload == NULL || json_check_event(payload, E2EE_EVENT_MAX, err) != 0)
        return err_set(err, ERR_INPUT, "the payload is malformed");
    if (!says(payload, "sender", origin->sender))
        return err_set(err, ERR_CRYPTO, "the payload names another sender");
    if (!says(payload, "recipient", machine->user_id) ||
        !says(json_get(payload, "recipient_keys"), "ed25519", machine->account.ed25519))
        return err_set(err, ERR_CRYPTO, "the payload is meant for another recipient");
    origin->ed25519 = json_get_text(json_get(payload, "keys"), "ed25519");
    if (!e2ee_ed25519_text_good(origin->ed25519))
        return err_set(err, ERR_CRYPTO, "the payload's Ed25519 key is no good one");
    return check_device_keys(payload, origin, err);
}

/* Refuses when the sender's list has another Ed25519 key beside this Curve25519 key (an unknown key share). A device
 * that is not in it, or no longer, may bring a key: its events are refused until it is. 1 good, 0 refused. */
static int check_device(struct e2ee *machine, struct e2ee_origin *origin, struct e2ee_device *device, struct err *err,
                        struct err *why)
{
    int rc = e2ee_devices_find(machine, origin->sender, origin->curve25519, origin->ed25519, device, err);

    if (rc == 1) {
        origin->device_id = device->device_id;
        if (!device->deleted)
            return 1;
    } else if (rc == 0) {
        rc = e2ee_devices_find(machine, origin->sender, origin->curve25519, NULL, NULL, err);
    }
    if (rc < 0)
        return -1;
    if (rc == 1 && device->user_id == NULL) {
        err_set(why, ERR_CRYPTO, "the payload's Ed25519 key is not the device's");
        return 0;
    }
    return e2ee_devices_unknown(machine, origin->sender, origin->now_ms, err) < 0 ? -1 : 1;
}

static int take_nothing(struct e2ee *machine, const struct e2ee_origin *origin, const struct json *content,
                        struct err *err)
{
    (void)machine;
    (void)origin;
    (void)content;
    (void)err;
    return 1;
}

/* We ask nobody for keys, so that each forward is one that was not asked for (CVE-2022-39246 and its kin). */
static int refuse_forward(struct e2ee *machine, const struct e2ee_origin *origin, const struct json *content,
                          struct err *err)
{
    (void)machine;
    (void)origin;
    (void)content;
    err_set(err, ERR_CRYPTO, "a forwarded room key that was not asked for");
    return 0;
}

static const struct {
    const char *type;
    int (*take)(struct e2ee *machine, const struct e2ee_origin *origin, const struct json *content, struct err *err);
} payloads[] = {
    {"m.room_key", e2ee_megolm_key},
    {"m.dummy", take_nothing},
    {"m.forwarded_room_key", refuse_forward},
};

static int dispatch(struct e2ee *machine, const struct e2ee_origin *origin, const struct json *payload, struct err *err)
{
    const char *type = json_get_text(payload, "type");

    for (size_t i = 0; i < ARRAY_LENGTH(payloads); i++)
        if (type != NULL && strcmp(type, payloads[i].type) == 0)
            return payloads[i].take(machine, origin, json_get(payload, "content"), err);
    err_set(err, ERR_INPUT, "a type that is not known");
    return 0;
}

static void log_refusal(const struct envelope *envelope, const char *why)
{
    log_warn("e2ee-olm-refused", LOG_STR("sender", envelope->sender), LOG_STR("key", envelope->curve25519),
             LOG_STR("reason", why));
}

static int open_payload(struct e2ee *machine, const struct envelope *envelope, const struct buf *plain, struct err *err)
{
    struct json *payload = json_parse(buf_span(plain), NULL);
    struct e2ee_origin origin = {envelope->sender, envelope->curve25519, NULL, "", envelope->now_ms};
    struct e2ee_device device = {0};
    struct err why = {0};
    int rc = 0;

    if (check_payload(machine, payload, &origin, &why) == 0)
        rc = check_device(machine, &origin, &device, err, &why);
    if (rc == 1) {
        rc = dispatch(machine, &origin, payload, &why);
        if (rc < 0 && err != NULL)
            *err = why;
    }
    if (rc == 0)
        log_refusal(envelope, why.text);
    e2ee_device_release(&device);
    json_free_secret(payload); /* a room key */
    return rc < 0 ? -1 : 0;
}

/* A known device whose messages can't be read gets a new session; from others nothing follows. */
static int not_decrypted(struct e2ee *machine, const struct envelope *envelope, struct err *err)
{
    struct e2ee_device device = {0};
    int rc = e2ee_devices_find(machine, envelope->sender, envelope->curve25519, NULL, &device, err);

    log_refusal(envelope, "it can't be decrypted");
    if (rc == 1 && !device.deleted)
        rc = e2ee_wedge_mend(machine, &device, envelope->now_ms, err);
    e2ee_device_release(&device);
    return rc < 0 ? -1 : 0;
}

int e2ee_olm_receive(struct e2ee *machine, const struct json *event, int64_t now_ms, struct err *err)
{
    struct envelope envelope = {.now_ms = now_ms};
    struct buf plain = BUF_INIT(MESSAGE_MAX);
    const char *why = read_envelope(machine, event, &envelope);
    int rc;

    if (why != NULL) {
        log_refusal(&envelope, why);
        return 0;
    }
    if (strcmp(envelope.curve25519, machine->account.curve25519) == 0)
        return 0; /* from ourselves */
    rc = is_new(machine, &envelope, err);
    if (rc == 0)
        log_info("e2ee-olm-replayed", LOG_STR("sender", envelope.sender));
    if (rc != 1)
        return rc;
    rc = decrypt(machine, &envelope, &plain, err);
    if (rc == 1)
        rc = open_payload(machine, &envelope, &plain, err);
    else if (rc == 0)
        rc = not_decrypted(machine, &envelope, err);
    crypto_release(&plain);
    return rc;
}
