/*
 * Who had themselves forgotten is in no store that a restore put aside, nor in one that takes the store's place.
 */
#include "tests/unit/unit.h"

#include "bot/store/restore.h"
#include "tests/unit/bot/store/people.h"

static void path_of(const struct backend *b, const char *suffix, char *path, size_t size)
{
    snprintf(path, size, "%s/s.db%s", b->folder, suffix);
}

static void copy_to(const struct backend *b, const char *suffix)
{
    struct store_contents contents;
    char from[128], to[160];

    path_of(b, "", from, sizeof(from));
    path_of(b, suffix, to, sizeof(to));
    OK(store_backup(from, to, &contents, e));
}

static void put(const struct backend *b, const char *suffix)
{
    char path[160];
    FILE *file;

    path_of(b, suffix, path, sizeof(path));
    file = fopen(path, "w");
    assert_non_null(file);
    fputs("bytes of somebody", file);
    fclose(file);
}

static bool take_away(const struct backend *b, const char *suffix)
{
    char path[160];

    path_of(b, suffix, path, sizeof(path));
    return unlink(path) == 0;
}

static void forget(struct backend *b, int64_t lifter)
{
    begin(b);
    OK(b->coach->lifter_forget(b->coach->self, lifter, true, e));
    commit(b);
}

/* What is kept aside stays as long as nobody in it wants to be gone; what can't be read may hold anybody. */
static void what_is_aside_goes_with_whom_it_holds(void **state)
{
    static const char *const gone[] = {".replaced-20260102-000000",
                                       ".replaced-20260102-000000-2",
                                       ".replaced-20260103-000000",
                                       ".replaced-20260104-000000-wal",
                                       ".restore",
                                       ".restore-journal"};
    static const char *const kept[] = {".replaced-20260101-000000", ".replaced-by-me", ".replaced-", ".replaced.db",
                                       ".backup"};
    struct backend *b = *state;
    int64_t anna;

    begin(b);
    lifter_of(b, "matrix", "@ben:x", true);
    commit(b);
    copy_to(b, ".replaced-20260101-000000");
    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    input_of(b, anna, "$1");
    commit(b);
    copy_to(b, ".replaced-20260102-000000");
    copy_to(b, ".replaced-20260102-000000-2");
    copy_to(b, ".backup");
    put(b, ".replaced-20260103-000000"); /* no database */
    put(b, ".replaced-20260104-000000-wal");
    for (size_t i = 4; i < ARRAY_LENGTH(gone); i++)
        put(b, gone[i]);
    for (size_t i = 1; i < 4; i++)
        put(b, kept[i]);
    forget(b, anna);
    for (size_t i = 0; i < ARRAY_LENGTH(gone); i++)
        if (take_away(b, gone[i]))
            fail_msg("%s is there", gone[i]);
    for (size_t i = 0; i < ARRAY_LENGTH(kept); i++)
        if (!take_away(b, kept[i]))
            fail_msg("%s is gone", kept[i]);
}

static int64_t number_of(struct backend *b, const char *sql, int64_t lifter)
{
    struct query query;
    int64_t number = -1;

    query_open(&query, b->store, sql, NULL);
    query_int(&query, lifter);
    assert_int_equal(query_find_int(&query, &number), 1);
    return number;
}

static void restore_over(struct backend *b, const char *suffix, struct store_forgotten expected)
{
    struct buf kept = BUF_INIT(256);
    struct store_restore *restore;
    struct store_forgotten forgotten;
    char path[128], backup[160];

    path_of(b, "", path, sizeof(path));
    path_of(b, suffix, backup, sizeof(backup));
    store_close(b->store);
    OK((restore = store_restore_new(path, e)) != NULL ? 0 : -1);
    OK(store_restore_read(restore, backup, e));
    OK(store_begin(store_restore_store(restore), e));
    OK(store_restore_forget(restore, &forgotten, e));
    OK(store_commit(store_restore_store(restore), e));
    OK(store_restore_place(restore, &kept, e));
    store_restore_free(restore);
    assert_int_equal(forgotten.count, expected.count);
    assert_int_equal(forgotten.unclear, expected.unclear);
    assert_int_equal(unlink(buf_text(&kept)), 0);
    buf_release(&kept);
    backend_open(b);
}

