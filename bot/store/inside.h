/*
 * The store from inside: what its files share. Nobody else includes this.
 */
#ifndef BOT_STORE_INSIDE_H
#define BOT_STORE_INSIDE_H

#include <sqlite3.h>
#include <stdbool.h>

#include "bot/store/query.h"
#include "bot/store/store.h"

struct store {
    sqlite3 *db;
    int lock; /* the lock file; -1 in memory */
    struct query_cache cache;
    bool in_transaction;
    bool wipes;  /* somebody was forgotten: their bytes go after the commit */
    char *path;  /* of the file; NULL in memory */
    bool failed; /* a statement of this transaction failed: it can't be committed */
    struct coach_store coach;
    struct e2ee_store e2ee;
    struct matrix_store matrix;
    struct irc_store irc;
};

/* One without a database; and whose database, which is open, is made ready: checked, at the newest schema. */
struct store *store_new(void);
int store_adopt(struct store *store, struct err *err);

/* Each aggregate puts its functions into the port. */
void lifters_install(struct coach_store *port);
void inputs_install(struct coach_store *port);
void actions_install(struct coach_store *port);
void sets_install(struct coach_store *port);
void jobs_install(struct coach_store *port);
void checkins_install(struct coach_store *port);
void groups_install(struct coach_store *port);
void instructions_install(struct coach_store *port);
void forget_install(struct coach_store *port);
void plans_install(struct coach_store *port);
void said_install(struct coach_store *port);
void say_install(struct coach_store *coach, struct matrix_store *matrix);
void outbox_install(struct matrix_store *port);
void merge_install(struct coach_store *port);
void move_install(struct coach_store *port);
void link_install(struct link_store *port);
void part_install(struct link_store *port);
void irc_install(struct irc_store *port, const struct matrix_store *matrix);
void rooms_install(struct matrix_store *port);
void olm_install(struct e2ee_store *port);
void megolm_install(struct e2ee_store *port);
void devices_install(struct e2ee_store *port);
void pickles_install(struct e2ee_store *port);

/* Everything that is LIFTER's is INTO's; what INTO has of the same name stays, and the rest where it was. */
int merge_move(struct store *store, int64_t lifter, int64_t into, struct err *err);

/* ACTION stands no more, or again: what it said holds no more, or again. */
int said_follow(struct store *store, int64_t action, struct err *err);

/* Takes away the stores that a restore put aside, of those that LIFTER is in. */
void replaced_drop(struct store *store, int64_t lifter);
struct store_forgotten;
/* Within a transaction: whom the store at PATH, which STORE is to replace, has forgotten is forgotten in STORE. 0 or
 * -1.
 */
int replaced_forget(struct store *store, const char *path, struct store_forgotten *forgotten, struct err *err);

/* After a commit: whoever was forgotten in it leaves no bytes in the file and its log. */
void forget_wipe(struct store *store);

#endif
