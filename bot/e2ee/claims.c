/*
 * One-time keys of other devices: claimed in batches, checked by signature, turned into Olm sessions. A device without
 * a key is asked for again later and later; it is never taken for one that got what it should.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bot/e2ee/machine.h"
#include "bot/json/writer.h"
#include "bot/log/log.h"

enum {
    CLAIM_DEVICES = 500, /* in one request */
    CLAIM_WAIT_MS = 10 * E2EE_SECOND_MS,
    MEND_TRIES = 5 /* of a session that is to be mended */
};

static void claim_free(void *value)
{
    struct e2ee_claim *claim = value;

    free(claim->user_id);
    free(claim->device_id);
    free(claim);
}

void e2ee_claims_unload(struct e2ee *machine)
{
    map_free(machine->claims, claim_free);
    machine->claims = NULL;
}

static void claim_name(struct buf *name, const char *user_id, const char *device_id)
{
    buf_addf(name, "%s\n%s", user_id, device_id);
}

struct e2ee_claim *e2ee_claims_want(struct e2ee *machine, const char *user_id, const char *device_id)
{
    struct buf name = BUF_INIT(1024);
    struct e2ee_claim *claim;

    claim_name(&name, user_id, device_id);
    claim = map_get(machine->claims, buf_text(&name));
    if (claim == NULL) {
        claim = mem_zero(1, sizeof(*claim));
        claim->user_id = mem_strdup(user_id);
        claim->device_id = mem_strdup(device_id);
        map_put(machine->claims, buf_text(&name), claim);
    }
    claim->wanted = true;
    buf_release(&name);
    return claim;
}

/* One that is under way goes with its answer. */
void e2ee_claims_drop(struct e2ee *machine, const char *user_id, const char *device_id)
{
    struct buf name = BUF_INIT(1024);
    const struct e2ee_claim *claim;

    claim_name(&name, user_id, device_id);
    claim = map_get(machine->claims, buf_text(&name));
    if (claim != NULL && !claim->under_way)
        claim_free(map_remove(machine->claims, buf_text(&name)));
    buf_release(&name);
}

bool e2ee_claims_wait(struct e2ee *machine, const struct e2ee_device *device, int64_t now_ms, int64_t *no_key_until)
{
    struct buf name = BUF_INIT(1024);
    struct e2ee_claim *claim;

    claim_name(&name, device->user_id, device->device_id);
    claim = map_get(machine->claims, buf_text(&name));
    buf_release(&name);
    if (claim == NULL || (claim->failures != 0 && !claim->under_way && now_ms >= claim->retry_ms))
        claim = e2ee_claims_want(machine, device->user_id, device->device_id);
    if (claim->since_ms == 0)
        claim->since_ms = now_ms;
    *no_key_until = claim->retry_ms > now_ms ? claim->retry_ms : now_ms + E2EE_MINUTE_MS;
    return claim->failures == 0 && now_ms - claim->since_ms < E2EE_WAIT_MS;
}

/* ---- the request */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Nobody waits for the key of a device whose messages can't be read: anybody may send such. */
static bool is_unasked(const struct e2ee_claim *claim)
{
    return claim->since_ms == 0;
}

static int64_t due_ms(const struct e2ee *machine, const struct e2ee_claim *claim)
{
    int64_t unasked = is_unasked(claim) ? e2ee_unasked_due(machine->unasked_claim_ms) : 0;

    return unasked > claim->retry_ms ? unasked : claim->retry_ms;
}

static bool to_be_claimed(const struct e2ee *machine, const struct e2ee_claim *claim, int64_t now_ms)
{
    return claim->wanted && !claim->under_way && now_ms >= due_ms(machine, claim);
}

static void write_claims(struct e2ee *machine, const struct e2ee_pending *pending, struct buf *body)
{
    const char *user_id = NULL;
    struct json_writer writer;

    json_write_init(&writer, body);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "one_time_keys");
    json_write_begin(&writer, '{');
    for (size_t i = 0; i < pending->subjects.count; i++) {
        const struct e2ee_claim *claim = map_get(machine->claims, pending->subjects.at[i]);

        if (user_id == NULL || strcmp(user_id, claim->user_id) != 0) {
            if (user_id != NULL)
                json_write_end(&writer);
            user_id = claim->user_id;
            json_write_key(&writer, user_id);
            json_write_begin(&writer, '{');
        }
        json_write_key(&writer, claim->device_id);
        json_write_text(&writer, E2EE_KEY_ALGORITHM);
    }
    json_write_end(&writer);
    json_write_end(&writer);
    json_write_key(&writer, "timeout");
    json_write_int(&writer, CLAIM_WAIT_MS);
    json_write_end(&writer);
}

struct e2ee_pending *e2ee_claims_request(struct e2ee *machine, int64_t now_ms)
{
    struct buf body = BUF_INIT(E2EE_BODY_MAX);
    struct e2ee_pending names = {0}, *pending;
    bool priority = false, unasked = false;
    size_t cursor = 0;
    const char *name;
    void *value;

