/*
 * The account's own identity: three Ed25519 keys, of which the master key signs the other two.
 */
#include "bot/e2ee/cross.h"

#include <stdio.h>

#include "bot/e2ee/device_list.h"
#include "bot/e2ee/machine.h"
#include "bot/json/writer.h"

#define BACKUP_ALGORITHM "m.megolm_backup.v1.curve25519-aes-sha2"

static const struct {
    const char *usage, *secret, *member, *shown;
} names[E2EE_CROSS_SECRETS] = {
    [E2EE_CROSS_MASTER] = {"master", "m.cross_signing.master", "master_key", "master_keys"},
    [E2EE_CROSS_SELF_SIGNING] = {"self_signing", "m.cross_signing.self_signing", "self_signing_key",
                                 "self_signing_keys"},
    [E2EE_CROSS_USER_SIGNING] = {"user_signing", "m.cross_signing.user_signing", "user_signing_key",
                                 "user_signing_keys"},
    [E2EE_CROSS_BACKUP] = {.secret = "m.megolm_backup.v1"},
};

/* ---- private keys */

const char *e2ee_cross_secret_name(enum e2ee_cross_key key)
{
    return names[key].secret;
}

static void derive_public(struct e2ee_cross *cross, enum e2ee_cross_key key)
{
    if (key == E2EE_CROSS_BACKUP)
        crypto_curve25519_public(cross->seed[key], cross->public[key]);
    else
        crypto_ed25519_public(cross->seed[key], cross->public[key]);
}

void e2ee_cross_make(struct e2ee_cross *cross, enum e2ee_cross_key key)
{
    BUG_IF(crypto_random(cross->seed[key], CRYPTO_KEY) != 0);
    derive_public(cross, key);
}

int e2ee_cross_take(struct e2ee_cross *cross, enum e2ee_cross_key key, struct span secret)
{
    if (crypto_unbase64_exactly(secret, cross->seed[key], CRYPTO_KEY) != 0)
        return -1;
    derive_public(cross, key);
    return 0;
}

void e2ee_cross_secret(const struct e2ee_cross *cross, enum e2ee_cross_key key, struct buf *out)
{
    crypto_base64((struct span){(const char *)cross->seed[key], CRYPTO_KEY}, out);
}

void e2ee_cross_wipe(struct e2ee_cross *cross)
{
    crypto_cleanse(cross, sizeof(*cross));
}

/* ---- what the server shows */

void e2ee_cross_shown(const struct e2ee *machine, const struct json *response, struct e2ee_shown *shown)
{
    const char *user = machine->user_id, *key, *curve25519 = NULL, *ed25519 = NULL;
    const struct json *device = json_path(response, "device_keys", user, machine->device_id, NULL);
    const struct json *master = json_path(response, "master_keys", user, NULL);

    memset(shown, 0, sizeof(*shown));
    shown->any = master != NULL;
    for (int i = 0; i < E2EE_CROSS_KEYS; i++) {
        const struct json *object = json_path(response, names[i].shown, user, NULL);

        key = i == E2EE_CROSS_MASTER
                  ? e2ee_identity_key(object, user, names[i].usage)
                  : e2ee_identity_chained(object, user, names[i].usage, shown->public[E2EE_CROSS_MASTER]);
        if (key != NULL)
            memcpy(shown->public[i], key, CRYPTO_KEY_TEXT);
    }
    shown->device = e2ee_device_keys_check(device, user, machine->device_id, &curve25519, &ed25519) == NULL &&
                    strcmp(curve25519, machine->account.curve25519) == 0 &&
                    strcmp(ed25519, machine->account.ed25519) == 0;
    key = shown->public[E2EE_CROSS_SELF_SIGNING];
    shown->device_signed = shown->device && key[0] != '\0' && e2ee_signed_by(device, user, key, key);
    shown->master_signed = shown->public[E2EE_CROSS_MASTER][0] != '\0' &&
                           e2ee_signed_by(master, user, machine->device_id, machine->account.ed25519);
}

bool e2ee_cross_backup_signed(const struct e2ee *machine, const struct json *response, const struct e2ee_shown *shown,
                              const struct json *auth_data)
{
    const char *user = machine->user_id, *curve25519, *ed25519, *id;
    const char *master = shown->public[E2EE_CROSS_MASTER], *signer = shown->public[E2EE_CROSS_SELF_SIGNING];
    struct json_cursor cursor = {0};
    const struct json *device;

    if (master[0] != '\0' && e2ee_signed_by(auth_data, user, master, master))
        return true;
    while (signer[0] != '\0' && json_next(json_path(response, "device_keys", user, NULL), &cursor, &id, &device))
        if (e2ee_device_keys_check(device, user, id, &curve25519, &ed25519) == NULL &&
            e2ee_signed_by(device, user, signer, signer) && e2ee_signed_by(auth_data, user, id, ed25519))
            return true;
    return false;
}

