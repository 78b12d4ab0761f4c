/*
 * A homeserver in memory and the machines that talk through it. Lies when told to.
 */
#ifndef TESTS_UNIT_BOT_E2EE_WORLD_H
#define TESTS_UNIT_BOT_E2EE_WORLD_H

#include "bot/e2ee/e2ee.h"
#include "bot/e2ee/ratchet.h"
#include "core/base/vec.h"
#include "tests/unit/bot/e2ee/memory_store.h"

#define ROOM "!gym:example.org"
#define WORLD_KEY "a key of thirty-two bytes, tests" /* of each client's pickles, unless it gets another */

typedef VEC(char *) text_list;

struct client {
    struct world *world;
    const char *user, *device;
    enum e2ee_share share;
    bool keys_only;
    unsigned char pickle_key[32];
    bool everyone; /* what it says is for every device */
    bool shared_history;
    int64_t rotation_messages, rotation_ms; /* of every room; 0: it says nothing */
    struct memory_store *store;
    struct e2ee *machine;
    text_list inbox; /* to-device events that the server holds */
    text_list changed, left;
    bool stopped;       /* asks for nothing */
    const char *counts; /* what sync says in place of the truth */
};

struct published {
    char *user, *device, *keys; /* keys: JSON */
    text_list one_time_ids, one_time_keys;
    char *fallback_id, *fallback_key;
    bool fallback_used;
};

struct identity {
    const char *user;
    struct ratchet_account *master, *self_signing; /* used to sign alone */
    char *master_json, *self_signing_json;
};

struct world {
    int64_t now_ms;
    VEC(struct client *) clients;
    VEC(struct published) devices;
    VEC(struct identity) identities;
    text_list transactions, members;
    long requests[E2EE_REQUEST_KINDS]; /* answered, by kind */
    int status[E2EE_REQUEST_KINDS];    /* not 0: the answer to each request of the kind */
    const char *failing_user;          /* whose server does not answer queries and claims */
    const char *poison_user;           /* a query for whom is answered with 500 */
    char *lie[E2EE_REQUEST_KINDS];     /* JSON answered in place of the truth, once */
    long next_event;
    char *backup_version, *backup_key; /* the newest key backup; NULL none */
    VEC(struct json *) backed_up;      /* bodies that it took */
    char *signatures;                  /* the last body with signatures of other users' keys; NULL none */
};

struct world *world_new(void);
void world_free(struct world *world);
struct client *world_add(struct world *world, const char *user, const char *device, enum e2ee_share share);
void world_settle(struct world *world); /* until no machine asks and no inbox holds anything */
struct published *world_published(struct world *world, const char *user, const char *device);
void world_log_out(struct world *world, const char *user, const char *device);
void world_announce(struct world *world, const char *user); /* `changed` for everyone at the next sync */
void world_member(struct world *world, const char *user);
void world_member_gone(struct world *world, const char *user);

/* Cross-signing. */
struct identity *world_identity(struct world *world, const char *user);
void world_sign_device(struct world *world, const struct identity *identity, const char *device);
/* Signs OBJECT (JSON) for USER with ACCOUNT's key under its own name, or under "ed25519:KEY_ID". */
char *world_signed(const char *object, const char *user, const char *key_id, struct ratchet_account *account);

void client_begin(struct client *client);
void client_end(struct client *client, int rc); /* commits, or rolls back and reloads */
void client_restart(struct client *client);
void client_run(struct client *client); /* its requests, until it has none */
int client_try_sync(struct client *client);
void client_sync(struct client *client);
enum e2ee_readiness client_try_prepare(struct client *client, const char *room);
void client_prepare(struct client *client, const char *room);                 /* until it is ready */
char *client_seal(struct client *client, const char *room, const char *text); /* a whole event */
char *client_send(struct client *client, const char *room, const char *text); /* prepares and seals */
enum e2ee_verdict client_open(struct client *client, const char *room, const char *event, struct err *err);
/* Opens EVENT and asserts that it says TEXT. */
void client_reads(struct client *client, const char *event, const char *text);
void client_refuses(struct client *client, const char *event);
void client_parks(struct client *client, const char *event);

/* Which Megolm session EVENT is sealed with: the caller's. */
char *world_session_of(const char *event);

#endif
