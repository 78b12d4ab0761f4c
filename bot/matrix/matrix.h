/*
 * The Matrix transport: an ordinary account on a homeserver. Events in, messages out. Knows rooms, encryption and the
 * outbox; knows nothing of training.
 */
#ifndef BOT_MATRIX_MATRIX_H
#define BOT_MATRIX_MATRIX_H

#include "bot/e2ee/e2ee.h"
#include "bot/http/http.h"
#include "bot/loop/loop.h"
#include "bot/matrix/store_port.h"
#include "bot/message.h"
#include "core/base/err.h"

struct matrix;

/* What a person is told because of their keys or rooms; it holds nothing about their training. */
enum matrix_notice {
    MATRIX_IDENTITY_CHANGED, /* the server shows another identity of theirs than the one that we know */
    MATRIX_VERIFICATION,     /* they ask for a verification: the operator has to compare */
    MATRIX_KEY_UNVERIFIED,   /* their client keeps the key of a message from us, since nobody has verified our device */
    MATRIX_KEY_WITHHELD,     /* or for another reason */
    MATRIX_LEFT_BEHIND       /* a room of theirs was upgraded, and we don't get into the one that takes its place */
};

/* What the program does with it. All run inside the batch's transaction, which is committed after the last; -1 rolls it
 * back. */
struct matrix_handler {
    void *arg;
    int (*message)(void *arg, const struct message *message, struct err *err);
    int (*batch_end)(void *arg, int64_t now_ms, struct err *err);
    int (*welcome)(void *arg, const char *room, const char *person, int64_t now_ms, struct err *err);
    void (*rolled_back)(void *arg);
    /* Out of transactions: the first sync was handled; the transport ended for good (credentials, cloned store). */
    void (*ready)(void *arg);
    void (*failed)(void *arg, const struct err *err);
    /* PERSON's profile names TIMEZONE, as it was written there (NULL: none). In a transaction of its own.
     * NULL: profiles aren't looked at. */
    int (*profile)(void *arg, const char *person, const char *timezone, int64_t now_ms, struct err *err);
    /* All of ROOM's members are known, as matrix_people() tells them. A batch's end follows. */
    int (*people)(void *arg, const char *room, int64_t now_ms, struct err *err);
    /* PERSON, a guest, has left: nothing of theirs is kept. */
    int (*forget)(void *arg, const char *person, struct err *err);
    /* MESSAGE, if there is one, was not taken for what it says: its sender is told why, openly. */
    int (*notice)(void *arg, const struct message *message, enum matrix_notice notice, struct err *err);
    /* The same, from a device that the identity which we know had signed: 1 when the message confirms the new one. */
    int (*confirms)(void *arg, const struct message *message, struct err *err);
    /* The room TO has taken FROM's place, as both of them say: what belongs to the one is the other's. */
    int (*moved)(void *arg, const char *from, const char *to, struct err *err);
};

/* A command does one thing with the account and is done: it follows no rooms, and sends nothing that waits. */
enum matrix_task { MATRIX_SERVE, MATRIX_BOOTSTRAP, MATRIX_VERIFY, MATRIX_REBUILD, MATRIX_DOCTOR, MATRIX_LOGIN };

/* How a command ended well. */
struct matrix_trusted {
    const char *user, *device;
    const char *identity;       /* the public master key */
    bool was_signed;            /* the device, before */
    const char *removed, *left; /* ids of old devices of ours, a blank between: removed; could not be. "" none */
    size_t restored;            /* room keys from the key backup */
};
/* How MATRIX_REBUILD ended. */
struct matrix_rebuilt {
    size_t rooms;
    size_t refused;    /* of those: the homeserver doesn't show them */
    size_t cut;        /* of those: not back to their beginning, there was too much */
    size_t messages;   /* of others than us, whatever they were */
    size_t unreadable; /* of those: without a key, or forged */
};
/* What MATRIX_DOCTOR looked at, in this order. It writes nothing that matters: give it a copy of the store. */
enum matrix_check {
    MATRIX_CHECK_HOMESERVER,
    MATRIX_CHECK_CLOCK,
    MATRIX_CHECK_LOGIN,
    MATRIX_CHECK_DEVICE,
    MATRIX_CHECK_IDENTITY,
    MATRIX_CHECK_BACKUP,
    MATRIX_CHECK_ONE_TIME_KEYS,
    MATRIX_CHECK_MESSAGE,
    MATRIX_CHECKS
};
struct matrix_finding {
    enum matrix_check check;
    bool good;
    const char *what; /* what is there; or what is wrong, and what to do */
};
/* MATRIX_LOGIN: where a person lets us in. Printable ASCII, all of it. */
struct matrix_page {
    const char *url, *code;
    const char *whole_url; /* with the code in it; NULL: none */
    int64_t lasts_ms;
};
struct matrix_trust {
    enum matrix_task task;
    const char
        *recovery_key; /* as it stands in its file; NULL: there is none (serving, rebuilding: nothing is signed) */
    /* MATRIX_BOOTSTRAP: writes a new one to its file, durably, before anything is told to the server. */
    int (*keep)(void *arg, const char *recovery_key, struct err *err);
    void (*done)(void *arg, const struct matrix_trusted *trusted);    /* may be NULL */
    void (*rebuilt)(void *arg, const struct matrix_rebuilt *rebuilt); /* MATRIX_REBUILD */
    /* MATRIX_DOCTOR: each finding, and NULL at the end. What can't be asked for since something before it is wrong is
     * left out. */
    void (*found)(void *arg, const struct matrix_finding *finding);
    /* MATRIX_LOGIN: it waits for that (without a password or a token to log in by), and how it ended well. */
    void (*open_page)(void *arg, const struct matrix_page *page);
    void (*logged_in)(void *arg, const char *user, const char *device);
    void *arg;
};

