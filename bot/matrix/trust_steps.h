/*
 * The steps of trust.c, which are in files by subject; what they know, and what they hand on. Not for others.
 */
#ifndef BOT_MATRIX_TRUST_STEPS_H
#define BOT_MATRIX_TRUST_STEPS_H

#include "bot/e2ee/cross.h"
#include "bot/loop/backoff.h"
#include "bot/matrix/inside.h"
#include "core/base/buf.h"
#include "core/base/vec.h"

struct mx_trust {
    struct matrix *matrix;
    enum matrix_task task;
    struct mx_call *call;
    struct loop_timer *timer;    /* begins again */
    struct loop_timer *deadline; /* of a command */
    struct backoff backoff;
    const struct mx_step *step; /* at which the walk is */
    bool begun;
    bool bootstrap_begun; /* by an earlier run, which chose KEY_ID */

    /* What the server has. */
    struct e2ee_shown shown;
    char *default_key;        /* id of the secret storage's key; NULL none */
    struct json *description; /* of the key KEY_ID; NULL none */
    bool stored[E2EE_CROSS_SECRETS];
    bool has_backup;
    char *backup_version;
    char backup_shown[CRYPTO_KEY_TEXT]; /* its public key; "" when it has none */
    bool backup_signed;                 /* by the identity, or by a device that it has signed */
    struct json *shown_answer;          /* what SHOWN was read from */

    /* What is ours. */
    char *key_id;
    unsigned char storage_key[CRYPTO_KEY];
    struct e2ee_cross cross;

    char *ui_session;        /* of an interactive authentication; NULL: none begun */
    bool ui_sent;            /* the password was */
    bool looked, was_signed; /* when it was looked at first */
    VEC(char *) rooms;       /* where the account is, for their keys in the backup; ROOM of them are done */
    size_t room;
    size_t restored;          /* room keys that were taken */
    struct buf old_devices;   /* JSON texts of ids, a comma between */
    struct buf removed, left; /* ids for the report, a blank between */
};

struct mx_asking {
    const char *method; /* a literal */
    struct buf path, body;
    size_t maximum; /* bytes of the answer; 0: MX_ANSWER_MAX */
};

enum mx_taken {
    MX_TAKEN, /* the next step */
    MX_AGAIN, /* the same once more */
    MX_LATER, /* all from the beginning, after a while */
    MX_OVER,  /* nothing is left to do */
    MX_FAILED /* for good: `err` */
};

#define MX_BOOTSTRAP_VALUE                                                                                             \
    "bootstrap_key" /* the storage key's id of a bootstrap that was begun; "" none is under way */

/* Says what to ask; false: there is nothing. */
typedef bool mx_ask(struct mx_trust *trust, struct mx_asking *asking);
/* The server's answer, of any status below 500. */
typedef enum mx_taken mx_take(struct mx_trust *trust, const struct mx_answer *answer, struct err *err);

enum {
    IN_BOOTSTRAP = 1 << MATRIX_BOOTSTRAP,
    IN_VERIFY = 1 << MATRIX_VERIFY,
    IN_SERVE = 1 << MATRIX_SERVE,
    IN_REBUILD = 1 << MATRIX_REBUILD
};
struct mx_step {
    unsigned tasks;            /* in which it is done */
    enum e2ee_cross_key which; /* of the secrets, where it is about one */
    mx_ask *ask;               /* NULL: it asks for nothing, and TAKE decides, without an answer */
    mx_take *take;
};

/* A failure for good, with the server's own words. */
enum mx_taken mx_trust_refused(const struct mx_answer *answer, const char *what, struct err *err);

/* ---- trust_storage.c */

mx_ask mx_trust_ask_default_key, mx_trust_ask_description, mx_trust_ask_secret, mx_trust_put_description,
    mx_trust_put_secret, mx_trust_put_default_key, mx_trust_put_enabled;
mx_take mx_trust_take_default_key, mx_trust_take_description, mx_trust_make_key, mx_trust_unlock, mx_trust_take_secret,
    mx_trust_was_put;

/* ---- trust_identity.c */

mx_ask mx_trust_ask_shown, mx_trust_ask_backup, mx_trust_publish, mx_trust_sign, mx_trust_make_backup;
mx_take mx_trust_take_shown, mx_trust_take_backup, mx_trust_compare, mx_trust_published, mx_trust_signed,
    mx_trust_made_backup, mx_trust_confirm;

/* ---- trust_backup.c: the room keys that the key backup holds */

mx_ask mx_trust_ask_rooms, mx_trust_ask_room_keys;
mx_take mx_trust_keep, mx_trust_take_rooms, mx_trust_take_room_keys;
/* The walk is given so much time again: a command that gets on is no command that hangs. */
void mx_trust_gets_on(struct mx_trust *trust);

/* ---- trust_devices.c: old devices of our own, and what the server wants before it changes things */

mx_ask mx_trust_ask_devices, mx_trust_remove_devices;
mx_take mx_trust_take_devices, mx_trust_removed;
/* Interactive authentication (Client-Server API, "User-Interactive Authentication"): adds the password to BODY, an
 * object without its last brace, once the server has asked for it, and the brace. */
void mx_trust_write_auth(const struct mx_trust *trust, struct buf *body);
/* Of a 401: MX_AGAIN when the password will do, else MX_FAILED with what the operator has to do. */
enum mx_taken mx_trust_authenticate(struct mx_trust *trust, const struct mx_answer *answer, const char *what,
                                    struct err *err);
void mx_trust_authenticated(struct mx_trust *trust);

#endif
