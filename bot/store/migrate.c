/*
 * The schema's history.
 */
#include "bot/store/migrate.h"

#include <stdint.h>
#include <stdlib.h>

#include "bot/log/log.h"
#include "bot/store/check.h"
#include "bot/store/copy.h"
#include "bot/store/file.h"
#include "core/base/buf.h"
#include "core/base/mem.h"
#include "migrations.h"

enum { COPY_PATH_MAXIMUM = 8192 };

const char *const *migrate_steps(int *count)
{
    *count = (int)ARRAY_LENGTH(migrations);
    return migrations;
}

static int fail(sqlite3 *db, struct err *err)
{
    return err_set(err, ERR_STORE, "%s", sqlite3_errmsg(db));
}

static int execute(sqlite3 *db, const char *sql, struct err *err)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : fail(db, err);
}

static int copy_to(sqlite3 *db, const char *path, struct err *err)
{
    sqlite3 *copy = NULL;
    int result = 0;

    if (sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        result = fail(copy, err);
    else
        result = copy_pages(db, copy, err);
    if (result < 0)
        err_context(err, "%s", path);
    if (sqlite3_close(copy) != SQLITE_OK && result == 0)
        result = err_set(err, ERR_STORE, "%s can't be closed", path);
    return result;
}

/* Written under another name first: what is called "before-N" is whole. */
static int copy_before(sqlite3 *db, const char *path, int count, struct err *err)
{
    struct buf copy = BUF_INIT(COPY_PATH_MAXIMUM);
    struct buf part = BUF_INIT(COPY_PATH_MAXIMUM);
    int result = -1;

    buf_addf(&copy, "%s.before-%d", path, count);
    buf_addf(&part, "%s.before-%d.part", path, count);
    if (file_make_anew(buf_text(&part), err) == 0 && copy_to(db, buf_text(&part), err) == 0 &&
        file_replace(buf_text(&part), buf_text(&copy), err) == 0)
        result = 0;
    else
        err_context(err, "the store can't be copied before its migration");
    if (result == 0)
        log_info("store-copied", LOG_STR("to", buf_text(&copy)));
    buf_release(&copy);
    buf_release(&part);
    return result;
}

void migrate_drop_copies(const char *path)
{
    struct buf copy = BUF_INIT(COPY_PATH_MAXIMUM);

    for (int count = 2; count <= (int)ARRAY_LENGTH(migrations); count++) {
        buf_clear(&copy);
        buf_addf(&copy, "%s.before-%d", path, count);
        if (file_remove(buf_text(&copy)))
            log_info("store-copy-removed", LOG_STR("path", buf_text(&copy)));
        buf_adds(&copy, ".part");
        file_remove(buf_text(&copy));
    }
    buf_release(&copy);
}

static int step(sqlite3 *db, const char *sql, int version, struct err *err)
{
    char number[48];

    sqlite3_snprintf(sizeof(number), number, "PRAGMA user_version = %d", version);
    if (execute(db, "BEGIN IMMEDIATE", err) == 0 && execute(db, sql, err) == 0 && execute(db, number, err) == 0 &&
        check_references(db, err) == 0 && execute(db, "COMMIT", err) == 0)
        return 0;
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL); /* fails when there is no transaction any more: as wanted */
    return err_context(err, "migration %d", version);
}

int migrate(sqlite3 *db, const char *path, const char *const *steps, int count, struct err *err)
{
    int64_t version = 0;
    int result = 0;

    if (check_schema(db, count, &version, err) < 0)
        return -1;
    if (version > 0 && version < count && path != NULL && copy_before(db, path, count, err) < 0)
        return -1;
    /* Tables are rebuilt by drop and rename (sqlite.org/lang_altertable.html): references are checked after each step.
     */
    if (execute(db, "PRAGMA foreign_keys = OFF", err) < 0)
        return -1;
    while (result == 0 && version < count) {
        result = step(db, steps[version], (int)version + 1, err);
        version++;
    }
    return result < 0 ? -1 : execute(db, "PRAGMA foreign_keys = ON", err);
}