    while (names.subjects.count < CLAIM_DEVICES && map_next(machine->claims, &cursor, &name, &value)) {
        struct e2ee_claim *claim = value;

        if (!to_be_claimed(machine, claim, now_ms))
            continue;
        unasked = unasked || is_unasked(claim);
        claim->under_way = true;
        priority = priority || claim->since_ms != 0;
        vec_push(&names.subjects, mem_strdup(name));
    }
    if (names.subjects.count == 0)
        return NULL;
    if (unasked)
        e2ee_unasked_done(&machine->unasked_claim_ms, now_ms);
    qsort(names.subjects.at, names.subjects.count, sizeof(char *), by_name); /* a user's devices stand together */
    write_claims(machine, &names, &body);
    pending = e2ee_pending_add(machine, E2EE_KEYS_CLAIM, "/_matrix/client/v3/keys/claim", &body, priority);
    memcpy(&pending->subjects, &names.subjects, sizeof(names.subjects));
    return pending;
}

int64_t e2ee_claims_due(const struct e2ee *machine)
{
    int64_t due = -1;
    size_t cursor = 0;
    const char *name;
    void *value;

    while (map_next(machine->claims, &cursor, &name, &value)) {
        const struct e2ee_claim *claim = value;

        if (claim->wanted && !claim->under_way && (due < 0 || due_ms(machine, claim) < due))
            due = due_ms(machine, claim);
    }
    return due;
}

/* ---- the answer */

/* The signed key that the answer holds for DEVICE, or NULL with ERR. */
static const char *checked_key(const struct json *keys, const struct e2ee_device *device, struct err *err)
{
    struct json_cursor cursor = {0};
    const struct json *value;
    const char *name, *key;

    while (json_next(keys, &cursor, &name, &value)) {
        if (strncmp(name, E2EE_KEY_ALGORITHM ":", strlen(E2EE_KEY_ALGORITHM ":")) != 0)
            continue;
        key = json_get_text(value, "key");
        if (!e2ee_curve25519_text_good(key))
            err_set(err, ERR_CRYPTO, "its one-time key is no good one");
        else if (!e2ee_signed_by(value, device->user_id, device->device_id, device->ed25519))
            err_set(err, ERR_CRYPTO, "its one-time key is not signed by it");
        else
            return key;
        return NULL;
    }
    err_set(err, ERR_NOT_FOUND, "no one-time key");
    return NULL;
}

static int session_from(struct e2ee *machine, const struct e2ee_device *device, const struct json *keys, int64_t now_ms,
                        struct err *why, struct err *err)
{
    const char *key = checked_key(keys, device, why);
    struct ratchet_session *session;
    int rc;

    if (key == NULL)
        return 0;
    session = ratchet_session_outbound(machine->account.ratchet, device->curve25519, key, why);
    if (session == NULL)
        return 0;
    rc = e2ee_olm_save(machine, session, device->curve25519, now_ms, now_ms, err);
    ratchet_session_free(session);
    if (rc == 0)
        rc = e2ee_olm_prune(machine, device->curve25519, err);
    return rc == 0 ? 1 : -1;
}

static void claim_refused(struct e2ee_claim *claim, const struct err *why, int64_t now_ms)
{
    log_info("e2ee-claim-failed", LOG_STR("user", claim->user_id), LOG_STR("device", claim->device_id),
             LOG_STR("reason", why->text));
    claim->retry_ms = now_ms + e2ee_delay_ms(claim->failures++, E2EE_MINUTE_MS, 6 * E2EE_HOUR_MS);
    claim->wanted = claim->dummy && claim->failures < MEND_TRIES;
}

static int one_answered(struct e2ee *machine, const char *name, const struct json *response, int64_t now_ms,
                        struct err *err)
{
    struct e2ee_claim *claim = map_get(machine->claims, name);
    struct e2ee_device device = {0};
    struct err why = {0};
    bool gone;
    int rc;

    BUG_IF(claim == NULL);
    claim->under_way = false;
    rc = e2ee_devices_by_id(machine, claim->user_id, claim->device_id, &device, err);
    gone = rc == 0 || (rc == 1 && device.deleted);
    if (rc == 1 && !gone)
        rc =
            session_from(machine, &device, json_path(response, "one_time_keys", claim->user_id, claim->device_id, NULL),
                         now_ms, &why, err);
    if (rc == 1 && !gone && claim->dummy)
        rc = e2ee_wedge_mended(machine, &device, err) == 0 ? 1 : -1;
    machine->generation++;
    if (gone || rc == 1)
        claim_free(map_remove(machine->claims, name));
    else if (rc == 0)
        claim_refused(claim, &why, now_ms);
    e2ee_device_release(&device);
    return rc < 0 ? -1 : 0;
}

int e2ee_claims_answered(struct e2ee *machine, const struct e2ee_pending *claim, const struct json *response,
                         int64_t now_ms, struct err *err)
{
    for (size_t i = 0; i < claim->subjects.count; i++)
        if (one_answered(machine, claim->subjects.at[i], response, now_ms, err) < 0)
            return -1;
    return 0;
}

void e2ee_claims_failed(struct e2ee *machine, const struct e2ee_pending *pending, int status, int64_t now_ms)
{
    for (size_t i = 0; i < pending->subjects.count; i++) {
        struct e2ee_claim *claim = map_get(machine->claims, pending->subjects.at[i]);

        BUG_IF(claim == NULL);
        claim->under_way = false;
        claim->refusals += e2ee_is_refusal(status) ? 1 : 0;
        if (claim->since_ms != 0 && claim->refusals < E2EE_WAIT_TRIES)
            claim->since_ms = now_ms;
        claim->retry_ms = now_ms + e2ee_delay_ms(claim->requests_failed++, E2EE_SECOND_MS, E2EE_AWAY_MAX_MS);
    }
}