/* ---- what is published and signed */

static void write_public(const struct e2ee *machine, const struct e2ee_cross *cross, enum e2ee_cross_key key,
                         struct buf *out)
{
    char name[sizeof("ed25519:") + CRYPTO_KEY_TEXT];
    struct json_writer writer;

    snprintf(name, sizeof(name), "ed25519:%s", cross->public[key]);
    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "keys");
    json_write_begin(&writer, '{');
    json_write_key(&writer, name);
    json_write_text(&writer, cross->public[key]);
    json_write_end(&writer);
    json_write_key(&writer, "usage");
    json_write_begin(&writer, '[');
    json_write_text(&writer, names[key].usage);
    json_write_end(&writer);
    json_write_key(&writer, "user_id");
    json_write_text(&writer, machine->user_id);
    json_write_end(&writer);
}

static struct e2ee_signature sign_by(const struct e2ee_cross *cross, enum e2ee_cross_key key, struct span object)
{
    struct e2ee_signature signature = {.key_id = cross->public[key]};
    struct buf canonical = BUF_INIT(E2EE_EVENT_MAX);

    e2ee_signable(object, &canonical);
    crypto_ed25519_sign(cross->seed[key], buf_span(&canonical), signature.text);
    buf_release(&canonical);
    return signature;
}

void e2ee_cross_publication(const struct e2ee *machine, const struct e2ee_cross *cross, struct buf *out)
{
    struct buf object = BUF_INIT(E2EE_EVENT_MAX);

    for (int i = 0; i < E2EE_CROSS_KEYS; i++) {
        buf_clear(&object);
        write_public(machine, cross, i, &object);
        buf_addf(out, "%c\"%s\":", i == 0 ? '{' : ',', names[i].member);
        if (i == E2EE_CROSS_MASTER) {
            buf_add_span(out, buf_span(&object));
        } else {
            struct e2ee_signature signature = sign_by(cross, E2EE_CROSS_MASTER, buf_span(&object));

            e2ee_sign_with(buf_span(&object), machine->user_id, &signature, 1, out);
        }
    }
    buf_release(&object);
}

/* The device's keys as they are published, without the signature that it gave itself. */
static void write_device(const struct e2ee *machine, struct buf *out)
{
    static const char *const without[] = {"signatures", NULL};
    struct json *device = json_parse(span_of(machine->account.device_json), NULL);

    BUG_IF(device == NULL || json_canonical(device, without, out, NULL) != 0);
    json_free(device);
}

void e2ee_cross_signatures(struct e2ee *machine, const struct e2ee_cross *cross, struct buf *out)
{
    struct buf object = BUF_INIT(E2EE_EVENT_MAX), with = BUF_INIT(E2EE_EVENT_MAX);
    struct e2ee_signature signature;
    struct json_writer writer;

    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    json_write_key(&writer, machine->user_id);
    json_write_begin(&writer, '{');
    write_device(machine, &object);
    signature = sign_by(cross, E2EE_CROSS_SELF_SIGNING, buf_span(&object));
    e2ee_sign_with(buf_span(&object), machine->user_id, &signature, 1, &with);
    json_write_key(&writer, machine->device_id);
    json_write_raw(&writer, buf_span(&with));
    buf_clear(&object);
    buf_clear(&with);
    write_public(machine, cross, E2EE_CROSS_MASTER, &object);
    e2ee_sign(machine, buf_span(&object), &with);
    json_write_key(&writer, cross->public[E2EE_CROSS_MASTER]);
    json_write_raw(&writer, buf_span(&with));
    json_write_end(&writer);
    json_write_end(&writer);
    buf_release(&object);
    buf_release(&with);
}

void e2ee_cross_backup(struct e2ee *machine, const struct e2ee_cross *cross, struct buf *out)
{
    struct e2ee_signature signatures[2];
    struct buf object = BUF_INIT(E2EE_EVENT_MAX);

    buf_addf(&object, "{\"public_key\":\"%s\"}", cross->public[E2EE_CROSS_BACKUP]);
    signatures[0] = e2ee_own_signature(machine, buf_span(&object));
    signatures[1] = sign_by(cross, E2EE_CROSS_MASTER, buf_span(&object));
    buf_adds(out, "{\"algorithm\":\"" BACKUP_ALGORITHM "\",\"auth_data\":");
    e2ee_sign_with(buf_span(&object), machine->user_id, signatures, ARRAY_LENGTH(signatures), out);
    buf_addc(out, '}');
    buf_release(&object);
}
