/*
 * End-to-end encryption as a machine without I/O: sync data goes in, requests and plaintexts come out. It owns the
 * device's keys, the Olm and Megolm sessions, the device lists and who got which room key. Whoever drives it wraps each
 * call in a transaction (the same one as the rest of the batch) and performs its requests only after that transaction
 * was committed.
 *
 * The account's own identity, secret storage and verification have headers of their own: cross.h, secrets.h, verify.h.
 */
#ifndef BOT_E2EE_E2EE_H
#define BOT_E2EE_E2EE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/e2ee/store_port.h"
#include "bot/json/json.h"
#include "core/base/buf.h"
#include "core/base/err.h"

struct e2ee;

enum e2ee_share { E2EE_SHARE_SIGNED, E2EE_SHARE_STRICT, E2EE_SHARE_ALL };

struct e2ee_options {
    const char *user_id;
    const char *device_id;
    const unsigned char *pickle_key; /* 32 bytes, copied, cleansed by e2ee_free() */
    enum e2ee_share share;
    const struct e2ee_store *store; /* lent for the machine's life */
    bool keys_only; /* offers no request but the upload of its own keys: for a command that follows no rooms */
};

/* Loads the account from the store, or makes one (the caller's transaction). NULL with ERR: pickle key wrong, store
 * broken. */
struct e2ee *e2ee_new(const struct e2ee_options *options, int64_t now_ms, struct err *err);
void e2ee_free(struct e2ee *machine);
void e2ee_fingerprint(const struct e2ee *machine, char ed25519[44]);

/* What makes a new device of a store: it may be the backup itself. */
#define E2EE_RENEW "spotter restore --config FILE PATH-OF-THE-STORE --replace"

/* Whether the store has a device's keys: 1, 0, -1 it can't be read. */
int e2ee_has_account(const struct e2ee_store *store);
/* Whether KEY opens what the store holds: 1, 0 there is nothing to open, -1 it doesn't, or the store failed. */
int e2ee_key_fits(const struct e2ee_store *store, const unsigned char key[32], struct err *err);
/* Everything that FROM opens is sealed under TO, within the caller's transaction, while there is no machine. */
int e2ee_rekey(const struct e2ee_store *store, const unsigned char from[32], const unsigned char to[32],
               struct err *err);

/* The parts of one /sync response that are ours; each may be NULL. */
struct e2ee_sync {
    const struct json *to_device;    /* the array of events */
    const struct json *device_lists; /* {"changed": […], "left": […]} */
    const struct json *one_time_key_counts;
    const struct json *unused_fallback_key_types;
    int64_t now_ms;
};
/* -1 only for errors of the store: a bad event costs itself alone, and is logged. */
int e2ee_receive_sync(struct e2ee *machine, const struct e2ee_sync *sync, struct err *err);
/* After a first or a reset sync: every tracked list is outdated. */
int e2ee_devices_outdated(struct e2ee *machine, struct err *err);

enum e2ee_verdict {
    E2EE_PLAIN,   /* `content` and `type` are good */
    E2EE_PARKED,  /* the key is not here yet: kept, released when it comes */
    E2EE_REFUSED, /* forged, replayed, moved, malformed: `err` says why; logged by the caller */
    E2EE_FAILED   /* the store */
};
struct e2ee_plain {
    struct json *payload;       /* {"type","content","room_id"}: the caller's, json_free() */
    const char *type;           /* lent by payload */
    const struct json *content; /* lent by payload */
    bool sender_device_trusted; /* signed by its owner's identity */
    /* The server shows another identity of the sender than the pinned one: whether that one had signed the device. */
    bool sender_changed, sender_device_vouched;
    bool unproven; /* opened by a key from the backup: whoever can write there may have made it (e2ee_decrypt_again) */
};
/* EVENT is a whole m.room.encrypted event of ROOM_ID. */
enum e2ee_verdict e2ee_decrypt(struct e2ee *machine, const char *room_id, const struct json *event, int64_t now_ms,
                               struct e2ee_plain *plain, struct err *err);

/* The same for an event that was read again from the history of its room, oldest first: nothing is parked, and keys
 * from the backup open it too. What a live event may not be is marked: plain->unproven. */
enum e2ee_verdict e2ee_decrypt_again(struct e2ee *machine, const char *room_id, const struct json *event,
                                     struct e2ee_plain *plain, struct err *err);

/* Parked events whose key or device has come since, oldest first: true with a copy in JSON text (the caller frees
 * both). They are no longer in the store: whoever commits what released them handles them first. */
bool e2ee_has_released(const struct e2ee *machine);
bool e2ee_next_released(struct e2ee *machine, char **room_id, char **event_json);

/* Somebody whose event is parked has said that its key is kept from us: true with whom to tell where (the caller frees
 * both), once for each session, and not more than once an hour for each person in a room. UNVERIFIED: since nobody has
 * verified this device, else for another reason. Within the transaction that brought either. */
bool e2ee_next_withheld(struct e2ee *machine, char **room_id, char **user_id, bool *unverified);

