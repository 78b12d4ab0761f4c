/*
 * What a database is and whether it is whole.
 */
#include "bot/store/check.h"

#include <string.h>
#include <sys/stat.h>

enum { APPLICATION = 0x53504f54 }; /* "SPOT" */

static int fail(sqlite3 *db, struct err *err)
{
    return err_set(err, ERR_STORE, "%s", sqlite3_errmsg(db));
}

int check_number(sqlite3 *db, const char *sql, int64_t *value, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return code == SQLITE_ROW || code == SQLITE_DONE ? 0 : fail(db, err);
}

static int each_complaint(void *arg, int columns, char **values, char **names)
{
    bool *damaged = arg;

    (void)names;
    *damaged = columns != 1 || values[0] == NULL || strcmp(values[0], "ok") != 0;
    return 0;
}

bool check_is_cut_off(sqlite3 *db)
{
    const char *path = sqlite3_db_filename(db, "main");
    int64_t size = 0;
    struct stat about;

    return path != NULL && stat(path, &about) == 0 && check_number(db, "PRAGMA page_size", &size, NULL) == 0 &&
           size > 0 && about.st_size % size != 0;
}

int check_integrity(sqlite3 *db, bool whole, struct err *err)
{
    bool damaged = false;
    int code =
        sqlite3_exec(db, whole ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)", each_complaint, &damaged, NULL);

    if (damaged || (code == SQLITE_OK && check_is_cut_off(db)) || (code & 0xff) == SQLITE_CORRUPT)
        return err_set(err, ERR_STORE, "it is damaged: restore a backup");
    return code == SQLITE_OK ? 0 : fail(db, err);
}

int check_references(sqlite3 *db, struct err *err)
{
    int64_t row = -1;

    if (check_number(db, "SELECT 1 FROM pragma_foreign_key_check LIMIT 1", &row, err) < 0)
        return -1;
    return row < 0 ? 0 : err_set(err, ERR_STORE, "rows refer to others that are not there");
}

int check_schema(sqlite3 *db, int newest, int64_t *version, struct err *err)
{
    int64_t application = 0, tables = 0;

    if (check_number(db, "PRAGMA application_id", &application, err) < 0 ||
        check_number(db, "PRAGMA user_version", version, err) < 0 ||
        check_number(db, "SELECT count(*) FROM sqlite_schema", &tables, err) < 0)
        return -1;
    if (application == 0 && *version == 0 && tables == 0)
        return 0;
    if (application != APPLICATION || *version < 1)
        return err_set(err, ERR_STORE, "this is the database of another program");
    if (*version > newest)
        return err_set(err, ERR_STORE,
                       "it was written by a newer spotter (schema %d, this one knows %d): update spotter",
                       (int)*version, newest);
    return 0;
}
