/*
 * A backup that takes the store's place.
 */
#include "bot/store/restore.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bot/store/backup.h"
#include "bot/store/copy.h"
#include "bot/store/file.h"
#include "bot/store/inside.h"
#include "core/base/mem.h"

enum { NAME_MAXIMUM = 8192, READERS_MS = 5 * 1000 };

struct store_restore {
    char *path; /* behind symbolic links */
    int lock;
    struct copy copy;
    struct store *store; /* on the copy's database */
};

/* ---- the copy */

static int copy_backup(struct store_restore *restore, const char *backup, struct err *err)
{
    char *part = file_beside(restore->path, ".restore");
    sqlite3 *from = NULL;
    int result = copy_source(backup, &from, err);

    if (result == 0)
        result = backup_identify(from, err);
    if (result == 0)
        result = copy_begin(&restore->copy, part, from, err);
    sqlite3_close(from);
    free(part);
    return result;
}

static int open_copy(struct store_restore *restore, struct err *err)
{
    restore->store = store_new();
    restore->store->db = restore->copy.db;
    return store_adopt(restore->store, err);
}

struct store_restore *store_restore_new(const char *path, struct err *err)
{
    struct store_restore *restore = mem_zero(1, sizeof(*restore));

    restore->copy.fd = restore->lock = -1;
    restore->path = file_lock(path, &restore->lock, err);
    if (restore->path != NULL)
        return restore;
    store_restore_free(restore);
    return NULL;
}

bool store_restore_replaces(const struct store_restore *restore)
{
    return access(restore->path, F_OK) == 0;
}

int store_restore_read(struct store_restore *restore, const char *backup, struct err *err)
{
    if (copy_backup(restore, backup, err) == 0 && open_copy(restore, err) == 0)
        return 0;
    return err_context(err, "the backup %s", backup);
}

struct store *store_restore_store(struct store_restore *restore)
{
    return restore->store;
}

int store_restore_forget(struct store_restore *restore, struct store_forgotten *forgotten, struct err *err)
{
    return replaced_forget(restore->store, restore->path, forgotten, err);
}

int store_restore_count(struct store_restore *restore, struct store_contents *contents, struct err *err)
{
    return backup_count(restore->copy.db, contents, err);
}

/* What is prepared on the copy's database, which is the copy's to close. */
static void let_go(struct store_restore *restore)
{
    if (restore->store == NULL)
        return;
    store_rollback(restore->store);
    query_cache_release(&restore->store->cache);
    free(restore->store);
    restore->store = NULL;
}

void store_restore_free(struct store_restore *restore)
{
    if (restore == NULL)
        return;
    let_go(restore);
    copy_drop(&restore->copy);
    file_unclaim(restore->lock);
    free(restore->path);
    free(restore);
}

/* ---- its place */

static bool has(const char *path, const char *suffix)
{
    char *name = file_beside(path, suffix);
    bool there = access(name, F_OK) == 0;

    free(name);
    return there;
}

/* The store at PATH becomes one file, its log a part of it: 1; 0 where it is too damaged for that; -1 somebody reads
 * it.
 */
static int fold(const char *path, struct err *err)
{
    sqlite3 *db = NULL;
    int code = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_busy_timeout(db, READERS_MS);
    if (code == SQLITE_OK)
        code = sqlite3_exec(db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
    sqlite3_close(db);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return err_set(err, ERR_STORE, "%s is being read, by a backup or export: try again after it", path);
    return !has(path, "-wal") && !has(path, "-journal");
}

/* What belongs to a store: its own file first, since what is beside it alone opens as nothing. */
static const char *const suffixes[] = {"", "-wal", "-journal"};

static int move_all(const char *path, const char *name, struct err *err)
{
    int result = 0;

    for (size_t i = 0; i < ARRAY_LENGTH(suffixes) && result == 0; i++) {
        char *from = file_beside(path, suffixes[i]), *to = file_beside(name, suffixes[i]);

        if (access(from, F_OK) == 0)
            result = file_place(from, to, err);
        free(from);
        free(to);
    }
    return result;
}

/* What there is of the store NAME is told. */
static bool tell(const char *name, struct buf *kept)
{
    for (size_t i = 0; i < ARRAY_LENGTH(suffixes); i++)
        if (has(name, suffixes[i]))
            return kept == NULL || buf_addf(kept, "%s%s", name, suffixes[i]) == 0;
    return false;
}

/* One that is free: there may be several of a second. */
static void kept_name(const char *path, struct buf *name)
{
    char date[32];
    time_t now = time(NULL);
    struct tm utc;

    strftime(date, sizeof(date), "%Y%m%d-%H%M%S", gmtime_r(&now, &utc));
    buf_addf(name, "%s.replaced-%s", path, date);
    for (int number = 2; tell(buf_text(name), NULL); number++) {
        buf_clear(name);
        buf_addf(name, "%s.replaced-%s-%d", path, date, number);
    }
}

/* The new file takes the old one's name in one step where the file system lets a file have two names for a moment. */
static int take_place(const struct store_restore *restore, const char *name, struct err *err)
{
    const char *path = restore->path;
    const int folded = access(path, F_OK) == 0 ? fold(path, err) : 0;
    char *memory;
    int result;

    if (folded < 0)
        return -1;
    if (folded == 1 && link(path, name) == 0) {
        result = file_replace(restore->copy.part, path, err);
    } else {
        result = move_all(path, name, err);
        if (result == 0)
            result = file_place(restore->copy.part, path, err);
        if (result != 0)
            move_all(name, path, NULL); /* what was moved stands where it stood */
    }
    memory = file_beside(path, "-shm");
    if (result == 0)
        file_remove(memory);
    free(memory);
    return result;
}

int store_restore_place(struct store_restore *restore, struct buf *kept, struct err *err)
{
    struct buf name = BUF_INIT(NAME_MAXIMUM);
    int result;

    let_go(restore);
    result = copy_end(&restore->copy, err);
    if (result == 0)
        result = file_hand_over(restore->copy.fd, restore->path, err);
    kept_name(restore->path, &name);
    if (result == 0)
        result = take_place(restore, buf_text(&name), err);
    if (result == 0)
        tell(buf_text(&name), kept);
    buf_release(&name);
    return result;
}
