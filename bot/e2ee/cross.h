/*
 * The account's own cross-signing identity (Client-Server API, "Cross-signing") from the inside: its private keys, what
 * is published of it, what it signs. Private keys live in the account's secret storage; one is kept here too.
 */
#ifndef BOT_E2EE_CROSS_H
#define BOT_E2EE_CROSS_H

#include "bot/crypto/crypto.h"
#include "bot/e2ee/e2ee.h"

/* The keys of the identity, and behind them the one that its key backup is sealed to. */
enum e2ee_cross_key {
    E2EE_CROSS_MASTER,
    E2EE_CROSS_SELF_SIGNING,
    E2EE_CROSS_USER_SIGNING,
    E2EE_CROSS_KEYS,
    E2EE_CROSS_BACKUP = E2EE_CROSS_KEYS,
    E2EE_CROSS_SECRETS
};

struct e2ee_cross {
    unsigned char seed[E2EE_CROSS_SECRETS][CRYPTO_KEY];
    char public[E2EE_CROSS_SECRETS][CRYPTO_KEY_TEXT]; /* "" when the private key is not here */
};

const char *e2ee_cross_secret_name(enum e2ee_cross_key key); /* "m.cross_signing.master" */
void e2ee_cross_make(struct e2ee_cross *cross, enum e2ee_cross_key key);
/* As secret storage holds a private key: base64, padded or not. -1: it is none. */
int e2ee_cross_take(struct e2ee_cross *cross, enum e2ee_cross_key key, struct span secret);
void e2ee_cross_secret(const struct e2ee_cross *cross, enum e2ee_cross_key key, struct buf *out);
void e2ee_cross_wipe(struct e2ee_cross *cross);

/* What a /keys/query answer shows of our account. */
struct e2ee_shown {
    bool any;                                      /* there is an identity, of whatever quality */
    char public[E2EE_CROSS_KEYS][CRYPTO_KEY_TEXT]; /* "" none, or not signed by the master key */
    bool device;                                   /* our device, with the keys that it has */
    bool device_signed;                            /* by the self-signing key */
    bool master_signed;                            /* the master key by our device */
};
void e2ee_cross_shown(const struct e2ee *machine, const struct json *response, struct e2ee_shown *shown);
/* Whether a key backup's AUTH_DATA is signed by the identity, or by a device of ours that it has signed. RESPONSE: what
 * SHOWN was read from. */
bool e2ee_cross_backup_signed(const struct e2ee *machine, const struct json *response, const struct e2ee_shown *shown,
                              const struct json *auth_data);

/* Bodies of requests: /keys/device_signing/upload, without its last brace; /keys/signatures/upload, with our device and
 * the master key; /room_keys/version. */
void e2ee_cross_publication(const struct e2ee *machine, const struct e2ee_cross *cross, struct buf *out);
void e2ee_cross_signatures(struct e2ee *machine, const struct e2ee_cross *cross, struct buf *out);
void e2ee_cross_backup(struct e2ee *machine, const struct e2ee_cross *cross, struct buf *out);

/* After e2ee_own_prove(): keeps the user-signing key of CROSS, sealed, so that users who were verified can be told
 * others by our signature (signing.c). */
int e2ee_cross_keep_signer(struct e2ee *machine, const struct e2ee_cross *cross, struct err *err);
bool e2ee_cross_can_sign(struct e2ee *machine); /* it is kept, and of the identity that was proven */

#endif
