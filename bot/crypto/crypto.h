/*
 * Primitives over OpenSSL 3; the only room that includes it (IRC's TLS aside). Everything here is stateless.
 * libolm 3.2.13 accepts zero keys and malleable signatures, so signatures and points are checked here, never there.
 */
#ifndef BOT_CRYPTO_CRYPTO_H
#define BOT_CRYPTO_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/span.h"

enum {
    CRYPTO_KEY = 32,
    CRYPTO_SIGNATURE = 64,
    CRYPTO_SHA256 = 32,
    CRYPTO_IV = 16,
    CRYPTO_KEY_TEXT = 44, /* unpadded base64 and NUL */
    CRYPTO_SIGNATURE_TEXT = 87
};

int crypto_random(void *bytes, size_t length); /* getrandom; -1 only when the kernel has none: end the process */
void crypto_cleanse(void *bytes, size_t length);
void crypto_release(struct buf *secret);                        /* cleanses and releases */
void crypto_drop(char **secret);                                /* cleanses and frees a text, NULL from then on */
bool crypto_equal(const void *a, const void *b, size_t length); /* constant time */

void crypto_sha256(struct span bytes, unsigned char digest[CRYPTO_SHA256]);
void crypto_hmac_sha256(struct span key, struct span bytes, unsigned char mac[CRYPTO_SHA256]);
int crypto_hkdf_sha256(struct span key, struct span salt, struct span info, unsigned char *out, size_t length);
/* A million ITERATIONS (at least 1) take about a second: cap what comes from outside. */
void crypto_pbkdf2_sha512(struct span passphrase, struct span salt, unsigned iterations, unsigned char *out,
                          size_t length);
void crypto_pbkdf2_sha256(struct span passphrase, struct span salt, unsigned iterations, unsigned char *out,
                          size_t length);

/* AES-256-CTR over IN into OUT, as many bytes (the same place is fine): encrypts and decrypts. The whole IV is the
 * counter. */
void crypto_aes_ctr(const unsigned char key[CRYPTO_KEY], const unsigned char iv[CRYPTO_IV], struct span in,
                    unsigned char *out);

/* Unpadded standard base64, as Matrix writes keys. Decoding takes padded and unpadded, refuses anything else. */
void crypto_base64(struct span bytes, struct buf *out);
void crypto_base64_padded(struct span bytes, struct buf *out); /* as SASL wants it */
int crypto_unbase64(struct span text, struct buf *out);
/* Into LENGTH bytes, and no others: what is longer or shorter is refused too. */
int crypto_unbase64_exactly(struct span text, void *bytes, size_t length);
void crypto_hex(struct span bytes, struct buf *out);

/* Decodes a key of exactly 32 bytes. -1 when it is none. */
int crypto_key_decode(const char *text, unsigned char key[CRYPTO_KEY]);

/*
 * Whether a Curve25519 key contributes: refuses the small-order points (also non-canonical encodings), by list and by a
 * derivation.
 */
bool crypto_curve25519_good(const unsigned char key[CRYPTO_KEY]);
/* What both sides agree on; -1: PUBLIC does not contribute. */
int crypto_x25519(const unsigned char private[CRYPTO_KEY], const unsigned char public[CRYPTO_KEY],
                  unsigned char secret[CRYPTO_KEY]);
/* Refuses small-order and non-canonical Ed25519 keys. */
bool crypto_ed25519_good(const unsigned char key[CRYPTO_KEY]);
/* Strict: the key must be good, S below the group order, R canonical and not small-order. KEY and SIGNATURE are base64.
 */
bool crypto_ed25519_verify(const char *key, struct span message, const char *signature);

/* Our own: SEED is the private key. */
void crypto_ed25519_public(const unsigned char seed[CRYPTO_KEY], char public[CRYPTO_KEY_TEXT]);
void crypto_ed25519_sign(const unsigned char seed[CRYPTO_KEY], struct span message,
                         char signature[CRYPTO_SIGNATURE_TEXT]);
void crypto_curve25519_public(const unsigned char private[CRYPTO_KEY], char public[CRYPTO_KEY_TEXT]);

/* Encrypts to whoever has the private key of PUBLIC, as the key backup does; CIPHERTEXT is base64 as the rest. -1: that
 * is no good key, or CIPHERTEXT is full. */
struct crypto_pk {
    char ephemeral[CRYPTO_KEY_TEXT];
    char mac[12];
};
int crypto_pk_encrypt(const unsigned char public[CRYPTO_KEY], struct span plain, struct crypto_pk *head,
                      struct buf *ciphertext);

/* The other way round: PLAIN gets what was sealed, by whomever. -1: it does not open, for whatever reason. Cleanse
 * PLAIN.
 */
struct crypto_pk_sealed {
    const char *ephemeral, *mac, *ciphertext; /* base64, lent */
};
int crypto_pk_decrypt(const unsigned char private[CRYPTO_KEY], const struct crypto_pk_sealed *sealed,
                      struct buf *plain);

/* A key as a person keeps it: "EsTc LW2K …", 12 groups of four. Decoding ignores blanks; -1: it is none, or was copied
 * wrongly. */
void crypto_recovery_key(const unsigned char key[CRYPTO_KEY], struct buf *out);
int crypto_recovery_key_decode(struct span text, unsigned char key[CRYPTO_KEY]);

/* Seals small secrets (tokens) under a 32-byte key: AES-256-GCM, random nonce, CONTEXT authenticated. */
int crypto_seal(const unsigned char key[CRYPTO_KEY], const char *context, struct span plain, struct buf *out);
int crypto_open(const unsigned char key[CRYPTO_KEY], const char *context, struct span sealed, struct buf *out,
                struct err *err);

#endif
