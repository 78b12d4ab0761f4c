/*
 * A copy of the store in a file of its own.
 */
#include "bot/store/backup.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "bot/store/check.h"
#include "bot/store/copy.h"
#include "bot/store/file.h"
#include "bot/store/migrate.h"

int backup_count(sqlite3 *db, struct store_contents *contents, struct err *err)
{
    int64_t pages = 0, size = 0;

    if (check_number(db, "PRAGMA user_version", &contents->schema, err) < 0 ||
        check_number(db, "SELECT count(*) FROM lifter", &contents->lifters, err) < 0 ||
        check_number(db, "SELECT count(*) FROM live_set", &contents->sets, err) < 0 ||
        check_number(db, "PRAGMA page_count", &pages, err) < 0 || check_number(db, "PRAGMA page_size", &size, err) < 0)
        return -1;
    contents->bytes = pages * size;
    return 0;
}

int backup_identify(sqlite3 *db, struct err *err)
{
    int64_t version = 0;
    int newest;

    migrate_steps(&newest);
    if (check_schema(db, newest, &version, err) < 0)
        return -1;
    if (check_is_cut_off(db))
        return err_set(err, ERR_STORE, "it is damaged: its end is missing");
    return version != 0 ? 0 : err_set(err, ERR_STORE, "it is empty: no store of Spotter's");
}

/* What is called TARGET is whole. */
static int write_copy(sqlite3 *from, const char *target, struct store_contents *contents, struct err *err)
{
    struct copy copy;
    char *part = file_beside(target, ".part");
    int result = copy_begin(&copy, part, from, err);

    if (result == 0)
        result = backup_count(copy.db, contents, err);
    if (result == 0)
        result = copy_end(&copy, err);
    if (result == 0)
        result = file_place(part, target, err);
    copy_drop(&copy);
    free(part);
    return result;
}

int store_backup(const char *path, const char *target, struct store_contents *contents, struct err *err)
{
    sqlite3 *from = NULL;
    int result = copy_source(path, &from, err);

    if (result == 0)
        result = backup_identify(from, err);
    if (result < 0)
        err_context(err, "the store %s", path);
    else
        result = write_copy(from, target, contents, err);
    sqlite3_close(from);
    return result;
}
