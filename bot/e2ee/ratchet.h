/*
 * The narrow port to the ratchets: Olm accounts and sessions, Megolm group sessions. ratchet_olm.c implements it over
 * libolm, and is the only file that includes it; vodozemac must be able to stand behind it without a change elsewhere.
 * Keys and messages are unpadded base64 text, and are refused when they are not; pickles are text under a 32-byte key.
 * Nothing here checks a signature or a point: callers do (crypto/). Encrypting, exporting and pickling return -1 when
 * the buffer is full (exporting also for an index before the first), and change nothing then.
 */
#ifndef BOT_E2EE_RATCHET_H
#define BOT_E2EE_RATCHET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/span.h"

struct ratchet_account;
struct ratchet_session;  /* Olm, with one device */
struct ratchet_outbound; /* Megolm, ours */
struct ratchet_inbound;  /* Megolm, to decrypt */

enum { RATCHET_PICKLE_KEY = 32, RATCHET_MESSAGE_PREKEY = 0, RATCHET_MESSAGE_NORMAL = 1 };

const char *ratchet_version(void); /* "libolm 3.2.13" */

struct ratchet_account *ratchet_account_new(void);
void ratchet_account_free(struct ratchet_account *account); /* all *_free cleanse, and take NULL */
int ratchet_account_pickle(struct ratchet_account *account, const unsigned char *key, struct buf *out);
struct ratchet_account *ratchet_account_unpickle(const unsigned char *key, struct span pickle, struct err *err);
void ratchet_account_keys(struct ratchet_account *account, char curve25519[44], char ed25519[44]);
void ratchet_account_sign(struct ratchet_account *account, struct span message, char signature[88]);
size_t ratchet_account_max_keys(const struct ratchet_account *account);
void ratchet_account_make_keys(struct ratchet_account *account, size_t count);
void ratchet_account_make_fallback(struct ratchet_account *account);
void ratchet_account_forget_fallback(struct ratchet_account *account);
void ratchet_account_mark_published(struct ratchet_account *account);
/* Calls EACH for every unpublished one-time key (FALLBACK false) or the unpublished fallback key. */
void ratchet_account_unpublished(struct ratchet_account *account, bool fallback,
                                 void (*each)(void *arg, const char *key_id, const char *curve25519), void *arg);

struct ratchet_session *ratchet_session_outbound(struct ratchet_account *account, const char *their_identity,
                                                 const char *their_one_time, struct err *err);
struct ratchet_session *ratchet_session_inbound(struct ratchet_account *account, const char *their_identity,
                                                struct span prekey_message, struct err *err);
/* After the first message was decrypted: takes the one-time key that SESSION used off the account. */
void ratchet_account_used(struct ratchet_account *account, struct ratchet_session *session);
void ratchet_session_free(struct ratchet_session *session);
int ratchet_session_pickle(struct ratchet_session *session, const unsigned char *key, struct buf *out);
struct ratchet_session *ratchet_session_unpickle(const unsigned char *key, struct span pickle, struct err *err);
void ratchet_session_id(struct ratchet_session *session, char id[44]);
bool ratchet_session_matches(struct ratchet_session *session, const char *their_identity, struct span prekey_message);
int ratchet_session_encrypt(struct ratchet_session *session, struct span plain, int *type, struct buf *out);
int ratchet_session_decrypt(struct ratchet_session *session, int type, struct span message, struct buf *plain,
                            struct err *err);

struct ratchet_outbound *ratchet_outbound_new(void);
void ratchet_outbound_free(struct ratchet_outbound *session);
int ratchet_outbound_pickle(struct ratchet_outbound *session, const unsigned char *key, struct buf *out);
struct ratchet_outbound *ratchet_outbound_unpickle(const unsigned char *key, struct span pickle, struct err *err);
void ratchet_outbound_id(struct ratchet_outbound *session, char id[44]);
uint32_t ratchet_outbound_index(struct ratchet_outbound *session);
void ratchet_outbound_key(struct ratchet_outbound *session, struct buf *out); /* at its present index */
int ratchet_outbound_encrypt(struct ratchet_outbound *session, struct span plain, struct buf *out);

struct ratchet_inbound *ratchet_inbound_new(const char *session_key, struct err *err); /* as in m.room_key */
struct ratchet_inbound *ratchet_inbound_import(const char *exported_key,
                                               struct err *err); /* backup, forwarded: unauthenticated */
void ratchet_inbound_free(struct ratchet_inbound *session);
int ratchet_inbound_pickle(struct ratchet_inbound *session, const unsigned char *key, struct buf *out);
struct ratchet_inbound *ratchet_inbound_unpickle(const unsigned char *key, struct span pickle, struct err *err);
void ratchet_inbound_id(struct ratchet_inbound *session, char id[44]);
uint32_t ratchet_inbound_first_index(struct ratchet_inbound *session);
int ratchet_inbound_export(struct ratchet_inbound *session, uint32_t index, struct buf *out);
int ratchet_inbound_decrypt(struct ratchet_inbound *session, struct span message, uint32_t *index, struct buf *plain,
                            struct err *err);

#endif
