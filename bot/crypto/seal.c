/*
 * Small secrets at rest: a version byte, a random nonce of 12 bytes, the AES-256-GCM ciphertext, its tag of 16. The key
 * is derived, since the caller's is also that of the pickles.
 */
#include "bot/crypto/crypto.h"

#include <limits.h>
#include <string.h>

#include <openssl/evp.h>

#include "core/base/mem.h"

enum { VERSION = 1, NONCE = 12, TAG = 16, HEAD = 1 + NONCE };

static EVP_CIPHER_CTX *begin(const unsigned char key[CRYPTO_KEY], const char *context, const unsigned char *nonce,
                             int encrypt)
{
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
    unsigned char derived[CRYPTO_KEY];
    int length;

    BUG_IF(crypto_hkdf_sha256((struct span){(const char *)key, CRYPTO_KEY}, span_of(""), span_of("spotter seal 1"),
                              derived, sizeof(derived)) != 0);
    BUG_IF(cipher == NULL || EVP_CipherInit_ex(cipher, EVP_aes_256_gcm(), NULL, derived, nonce, encrypt) != 1);
    BUG_IF(EVP_CipherUpdate(cipher, NULL, &length, (const unsigned char *)context, (int)strlen(context)) != 1);
    crypto_cleanse(derived, sizeof(derived));
    return cipher;
}

int crypto_seal(const unsigned char key[CRYPTO_KEY], const char *context, struct span plain, struct buf *out)
{
    unsigned char *to;
    EVP_CIPHER_CTX *cipher;
    int length = 0;

    if (plain.length > INT_MAX - HEAD - TAG)
        return -1;
    to = (unsigned char *)buf_reserve(out, HEAD + plain.length + TAG);
    if (to == NULL || crypto_random(to + 1, NONCE) != 0)
        return -1;
    to[0] = VERSION;
    cipher = begin(key, context, to + 1, 1);
    BUG_IF(plain.length > 0 &&
           EVP_CipherUpdate(cipher, to + HEAD, &length, (const unsigned char *)plain.at, (int)plain.length) != 1);
    BUG_IF(EVP_CipherFinal_ex(cipher, to + HEAD + length, &length) != 1);
    BUG_IF(EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_GCM_GET_TAG, TAG, to + HEAD + plain.length) != 1);
    EVP_CIPHER_CTX_free(cipher);
    buf_grew(out, HEAD + plain.length + TAG);
    return 0;
}

int crypto_open(const unsigned char key[CRYPTO_KEY], const char *context, struct span sealed, struct buf *out,
                struct err *err)
{
    unsigned char tag[TAG], *to;
    EVP_CIPHER_CTX *cipher;
    size_t size;
    int length = 0;
    bool good;

    if (sealed.length < HEAD + TAG || sealed.length > INT_MAX || sealed.at[0] != VERSION)
        return err_set(err, ERR_CRYPTO, "this is not what was sealed");
    size = sealed.length - HEAD - TAG;
    to = (unsigned char *)buf_reserve(out, size);
    if (to == NULL)
        return err_set(err, ERR_LIMIT, "a sealed secret of %zu bytes is too long", size);
    memcpy(tag, sealed.at + HEAD + size, TAG);
    cipher = begin(key, context, (const unsigned char *)sealed.at + 1, 0);
    BUG_IF(size > 0 && EVP_CipherUpdate(cipher, to, &length, (const unsigned char *)sealed.at + HEAD, (int)size) != 1);
    BUG_IF(EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_GCM_SET_TAG, TAG, tag) != 1);
    good = EVP_CipherFinal_ex(cipher, to + length, &length) == 1;
    EVP_CIPHER_CTX_free(cipher);
    if (!good) {
        crypto_cleanse(to, size);
        return err_set(err, ERR_CRYPTO, "a sealed secret does not open: another key, or it was changed");
    }
    buf_grew(out, size);
    return 0;
}
