/*
 * Other users' master keys that people have compared are signed with our user-signing key (Client-Server API,
 * "Cross-signing"), so that our account's other devices know them too. The key is kept sealed; of the three it is the
 * one that speaks for nobody but ourselves.
 */
#include <stdlib.h>

#include "bot/e2ee/cross.h"
#include "bot/e2ee/machine.h"
#include "bot/json/writer.h"
#include "bot/log/log.h"

#define SIGNER "user-signing"
#define WANTED "to-sign" /* {user: master key} */

enum { REFUSED_AT_MOST = 8, RETRY_BASE_MS = E2EE_SECOND_MS, SEALED_MAX = 1024 };

static const char *const left_out[] = {"signatures", "unsigned", NULL};

/* ---- the key */

/* Where it is kept, and under what: it belongs to one identity. */
struct safe {
    const struct e2ee_store *store;
    const unsigned char *pickle_key;
    const char *master;
};

static struct safe safe_of(const struct e2ee *machine)
{
    return (struct safe){machine->store, machine->pickle_key, machine->own.master};
}

static int seal_signer(const struct safe *safe, const unsigned char seed[CRYPTO_KEY], struct err *err)
{
    struct buf context = BUF_INIT(128), sealed = BUF_INIT(SEALED_MAX), text = BUF_INIT(2 * SEALED_MAX);
    int rc;

    buf_addf(&context, SIGNER " %s", safe->master);
    BUG_IF(crypto_seal(safe->pickle_key, buf_text(&context), (struct span){(const char *)seed, CRYPTO_KEY}, &sealed) !=
           0);
    crypto_base64(buf_span(&sealed), &text);
    rc = safe->store->value_put(safe->store->self, SIGNER, buf_span(&text), err);
    buf_release(&context);
    buf_release(&sealed);
    buf_release(&text);
    return rc;
}

int e2ee_cross_keep_signer(struct e2ee *machine, const struct e2ee_cross *cross, struct err *err)
{
    struct safe safe = safe_of(machine);

    return seal_signer(&safe, cross->seed[E2EE_CROSS_USER_SIGNING], err);
}

/* 1, 0 there is none of this identity's, -1. */
static int open_signer(const struct safe *safe, unsigned char seed[CRYPTO_KEY], struct err *err)
{
    struct buf context = BUF_INIT(128), sealed = BUF_INIT(SEALED_MAX), plain = BUF_INIT(CRYPTO_KEY);
    struct buf text = BUF_INIT(2 * SEALED_MAX);
    int rc = safe->store->value_get(safe->store->self, SIGNER, &text, err);

    buf_addf(&context, SIGNER " %s", safe->master);
    if (rc == 1)
        rc = crypto_unbase64(buf_span(&text), &sealed) == 0 &&
             crypto_open(safe->pickle_key, buf_text(&context), buf_span(&sealed), &plain, NULL) == 0 &&
             plain.length == CRYPTO_KEY;
    if (rc == 1)
        memcpy(seed, plain.data, CRYPTO_KEY);
    crypto_release(&plain);
    buf_release(&context);
    buf_release(&sealed);
    buf_release(&text);
    return rc;
}

bool e2ee_cross_can_sign(struct e2ee *machine)
{
    unsigned char seed[CRYPTO_KEY];
    struct safe safe = safe_of(machine);
    bool can = machine->loaded && machine->own.master[0] != '\0' && open_signer(&safe, seed, NULL) == 1;

    crypto_cleanse(seed, sizeof(seed));
    return can;
}

int e2ee_signing_fits(const struct e2ee_store *store, const unsigned char *key, struct err *err)
{
    struct buf text = BUF_INIT(2 * SEALED_MAX);
    char master[E2EE_KEY_TEXT];
    unsigned char seed[CRYPTO_KEY];
    int result = e2ee_own_read(store, master, err);

    if (result == 0)
        result = store->value_get(store->self, SIGNER, &text, err);
    if (result == 1 && (text.length == 0 || master[0] == '\0'))
        result = 0;
    else if (result == 1 && (result = open_signer(&(struct safe){store, key, master}, seed, err)) == 0)
        result = err_set(err, ERR_CRYPTO, "the key does not open the user-signing key");
    crypto_cleanse(seed, sizeof(seed));
    buf_release(&text);
    return result;
}

