/*
 * AES-256-CTR (NIST SP 800-38A), as attachments and secret storage have it. It hides and does not authenticate: whoever
 * decrypts checks a hash or a MAC first.
 */
#include "bot/crypto/crypto.h"

#include <openssl/evp.h>

#include "core/base/mem.h"

enum { CHUNK = 1 << 30 }; /* OpenSSL counts in int */

void crypto_aes_ctr(const unsigned char key[CRYPTO_KEY], const unsigned char iv[CRYPTO_IV], struct span in,
                    unsigned char *out)
{
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
    int length;

    BUG_IF(cipher == NULL || EVP_EncryptInit_ex(cipher, EVP_aes_256_ctr(), NULL, key, iv) != 1);
    for (size_t at = 0; at < in.length; at += CHUNK) {
        size_t left = in.length - at;

        BUG_IF(EVP_EncryptUpdate(cipher, out + at, &length, (const unsigned char *)in.at + at,
                                 left < CHUNK ? (int)left : CHUNK) != 1);
    }
    EVP_CIPHER_CTX_free(cipher);
}
