/*
 * Opening and closing the store, and its transactions.
 */
#include "bot/store/store.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "bot/store/check.h"
#include "bot/store/copy.h"
#include "bot/store/file.h"
#include "bot/store/inside.h"
#include "bot/store/migrate.h"
#include "core/base/mem.h"

/* Another program that reads the file may hold up a write for this long: the event loop waits meanwhile. */
enum { BUSY_MS = 250 };

static int fail(struct store *store, struct err *err)
{
    return err_set(err, ERR_STORE, "%s", sqlite3_errmsg(store->db));
}

/* What a file may not make the program do, however it was made. */
static int harden(struct store *store)
{
    static const int switches[][2] = {{SQLITE_DBCONFIG_DEFENSIVE, 1},
                                      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                      {SQLITE_DBCONFIG_DQS_DML, 0},
                                      {SQLITE_DBCONFIG_DQS_DDL, 0},
                                      {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}};

    for (size_t i = 0; i < ARRAY_LENGTH(switches); i++)
        if (sqlite3_db_config(store->db, switches[i][0], switches[i][1], NULL) != SQLITE_OK)
            return -1;
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_busy_timeout(store->db, BUSY_MS);
    return 0;
}

/* FULL: a commit is synced when it returns, since ratchets may never go back. Each setting is of this connection. */
static int configure(struct store *store, struct err *err)
{
    static const char settings[] = "PRAGMA cell_size_check = ON;"
                                   "PRAGMA journal_mode = WAL;"
                                   "PRAGMA synchronous = FULL;"
                                   "PRAGMA wal_autocheckpoint = 1000;"
                                   "PRAGMA journal_size_limit = 4194304;"
                                   "PRAGMA cache_size = -1024;"
                                   "PRAGMA secure_delete = ON;"
                                   "PRAGMA temp_store = MEMORY;";

    return sqlite3_exec(store->db, settings, NULL, NULL, NULL) == SQLITE_OK ? 0 : fail(store, err);
}

static int open_database(struct store *store, const char *path, struct err *err)
{
    const char *const *steps;
    int count;

    if (sqlite3_open_v2(path != NULL ? path : ":memory:", &store->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        return fail(store, err);
    if (harden(store) < 0)
        return fail(store, err);
    steps = migrate_steps(&count);
    /* In this order, so that a file that is refused stays as it was. */
    if (check_integrity(store->db, false, err) < 0 || migrate(store->db, path, steps, count, err) < 0)
        return -1;
    return configure(store, err);
}

static void install(struct store *store)
{
    store->coach.self = store->e2ee.self = store->matrix.self = store->irc.self = store;
    lifters_install(&store->coach);
    inputs_install(&store->coach);
    actions_install(&store->coach);
    sets_install(&store->coach);
    plans_install(&store->coach);
    said_install(&store->coach);
    jobs_install(&store->coach);
    checkins_install(&store->coach);
    groups_install(&store->coach);
    instructions_install(&store->coach);
    forget_install(&store->coach);
    say_install(&store->coach, &store->matrix);
    outbox_install(&store->matrix);
    rooms_install(&store->matrix);
    merge_install(&store->coach);
    move_install(&store->coach);
    link_install(&store->coach.link);
    part_install(&store->coach.link);
    irc_install(&store->irc, &store->matrix);
    olm_install(&store->e2ee);
    megolm_install(&store->e2ee);
    devices_install(&store->e2ee);
    pickles_install(&store->e2ee);
}

void store_library(void)
{
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

struct store *store_new(void)
{
    struct store *store = mem_zero(1, sizeof(*store));

    store->lock = -1;
    install(store);
    return store;
}

int store_adopt(struct store *store, struct err *err)
{
    const char *const *steps;
    int count;

    if (harden(store) < 0)
        return fail(store, err);
    steps = migrate_steps(&count);
    if (check_integrity(store->db, false, err) < 0)
        return -1;
    return migrate(store->db, NULL, steps, count, err);
}

struct store *store_open(const char *path, struct err *err)
{
    struct store *store = store_new();
    char *real = NULL;

    if (path != NULL && (real = file_claim(path, &store->lock, err)) == NULL)
        goto error;
    if (open_database(store, real, err) < 0 || store_put_back(store, err) < 0) { /* a rebuild may have been killed */
        if (path != NULL)
            err_context(err, "the store %s", path);
        goto error;
    }
    store->path = real;
    /* Killed before they were wiped, the log may still hold bytes of those who were forgotten. */
    store->wipes = true;
    forget_wipe(store);
    return store;
error:
    free(real);
    store_close(store);
    return NULL;
}

/* The bytes of FROM, as they are at this moment. */
static int open_copy(struct store *store, sqlite3 *from, struct err *err)
{
    if (sqlite3_open_v2(":memory:", &store->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return fail(store, err);
    if (copy_pages(from, store->db, err) < 0)
        return err_context(err, "it can't be read");
    return store_adopt(store, err);
}

struct store *store_copy(const char *path, struct err *err)
{
    struct store *store = store_new();
    sqlite3 *from = NULL;
    int result = copy_source(path, &from, err);

    if (result == 0)
        result = open_copy(store, from, err);
    sqlite3_close(from);
    if (result == 0)
        return store;
    err_context(err, "the store %s", path);
    store_close(store);
    return NULL;
}

void store_close(struct store *store)
{
    int closed;

    if (store == NULL)
        return;
    store_rollback(store);
    query_cache_release(&store->cache);
    closed = sqlite3_close(store->db); /* moves the log into the file */
    BUG_IF(closed != SQLITE_OK);       /* a statement was left open */
    file_unclaim(store->lock);
    free(store->path);
    free(store);
}

const struct coach_store *store_coach(struct store *store)
{
    return &store->coach;
}

const struct e2ee_store *store_e2ee(struct store *store)
{
    return &store->e2ee;
}

const struct matrix_store *store_matrix(struct store *store)
{
    return &store->matrix;
}

const struct irc_store *store_irc(struct store *store)
{
    return &store->irc;
}

int store_begin(struct store *store, struct err *err)
{
    struct query query;

    BUG_IF(store->in_transaction);
    store->in_transaction = true;
    query_open(&query, store, "BEGIN IMMEDIATE", err);
    if (query_run(&query) < 0)
        store->in_transaction = false;
    store->failed = false;
    return store->in_transaction ? 0 : -1;
}

int store_commit(struct store *store, struct err *err)
{
    struct query query;
    int result;

    BUG_IF(!store->in_transaction);
    /* After some errors SQLite has rolled back by itself: what came later would be committed without what came before.
     */
    if (store->failed || sqlite3_get_autocommit(store->db)) {
        store_rollback(store);
        return err_set(err, ERR_STORE, "the store: an earlier failure took the transaction back");
    }
    query_open(&query, store, "COMMIT", err);
    result = query_run(&query);
    if (result < 0)
        store_rollback(store);
    store->in_transaction = false;
    if (result == 0)
        forget_wipe(store);
    return result;
}

void store_rollback(struct store *store)
{
    struct query query;

    if (!store->in_transaction)
        return;
    if (!sqlite3_get_autocommit(store->db)) {
        query_open(&query, store, "ROLLBACK", NULL);
        query_run(&query);
    }
    store->in_transaction = false;
    store->failed = false;
}

int store_change(struct store *store, int (*change)(void *arg, struct err *err), void *arg, struct err *err)
{
    if (store_begin(store, err) < 0)
        return -1;
    if (change(arg, err) == 0)
        return store_commit(store, err);
    store_rollback(store);
    return -1;
}
