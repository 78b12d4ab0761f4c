/*
 * What the files of this room share: the transport with its parts, and the transaction that they write in.
 */
#ifndef BOT_MATRIX_INSIDE_H
#define BOT_MATRIX_INSIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "bot/matrix/api.h"
#include "bot/matrix/matrix.h"

struct mx_account;
struct mx_describe;
struct mx_doctor;
struct mx_downloads;
struct mx_join;
struct mx_keys;
struct mx_knocks;
struct mx_login;
struct mx_members;
struct mx_profiles;
struct mx_rebuild;
struct mx_rooms;
struct mx_send;
struct mx_sync;
struct mx_trust;
struct mx_verify;

/* What waits for something: reactions for what they are on, events for their file. */
enum mx_kept_list { MX_KEPT_EARLY, MX_KEPT_FILES, MX_KEPT_LISTS };

struct matrix {
    struct matrix_options options; /* strings are ours */
    const struct matrix_store *store;
    unsigned char pickle_key[32];

    /* Set by login, good from then on. */
    char *user_id;
    char *device_id;
    char *server;     /* base URL */
    int64_t login_ms; /* of this device: what was said before is not ours to answer */
    struct e2ee *e2ee;

    struct http *http;
    struct mx_api *api;
    struct mx_login *login;
    struct mx_account *account;
    struct mx_rooms *rooms;
    struct mx_members *members; /* fetches whole member lists */
    struct mx_profiles *profiles;
    struct mx_describe *describe;   /* tells clients of the commands */
    struct mx_downloads *downloads; /* files that people send */
    struct mx_join *join;           /* joins and leaves */
    struct mx_knocks *knocks;
    struct mx_keys *keys;
    struct mx_send *send;
    struct mx_sync *sync;
    struct mx_rebuild *rebuild;
    struct mx_verify *verify;
    struct mx_doctor *doctor;
    struct mx_trust *trust; /* signs this device; NULL: nobody asked for it */

    bool none_kept[MX_KEPT_LISTS]; /* nothing waits there: kept.c; false: it isn't known */
    bool stale;                    /* rolled back: what is cached is ahead of the store until the next mx_begin() */
    bool away;                     /* the homeserver doesn't answer */
    bool failed;
    struct err failure;
    struct loop_timer *failing; /* tells the program from the loop, where it may free us */
};

/*
 * The transaction. After mx_rollback() (also when mx_commit() fails, which includes it) everything cached is read again
 * by the next mx_begin(); the program is told by `rolled_back`.
 */
int mx_begin(struct matrix *matrix, struct err *err);
int mx_commit(struct matrix *matrix, struct err *err);
void mx_rollback(struct matrix *matrix);
/* After a commit, from wherever: replies go first, then what the encryption machine has to ask, then what waits for
 * that. */
void mx_go_on(struct matrix *matrix);

/* Opens the encryption machine for our user and device, and reads what else the store has. -1: rolled back. */
int mx_open_machine(struct matrix *matrix, struct err *err);

/* Whether rooms are followed; else it is a command that only signs. */
bool mx_serves(const struct matrix *matrix);

/* The command MATRIX_REBUILD: what is to be trusted is settled, the history can be read. */
void mx_rebuild_now(struct matrix *matrix);

/* Ends the transport for good: everything stops, and the program is told. */
void mx_fail(struct matrix *matrix, const struct err *err);

/* Reads a value as text: 1 and *VALUE is the caller's, 0 there is none or an empty one, -1. NULL unless 1. */
int mx_value(struct matrix *matrix, const char *name, char **value, struct err *err);
int mx_value_put(struct matrix *matrix, const char *name, const char *text, struct err *err);
/* The same in a transaction of its own. */
int mx_value_keep(struct matrix *matrix, const char *name, const char *text, struct err *err);

#endif
