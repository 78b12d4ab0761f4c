/*
 * The inside of the encryption machine, for the files of this room alone. Each file has one subject and its part here.
 *
 * Functions that can refuse return 1 done, 0 refused (ERR says why, and costs nothing else), -1 the store failed. After
 * -1 the caller of the machine rolls back and reloads, so that what is cached need not be taken back by hand.
 */
#ifndef BOT_E2EE_MACHINE_H
#define BOT_E2EE_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/e2ee/e2ee.h"
#include "bot/e2ee/ratchet.h"
#include "bot/e2ee/verify.h"
#include "bot/json/json.h"
#include "core/base/map.h"
#include "core/base/vec.h"

#define E2EE_OLM "m.olm.v1.curve25519-aes-sha2"
#define E2EE_MEGOLM "m.megolm.v1.aes-sha2"
#define E2EE_KEY_ALGORITHM "signed_curve25519"

enum {
    E2EE_ID_MAX = 255,               /* user, room, event and device ids (specification, appendices) */
    E2EE_VERSION_MAX = 64,           /* of a key backup, with its NUL: servers count */
    E2EE_KEY_TEXT = 44,              /* a 32-byte key in unpadded base64, and NUL */
    E2EE_EVENT_MAX = 64 * 1024,      /* one event, as the specification caps it */
    E2EE_VALUE_MAX = 1024 * 1024,    /* lists that are kept as one value */
    E2EE_BODY_MAX = 16 * 1024 * 1024 /* one request's body */
};
enum { E2EE_SECOND_MS = 1000, E2EE_MINUTE_MS = 60 * 1000, E2EE_HOUR_MS = 60 * 60 * 1000 };
/* How long a message waits for the device lists and one-time keys of users whose server does not answer. When our own
 * server fails the clock starts again, since nothing could be read without them; after so many errors (not: when it is
 * away or asks for patience) the user is taken for the cause and waited for no longer. */
enum { E2EE_WAIT_MS = 20 * E2EE_SECOND_MS, E2EE_WAIT_TRIES = 10 };
/* Requests that follow from what anybody may send as often as they like: twenty of a kind at once, then one in five
 * seconds, for all whom they concern. */
enum { E2EE_UNASKED_MS = 5 * E2EE_SECOND_MS, E2EE_UNASKED_BURST_MS = 19 * E2EE_UNASKED_MS };
/* The longest pause after our own homeserver has failed: replies may be waiting for the answer. */
enum { E2EE_AWAY_MAX_MS = 15 * E2EE_SECOND_MS };

/* ---- requests.c */

struct e2ee_pending {
    struct e2ee_request shown;
    char *path, *body;
    char *txn_id; /* to-device: the row in the store; else NULL */
    /* Of a query: users; of a claim: keys of `claims`; of signatures: users, each with the master key. */
    VEC(char *) subjects;
    bool under_way;
    bool orphan; /* was under way when the machine was reloaded: its answer is ignored */
    unsigned failures;
    int64_t not_before_ms;
};

/* ---- devices.c */

struct e2ee_tracked {
    bool outdated;
    bool under_way;     /* a query for this user is */
    bool changed_again; /* since that query was made */
    bool unasked;       /* outdated by what anybody may send: see E2EE_UNASKED_MS */
    unsigned failures;  /* of the user's own server, in a row */
    unsigned refusals;  /* errors of our server for queries with this user, in a row */
    int64_t retry_ms;
    int64_t waiting_ms;   /* since when a message waits for this list; 0: none does */
    int64_t refreshed_ms; /* last time that an unknown device made the list outdated */
};

struct e2ee_device {
    char *user_id, *device_id, *curve25519, *ed25519, *keys_json;
    bool deleted;
};
struct e2ee_devices {
    struct e2ee_device *at;
    size_t count, capacity;
};

/* ---- claims.c */

struct e2ee_claim {
    char *user_id, *device_id;
    bool wanted, under_way;
    bool dummy;               /* an m.dummy is sent over the new session */
    unsigned failures;        /* answers without a good key, in a row */
    unsigned requests_failed; /* no answer at all */
    unsigned refusals;        /* of those: errors of our server */
    int64_t retry_ms;
    int64_t since_ms; /* when a message began to wait for it */
};

/* ---- megolm_in.c, megolm_out.c */