struct matrix_options {
    struct loop *loop;
    const struct matrix_store *store;
    const struct e2ee_store *e2ee_store;
    struct matrix_handler handler;
    const unsigned char *pickle_key; /* 32 bytes; seals the access token too */
    const char *homeserver;          /* URL; NULL: by .well-known of USER */
    const char *user;                /* "@spotter:example.org" */
    const char *password;            /* NULL: none; then MATRIX_LOGIN asks a person, and all else needs a session */
    const char *access_token;        /* NULL: none */
    const char *device_id;           /* with access_token; checked against /whoami */
    bool appservice; /* that token is an application service's; device_id may be NULL: then there is one of our own */
    const char *ca_file;
    const char *const *allow;   /* patterns with '*'; NULL-terminated, as all of these; NULL: nobody */
    const char *const *ghosts;  /* whom a bridge speaks for: guests */
    const char *const *bridged; /* rooms where they are heard elsewhere */
    enum e2ee_share share;
    const struct offer *offers; /* the commands that clients are told of, lent for life */
    size_t offer_count;
    struct matrix_trust trust;
};

/* Whether KEY opens the session that the store holds: 1, 0 there is none, -1 it doesn't, or the store failed. */
int matrix_key_fits(const struct matrix_store *store, const unsigned char key[32], struct err *err);
/* What FROM opens of the session is sealed under TO, within the caller's transaction, while there is no transport. */
int matrix_rekey(const struct matrix_store *store, const unsigned char from[32], const unsigned char to[32],
                 struct err *err);

struct matrix *matrix_new(const struct matrix_options *options, struct err *err);
void matrix_free(struct matrix *matrix);
/* Discovery, login if the store has no session, keys, then sync for ever; or the command. Returns at once. */
void matrix_start(struct matrix *matrix);
/* Within a transaction: EACH is called for whoever is in ROOM, ourselves left out, until it returns something else than
 * 0. */
int matrix_people(struct matrix *matrix, const char *room, int (*each)(void *arg, const char *user, const char *name),
                  void *arg, struct err *err);
/* Within a transaction: the direct room with PERSON is added to ROOM: 1, 0 there is none, -1. */
int matrix_private_room(struct matrix *matrix, const char *person, struct buf *room, struct err *err);
/*
 * Verification by people: by emoji, or by a code of ours that the other side scans. A watch waits for USER to ask for
 * one, tells how it goes, and is the only one who can say what people say. A code is offered while somebody waits to
 * show it (BY_CODE); whether it or emoji are used is for the other side to choose. TOLD is called from the loop, or
 * from matrix_verify().
 */
enum { MATRIX_EMOJI = 7 };
enum matrix_verification_stage {
    MATRIX_VERIFICATION_WAITS,   /* nobody has asked yet, or the machines are talking */
    MATRIX_VERIFICATION_CODE,    /* BY_CODE: CODE is there to be scanned */
    MATRIX_VERIFICATION_SCANNED, /* it was; matrix_verify_answer(), whether their client took it, is awaited */
    MATRIX_VERIFICATION_COMPARE, /* EMOJI are there: matrix_verify_answer(), whether they are the same, is awaited */
    MATRIX_VERIFICATION_DONE,    /* the last */
    MATRIX_VERIFICATION_OVER     /* likewise: it came to nothing */
};
struct matrix_verification {
    enum matrix_verification_stage stage;
    const char *device;                                   /* theirs; "" not known yet */
    struct span code;                                     /* CODE: bytes to be drawn as a QR code */
    const char *emoji[MATRIX_EMOJI], *sign[MATRIX_EMOJI]; /* English names as in the specification, and the emoji */
    const char *identity;                                 /* DONE: their master key; "" only the device was verified */
    const char *reason;                                   /* OVER */
};
struct matrix_watch;
struct matrix_watch *matrix_verify(struct matrix *matrix, const char *user, bool by_code,
                                   void (*told)(void *arg, const struct matrix_verification *verification), void *arg);
void matrix_verify_answer(struct matrix_watch *watch, bool yes);
void matrix_verify_end(struct matrix_watch *watch); /* nobody is told any more; NULL is fine */

/* The outbox may have new rows (something was said outside a sync). */
void matrix_outbox_ready(struct matrix *matrix);
/* The homeserver doesn't answer. */
bool matrix_is_away(const struct matrix *matrix);
/* How much more may be said unasked now: what is beyond that had better wait where it is. */
size_t matrix_outbox_room(const struct matrix *matrix);

#endif