/* By the ids of their messages, which the store keeps for that. */
static void a_backup_brings_nobody_back(void **state)
{
    struct backend *b = *state;
    int64_t anna, ben, carl;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    ben = lifter_of(b, "matrix", "@ben:x", true);
    carl = lifter_of(b, "matrix", "@carl:x", true);
    input_of(b, anna, "$a1");
    input_of(b, anna, "$a2");
    input_of(b, ben, "$b1");
    input_of(b, carl, "$c1");
    commit(b);
    copy_to(b, ".copy");
    begin(b);
    input_of(b, anna, "$a3"); /* which the backup doesn't have, and a history may */
    commit(b);
    forget(b, anna);
    restore_over(b, ".copy", (struct store_forgotten){.count = 1});
    assert_int_equal(number_of(b, "SELECT count(*) FROM identity WHERE lifter = ?", anna), 0);
    assert_int_equal(number_of(b, "SELECT count(*) FROM input WHERE lifter = ?", anna), 0);
    assert_int_equal(number_of(b, "SELECT count(*) FROM input WHERE lifter = ?", ben), 1);
    assert_int_equal(number_of(b, "SELECT count(*) + ? FROM forgotten_message", 0), 3);

    /* Who had been one with somebody stays where the other left. */
    begin(b);
    sqlite3_exec(b->store->db, "UPDATE input SET lifter = 2 WHERE event_id = '$c1'", NULL, NULL, NULL);
    commit(b);
    assert_true(take_away(b, ".copy"));
    copy_to(b, ".copy");
    begin(b);
    sqlite3_exec(b->store->db, "UPDATE input SET lifter = 3 WHERE event_id = '$c1'", NULL, NULL, NULL);
    commit(b);
    assert_int_equal(ben, 2);
    assert_int_equal(carl, 3);
    forget(b, carl);
    restore_over(b, ".copy", (struct store_forgotten){.count = 0});
    assert_int_equal(number_of(b, "SELECT count(*) FROM input WHERE lifter = ?", ben), 2);
    assert_true(take_away(b, ".copy"));
}

static void write_over(const struct backend *b, const char *bytes, long at)
{
    char path[128];
    FILE *file;

    path_of(b, "", path, sizeof(path));
    file = fopen(path, at == 0 ? "w" : "r+");
    assert_non_null(file);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    assert_true(fputs(bytes, file) > 0);
    fclose(file);
}

/* Most are restored where the store is damaged: then whoever runs it is told that nobody knows. */
static void what_cannot_be_read_is_known_to_be_unclear(void **state)
{
    static const struct store_forgotten unclear = {.count = 0, .unclear = true};
    struct backend *b = *state;
    int64_t page, anna;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    input_of(b, anna, "$a1");
    commit(b);
    copy_to(b, ".copy");
    forget(b, anna);
    page = number_of(b, "SELECT rootpage + ? FROM sqlite_schema WHERE name = 'forgotten_message'", 0);
    sqlite3_exec(b->store->db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
    write_over(b, "bytes of somebody", (long)(page - 1) * 4096);
    restore_over(b, ".copy", unclear);
    assert_int_equal(number_of(b, "SELECT count(*) FROM input WHERE lifter = ?", anna), 1);

    write_over(b, "bytes of somebody, and no database", 0);
    restore_over(b, ".copy", unclear);
    assert_true(take_away(b, ".copy"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_aside_goes_with_whom_it_holds, in_file, close_backend),
        cmocka_unit_test_setup_teardown(a_backup_brings_nobody_back, in_file, close_backend),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_known_to_be_unclear, in_file, close_backend),
    };

    return RUN_TESTS(tests);
}
