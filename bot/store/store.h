/*
 * The embedded store: SQLite in WAL mode, one writer, one file with mode 0600 that is locked against a second instance.
 * Implements the ports of coach, e2ee, matrix and irc.
 *
 * Everything that writes needs a transaction (without one it is a bug). Where `each` returns something else than 0 the
 * walk stops and returns that; where `found` does, the getter returns -1. They may call the store again. Reading works
 * at any time.
 */
#ifndef BOT_STORE_STORE_H
#define BOT_STORE_STORE_H

#include "bot/coach/store_port.h"
#include "bot/e2ee/store_port.h"
#include "bot/irc/store_port.h"
#include "bot/matrix/store_port.h"
#include "core/base/err.h"

struct store;

/* Before anything else of the store is used: one thread uses it, and nobody asks how much memory it has, so that it
 * neither locks nor counts. */
void store_library(void);

/* PATH NULL: in memory. Makes or migrates the schema, checks integrity; refuses a newer schema and a store in use. */
struct store *store_open(const char *path, struct err *err);
/* A copy in memory of the store at PATH, which may be in use: what is done to it is done to nobody. NULL: it isn't
 * there, can't be read, is damaged, or is of a newer schema. */
struct store *store_copy(const char *path, struct err *err);
void store_close(struct store *store);

struct store_contents {
    int64_t schema, lifters, sets, bytes;
};
/* Writes the store at PATH, which may be in use and goes on meanwhile, to TARGET, a new file of mode 0600 that is
 * whole, checked and synced when it has that name. */
int store_backup(const char *path, const char *target, struct store_contents *contents, struct err *err);

const struct coach_store *store_coach(struct store *store);
const struct e2ee_store *store_e2ee(struct store *store);
const struct matrix_store *store_matrix(struct store *store);
const struct irc_store *store_irc(struct store *store);

/* One at a time. After a failed statement commit fails too; a commit that fails has rolled back. Rolling back nothing
 * is fine. */
int store_begin(struct store *store, struct err *err);
int store_commit(struct store *store, struct err *err);
void store_rollback(struct store *store);

/* CHANGE in a transaction of its own: 0, or -1 with ERR and nothing has changed. */
int store_change(struct store *store, int (*change)(void *arg, struct err *err), void *arg, struct err *err);

/* How many sets hold, and how many of them by keys from a backup (message.h: unproven). */
int store_count_sets(struct store *store, int64_t *sets, int64_t *unproven, struct err *err);

/* Around the playing of a history, each in a transaction of its own: lifters whom the store has met on Matrix since the
 * present device logged in, and not before, are set aside; what was played then becomes a part of their logs. Killed in
 * between, the next opening of the store puts them back. */
int store_set_aside(struct store *store, struct err *err);
int store_put_back(struct store *store, struct err *err);

/* Takes what waits in the outbox for TRANSPORT (not "matrix"), in order, and removes it: for the console and the
 * player. */
int store_outbox_take(struct store *store, const char *transport,
                      int (*each)(void *arg, const struct matrix_outbox_row *row), void *arg, struct err *err);
/* Check-ins of FROM that were due by DUE_BY_MS become due on TO, for whoever has a private chat there, too. How many;
 * -1.
 */
int store_due_elsewhere(struct store *store, const char *from, const char *to, int64_t due_by_ms, struct err *err);
/* The same of the check-in that waits as ROW of the outbox, unless it may have been said where it is. REFUSED: it was
 * not. 1, 0 it stays, -1. */
int store_say_elsewhere(struct store *store, int64_t row, const char *to, bool refused, struct err *err);
/* The bytes of the file that goes with row ID, added to OUT: 1, 0 there is none, -1. */
int store_outbox_file(struct store *store, int64_t id, struct buf *out, struct err *err);

#endif
