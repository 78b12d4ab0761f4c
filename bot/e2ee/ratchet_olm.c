/*
 * The ratchets over libolm; the only file that includes it. libolm destroys the messages and pickles that it reads, so
 * each call gets a copy, which is cleansed afterwards.
 */
#include "bot/e2ee/ratchet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <olm/olm.h>
#include <olm/outbound_group_session.h> /* after olm.h, which it needs */
#include <olm/inbound_group_session.h>

#include "bot/crypto/crypto.h"
#include "bot/json/json.h"
#include "core/base/mem.h"

enum { KEY_LENGTH = 43, SIGNATURE_LENGTH = 86 }; /* of unpadded base64 */

/* ---------------------------------------------------------------- bytes that libolm wants for itself */

struct scratch {
    void *bytes;
    size_t length;
};

static struct scratch scratch_copy(struct span span)
{
    return (struct scratch){mem_strndup(span.at, span.length), span.length};
}

static struct scratch scratch_random(size_t length)
{
    struct scratch scratch = {mem_alloc(length), length};

    BUG_IF(crypto_random(scratch.bytes, length) != 0);
    return scratch;
}

static void scratch_free(struct scratch *scratch)
{
    crypto_cleanse(scratch->bytes, scratch->length);
    free(scratch->bytes);
}

/* libolm takes a byte that is none of base64's for a '/', so that one ciphertext would have many texts. */
static int check_base64(struct span text, const char *what, struct err *err)
{
    struct buf bytes = BUF_INIT(text.length);
    int result = crypto_unbase64(text, &bytes);

    buf_release(&bytes);
    return result == 0 ? 0 : err_set(err, ERR_CRYPTO, "%s: INVALID_BASE64", what);
}

/* ---------------------------------------------------------------- what all four kinds of objects have */

/* Before 3.2.8 a crafted message overruns buffers (CVE-2021-44538, CVE-2021-34813). */
static void require_version(void)
{
    uint8_t major, minor, patch;

    olm_get_library_version(&major, &minor, &patch);
    BUG_IF((major << 16 | minor << 8 | patch) < 0x030208);
}

