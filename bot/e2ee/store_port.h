/*
 * What the encryption machine keeps, as a table of functions that a store implements. All writes happen inside the
 * transaction of whoever called the machine. All functions return 0, or -1 with ERR (getters: 1 found, 0 not there,
 * -1). Pickles and sealed blobs are opaque to the store; it never sees a key in the clear. Strings handed to callbacks
 * are lent.
 */
#ifndef BOT_E2EE_STORE_PORT_H
#define BOT_E2EE_STORE_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/span.h"

enum { E2EE_PICKLE_MAX = 512 * 1024 }; /* an account of 100 keys has 10 KiB */

/* Of which kind of session a pickle is. */
enum e2ee_pickle { E2EE_PICKLE_OLM, E2EE_PICKLE_INBOUND, E2EE_PICKLE_OUTBOUND };
/* Adds to BY what takes the place of PICKLE. May not call the store. */
typedef int e2ee_replace(void *arg, enum e2ee_pickle kind, struct span pickle, struct buf *by, struct err *err);

struct e2ee_olm_row {
    const char *session_id;
    const char *their_curve25519;
    struct span pickle;
    int64_t created_ms;
    int64_t used_ms; /* last time it decrypted: sending takes the latest */
};

struct e2ee_inbound_row {
    const char *room_id;
    const char *session_id;
    const char *sender_user;   /* the owner, fixed for good */
    const char *sender_device; /* as proven by the Olm message; "" when restored */
    const char *sender_curve25519;
    const char *sender_ed25519;
    struct span pickle;
    uint32_t first_index;
    bool authenticated; /* false: from a backup or an import */
    int64_t received_ms;
};

struct e2ee_outbound_row {
    const char *room_id;
    const char *session_id;
    struct span pickle;
    int64_t created_ms;
    int64_t messages;
};

struct e2ee_device_row {
    const char *user_id;
    const char *device_id;
    const char *curve25519;
    const char *ed25519;
    const char *keys_json; /* as the server gave it, checked */
    bool deleted;          /* kept, so that its keys can't change under the same id */
};

struct e2ee_parked_row {
    const char *event_id;
    const char *room_id;
    const char *session_id;
    const char *event_json;
    int64_t parked_ms;
};

struct e2ee_store {
    void *self;

    /* Small named values: "account" (pickle), "fallback-made", … */
    int (*value_get)(void *self, const char *name, struct buf *out, struct err *err);
    int (*value_put)(void *self, const char *name, struct span value, struct err *err);

    int (*olm_each)(void *self, const char *their_curve25519, int (*each)(void *arg, const struct e2ee_olm_row *row),
                    void *arg, struct err *err); /* latest used first */
    int (*olm_put)(void *self, const struct e2ee_olm_row *row, struct err *err);
    int (*olm_delete)(void *self, const char *session_id, struct err *err);
    /* Those last used before BEFORE_MS with a key that is no device's any more. */
    int (*olm_expire)(void *self, int64_t before_ms, struct err *err);

    int (*inbound_get)(void *self, const char *room_id, const char *session_id,
                       int (*found)(void *arg, const struct e2ee_inbound_row *row), void *arg, struct err *err);
    int (*inbound_put)(void *self, const struct e2ee_inbound_row *row, struct err *err);
    int (*inbound_each)(void *self, int64_t limit, int (*each)(void *arg, const struct e2ee_inbound_row *row),
                        void *arg, struct err *err); /* whichever, at most LIMIT */
    /* Those that the key backup has not got yet, at most LIMIT. One that is put again is one of them again. */
    int (*unsaved_each)(void *self, int64_t limit, int (*each)(void *arg, const struct e2ee_inbound_row *row),
                        void *arg, struct err *err);
    /* The backup has it, as it was with FIRST_INDEX and AUTHENTICATED: nothing happens if it was put again since. */
    int (*unsaved_done)(void *self, const char *room_id, const char *session_id, uint32_t first_index,
                        bool authenticated, struct err *err);
    int (*unsaved_all)(void *self, struct err *err); /* a new backup is empty */
    /* The replay table: 1 when (session, index) is new or was this very event, 0 when it was another one. */
    int (*replay_check)(void *self, const char *room_id, const char *session_id, uint32_t index, const char *event_id,
                        int64_t sent_ms, struct err *err);

    int (*outbound_get)(void *self, const char *room_id, int (*found)(void *arg, const struct e2ee_outbound_row *row),
                        void *arg, struct err *err);
    int (*outbound_put)(void *self, const struct e2ee_outbound_row *row, struct err *err);
    int (*outbound_delete)(void *self, const char *room_id, struct err *err); /* and whom it was shared with */
    int (*shared_each)(void *self, const char *room_id, const char *session_id,
                       int (*each)(void *arg, const char *user_id, const char *device_id, uint32_t index), void *arg,
                       struct err *err);
    int (*shared_put)(void *self, const char *room_id, const char *session_id, const char *user_id,
                      const char *device_id, uint32_t index, struct err *err);

    /* Users whose device lists are followed; OUTDATED until the next /keys/query answers. */
    int (*tracked_each)(void *self, int (*each)(void *arg, const char *user_id, bool outdated), void *arg,
                        struct err *err);
    int (*tracked_put)(void *self, const char *user_id, bool outdated, struct err *err);
    int (*tracked_delete)(void *self, const char *user_id, struct err *err);
    int (*devices_each)(void *self, const char *user_id, int (*each)(void *arg, const struct e2ee_device_row *row),
                        void *arg, struct err *err);
    int (*device_by_curve25519)(void *self, const char *curve25519,
                                int (*found)(void *arg, const struct e2ee_device_row *row), void *arg, struct err *err);
    int (*device_put)(void *self, const struct e2ee_device_row *row, struct err *err);
    /* A user's cross-signing keys as the server gave them (JSON): pinned on first use. */
    int (*identity_get)(void *self, const char *user_id, struct buf *out, struct err *err);
    int (*identity_put)(void *self, const char *user_id, struct span json, struct err *err);

    int (*parked_put)(void *self, const struct e2ee_parked_row *row, struct err *err);
    int (*parked_each)(void *self, const char *room_id, const char *session_id,
                       int (*each)(void *arg, const struct e2ee_parked_row *row), void *arg, struct err *err);
    int (*parked_delete)(void *self, const char *event_id, struct err *err);
    int (*parked_expire)(void *self, int64_t before_ms, int64_t keep_at_most, struct err *err);

    /* Hashes of Olm messages seen, so that a replay does not start unwedging: 1 new, 0 seen. Oldest fall out beyond
     * 10,000. */
    int (*olm_message_new)(void *self, const char *sha256, struct err *err);

    /* To-device requests that were made and must reach the server (room keys, m.dummy, withheld): kept until
     * acknowledged. */
    int (*request_put)(void *self, const char *txn_id, const char *event_type, const char *body_json, struct err *err);
    int (*request_each)(void *self,
                        int (*each)(void *arg, const char *txn_id, const char *event_type, const char *body_json),
                        void *arg, struct err *err);
    int (*request_delete)(void *self, const char *txn_id, struct err *err);

    int (*pickles_replace)(void *self, e2ee_replace *replace, void *arg, struct err *err); /* each of a session */
};

#endif
