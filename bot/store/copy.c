/*
 * Copies of a whole database.
 */
#include "bot/store/copy.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bot/store/check.h"
#include "bot/store/file.h"
#include "core/base/mem.h"

/* As long as somebody recovers the log, which comes after a crash alone. */
enum { BUSY_MS = 10 * 1000 };

static int fail(const struct copy *copy, struct err *err)
{
    return err_set(err, ERR_STORE, "%s: %s", copy->part, sqlite3_errmsg(copy->db));
}

int copy_pages(sqlite3 *from, sqlite3 *to, struct err *err)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    int code = SQLITE_NOMEM;

    if (backup != NULL) {
        code = sqlite3_backup_step(backup, -1);
        sqlite3_backup_finish(backup);
    }
    if (code == SQLITE_DONE && sqlite3_errcode(to) == SQLITE_OK)
        return 0;
    return err_set(err, ERR_STORE, "%s", code == SQLITE_DONE ? sqlite3_errmsg(to) : sqlite3_errstr(code));
}

/* What was the store itself, and not a backup of it, is read by means of files beside it. */
static bool needs_writing(sqlite3 *db)
{
    int code = sqlite3_exec(db, "PRAGMA schema_version", NULL, NULL, NULL) & 0xff;

    return code == SQLITE_READONLY || code == SQLITE_CANTOPEN;
}

/* What isn't a file could keep whoever opens it waiting for ever. */
int copy_source(const char *path, sqlite3 **db, struct err *err)
{
    struct stat about;
    int code;

    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode))
        return err_set(err, ERR_STORE, "it is no file");
    code = sqlite3_open_v2(path, db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_busy_timeout(*db, BUSY_MS);
    if (code == SQLITE_OK && !needs_writing(*db))
        return 0;
    if (code == SQLITE_OK)
        err_set(err, ERR_STORE,
                "it can't be read where nothing can be written beside it: copy it to another folder, with its -wal");
    else
        err_set(err, ERR_STORE, "it can't be opened: %s", sqlite3_errmsg(*db));
    sqlite3_close(*db);
    *db = NULL;
    return -1;
}

/* Whether the file of STATE is the one that FROM is read from. */
static bool is_source(sqlite3 *from, const struct stat *state)
{
    const char *path = sqlite3_db_filename(from, "main");
    struct stat source;

    return path != NULL && stat(path, &source) == 0 && source.st_ino == state->st_ino && source.st_dev == state->st_dev;
}

static int claim(struct copy *copy, sqlite3 *from, struct err *err)
{
    struct stat ours;

    copy->fd = file_open_part(copy->part, err);
    if (copy->fd < 0)
        return -1;
    if (fstat(copy->fd, &ours) == 0 && is_source(from, &ours))
        err_set(err, ERR_STORE, "%s is what is copied, and would be written: rename it", copy->part);
    else if (file_empty_part(copy->fd, copy->part, err) == 0)
        return 0;
    close(copy->fd); /* it isn't ours to remove */
    copy->fd = -1;
    return -1;
}

static void remove_beside(const struct copy *copy)
{
    static const char *const suffixes[] = {"-journal", "-wal", "-shm"};

    for (size_t i = 0; i < ARRAY_LENGTH(suffixes); i++) {
        char *name = file_beside(copy->part, suffixes[i]);

        file_remove(name);
        free(name);
    }
}

int copy_begin(struct copy *copy, const char *part, sqlite3 *from, struct err *err)
{
    /* The log's mode, which the copy has from FROM, would need files beside it. */
    static const char settings[] = "PRAGMA locking_mode = EXCLUSIVE;"
                                   "PRAGMA journal_mode = DELETE;"
                                   "PRAGMA synchronous = FULL;"
                                   "PRAGMA secure_delete = ON;"
                                   "PRAGMA temp_store = MEMORY;";

    *copy = (struct copy){.part = mem_strdup(part), .fd = -1};
    if (claim(copy, from, err) < 0)
        return -1;
    remove_beside(copy);
    if (sqlite3_open_v2(part, &copy->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return fail(copy, err);
    if (copy_pages(from, copy->db, err) < 0)
        return err_context(err, "%s", part);
    return sqlite3_exec(copy->db, settings, NULL, NULL, NULL) == SQLITE_OK ? 0 : fail(copy, err);
}

int copy_end(struct copy *copy, struct err *err)
{
    if (check_integrity(copy->db, true, err) < 0 || check_references(copy->db, err) < 0)
        return err_context(err, "%s", copy->part);
    if (sqlite3_close(copy->db) != SQLITE_OK)
        return fail(copy, err);
    copy->db = NULL;
    if (fsync(copy->fd) != 0)
        return err_set(err, ERR_STORE, "%s: %s", copy->part, strerror(errno));
    return 0;
}

void copy_drop(struct copy *copy)
{
    sqlite3_close(copy->db);
    if (copy->fd >= 0) {
        file_remove(copy->part);
        remove_beside(copy);
        close(copy->fd);
    }
    free(copy->part);
}