#define KIND(kind, Olm, name)                                                                                          \
    struct ratchet_##kind {                                                                                            \
        Olm *olm;                                                                                                      \
    };                                                                                                                 \
                                                                                                                       \
    static struct ratchet_##kind *kind##_alloc(void)                                                                   \
    {                                                                                                                  \
        struct ratchet_##kind *object = mem_zero(1, sizeof(*object));                                                  \
                                                                                                                       \
        require_version();                                                                                             \
        object->olm = olm_##name(mem_zero(1, olm_##name##_size()));                                                    \
        return object;                                                                                                 \
    }                                                                                                                  \
                                                                                                                       \
    void ratchet_##kind##_free(struct ratchet_##kind *object)                                                          \
    {                                                                                                                  \
        if (object == NULL)                                                                                            \
            return;                                                                                                    \
        olm_clear_##name(object->olm);                                                                                 \
        crypto_cleanse(object->olm, olm_##name##_size());                                                              \
        free(object->olm);                                                                                             \
        free(object);                                                                                                  \
    }                                                                                                                  \
                                                                                                                       \
    static int kind##_error(struct ratchet_##kind *object, const char *what, struct err *err)                          \
    {                                                                                                                  \
        return err_set(err, ERR_CRYPTO, "%s: %s", what, olm_##name##_last_error(object->olm));                         \
    }                                                                                                                  \
                                                                                                                       \
    int ratchet_##kind##_pickle(struct ratchet_##kind *object, const unsigned char *key, struct buf *out)              \
    {                                                                                                                  \
        size_t length = olm_pickle_##name##_length(object->olm);                                                       \
        char *to = buf_reserve(out, length);                                                                           \
                                                                                                                       \
        if (to == NULL)                                                                                                \
            return -1;                                                                                                 \
        BUG_IF(olm_pickle_##name(object->olm, key, RATCHET_PICKLE_KEY, to, length) != length);                         \
        buf_grew(out, length);                                                                                         \
        return 0;                                                                                                      \
    }                                                                                                                  \
                                                                                                                       \
    struct ratchet_##kind *ratchet_##kind##_unpickle(const unsigned char *key, struct span pickle, struct err *err)    \
    {                                                                                                                  \
        struct ratchet_##kind *object = kind##_alloc();                                                                \
        struct scratch copy = scratch_copy(pickle);                                                                    \
        size_t result = olm_unpickle_##name(object->olm, key, RATCHET_PICKLE_KEY, copy.bytes, copy.length);            \
                                                                                                                       \
        scratch_free(&copy);                                                                                           \
        if (result != olm_error())                                                                                     \
            return object;                                                                                             \
        kind##_error(object, "pickle of " #kind, err);                                                                 \
        ratchet_##kind##_free(object);                                                                                 \
        return NULL;                                                                                                   \
    }

KIND(account, OlmAccount, account)
KIND(session, OlmSession, session)
KIND(outbound, OlmOutboundGroupSession, outbound_group_session)
KIND(inbound, OlmInboundGroupSession, inbound_group_session)

/* ---------------------------------------------------------------- accounts */

const char *ratchet_version(void)
{
    static char text[32]; /* the same at each call */
    uint8_t major, minor, patch;

    olm_get_library_version(&major, &minor, &patch);
    snprintf(text, sizeof(text), "libolm %d.%d.%d", major, minor, patch);
    return text;
}

struct ratchet_account *ratchet_account_new(void)
{
    struct ratchet_account *account = account_alloc();
    struct scratch random = scratch_random(olm_create_account_random_length(account->olm));

    BUG_IF(olm_create_account(account->olm, random.bytes, random.length) == olm_error());
    scratch_free(&random);
    return account;
}

static void copy_key(const struct json *keys, const char *name, char text[KEY_LENGTH + 1])
{
    const char *key = json_get_text(keys, name);

    BUG_IF(key == NULL || strlen(key) != KEY_LENGTH);
    memcpy(text, key, KEY_LENGTH + 1);
}

void ratchet_account_keys(struct ratchet_account *account, char curve25519[44], char ed25519[44])
{
    size_t length = olm_account_identity_keys_length(account->olm);
    char *text = mem_zero(1, length);
    struct json *keys;

    BUG_IF(olm_account_identity_keys(account->olm, text, length) == olm_error());
    keys = json_parse((struct span){text, length}, NULL);
    copy_key(keys, "curve25519", curve25519);
    copy_key(keys, "ed25519", ed25519);
    json_free(keys);
    free(text);
}

void ratchet_account_sign(struct ratchet_account *account, struct span message, char signature[88])
{
    BUG_IF(olm_account_signature_length(account->olm) != SIGNATURE_LENGTH);
    BUG_IF(olm_account_sign(account->olm, message.at, message.length, signature, SIGNATURE_LENGTH) == olm_error());
    signature[SIGNATURE_LENGTH] = '\0';
}

size_t ratchet_account_max_keys(const struct ratchet_account *account)
{
    return olm_account_max_number_of_one_time_keys(account->olm);
}

void ratchet_account_make_keys(struct ratchet_account *account, size_t count)
{
    struct scratch random = scratch_random(olm_account_generate_one_time_keys_random_length(account->olm, count));

    BUG_IF(olm_account_generate_one_time_keys(account->olm, count, random.bytes, random.length) == olm_error());
    scratch_free(&random);
}

void ratchet_account_make_fallback(struct ratchet_account *account)
{
    struct scratch random = scratch_random(olm_account_generate_fallback_key_random_length(account->olm));

    BUG_IF(olm_account_generate_fallback_key(account->olm, random.bytes, random.length) == olm_error());
    scratch_free(&random);
}

void ratchet_account_forget_fallback(struct ratchet_account *account)
{
    olm_account_forget_old_fallback_key(account->olm);
}

void ratchet_account_mark_published(struct ratchet_account *account)
{
    olm_account_mark_keys_as_published(account->olm);
}

void ratchet_account_unpublished(struct ratchet_account *account, bool fallback,
                                 void (*each)(void *arg, const char *key_id, const char *curve25519), void *arg)
{
    size_t length = fallback ? olm_account_unpublished_fallback_key_length(account->olm)
                             : olm_account_one_time_keys_length(account->olm);
    char *text = mem_zero(1, length);
    size_t result = fallback ? olm_account_unpublished_fallback_key(account->olm, text, length)
                             : olm_account_one_time_keys(account->olm, text, length);
    struct json_cursor cursor = {0};
    const struct json *keys, *key;
    struct json *document;
    const char *key_id;

    BUG_IF(result == olm_error());
    document = json_parse((struct span){text, length}, NULL);
    keys = json_get(document, "curve25519");
    BUG_IF(!json_is_object(keys));
    while (json_next(keys, &cursor, &key_id, &key))
        each(arg, key_id, json_text(key));
    json_free(document);
    free(text);
}

/* Fails only when the key is gone already: two sessions were made with it. */
void ratchet_account_used(struct ratchet_account *account, struct ratchet_session *session)
{
    olm_remove_one_time_keys(account->olm, session->olm);
}

/* ---------------------------------------------------------------- Olm sessions */

struct ratchet_session *ratchet_session_outbound(struct ratchet_account *account, const char *their_identity,
                                                 const char *their_one_time, struct err *err)
{
    struct ratchet_session *session = session_alloc();
    struct scratch random = scratch_random(olm_create_outbound_session_random_length(session->olm));
    size_t result = olm_create_outbound_session(session->olm, account->olm, their_identity, strlen(their_identity),
                                                their_one_time, strlen(their_one_time), random.bytes, random.length);

    scratch_free(&random);
    if (result != olm_error())
        return session;
    session_error(session, "outbound Olm session", err);
    ratchet_session_free(session);
    return NULL;
}

struct ratchet_session *ratchet_session_inbound(struct ratchet_account *account, const char *their_identity,
                                                struct span prekey_message, struct err *err)
{
    struct ratchet_session *session;
    struct scratch copy;
    size_t result;

    if (check_base64(prekey_message, "inbound Olm session", err) != 0)
        return NULL;
    session = session_alloc();
    copy = scratch_copy(prekey_message);
    result = olm_create_inbound_session_from(session->olm, account->olm, their_identity, strlen(their_identity),
                                             copy.bytes, copy.length);
    scratch_free(&copy);
    if (result != olm_error())
        return session;
    session_error(session, "inbound Olm session", err);
    ratchet_session_free(session);
    return NULL;
}

void ratchet_session_id(struct ratchet_session *session, char id[44])
{
    BUG_IF(olm_session_id_length(session->olm) != KEY_LENGTH);
    BUG_IF(olm_session_id(session->olm, id, KEY_LENGTH) == olm_error());
    id[KEY_LENGTH] = '\0';
}

bool ratchet_session_matches(struct ratchet_session *session, const char *their_identity, struct span prekey_message)
{
    struct scratch copy = scratch_copy(prekey_message);
    size_t result =
        olm_matches_inbound_session_from(session->olm, their_identity, strlen(their_identity), copy.bytes, copy.length);

    scratch_free(&copy);
    return result == 1;
}

int ratchet_session_encrypt(struct ratchet_session *session, struct span plain, int *type, struct buf *out)
{
    size_t length = olm_encrypt_message_length(session->olm, plain.length);
    char *to = buf_reserve(out, length);
    struct scratch random;

    if (to == NULL)
        return -1;
    *type = olm_encrypt_message_type(session->olm) == OLM_MESSAGE_TYPE_PRE_KEY ? RATCHET_MESSAGE_PREKEY
                                                                               : RATCHET_MESSAGE_NORMAL;
    random = scratch_random(olm_encrypt_random_length(session->olm));
    length = olm_encrypt(session->olm, plain.at, plain.length, random.bytes, random.length, to, length);
    BUG_IF(length == olm_error());
    scratch_free(&random);
    buf_grew(out, length);
    return 0;
}

int ratchet_session_decrypt(struct ratchet_session *session, int type, struct span message, struct buf *plain,
                            struct err *err)
{
    struct scratch copy;
    size_t length;
    char *to;

    if (type != RATCHET_MESSAGE_PREKEY && type != RATCHET_MESSAGE_NORMAL)
        return err_set(err, ERR_CRYPTO, "an Olm message of type %d", type);
    if (check_base64(message, "Olm message", err) != 0)
        return -1;
    copy = scratch_copy(message);
    length = olm_decrypt_max_plaintext_length(session->olm, (size_t)type, copy.bytes, copy.length);
    scratch_free(&copy);
    if (length == olm_error())
        return session_error(session, "Olm message", err);
    to = buf_reserve(plain, length);
    if (to == NULL)
        return err_set(err, ERR_LIMIT, "an Olm message of %zu bytes is too long", message.length);
    copy = scratch_copy(message);
    length = olm_decrypt(session->olm, (size_t)type, copy.bytes, copy.length, to, length);
    scratch_free(&copy);
    if (length == olm_error())
        return session_error(session, "Olm message", err);
    buf_grew(plain, length);
    return 0;
}

/* ---------------------------------------------------------------- Megolm */

struct ratchet_outbound *ratchet_outbound_new(void)
{
    struct ratchet_outbound *session = outbound_alloc();
    struct scratch random = scratch_random(olm_init_outbound_group_session_random_length(session->olm));

    BUG_IF(olm_init_outbound_group_session(session->olm, random.bytes, random.length) == olm_error());
    scratch_free(&random);
    return session;
}

void ratchet_outbound_id(struct ratchet_outbound *session, char id[44])
{
    BUG_IF(olm_outbound_group_session_id_length(session->olm) != KEY_LENGTH);
    BUG_IF(olm_outbound_group_session_id(session->olm, (uint8_t *)id, KEY_LENGTH) == olm_error());
    id[KEY_LENGTH] = '\0';
}

uint32_t ratchet_outbound_index(struct ratchet_outbound *session)
{
    return olm_outbound_group_session_message_index(session->olm);
}

void ratchet_outbound_key(struct ratchet_outbound *session, struct buf *out)
{
    size_t length = olm_outbound_group_session_key_length(session->olm);
    char *to = buf_reserve(out, length);

    if (to == NULL)
        return;
    BUG_IF(olm_outbound_group_session_key(session->olm, (uint8_t *)to, length) == olm_error());
    buf_grew(out, length);
}

int ratchet_outbound_encrypt(struct ratchet_outbound *session, struct span plain, struct buf *out)
{
    size_t length = olm_group_encrypt_message_length(session->olm, plain.length);
    char *to = buf_reserve(out, length);

    if (to == NULL)
        return -1;
    length = olm_group_encrypt(session->olm, (const uint8_t *)plain.at, plain.length, (uint8_t *)to, length);
    BUG_IF(length == olm_error());
    buf_grew(out, length);
    return 0;
}

static struct ratchet_inbound *inbound_from(const char *key, bool exported, struct err *err)
{
    const uint8_t *bytes = (const uint8_t *)key;
    struct ratchet_inbound *session;
    size_t result;

    if (check_base64(span_of(key), "Megolm key", err) != 0)
        return NULL;
    session = inbound_alloc();
    result = exported ? olm_import_inbound_group_session(session->olm, bytes, strlen(key))
                      : olm_init_inbound_group_session(session->olm, bytes, strlen(key));
    if (result != olm_error())
        return session;
    inbound_error(session, "Megolm key", err);
    ratchet_inbound_free(session);
    return NULL;
}

struct ratchet_inbound *ratchet_inbound_new(const char *session_key, struct err *err)
{
    return inbound_from(session_key, false, err);
}

struct ratchet_inbound *ratchet_inbound_import(const char *exported_key, struct err *err)
{
    return inbound_from(exported_key, true, err);
}

void ratchet_inbound_id(struct ratchet_inbound *session, char id[44])
{
    BUG_IF(olm_inbound_group_session_id_length(session->olm) != KEY_LENGTH);
    BUG_IF(olm_inbound_group_session_id(session->olm, (uint8_t *)id, KEY_LENGTH) == olm_error());
    id[KEY_LENGTH] = '\0';
}

uint32_t ratchet_inbound_first_index(struct ratchet_inbound *session)
{
    return olm_inbound_group_session_first_known_index(session->olm);
}

int ratchet_inbound_export(struct ratchet_inbound *session, uint32_t index, struct buf *out)
{
    size_t length = olm_export_inbound_group_session_length(session->olm);
    char *to = buf_reserve(out, length);

    if (to == NULL || olm_export_inbound_group_session(session->olm, (uint8_t *)to, length, index) == olm_error())
        return -1;
    buf_grew(out, length);
    return 0;
}

int ratchet_inbound_decrypt(struct ratchet_inbound *session, struct span message, uint32_t *index, struct buf *plain,
                            struct err *err)
{
    struct scratch copy;
    size_t length;
    char *to;

    if (check_base64(message, "Megolm message", err) != 0)
        return -1;
    copy = scratch_copy(message);
    length = olm_group_decrypt_max_plaintext_length(session->olm, copy.bytes, copy.length);
    scratch_free(&copy);
    if (length == olm_error())
        return inbound_error(session, "Megolm message", err);
    to = buf_reserve(plain, length);
    if (to == NULL)
        return err_set(err, ERR_LIMIT, "a Megolm message of %zu bytes is too long", message.length);
    copy = scratch_copy(message);
    length = olm_group_decrypt(session->olm, copy.bytes, copy.length, (uint8_t *)to, length, index);
    scratch_free(&copy);
    if (length == olm_error())
        return inbound_error(session, "Megolm message", err);
    buf_grew(plain, length);
    return 0;
}
