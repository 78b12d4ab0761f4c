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

void e2ee_sign(struct e2ee *machine, struct span object, struct buf *out)
{
    char name[E2EE_ID_MAX + sizeof("ed25519:")];
    char signature[88];
    struct buf canonical = BUF_INIT(E2EE_EVENT_MAX);
    struct json *json = json_parse(object, NULL);
    struct json_writer writer;

    BUG_IF(json == NULL || json_canonical(json, left_out, &canonical, NULL) != 0 ||
           object.at[object.length - 1] != '}');
    ratchet_account_sign(machine->account.ratchet, buf_span(&canonical), signature);
    snprintf(name, sizeof(name), "ed25519:%s", machine->device_id);
    buf_add(out, object.at, object.length - 1);
    buf_adds(out, ",\"signatures\":");
    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    json_write_key(&writer, machine->user_id);
    json_write_begin(&writer, '{');
    json_write_key(&writer, name);
    json_write_text(&writer, signature);
    json_write_end(&writer);
    json_write_end(&writer);
    buf_addc(out, '}');
    json_free(json);
    buf_release(&canonical);
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