struct e2ee_inbound {
    char *room_id, *session_id, *sender_user, *sender_device, *sender_curve25519, *sender_ed25519;
    struct ratchet_inbound *ratchet;
    uint32_t first_index;
    bool authenticated;
    bool trusted;        /* the sending device is signed by its owner */
    bool changed;        /* the server shows another identity of that owner than the pinned one, */
    bool vouched;        /* which had signed the device */
    uint64_t generation; /* of the device lists in which the sending device was last found; 0: not yet */
    uint64_t used;       /* for eviction */
};
enum { E2EE_INBOUND_CACHED = 64 };

struct e2ee_outbound {
    char *room_id;
    char session_id[E2EE_KEY_TEXT];
    struct ratchet_outbound *ratchet;
    int64_t created_ms, messages;
    bool ready;    /* shared with everyone of `users`, as the device lists were at `generation` */
    bool everyone; /* likewise: without regard to who is trusted */
    uint64_t generation;
    struct buf users;   /* one a line */
    int64_t recheck_ms; /* when a device that had no one-time key is asked for again; 0: none */
};

/* ---- parked.c */

struct e2ee_released {
    char *room_id, *event_json;
    int64_t parked_ms;
};

/* ---- session_list.c: sessions of others, in lists that are kept as one value each, oldest first */

struct e2ee_session {
    char *user_id, *room_id, *session_id;
    /* Of a key that is withheld from us alone. */
    bool unverified; /* else: for whatever other reason */
    int64_t told_ms; /* when the person was, or would have been; 0: nothing of the session has come yet */
    bool waits;      /* to be told now */
};
struct e2ee_session_list {
    struct e2ee_session *at;
    size_t count, capacity;
};

struct e2ee {
    char *user_id, *device_id;
    unsigned char pickle_key[RATCHET_PICKLE_KEY];
    enum e2ee_share share;
    const struct e2ee_store *store;
    uint64_t seed; /* of the maps */
    bool keys_only;
    bool loaded;

    struct {
        struct ratchet_account *ratchet;
        char curve25519[E2EE_KEY_TEXT], ed25519[E2EE_KEY_TEXT];
        char *device_json; /* our device keys, signed */
        bool published;    /* the server has them */
        bool unpublished;  /* there are one-time keys or a fallback key that the server has not */
        bool ask;          /* the server is to be asked how many one-time keys it has */
        bool under_way;
        bool sent_device;  /* what is under way has the device's keys */
        bool fallback_old; /* the account still holds the fallback key before the present one */
        int64_t fallback_made_ms, asked_ms, retry_ms;
        unsigned failures, refusals;
    } account;

    struct {
        char master[E2EE_KEY_TEXT]; /* the public key that we have proven; "" none */
        enum e2ee_standing standing;
        bool published_again; /* in this process */
    } own;

    struct {
        char version[E2EE_VERSION_MAX]; /* "" none */
        char public[E2EE_KEY_TEXT];
        bool stopped;  /* the server has another one now, or none */
        bool dirty;    /* there may be keys that are not there yet */
        bool doubtful; /* the server is to be asked which backup it has */
        bool under_way;
        unsigned failures;
        int64_t retry_ms;
    } backup;

    struct {
        bool waiting; /* there are master keys to be signed */
        bool under_way;
        unsigned failures, refusals;
        int64_t retry_ms;
    } signing;

    struct {
        VEC(struct e2ee_verification *) all;
        VEC(struct e2ee_said) said;
        uint64_t next_id;
    } verify;

    struct map *tracked; /* user → struct e2ee_tracked */
    unsigned query_failures;
    int64_t query_retry_ms;
    int64_t unasked_query_ms, unasked_claim_ms; /* until when all that was made would have taken: e2ee_unasked_done() */
    uint64_t
        generation; /* grows with each change of a device list, an identity or a session that may concern sharing */
    struct map *signed_cache; /* hash of (key, device) → whether it was signed by that key */
    struct map *unchanged;    /* users whose identity was the pinned one at `unchanged_generation` */
    uint64_t unchanged_generation;

    struct map *claims;    /* "user\ndevice" → struct e2ee_claim */
    struct map *unwedged;  /* curve25519 → struct e2ee_unwedged (olm_wedge.c) */
    struct map *outbounds; /* room → struct e2ee_outbound */
    struct e2ee_inbound *inbound[E2EE_INBOUND_CACHED];
    uint64_t uses;

