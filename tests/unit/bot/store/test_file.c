/*
 * The store's file: its mode, its lock, what is refused and stays untouched, and migrations that keep a copy.
 */
#include "tests/unit/unit.h"

#include <errno.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bot/store/inside.h"
#include "bot/store/migrate.h"
#include "core/base/mem.h"
#include "tests/unit/bot/store/backend.h"

struct place {
    char folder[64];
    char path[80];
};

static int make_place(void **state)
{
    struct place *p = mem_zero(1, sizeof(*p));

    *state = p;
    snprintf(p->folder, sizeof(p->folder), "/tmp/spotter-file-XXXXXX");
    if (mkdtemp(p->folder) == NULL)
        return -1;
    snprintf(p->path, sizeof(p->path), "%s/s.db", p->folder);
    return 0;
}

/* The newest that the program knows. */
static int schema(void)
{
    int count;

    migrate_steps(&count);
    return count;
}

static int remove_place(void **state)
{
    struct place *p = *state;
    static const char *const names[] = {"s.db",     "s.db.lock",     "s.db-wal",    "s.db-shm",
                                        "other.db", "other.db.lock", "s.db-journal"};
    char path[128];

    snprintf(path, sizeof(path), "%s/s.db.before-%d", p->folder, schema() + 1);
    unlink(path);
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        snprintf(path, sizeof(path), "%s/%s", p->folder, names[i]);
        unlink(path);
    }
    if (rmdir(p->folder) != 0)
        return -1;
    free(p);
    return 0;
}

static unsigned mode_of(const char *path, const char *suffix)
{
    char name[128];
    struct stat about;

    snprintf(name, sizeof(name), "%s%s", path, suffix);
    assert_int_equal(stat(name, &about), 0);
    return about.st_mode & 0777;
}

static void refused(const char *path, const char *why)
{
    struct err err = {0};

    assert_null(store_open(path, &err));
    assert_int_equal(err.class, ERR_STORE);
    if (strstr(err.text, why) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.text, why);
}

/* A store with one lifter, closed. */
static void make_store(const char *path)
{
    struct store *store;
    int64_t lifter;
    bool is_new;

    OK((store = store_open(path, e)) != NULL ? 0 : -1);
    OK(store_begin(store, e));
    OK(store_coach(store)->lifter_open(store, "matrix", "@anna:x", 1, &lifter, &is_new, e));
    OK(store_commit(store, e));
    store_close(store);
}

static bool holds_anna(const char *path)
{
    struct store *store;
    int64_t lifter;
    bool is_new;

    OK((store = store_open(path, e)) != NULL ? 0 : -1);
    OK(store_begin(store, e));
    OK(store_coach(store)->lifter_open(store, "matrix", "@anna:x", 1, &lifter, &is_new, e));
    store_rollback(store);
    store_close(store);
    return !is_new;
}

static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *bytes = mem_alloc(1 << 20);

    assert_non_null(file);
    *length = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return bytes;
}

static void write_file(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
}

static void all_files_are_private_whatever_the_umask(void **state)
{
    struct place *p = *state;
    mode_t old = umask(0);
    struct store *store;

    OK((store = store_open(p->path, e)) != NULL ? 0 : -1);
    OK(store_begin(store, e));
    OK(store_matrix(store)->value_put(store, "a", span_of("b"), e));
    OK(store_commit(store, e));
    umask(old);
    assert_int_equal(mode_of(p->path, ""), 0600);
    assert_int_equal(mode_of(p->path, "-wal"), 0600);
    assert_int_equal(mode_of(p->path, "-shm"), 0600);
    assert_int_equal(mode_of(p->path, ".lock"), 0600);
    store_close(store);
}

static void a_mode_that_lets_others_read_is_repaired(void **state)
{
    struct place *p = *state;

    make_store(p->path);
    assert_int_equal(chmod(p->path, 0644), 0);
    assert_true(holds_anna(p->path));
    assert_int_equal(mode_of(p->path, ""), 0600);
}