/* Under another identity it opens for nobody. */
int e2ee_signing_drop(struct e2ee *machine, struct err *err)
{
    return machine->store->value_put(machine->store->self, SIGNER, span_of(""), err);
}

/* One of an identity that isn't ours any more opens for nobody: it stays as it is. */
int e2ee_signing_rekey(const struct e2ee_store *store, const unsigned char *from, const unsigned char *to,
                       struct err *err)
{
    char master[E2EE_KEY_TEXT];
    unsigned char seed[CRYPTO_KEY];
    int result = e2ee_own_read(store, master, err);

    if (result == 0)
        result = open_signer(&(struct safe){store, from, master}, seed, err);
    if (result == 1)
        result = seal_signer(&(struct safe){store, to, master}, seed, err);
    crypto_cleanse(seed, sizeof(seed));
    return result;
}

/* ---- what is to be signed */

int e2ee_signing_load(struct e2ee *machine, struct err *err)
{
    struct json_cursor cursor = {0};
    const struct json *value;
    const char *user_id;
    struct json *wanted;
    int rc = e2ee_value_json(machine, WANTED, &wanted, err);

    memset(&machine->signing, 0, sizeof(machine->signing));
    machine->signing.waiting = json_next(wanted, &cursor, &user_id, &value);
    json_free(wanted);
    return rc;
}

/* Writes WANTED without USER_ID's DONE (NULL: whichever it is), and with MASTER of theirs where that isn't NULL. */
static int change_wanted(struct e2ee *machine, const char *user_id, const char *done, const char *master,
                         struct err *err)
{
    struct buf text = BUF_INIT(E2EE_VALUE_MAX);
    struct json_cursor cursor = {0};
    struct json_writer writer;
    const struct json *value;
    struct json *wanted;
    const char *other;
    int rc = e2ee_value_json(machine, WANTED, &wanted, err);

    json_write_init(&writer, &text);
    json_write_begin(&writer, '{');
    while (json_next(wanted, &cursor, &other, &value))
        if (strcmp(other, user_id) != 0 ||
            (done != NULL && json_text(value) != NULL && strcmp(json_text(value), done) != 0)) {
            json_write_key(&writer, other);
            json_write_text(&writer, json_text(value));
        }
    if (master != NULL) {
        json_write_key(&writer, user_id);
        json_write_text(&writer, master);
    }
    json_write_end(&writer);
    if (rc == 0)
        rc = machine->store->value_put(machine->store->self, WANTED, buf_span(&text), err);
    machine->signing.waiting = text.length > 2;
    json_free(wanted);
    buf_release(&text);
    return rc;
}

int e2ee_signing_want(struct e2ee *machine, const char *user_id, const char *master, struct err *err)
{
    if (e2ee_cross_can_sign(machine))
        return change_wanted(machine, user_id, NULL, master, err);
    log_warn("e2ee-user-not-signed", LOG_STR("user", user_id),
             LOG_STR("what", "the account's user-signing key is not here: spotter verify with the recovery key brings "
                             "it"));
    return 0;
}

bool e2ee_signing_waits(const struct e2ee *machine)
{
    return machine->signing.waiting;
}

/* ---- the request */

/* MASTER as it was shown, with our signature in place of all others. */
static void write_signed(const struct e2ee *machine, const unsigned char seed[CRYPTO_KEY], const struct json *master,
                         const char *key, struct json_writer *writer)
{
    struct buf canonical = BUF_INIT(E2EE_EVENT_MAX), with = BUF_INIT(2 * E2EE_EVENT_MAX);
    char public[CRYPTO_KEY_TEXT];
    struct e2ee_signature signature = {.key_id = public};

    crypto_ed25519_public(seed, public);
    if (json_canonical(master, left_out, &canonical, NULL) == 0) {
        crypto_ed25519_sign(seed, buf_span(&canonical), signature.text);
        e2ee_sign_with(buf_span(&canonical), machine->user_id, &signature, 1, &with);
        json_write_key(writer, key);
        json_write_raw(writer, buf_span(&with));
    }
    buf_release(&canonical);
    buf_release(&with);
}