    VEC(struct e2ee_pending *) pending;
    uint64_t next_id;
    int64_t quiet_until_ms; /* after a reload: a store that fails must not become a flood of requests */

    VEC(struct e2ee_released) released;
    struct e2ee_session_list withheld; /* whose key its owner keeps from us */
    struct e2ee_session_list waiting;  /* whose device we don't know yet */
};

/* ---- machine.c */

int64_t e2ee_unasked_due(int64_t taken_until_ms); /* when the next may be made */
void e2ee_unasked_done(int64_t *taken_until_ms, int64_t now_ms);
int64_t e2ee_delay_ms(unsigned failures, int64_t base_ms, int64_t cap_ms); /* exponential, with jitter */
bool e2ee_is_refusal(int status);  /* our server answered with an error, other than to ask for patience */
bool e2ee_id_good(const char *id); /* not NULL, 1 to 255 bytes, no control characters */
void e2ee_random_hex(struct buf *out);
/* A named value that holds JSON: the caller's; NULL with 0 when there is none or it is not JSON. */
int e2ee_store_json(const struct e2ee_store *store, const char *name, struct json **json, struct err *err);
int e2ee_value_json(struct e2ee *machine, const char *name, struct json **json, struct err *err);

/* ---- sign.c */

/* Whether OBJECT carries a good signature of USER's key KEY under "ed25519:KEY_ID", over its canonical form. */
bool e2ee_signed_by(const struct json *object, const char *user, const char *key_id, const char *key);
/* What of OBJECT (JSON text) is signed. */
void e2ee_signable(struct span object, struct buf *canonical);
struct e2ee_signature {
    const char *key_id; /* without "ed25519:"; lent */
    char text[88];
};
/* Writes OBJECT, which has no signatures yet, with those of USER added. */
void e2ee_sign_with(struct span object, const char *user, const struct e2ee_signature *signatures, size_t count,
                    struct buf *out);
struct e2ee_signature e2ee_own_signature(struct e2ee *machine, struct span object);
/* Writes OBJECT with our device's signature added. */
void e2ee_sign(struct e2ee *machine, struct span object, struct buf *out);
bool e2ee_curve25519_text_good(const char *key);
bool e2ee_ed25519_text_good(const char *key);

/* ---- account.c */

int e2ee_account_load(struct e2ee *machine, int64_t now_ms, struct err *err);
void e2ee_account_unload(struct e2ee *machine);
int e2ee_account_save(struct e2ee *machine, struct err *err);
int e2ee_account_sync(struct e2ee *machine, const struct e2ee_sync *sync, struct err *err);
struct e2ee_pending *e2ee_account_request(struct e2ee *machine, int64_t now_ms);
int e2ee_account_answered(struct e2ee *machine, const struct json *response, struct err *err);
int e2ee_account_failed(struct e2ee *machine, int status, int64_t now_ms, struct err *err);
/* DEVICES: our own, as the server shows them. -1: it has others than ours under our name, or the store failed. */
int e2ee_account_shown(struct e2ee *machine, const struct json *devices, struct err *err);

/* ---- devices.c */

void e2ee_device_release(struct e2ee_device *device);
void e2ee_devices_release(struct e2ee_devices *devices);
int e2ee_devices_load(struct e2ee *machine, struct err *err);
void e2ee_devices_unload(struct e2ee *machine);
int e2ee_devices_track(struct e2ee *machine, const char *user_id, struct err *err);
int e2ee_devices_sync(struct e2ee *machine, const struct json *lists, struct err *err);
int e2ee_devices_refresh(struct e2ee *machine, const char *user_id, struct err *err); /* if the user is followed */
/* Whether the list of USER_ID is followed, and no query is due. */
bool e2ee_devices_current(const struct e2ee *machine, const char *user_id);
/* Whether a message must still wait for the list of USER_ID. */
bool e2ee_devices_wait(struct e2ee *machine, const char *user_id, int64_t now_ms);
/* A device of USER_ID was seen that is not in the list: follows the user, or asks again (not more than every 5 min). */
int e2ee_devices_unknown(struct e2ee *machine, const char *user_id, int64_t now_ms, struct err *err);
/* All of a user, tombstones too. */
int e2ee_devices_of(struct e2ee *machine, const char *user_id, struct e2ee_devices *devices, struct err *err);
/* The device of USER_ID with these keys (ED25519 may be NULL: any), living first: 1, 0 or -1. DEVICE may be NULL. */
int e2ee_devices_find(struct e2ee *machine, const char *user_id, const char *curve25519, const char *ed25519,
                      struct e2ee_device *device, struct err *err);
