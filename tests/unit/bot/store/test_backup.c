/*
 * Copies of the store in a file of their own: what was committed and nothing else, beside whoever writes; whole when it
 * has its name, or not there.
 */
#include "tests/unit/unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bot/store/inside.h"
#include "bot/store/migrate.h"
#include "tests/unit/bot/store/backend.h"

static void name(const struct backend *b, const char *file, char *path, size_t size)
{
    snprintf(path, size, "%s/%s", b->folder, file);
}

static void add_lifter(struct backend *b, const char *who)
{
    int64_t lifter;
    bool is_new;

    OK(b->coach->lifter_open(b->coach->self, "matrix", who, 1, &lifter, &is_new, e));
}

/* How many files of the folder begin so; they are taken away. */
static int sweep(const struct backend *b, const char *begin)
{
    DIR *folder = opendir(b->folder);
    const struct dirent *entry;
    char path[512];
    int count = 0;

    while ((entry = readdir(folder)) != NULL)
        if (strncmp(entry->d_name, begin, strlen(begin)) == 0) {
            snprintf(path, sizeof(path), "%s/%s", b->folder, entry->d_name);
            unlink(path);
            count++;
        }
    closedir(folder);
    return count;
}

static int64_t number_in(const char *path, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *statement;
    int64_t number;

    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return number;
}

static void refused(const char *from, const char *target, const char *why)
{
    struct store_contents contents;
    struct err err = {0};

    assert_int_equal(store_backup(from, target, &contents, &err), -1);
    assert_int_equal(err.class, ERR_STORE);
    if (strstr(err.text, why) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.text, why);
}

static void it_holds_what_was_committed(void **state)
{
    struct backend *b = *state;
    struct store_contents contents;
    struct stat about;
    char from[128], target[128];
    int newest;

    backend_path(b, from, sizeof(from));
    name(b, "copy", target, sizeof(target));
    begin(b);
    add_lifter(b, "@anna:x");
    commit(b);
    begin(b); /* the writer neither keeps it waiting nor is it kept */
    add_lifter(b, "@ben:x");
    OK(store_backup(from, target, &contents, e));
    commit(b);
    migrate_steps(&newest);
    assert_int_equal(contents.schema, newest);
    assert_int_equal(contents.lifters, 1);
    assert_int_equal(contents.sets, 0);
    assert_int_equal(stat(target, &about), 0);
    assert_int_equal(about.st_mode & 07777, 0600);
    assert_int_equal(about.st_size, contents.bytes);
    assert_int_equal(number_in(target, "SELECT count(*) FROM identity WHERE identity = '@anna:x'"), 1);
    assert_int_equal(number_in(target, "SELECT count(*) FROM lifter"), 1);
    assert_int_equal(sweep(b, "copy"), 1); /* nothing is beside it */
    assert_int_equal(sql_number(b, "SELECT count(*) FROM lifter"), 2);
}

static void what_is_there_stays(void **state)
{
    struct backend *b = *state;
    char from[128], target[128];
    struct stat about;

    backend_path(b, from, sizeof(from));
    name(b, "copy", target, sizeof(target));
    close(open(target, O_CREAT | O_WRONLY, 0644));
    refused(from, target, "File exists");
    assert_int_equal(stat(target, &about), 0);
    assert_int_equal(about.st_size, 0);
    assert_int_equal(sweep(b, "copy"), 1);
}

static void a_part_is_written_by_one_and_taken_over(void **state)
{
    struct backend *b = *state;
    struct store_contents contents;
    char from[128], target[128], part[128];
    int other;

    backend_path(b, from, sizeof(from));
    name(b, "copy", target, sizeof(target));
    name(b, "copy.part", part, sizeof(part));
    other = open(part, O_CREAT | O_RDWR, 0644);
    assert_int_equal(write(other, "half", 4), 4);
    assert_int_equal(flock(other, LOCK_EX), 0);
    refused(from, target, "is being written");
    close(other); /* it was killed */
    OK(store_backup(from, target, &contents, e));
    assert_int_equal(number_in(target, "SELECT count(*) FROM pragma_integrity_check"), 1);
    assert_int_equal(sweep(b, "copy"), 1);
    assert_int_equal(symlink(from, part), 0); /* a trap: the store itself stays */
    refused(from, target, "symbolic links");
    assert_int_equal(sweep(b, "copy"), 1);
    backend_path(b, from, sizeof(from));
    assert_int_equal(sql_number(b, "SELECT count(*) FROM pragma_integrity_check"), 1);
}

