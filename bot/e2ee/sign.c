/*
 * Signatures of JSON objects (Matrix specification, appendices, "Signing JSON"), and whether a key that came as text is
 * fit for use. All checks are made by crypto/, strictly; the ratchet only signs.
 */
#include "bot/e2ee/machine.h"

#include <stdio.h>

#include "bot/crypto/crypto.h"
#include "bot/json/writer.h"

static const char *const left_out[] = {"signatures", "unsigned", NULL};

bool e2ee_signed_by(const struct json *object, const char *user, const char *key_id, const char *key)
{
    char name[E2EE_ID_MAX + sizeof("ed25519:")];
    struct buf canonical = BUF_INIT(E2EE_EVENT_MAX);
    const char *signature;
    bool good = false;

    snprintf(name, sizeof(name), "ed25519:%s", key_id);
    signature = json_get_text(json_path(object, "signatures", user, NULL), name);
    if (signature != NULL && json_canonical(object, left_out, &canonical, NULL) == 0)
        good = crypto_ed25519_verify(key, buf_span(&canonical), signature);
    buf_release(&canonical);
    return good;
}

void e2ee_signable(struct span object, struct buf *canonical)
{
    struct json *json = json_parse(object, NULL);

    BUG_IF(json == NULL || json_canonical(json, left_out, canonical, NULL) != 0);
    json_free(json);
}

void e2ee_sign_with(struct span object, const char *user, const struct e2ee_signature *signatures, size_t count,
                    struct buf *out)
{
    char name[E2EE_ID_MAX + sizeof("ed25519:")];
    struct json_writer writer;

    BUG_IF(object.at[object.length - 1] != '}');
    buf_add(out, object.at, object.length - 1);
    buf_adds(out, ",\"signatures\":");
    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    json_write_key(&writer, user);
    json_write_begin(&writer, '{');
    for (size_t i = 0; i < count; i++) {
        snprintf(name, sizeof(name), "ed25519:%s", signatures[i].key_id);
        json_write_key(&writer, name);
        json_write_text(&writer, signatures[i].text);
    }
    json_write_end(&writer);
    json_write_end(&writer);
    buf_addc(out, '}');
}

struct e2ee_signature e2ee_own_signature(struct e2ee *machine, struct span object)
{
    struct e2ee_signature signature = {.key_id = machine->device_id};
    struct buf canonical = BUF_INIT(E2EE_EVENT_MAX);

    e2ee_signable(object, &canonical);
    ratchet_account_sign(machine->account.ratchet, buf_span(&canonical), signature.text);
    buf_release(&canonical);
    return signature;
}

void e2ee_sign(struct e2ee *machine, struct span object, struct buf *out)
{
    struct e2ee_signature signature = e2ee_own_signature(machine, object);

    e2ee_sign_with(object, machine->user_id, &signature, 1, out);
}

bool e2ee_curve25519_text_good(const char *key)
{
    unsigned char bytes[CRYPTO_KEY];

    /* One spelling only, since keys are compared as text. */
    return key != NULL && strlen(key) == E2EE_KEY_TEXT - 1 && crypto_key_decode(key, bytes) == 0 &&
           crypto_curve25519_good(bytes);
}

bool e2ee_ed25519_text_good(const char *key)
{
    unsigned char bytes[CRYPTO_KEY];

    return key != NULL && strlen(key) == E2EE_KEY_TEXT - 1 && crypto_key_decode(key, bytes) == 0 &&
           crypto_ed25519_good(bytes);
}
