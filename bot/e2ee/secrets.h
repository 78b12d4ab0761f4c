/*
 * Secret storage (Client-Server API, "Secrets"): secrets in the account data, sealed under a key that a person keeps.
 * Knows m.secret_storage.v1.aes-hmac-sha2 alone, as everybody does.
 */
#ifndef BOT_E2EE_SECRETS_H
#define BOT_E2EE_SECRETS_H

#include "bot/crypto/crypto.h"
#include "bot/json/json.h"
#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/span.h"

enum { E2EE_SECRET_MAX = 4096 /* bytes of a secret */ };

/* The content of m.secret_storage.key.ID for KEY, with the check by which another key is told. */
void e2ee_secrets_describe(const unsigned char key[CRYPTO_KEY], struct buf *out);

/*
 * The key that TEXT, as a person typed it, is under DESCRIPTION (the content of m.secret_storage.key.ID): a recovery
 * key, or the passphrase where the key was made from one. Else -1: ERR_INPUT, a kind of storage that we don't know;
 * ERR_CONFIG, TEXT is no recovery key; ERR_CRYPTO, it is another one. A description without a check fits any key.
 */
int e2ee_secrets_key(const struct json *description, struct span text, unsigned char key[CRYPTO_KEY], struct err *err);

/* Seals SECRET as the secret NAME: {"iv","ciphertext","mac"}, what stands in "encrypted" under the key's id. */
void e2ee_secrets_seal(const unsigned char key[CRYPTO_KEY], const char *name, struct span secret, struct buf *out);
/* Opens it. ERR_CRYPTO whatever is wrong: nobody learns what by trying. The caller cleanses SECRET. */
int e2ee_secrets_open(const unsigned char key[CRYPTO_KEY], const char *name, const struct json *sealed,
                      struct buf *secret, struct err *err);

#endif
