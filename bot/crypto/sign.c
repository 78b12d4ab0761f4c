/*
 * Private keys of our own: signing with Ed25519, and the public keys that belong to private ones.
 */
#include "bot/crypto/crypto.h"

#include <string.h>

#include <openssl/evp.h>

#include "core/base/mem.h"

static void encode(const unsigned char *bytes, size_t length, char *text, size_t size)
{
    struct buf out = BUF_INIT(CRYPTO_SIGNATURE_TEXT);

    crypto_base64((struct span){(const char *)bytes, length}, &out);
    BUG_IF(out.length + 1 != size);
    memcpy(text, out.data, size);
    buf_release(&out);
}

static void public_of(int type, const unsigned char seed[CRYPTO_KEY], char public[CRYPTO_KEY_TEXT])
{
    EVP_PKEY *pkey = EVP_PKEY_new_raw_private_key(type, NULL, seed, CRYPTO_KEY);
    unsigned char bytes[CRYPTO_KEY];
    size_t length = sizeof(bytes);

    BUG_IF(pkey == NULL || EVP_PKEY_get_raw_public_key(pkey, bytes, &length) != 1 || length != sizeof(bytes));
    EVP_PKEY_free(pkey);
    encode(bytes, sizeof(bytes), public, CRYPTO_KEY_TEXT);
}

void crypto_ed25519_public(const unsigned char seed[CRYPTO_KEY], char public[CRYPTO_KEY_TEXT])
{
    public_of(EVP_PKEY_ED25519, seed, public);
}

void crypto_curve25519_public(const unsigned char private[CRYPTO_KEY], char public[CRYPTO_KEY_TEXT])
{
    public_of(EVP_PKEY_X25519, private, public);
}

void crypto_ed25519_sign(const unsigned char seed[CRYPTO_KEY], struct span message,
                         char signature[CRYPTO_SIGNATURE_TEXT])
{
    EVP_PKEY *pkey = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, CRYPTO_KEY);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    unsigned char bytes[CRYPTO_SIGNATURE];
    size_t length = sizeof(bytes);

    BUG_IF(pkey == NULL || context == NULL || EVP_DigestSignInit(context, NULL, NULL, NULL, pkey) != 1);
    BUG_IF(EVP_DigestSign(context, bytes, &length, (const unsigned char *)message.at, message.length) != 1);
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(pkey);
    encode(bytes, sizeof(bytes), signature, CRYPTO_SIGNATURE_TEXT);
}