static int64_t setting(struct store *store, const char *sql)
{
    sqlite3_stmt *statement;
    int64_t value;

    assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

static void the_settings_that_promises_rest_on_are_on(void **state)
{
    struct place *p = *state;
    struct store *store;
    sqlite3_stmt *statement;

    OK((store = store_open(p->path, e)) != NULL ? 0 : -1);
    assert_int_equal(setting(store, "PRAGMA synchronous"), 2);
    assert_int_equal(setting(store, "PRAGMA foreign_keys"), 1);
    assert_int_equal(setting(store, "PRAGMA application_id"), 0x53504f54);
    assert_int_equal(setting(store, "PRAGMA user_version"), schema());
    assert_int_equal(setting(store, "PRAGMA trusted_schema"), 0);
    assert_int_equal(sqlite3_prepare_v2(store->db, "PRAGMA journal_mode", -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_string_equal(sqlite3_column_text(statement, 0), "wal");
    sqlite3_finalize(statement);
    store_close(store);
}

static void references_to_nobody_are_refused(void **state)
{
    struct place *p = *state;
    struct store *store;
    int64_t action;
    struct err err = {0};

    OK((store = store_open(p->path, e)) != NULL ? 0 : -1);
    OK(store_begin(store, e));
    assert_int_equal(store_coach(store)->action_begin(store, 4711, 4711, COACH_LOG, 1, &action, &err), -1);
    assert_int_equal(err.class, ERR_STORE);
    assert_null(strstr(err.text, "4711"));
    store_close(store);
}

static void a_second_instance_is_told_who_has_it(void **state)
{
    struct place *p = *state;
    char expected[64], other[128];
    struct store *store;

    snprintf(expected, sizeof(expected), "is in use by another spotter (pid %ld)", (long)getpid());
    snprintf(other, sizeof(other), "%s/other.db", p->folder);
    OK((store = store_open(p->path, e)) != NULL ? 0 : -1);
    refused(p->path, expected);
    assert_int_equal(symlink("s.db", other), 0);
    refused(other, expected);
    store_close(store);
    assert_int_equal(mode_of(p->path, ""), 0600);
    make_store(p->path);
}

static void places_that_are_none_are_refused_in_words(void **state)
{
    struct place *p = *state;
    char name[128];

    refused("/nonexistent-folder/s.db", "the store's folder /nonexistent-folder does not exist");
    refused(p->folder, "is not a file");
    snprintf(name, sizeof(name), "%s/other.db", p->folder);
    assert_int_equal(symlink("nowhere", name), 0);
    refused(name, "can't be opened");
    unlink(name);
    assert_int_equal(mkfifo(name, 0600), 0); /* must not wait for a writer */
    refused(name, "is not a file");
}

static void a_file_that_is_no_store_is_refused_and_left_alone(void **state)
{
    struct place *p = *state;
    char text[5000];
    char *before, *after;
    size_t length, length_after;
    sqlite3 *db;

    memset(text, 'x', sizeof(text));
    write_file(p->path, text, sizeof(text));
    refused(p->path, "file is not a database");
    before = read_file(p->path, &length);
    assert_int_equal(length, sizeof(text));
    assert_memory_equal(before, text, sizeof(text));
    free(before);

    unlink(p->path);
    assert_int_equal(sqlite3_open(p->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE photos (x)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    before = read_file(p->path, &length);
    refused(p->path, "the database of another program");
    after = read_file(p->path, &length_after);
    assert_int_equal(length, length_after);
    assert_memory_equal(before, after, length);
    free(before);
    free(after);
}

static void damage_is_noticed(void **state)
{
    struct place *p = *state;
    size_t length, pages;
    char *good, *bad;

    make_store(p->path);
    good = read_file(p->path, &length);
    pages = length / 4096;
    assert_true(pages > 30);
    bad = mem_alloc(length);
    memcpy(bad, good, length);
    write_file(p->path, bad, 4096 * (pages / 2)); /* cut short */
    refused(p->path, "damaged");
    for (size_t page = 1; page < pages; page++) {
        memcpy(bad, good, length);
        memset(bad + page * 4096, 0x5a, 4096);
        write_file(p->path, bad, length);
        refused(p->path, "damaged");
    }
    write_file(p->path, good, length);
    assert_true(holds_anna(p->path));
    free(good);
    free(bad);
}

static void change(const char *path, const char *sql)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void a_newer_schema_is_refused(void **state)
{
    struct place *p = *state;
    char reason[64], back[64];

    snprintf(reason, sizeof(reason), "newer spotter (schema 99, this one knows %d)", schema());
    snprintf(back, sizeof(back), "PRAGMA user_version = %d", schema());
    make_store(p->path);
    change(p->path, "PRAGMA user_version = 99");
    refused(p->path, reason);
    change(p->path, back);
    assert_true(holds_anna(p->path));
}

/* All steps that there are, and one more. */
static int migrate_with(const char *path, const char *next, struct err *err)
{
    const char *steps[64];
    sqlite3 *db;
    int count, result;

    memcpy(steps, migrate_steps(&count), (size_t)schema() * sizeof(*steps));
    steps[count] = next;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    result = migrate(db, path, steps, count + 1, err);
    sqlite3_close(db);
    return result;
}

static int64_t ask(const char *path, const char *sql)
{
    sqlite3_stmt *statement;
    int64_t value;
    sqlite3 *db;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return value;
}

static void a_migration_keeps_a_copy_of_what_was(void **state)
{
    struct place *p = *state;
    char copy[128], part[160];

    snprintf(copy, sizeof(copy), "%s.before-%d", p->path, schema() + 1);
    snprintf(part, sizeof(part), "%s.part", copy);
    make_store(p->path);
    write_file(part, "left by a kill", 14);
    OK(migrate_with(p->path, "ALTER TABLE lifter ADD COLUMN name TEXT NOT NULL DEFAULT 'x';", e));
    assert_int_equal(ask(p->path, "PRAGMA user_version"), schema() + 1);
    assert_int_equal(ask(p->path, "SELECT count(name) FROM lifter"), 1);
    assert_int_equal(mode_of(copy, ""), 0600);
    assert_int_equal(access(part, F_OK), -1);
    assert_int_equal(ask(copy, "PRAGMA user_version"), schema());
    assert_int_equal(ask(copy, "SELECT count(*) FROM lifter"), 1);
    OK(migrate_with(p->path, "not reached again", e));
}

static void a_migration_that_fails_leaves_the_old_schema(void **state)
{
    struct place *p = *state;
    struct err err = {0};
    char step[32];

    make_store(p->path);
    assert_int_equal(migrate_with(p->path, "DELETE FROM identity; SELECT nonsense;", &err), -1);
    snprintf(step, sizeof(step), "migration %d", schema() + 1);
    assert_non_null(strstr(err.text, step));
    assert_int_equal(migrate_with(p->path, "DELETE FROM lifter;", &err), -1); /* identities would refer to nobody */
    assert_non_null(strstr(err.text, "not there"));
    assert_int_equal(ask(p->path, "PRAGMA user_version"), schema());
    assert_true(holds_anna(p->path));
}

static void another_program_that_writes_is_waited_for_a_moment(void **state)
{
    struct place *p = *state;
    struct store *store;
    struct err err = {0};
    sqlite3 *db;

    OK((store = store_open(p->path, e)) != NULL ? 0 : -1);
    assert_int_equal(sqlite3_open(p->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(store_begin(store, &err), -1);
    assert_non_null(strstr(err.text, "locked"));
    assert_int_equal(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    OK(store_begin(store, e));
    OK(store_matrix(store)->value_put(store, "a", span_of("b"), e));
    OK(store_commit(store, e));
    sqlite3_close(db);
    store_close(store);
}

static void the_log_beside_the_file_stays_small(void **state)
{
    struct place *p = *state;
    struct store *store;
    struct stat about;
    char value[30000], name[128];

    memset(value, 'v', sizeof(value));
    snprintf(name, sizeof(name), "%s-wal", p->path);
    OK((store = store_open(p->path, e)) != NULL ? 0 : -1);
    for (int i = 0; i < 500; i++) {
        OK(store_begin(store, e));
        OK(store_matrix(store)->value_put(store, "v", (struct span){value, sizeof(value)}, e));
        OK(store_commit(store, e));
        assert_int_equal(stat(name, &about), 0);
        assert_true(about.st_size < 6 << 20); /* of 15 MB that were written */
    }
    store_close(store);
    assert_int_equal(stat(name, &about), -1);
}

static void a_name_that_means_memory_to_sqlite_is_a_file(void **state)
{
    struct place *p = *state;
    char *here = getcwd(NULL, 0);

    assert_non_null(here);
    assert_int_equal(chdir(p->folder), 0);
    make_store(":memory:");
    assert_true(holds_anna(":memory:"));
    assert_int_equal(unlink(":memory:"), 0);
    assert_int_equal(unlink(":memory:.lock"), 0);
    assert_int_equal(chdir(here), 0);
    free(here);
}

/* Runs BREAK_IT in a child and expects the abort that a broken invariant is. */
static void expect_bug(void (*break_it)(struct store *store))
{
    int status;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        struct err err;
        struct store *store = store_open(NULL, &err);

        if (freopen("/dev/null", "w", stderr) == NULL)
            _exit(1);
        signal(SIGABRT, SIG_DFL);
        break_it(store);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
}

static void begin_twice(struct store *store)
{
    store_begin(store, NULL);
    store_begin(store, NULL);
}

static void write_outside(struct store *store)
{
    store_matrix(store)->value_put(store, "a", span_of("b"), NULL);
}

static void commit_nothing(struct store *store)
{
    store_commit(store, NULL);
}

static void using_transactions_wrongly_is_a_bug(void **state)
{
    (void)state;
    expect_bug(begin_twice);
    expect_bug(write_outside);
    expect_bug(commit_nothing);
}

#define AT_PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        AT_PLACE(all_files_are_private_whatever_the_umask),
        AT_PLACE(a_mode_that_lets_others_read_is_repaired),
        AT_PLACE(the_settings_that_promises_rest_on_are_on),
        AT_PLACE(references_to_nobody_are_refused),
        AT_PLACE(a_second_instance_is_told_who_has_it),
        AT_PLACE(places_that_are_none_are_refused_in_words),
        AT_PLACE(a_file_that_is_no_store_is_refused_and_left_alone),
        AT_PLACE(damage_is_noticed),
        AT_PLACE(a_newer_schema_is_refused),
        AT_PLACE(a_migration_keeps_a_copy_of_what_was),
        AT_PLACE(a_migration_that_fails_leaves_the_old_schema),
        AT_PLACE(another_program_that_writes_is_waited_for_a_moment),
        AT_PLACE(a_name_that_means_memory_to_sqlite_is_a_file),
        AT_PLACE(the_log_beside_the_file_stays_small),
        cmocka_unit_test(using_transactions_wrongly_is_a_bug),
    };

    return RUN_TESTS(tests);
}