struct e2ee_room {
    const char *room_id;
    int64_t rotation_messages; /* from m.room.encryption; 0: 100. Clamped */
    int64_t rotation_ms;       /* 0: a week. Clamped */
    const char *const *users;  /* joined, and invited where the history visibility says so; our own user included */
    size_t user_count;
    bool shared_history; /* the history visibility is shared or world_readable: said with the key */
    /* For what holds nothing that is secret, and must be read where nobody is trusted yet: every device of theirs gets
     * the key. What is said after it goes by another one. */
    bool everyone;
};
enum e2ee_readiness {
    E2EE_READY,   /* e2ee_encrypt() may be called now: every device that should have the key has been sent it */
    E2EE_WAITING, /* requests were queued; ask again when one of them is done */
    E2EE_NOT      /* the store failed: `err` */
};
enum e2ee_readiness e2ee_prepare(struct e2ee *machine, const struct e2ee_room *room, int64_t now_ms, struct err *err);
/* To be called directly after E2EE_READY. The content of an m.room.encrypted event; the advanced ratchet is in the
 * store when the caller commits. RELATES_TO: outer copy, may be empty. */
int e2ee_encrypt(struct e2ee *machine, const char *room_id, const char *type, struct span content_json,
                 struct span relates_to_json, struct buf *out, struct err *err);
/* The room key is not to be used again: somebody left, or the visibility changed. */
int e2ee_rotate(struct e2ee *machine, const char *room_id, struct err *err);

enum e2ee_request_kind {
    E2EE_KEYS_UPLOAD,
    E2EE_KEYS_QUERY,
    E2EE_KEYS_CLAIM,
    E2EE_SEND_TO_DEVICE,
    E2EE_BACKUP_KEYS,
    E2EE_BACKUP_VERSION,
    E2EE_SIGNATURES,
    E2EE_REQUEST_KINDS
};
struct e2ee_request {
    uint64_t id;
    enum e2ee_request_kind kind;
    const char *method; /* "POST", "PUT", "GET" */
    const char *path;   /* "/_matrix/client/v3/keys/upload" */
    const char *body;   /* JSON */
    bool priority;      /* a reply waits for it */
};
/* The next request that is not under way; lent until it is done (a reload leaves it). NULL: none. NOW holds the limits
 * of repetition. */
const struct e2ee_request *e2ee_next_request(struct e2ee *machine, int64_t now_ms);
/* RESPONSE is NULL unless STATUS is 200. -1 with another class than ERR_STORE: the server refuses our keys again and
 * again, since it has others under this device id (a store that was cloned or rolled back). Failed ones are offered
 * again after a delay that the machine keeps (e2ee_next_due). */
int e2ee_request_done(struct e2ee *machine, uint64_t id, int status, const struct json *response, int64_t now_ms,
                      struct err *err);
/* When a request that waits for its time will be offered; -1: none waits. */
int64_t e2ee_next_due(const struct e2ee *machine);

/* The server shows another cross-signing identity of the user than the one that is pinned: their devices get no keys.
 */
bool e2ee_identity_changed(struct e2ee *machine, const char *user_id);
/* The new one is pinned in place of the old: 1 done, 0 none was waiting, -1. */
int e2ee_identity_accept(struct e2ee *machine, const char *user_id, struct err *err);

/* How our own account stands, as the server showed it last. */
enum e2ee_standing {
    E2EE_STANDING_UNKNOWN,  /* it has not shown it yet */
    E2EE_STANDING_ALONE,    /* there is no identity */
    E2EE_STANDING_UNSIGNED, /* there is one, and it has not signed this device */
    E2EE_STANDING_MISSING,  /* there is one, and this device isn't among the account's */
    E2EE_STANDING_CHANGED,  /* it is another one than was pinned, or proven */
    E2EE_STANDING_SIGNED
};
enum e2ee_standing e2ee_standing(const struct e2ee *machine);
bool e2ee_is_published(const struct e2ee *machine); /* the server has taken our device's keys */
/* The account's identity was proven to be ours by its private key (cross.h): from now on no other one is. MASTER is its
 * public master key. */
int e2ee_own_prove(struct e2ee *machine, const char *master, struct err *err);
const char *e2ee_own_master(const struct e2ee *machine); /* the one that was proven; "" none */

/* Room keys go to this backup from now on. PUBLIC_KEY was derived from the private key in the account's secret storage:
 * no other backup is ever taken in its place. */
int e2ee_backup_use(struct e2ee *machine, const char *version, const char *public_key, struct err *err);

/*
 * Takes the room keys of ROOM_ID that the backup holds: SESSIONS is {session id: KeyBackupData}, PRIVATE what opens
 * them. Whoever knows the public key can write there, so they open what e2ee_decrypt_again() is given, and no live
 * event, until their owner's device has sent the same session itself. None takes the place of a better one. What is
 * malformed costs itself. -1 only for the store.
 */
struct e2ee_restored {
    size_t taken, left; /* left: a better one is here, or it is none */
};
int e2ee_backup_restore(struct e2ee *machine, const unsigned char private[32], const char *room_id,
                        const struct json *sessions, struct e2ee_restored *restored, struct err *err);

/* How the key backup stands, as far as we know: VERSION "" none is used; STOPPED: the server has another one, or none;
 * WAITING: room keys that it has not got (counted up to a thousand). */
struct e2ee_backup_state {
    const char *version, *public_key; /* lent */
    bool stopped;
    size_t waiting;
};
int e2ee_backup_state(struct e2ee *machine, struct e2ee_backup_state *state, struct err *err);

/* Seals a message to this device as a stranger would, and opens it. Uses a one-time key up: on a copy of the store. */
int e2ee_self_test(struct e2ee *machine, struct err *err);

/* After a transaction was rolled back what is cached may be ahead of the store: forget it and read again. */
int e2ee_reload(struct e2ee *machine, int64_t now_ms, struct err *err);

#endif