/* A further name of the store, or of something else, where the copy is to be made. */
static void what_has_another_name_is_not_written_over(void **state)
{
    struct backend *b = *state;
    char from[128], target[128], part[128], other[128];
    struct stat about;

    backend_path(b, from, sizeof(from));
    name(b, "copy", target, sizeof(target));
    name(b, "copy.part", part, sizeof(part));
    name(b, "copy.other", other, sizeof(other));
    assert_int_equal(link(from, part), 0);
    refused(from, target, "is what is copied");
    assert_int_equal(unlink(part), 0);
    close(open(other, O_CREAT | O_WRONLY, 0600));
    assert_int_equal(truncate(other, 7), 0);
    assert_int_equal(link(other, part), 0);
    refused(from, target, "isn't ours alone");
    assert_int_equal(stat(other, &about), 0);
    assert_int_equal(about.st_size, 7);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM pragma_integrity_check"), 1);
    assert_int_equal(sweep(b, "copy"), 2);
}

static void a_disk_that_is_full_leaves_no_half(void **state)
{
    struct backend *b = *state;
    struct store_contents contents;
    struct rlimit limit, was;
    struct err err;
    char from[128], target[128];
    int failed = 0, done = 0;

    backend_path(b, from, sizeof(from));
    name(b, "copy", target, sizeof(target));
    OK(store_backup(from, target, &contents, e));
    assert_int_equal(sweep(b, "copy"), 1);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
    for (int64_t bytes = 0; bytes <= contents.bytes + 4096; bytes += contents.bytes / 16) {
        int result;

        limit = (struct rlimit){(rlim_t)bytes, was.rlim_max};
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
        result = store_backup(from, target, &contents, &err);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
        failed += result != 0;
        done += result == 0;
        assert_int_equal(sweep(b, "copy"), result == 0);
    }
    signal(SIGXFSZ, SIG_DFL);
    assert_true(failed >= 16);
    assert_true(done >= 1);
}

static void what_is_no_whole_store_is_refused(void **state)
{
    struct backend *b = *state;
    char from[128], target[128], sql[64];
    int newest;

    backend_path(b, from, sizeof(from));
    name(b, "copy", target, sizeof(target));
    migrate_steps(&newest);
    snprintf(sql, sizeof(sql), "PRAGMA user_version = %d", newest + 1);
    assert_int_equal(sqlite3_exec(b->store->db, sql, NULL, NULL, NULL), SQLITE_OK);
    refused(from, target, "newer spotter");
    snprintf(sql, sizeof(sql), "PRAGMA user_version = %d", newest);
    assert_int_equal(sqlite3_exec(b->store->db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(b->store->db,
                                  "PRAGMA foreign_keys = OFF; INSERT INTO identity (transport, identity, lifter)"
                                  "VALUES ('matrix', '@eve:x', 77); PRAGMA foreign_keys = ON",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    refused(from, target, "rows refer to others");
    assert_int_equal(sqlite3_exec(b->store->db, "DELETE FROM identity", NULL, NULL, NULL), SQLITE_OK);
    name(b, "none", from, sizeof(from));
    refused(from, target, "can't be opened");
    assert_int_equal(sweep(b, "copy"), 0);
}

static int close_all(void **state)
{
    const struct backend *b = *state;

    sweep(b, "copy");
    return close_backend(state);
}

#define IN_FILE(test)                                                                                                  \
    {                                                                                                                  \
#test, test, in_file, close_all, NULL                                                                          \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FILE(it_holds_what_was_committed),
        IN_FILE(what_is_there_stays),
        IN_FILE(a_part_is_written_by_one_and_taken_over),
        IN_FILE(what_has_another_name_is_not_written_over),
        IN_FILE(a_disk_that_is_full_leaves_no_half),
        IN_FILE(what_is_no_whole_store_is_refused),
    };

    return RUN_TESTS(tests);
}
