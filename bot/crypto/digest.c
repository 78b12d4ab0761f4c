/*
 * SHA-256, HMAC (RFC 2104), HKDF (RFC 5869) and PBKDF2 (RFC 8018). OpenSSL fails in these only when memory is out.
 */
#include "bot/crypto/crypto.h"

#include <limits.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include "core/base/mem.h"

enum { HKDF_MAXIMUM = 255 * CRYPTO_SHA256 };

void crypto_sha256(struct span bytes, unsigned char digest[CRYPTO_SHA256])
{
    BUG_IF(EVP_Digest(bytes.at, bytes.length, digest, NULL, EVP_sha256(), NULL) != 1);
}

void crypto_hmac_sha256(struct span key, struct span bytes, unsigned char mac[CRYPTO_SHA256])
{
    static const char empty; /* a NULL key would mean the key of the call before */

    BUG_IF(HMAC(EVP_sha256(), key.length > 0 ? key.at : &empty, (int)key.length, (const unsigned char *)bytes.at,
                bytes.length, mac, NULL) == NULL);
}

/* OpenSSL takes no const, but only reads it; and wants an address even for nothing. */
static OSSL_PARAM octets(const char *name, struct span value)
{
    static const char empty;

    return OSSL_PARAM_construct_octet_string(name, (void *)(uintptr_t)(value.length > 0 ? value.at : &empty),
                                             value.length);
}

int crypto_hkdf_sha256(struct span key, struct span salt, struct span info, unsigned char *out, size_t length)
{
    char digest[] = "SHA256";
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
        octets(OSSL_KDF_PARAM_KEY, key),
        octets(OSSL_KDF_PARAM_SALT, salt),
        octets(OSSL_KDF_PARAM_INFO, info),
        OSSL_PARAM_construct_end(),
    };
    EVP_KDF *kdf;
    EVP_KDF_CTX *context;
    int derived;

    if (length == 0 || length > HKDF_MAXIMUM)
        return -1;
    kdf = EVP_KDF_fetch(NULL, OSSL_KDF_NAME_HKDF, NULL);
    context = EVP_KDF_CTX_new(kdf);
    BUG_IF(context == NULL);
    derived = EVP_KDF_derive(context, out, length, parameters);
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
    return derived == 1 ? 0 : -1;
}

static void pbkdf2(const EVP_MD *digest, struct span passphrase, struct span salt, unsigned iterations,
                   unsigned char *out, size_t length)
{
    BUG_IF(iterations == 0 || iterations > INT_MAX || length > INT_MAX);
    BUG_IF(PKCS5_PBKDF2_HMAC(passphrase.at, (int)passphrase.length, (const unsigned char *)salt.at, (int)salt.length,
                             (int)iterations, digest, (int)length, out) != 1);
}

void crypto_pbkdf2_sha512(struct span passphrase, struct span salt, unsigned iterations, unsigned char *out,
                          size_t length)
{
    pbkdf2(EVP_sha512(), passphrase, salt, iterations, out, length);
}

void crypto_pbkdf2_sha256(struct span passphrase, struct span salt, unsigned iterations, unsigned char *out,
                          size_t length)
{
    pbkdf2(EVP_sha256(), passphrase, salt, iterations, out, length);
}