int e2ee_devices_by_id(struct e2ee *machine, const char *user_id, const char *device_id, struct e2ee_device *device,
                       struct err *err);
struct e2ee_pending *e2ee_devices_request(struct e2ee *machine, int64_t now_ms);
int e2ee_devices_answered(struct e2ee *machine, const struct e2ee_pending *query, const struct json *response,
                          int64_t now_ms, struct err *err);
void e2ee_devices_failed(struct e2ee *machine, const struct e2ee_pending *query, int status, int64_t now_ms);
int64_t e2ee_devices_due(const struct e2ee *machine); /* -1: nothing waits for its time */

/* ---- identity.c */

struct e2ee_identity {
    char master[E2EE_KEY_TEXT], self_signing[E2EE_KEY_TEXT]; /* "" none */
    bool verified;                                           /* people have compared it */
    bool changed;                                            /* the server shows another one than the pinned */
    char seen[E2EE_KEY_TEXT];                                /* that one's master key; "" none that is good */
};
/* The public key of a cross-signing key object of USER_ID that is made for USAGE ("master"); NULL when it is none. */
const char *e2ee_identity_key(const struct json *object, const char *user_id, const char *usage);
/* The same, of an object that the master key MASTER has signed. */
const char *e2ee_identity_chained(const struct json *object, const char *user_id, const char *usage,
                                  const char *master);
/* What /keys/query said of a user; pins on first use. */
int e2ee_identity_update(struct e2ee *machine, const char *user_id, const struct json *master,
                         const struct json *self_signing, struct err *err);
int e2ee_identity_get(struct e2ee *machine, const char *user_id, struct e2ee_identity *identity, struct err *err);
/* Whether the pinned identity had signed this device before the server showed another one: 1, 0, -1. */
int e2ee_identity_vouches(struct e2ee *machine, const char *user_id, const char *device_id, struct err *err);
/* People have compared the master key that the server shows now: it is pinned. 1, 0 it is another one, -1. */
int e2ee_identity_verify(struct e2ee *machine, const char *user_id, const char *master, struct err *err);
/* The pinned master key as the server gave it, the caller's: 1, 0, -1. */
int e2ee_identity_master(struct e2ee *machine, const char *user_id, struct json **master, struct err *err);
bool e2ee_identity_signed(struct e2ee *machine, const struct e2ee_identity *identity, const struct e2ee_device *device);

/* ---- own.c */

int e2ee_own_load(struct e2ee *machine, struct err *err);
int e2ee_own_read(const struct e2ee_store *store, char master[E2EE_KEY_TEXT], struct err *err); /* "" none is proven */
/* Whether MASTER may be the identity of USER_ID as far as we have proven: any but our own account's. *PROVEN: it is
 * that. */
bool e2ee_own_is(const struct e2ee *machine, const char *user_id, const char *master, bool *proven);
/* The list of our own devices was answered: logs what the operator should know. */
int e2ee_own_check(struct e2ee *machine, struct err *err);

/* ---- signing.c: other users' master keys, signed by our identity */

int e2ee_signing_load(struct e2ee *machine, struct err *err);
/* Whether KEY opens the key that signs others: 1, 0 there is none, -1. */
int e2ee_signing_fits(const struct e2ee_store *store, const unsigned char *key, struct err *err);
int e2ee_signing_drop(struct e2ee *machine, struct err *err);
int e2ee_signing_rekey(const struct e2ee_store *store, const unsigned char *from, const unsigned char *to,
                       struct err *err);
/* The master key of USER_ID was verified; to be signed, if we can. */
int e2ee_signing_want(struct e2ee *machine, const char *user_id, const char *master, struct err *err);
struct e2ee_pending *e2ee_signing_request(struct e2ee *machine, int64_t now_ms);
int e2ee_signing_answered(struct e2ee *machine, const struct e2ee_pending *pending, const struct json *response,
                          struct err *err);
int e2ee_signing_failed(struct e2ee *machine, const struct e2ee_pending *pending, int status, int64_t now_ms,
                        struct err *err);
