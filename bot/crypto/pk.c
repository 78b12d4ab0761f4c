/*
 * Encryption to a Curve25519 key, as the key backup has it (m.megolm_backup.v1.curve25519-aes-sha2): an ephemeral key,
 * HKDF over what both agree on, AES-256-CBC. Its MAC is over nothing at all, by a mistake of libolm's that the
 * specification keeps: whoever decrypts has no proof of who encrypted.
 */
#include "bot/crypto/crypto.h"

#include <limits.h>
#include <string.h>

#include <openssl/evp.h>

#include "core/base/mem.h"

enum { BLOCK = 16, MAC = 8, PLAIN_MAX = 1024 * 1024 /* of what came from outside */ };

struct derived {
    unsigned char aes[CRYPTO_KEY], mac[CRYPTO_KEY], iv[CRYPTO_IV];
};

static void derive(const unsigned char secret[CRYPTO_KEY], struct derived *derived)
{
    static const unsigned char salt[CRYPTO_SHA256];

    BUG_IF(crypto_hkdf_sha256((struct span){(const char *)secret, CRYPTO_KEY},
                              (struct span){(const char *)salt, sizeof(salt)}, span_of(""), derived->aes,
                              sizeof(*derived)) != 0);
}

static void encrypt(const struct derived *derived, struct span plain, struct buf *out)
{
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
    unsigned char *to = (unsigned char *)buf_reserve(out, plain.length + BLOCK);
    int length = 0, last = 0;

    BUG_IF(cipher == NULL || to == NULL ||
           EVP_EncryptInit_ex(cipher, EVP_aes_256_cbc(), NULL, derived->aes, derived->iv) != 1);
    BUG_IF(EVP_EncryptUpdate(cipher, to, &length, (const unsigned char *)plain.at, (int)plain.length) != 1 ||
           EVP_EncryptFinal_ex(cipher, to + length, &last) != 1);
    EVP_CIPHER_CTX_free(cipher);
    buf_grew(out, (size_t)length + (size_t)last);
}

/* Adds the plaintext of CIPHERTEXT to OUT; -1: its padding is none, or OUT is full. */
static int decrypt(const struct derived *derived, const struct buf *ciphertext, struct buf *out)
{
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
    unsigned char *to = (unsigned char *)buf_reserve(out, ciphertext->length + BLOCK);
    int length = 0, last = 0, result = -1;

    BUG_IF(cipher == NULL || EVP_DecryptInit_ex(cipher, EVP_aes_256_cbc(), NULL, derived->aes, derived->iv) != 1);
    if (to != NULL &&
        EVP_DecryptUpdate(cipher, to, &length, (const unsigned char *)ciphertext->data, (int)ciphertext->length) == 1 &&
        EVP_DecryptFinal_ex(cipher, to + length, &last) == 1) {
        buf_grew(out, (size_t)length + (size_t)last);
        result = 0;
    }
    EVP_CIPHER_CTX_free(cipher);
    return result;
}

static void make_mac(const struct derived *derived, unsigned char mac[CRYPTO_SHA256])
{
    crypto_hmac_sha256((struct span){(const char *)derived->mac, CRYPTO_KEY}, span_of(""), mac);
}

int crypto_pk_encrypt(const unsigned char public[CRYPTO_KEY], struct span plain, struct crypto_pk *head,
                      struct buf *ciphertext)
{
    unsigned char private[CRYPTO_KEY], secret[CRYPTO_KEY], mac[CRYPTO_SHA256];
    struct buf hidden = BUF_INIT(INT_MAX), text = BUF_INIT(sizeof(head->mac) - 1);
    struct derived derived;
    int result = -1;

    BUG_IF(plain.length > INT_MAX - BLOCK || crypto_random(private, sizeof(private)) != 0);
    if (crypto_curve25519_good(public) && crypto_x25519(private, public, secret) == 0) {
        derive(secret, &derived);
        encrypt(&derived, plain, &hidden);
        crypto_base64(buf_span(&hidden), ciphertext);
        make_mac(&derived, mac);
        crypto_base64((struct span){(const char *)mac, MAC}, &text);
        memcpy(head->mac, text.data, sizeof(head->mac));
        crypto_curve25519_public(private, head->ephemeral);
        result = ciphertext->overflowed ? -1 : 0;
        crypto_cleanse(&derived, sizeof(derived));
    }
    crypto_cleanse(private, sizeof(private));
    crypto_cleanse(secret, sizeof(secret));
    buf_release(&hidden);
    buf_release(&text);
    return result;
}

int crypto_pk_decrypt(const unsigned char private[CRYPTO_KEY], const struct crypto_pk_sealed *sealed, struct buf *plain)
{
    unsigned char public[CRYPTO_KEY], secret[CRYPTO_KEY], mac[CRYPTO_SHA256], given[MAC];
    struct buf hidden = BUF_INIT(PLAIN_MAX);
    struct derived derived;
    int result = -1;

    if (crypto_key_decode(sealed->ephemeral, public) == 0 && crypto_curve25519_good(public) &&
        crypto_unbase64_exactly(span_of(sealed->mac), given, MAC) == 0 &&
        crypto_unbase64(span_of(sealed->ciphertext), &hidden) == 0 && hidden.length != 0 &&
        crypto_x25519(private, public, secret) == 0) {
        derive(secret, &derived);
        make_mac(&derived, mac);
        if (crypto_equal(mac, given, MAC))
            result = decrypt(&derived, &hidden, plain);
        crypto_cleanse(&derived, sizeof(derived));
        crypto_cleanse(secret, sizeof(secret));
    }
    buf_release(&hidden);
    return result;
}