static void write_user(struct e2ee *machine, const unsigned char seed[CRYPTO_KEY], const char *user_id,
                       const char *wanted, struct json_writer *writer)
{
    struct json *master;
    const char *key;

    json_write_key(writer, user_id);
    json_write_begin(writer, '{');
    if (e2ee_identity_master(machine, user_id, &master, NULL) == 1) {
        key = e2ee_identity_key(master, user_id, "master");
        if (key != NULL && wanted != NULL && strcmp(key, wanted) == 0)
            write_signed(machine, seed, master, key, writer);
        json_free(master);
    }
    json_write_end(writer);
}

struct e2ee_pending *e2ee_signing_request(struct e2ee *machine, int64_t now_ms)
{
    unsigned char seed[CRYPTO_KEY];
    struct safe safe = safe_of(machine);
    struct e2ee_pending *pending = NULL;
    struct buf body = BUF_INIT(E2EE_BODY_MAX);
    VEC(char *) users = {0};
    struct json_cursor cursor = {0};
    struct json_writer writer;
    const struct json *value;
    struct json *wanted = NULL;
    const char *user_id;

    if (!machine->signing.waiting || machine->signing.under_way || now_ms < machine->signing.retry_ms)
        return NULL;
    if (e2ee_value_json(machine, WANTED, &wanted, NULL) == 0 && open_signer(&safe, seed, NULL) == 1) {
        json_write_init(&writer, &body);
        json_write_begin(&writer, '{');
        while (json_next(wanted, &cursor, &user_id, &value)) {
            write_user(machine, seed, user_id, json_text(value), &writer);
            vec_push(&users, mem_strdup(user_id));
            vec_push(&users, mem_strdup(json_text(value) != NULL ? json_text(value) : ""));
        }
        json_write_end(&writer);
        pending = e2ee_pending_add(machine, E2EE_SIGNATURES, "/_matrix/client/v3/keys/signatures/upload", &body, false);
        pending->subjects.at = users.at;
        pending->subjects.count = users.count;
        pending->subjects.capacity = users.capacity;
    }
    machine->signing.under_way = pending != NULL;
    if (pending == NULL)
        machine->signing.retry_ms = now_ms + E2EE_MINUTE_MS;
    crypto_cleanse(seed, sizeof(seed));
    json_free(wanted);
    return pending;
}

int64_t e2ee_signing_due(const struct e2ee *machine)
{
    return machine->signing.waiting && !machine->signing.under_way ? machine->signing.retry_ms : -1;
}

/* What was asked for: another master key of theirs that was verified meanwhile still is. */
static int forget(struct e2ee *machine, const struct e2ee_pending *pending, struct err *err)
{
    machine->signing.failures = machine->signing.refusals = 0;
    for (size_t i = 0; i < pending->subjects.count; i += 2)
        if (change_wanted(machine, pending->subjects.at[i], pending->subjects.at[i + 1], NULL, err) < 0)
            return -1;
    return 0;
}

int e2ee_signing_answered(struct e2ee *machine, const struct e2ee_pending *pending, const struct json *response,
                          struct err *err)
{
    const struct json *failures = json_get(response, "failures");

    machine->signing.under_way = false;
    for (size_t i = 0; i < pending->subjects.count; i += 2) {
        const char *user_id = pending->subjects.at[i];

        if (json_get(failures, user_id) != NULL)
            log_error("e2ee-signature-refused", LOG_STR("user", user_id));
        else
            log_info("e2ee-user-signed", LOG_STR("user", user_id));
    }
    return forget(machine, pending, err);
}

int e2ee_signing_failed(struct e2ee *machine, const struct e2ee_pending *pending, int status, int64_t now_ms,
                        struct err *err)
{
    machine->signing.under_way = false;
    if (e2ee_is_refusal(status) && ++machine->signing.refusals >= REFUSED_AT_MOST) {
        log_error("e2ee-signatures-refused", LOG_INT("status", status));
        return forget(machine, pending, err);
    }
    machine->signing.retry_ms = now_ms + e2ee_delay_ms(machine->signing.failures++, RETRY_BASE_MS, E2EE_AWAY_MAX_MS);
    return 0;
}