int64_t e2ee_signing_due(const struct e2ee *machine);

/* ---- verify.c */

int e2ee_verify_load(struct e2ee *machine, int64_t now_ms, struct err *err);
void e2ee_verify_unload(struct e2ee *machine);

/* ---- olm.c, olm_send.c, olm_wedge.c */

/* Who an Olm message is from, as its payload proved. */
struct e2ee_origin {
    const char *sender, *curve25519, *ed25519;
    const char *device_id; /* "" when the device is not in the sender's list (yet) */
    int64_t now_ms;
};
int e2ee_olm_receive(struct e2ee *machine, const struct json *event, int64_t now_ms, struct err *err);
int e2ee_olm_save(struct e2ee *machine, struct ratchet_session *session, const char *curve25519, int64_t created_ms,
                  int64_t used_ms, struct err *err);
/* Drops the sessions with CURVE25519 beyond those used last. */
int e2ee_olm_prune(struct e2ee *machine, const char *curve25519, struct err *err);
int e2ee_olm_has(struct e2ee *machine, const char *curve25519, struct err *err); /* 1, 0, -1 */
/* Writes the content of an m.room.encrypted to-device event for DEVICE; 0 when there is no session. */
int e2ee_olm_encrypt(struct e2ee *machine, const struct e2ee_device *device, const char *type, struct span content,
                     struct buf *out, struct err *err);

struct e2ee_unwedged {
    char *user_id, *device_id;
    int64_t at_ms;
    bool done; /* the m.dummy was sent */
};
int e2ee_wedge_load(struct e2ee *machine, struct err *err);
void e2ee_wedge_unload(struct e2ee *machine);
/* A message of this device could not be decrypted: a new session is made, at most once an hour. */
int e2ee_wedge_mend(struct e2ee *machine, const struct e2ee_device *device, int64_t now_ms, struct err *err);
/* There is a new session: sends the m.dummy. */
int e2ee_wedge_mended(struct e2ee *machine, const struct e2ee_device *device, struct err *err);

/* ---- claims.c */

void e2ee_claims_unload(struct e2ee *machine);
struct e2ee_claim *e2ee_claims_want(struct e2ee *machine, const char *user_id, const char *device_id);
void e2ee_claims_drop(struct e2ee *machine, const char *user_id, const char *device_id); /* it is gone */
/* A session with this device is needed: true when the caller should wait. Else NO_KEY_UNTIL is when it is worth asking
 * again. */
bool e2ee_claims_wait(struct e2ee *machine, const struct e2ee_device *device, int64_t now_ms, int64_t *no_key_until);
struct e2ee_pending *e2ee_claims_request(struct e2ee *machine, int64_t now_ms);
int e2ee_claims_answered(struct e2ee *machine, const struct e2ee_pending *claim, const struct json *response,
                         int64_t now_ms, struct err *err);
void e2ee_claims_failed(struct e2ee *machine, const struct e2ee_pending *claim, int status, int64_t now_ms);
int64_t e2ee_claims_due(const struct e2ee *machine);

/* ---- backup.c */

int e2ee_backup_load(struct e2ee *machine, struct err *err);
void e2ee_backup_note(struct e2ee *machine); /* there is a new room key */
struct e2ee_pending *e2ee_backup_request(struct e2ee *machine, int64_t now_ms);
int64_t e2ee_backup_due(const struct e2ee *machine);
int e2ee_backup_keys_answered(struct e2ee *machine, const struct e2ee_pending *pending, struct err *err);
void e2ee_backup_keys_failed(struct e2ee *machine, int status, int64_t now_ms);
int e2ee_backup_version_answered(struct e2ee *machine, const struct json *response, int64_t now_ms, struct err *err);
int e2ee_backup_version_failed(struct e2ee *machine, int status, int64_t now_ms, struct err *err);

/* ---- megolm_in.c; megolm_open.c has none */

/* A copy of ROW, with its ratchet (NULL: it can't be read). */
struct e2ee_inbound *e2ee_inbound_of_row(const struct e2ee *machine, const struct e2ee_inbound_row *row);
void e2ee_inbound_free(struct e2ee_inbound *inbound); /* NULL is fine */
/* 1 with *INBOUND (lent by the cache until the next call), 0 not there, -1. */
int e2ee_inbound_get(struct e2ee *machine, const char *room_id, const char *session_id, struct e2ee_inbound **inbound,
                     struct err *err);
/* From now on a restored session is USER's, whose event it opened first. */
int e2ee_inbound_bind(struct e2ee *machine, struct e2ee_inbound *inbound, const char *user, struct err *err);
int e2ee_megolm_key(struct e2ee *machine, const struct e2ee_origin *origin, const struct json *content,
                    struct err *err);
/* A key from the backup, as it was exported, with what stands beside it there: nobody vouches for it. 1 taken, 0 there
 * is a better one, or it is none. */
struct e2ee_restoring {
    const char *room_id, *session_id, *curve25519, *ed25519, *exported;
};
int e2ee_megolm_restore(struct e2ee *machine, const struct e2ee_restoring *restoring, struct err *err);
/* The inbound side of our own new session. */
int e2ee_megolm_own(struct e2ee *machine, const struct e2ee_outbound *outbound, int64_t now_ms, struct err *err);
void e2ee_megolm_unload(struct e2ee *machine);

/* ---- megolm_out.c */

/* The session of the room, from the cache or the store; NULL in *OUTBOUND when there is none. */
int e2ee_outbound_open(struct e2ee *machine, const char *room_id, struct e2ee_outbound **outbound, struct err *err);
int e2ee_outbound_make(struct e2ee *machine, const char *room_id, int64_t now_ms, struct e2ee_outbound **outbound,
                       struct err *err);
bool e2ee_outbound_worn(const struct e2ee_outbound *outbound, const struct e2ee_room *room, int64_t now_ms);
void e2ee_outbound_unload(struct e2ee *machine);

/* ---- session_list.c */

int e2ee_sessions_load(struct e2ee *machine, const char *value, struct e2ee_session_list *list, struct err *err);
int e2ee_sessions_save(struct e2ee *machine, const char *value, const struct e2ee_session_list *list, struct err *err);
void e2ee_sessions_release(struct e2ee_session_list *list);
/* Copies the ids; the others are 0. */
struct e2ee_session *e2ee_sessions_add(struct e2ee_session_list *list, const char *user_id, const char *room_id,
                                       const char *session_id);
struct e2ee_session *e2ee_sessions_find(const struct e2ee_session_list *list, const char *user_id, const char *room_id,
                                        const char *session_id); /* NULL: not there */
void e2ee_sessions_drop(struct e2ee_session_list *list, size_t index);

/* ---- parked.c */

int e2ee_park(struct e2ee *machine, const char *room_id, const char *session_id, const struct json *event,
              int64_t now_ms, struct err *err);
/* The key is here, the device of USER_ID is not. */
int e2ee_park_for_device(struct e2ee *machine, const char *user_id, const char *room_id, const char *session_id,
                         const struct json *event, int64_t now_ms, struct err *err);
int e2ee_parked_release(struct e2ee *machine, const char *room_id, const char *session_id, struct err *err);
int e2ee_parked_release_user(struct e2ee *machine, const char *user_id, struct err *err);
int e2ee_parked_load(struct e2ee *machine, struct err *err);
void e2ee_parked_unload(struct e2ee *machine);

/* ---- withheld.c */

int e2ee_withheld_load(struct e2ee *machine, struct err *err);
void e2ee_withheld_unload(struct e2ee *machine);
int e2ee_withheld_receive(struct e2ee *machine, const struct json *event, int64_t now_ms, struct err *err);
/* An event of USER_ID waits for the key of its session. */
int e2ee_withheld_parked(struct e2ee *machine, const char *user_id, const char *room_id, const char *session_id,
                         int64_t now_ms, struct err *err);

/* ---- requests.c */

struct e2ee_pending *e2ee_pending_add(struct e2ee *machine, enum e2ee_request_kind kind, const char *path,
                                      struct buf *body, bool priority);
/* Queues BODY, kept until the server has accepted it. MARK groups requests: see e2ee_requests_marked(). */
int e2ee_requests_to_device(struct e2ee *machine, const char *mark, const char *event_type, struct buf *body,
                            struct err *err);
bool e2ee_requests_marked(const struct e2ee *machine, const char *mark);
int e2ee_requests_load(struct e2ee *machine, struct err *err);
void e2ee_requests_unload(struct e2ee *machine); /* those under way become orphans */
void e2ee_requests_free(struct e2ee *machine);

#endif
