/*
 * What is committed stays and what is not leaves nothing, whatever happens: killed at any point, a full disk, a write
 * or a sync that fails.
 */
#include "tests/unit/unit.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bot/store/inside.h"
#include "bot/store/migrate.h"
#include "core/base/mem.h"
#include "tests/unit/bot/store/backend.h"

enum { SETS_PER_MESSAGE = 3, KILLS = 120 };

/* One batch as the daemon makes it: message NUMBER, its sets, its answer, the position. 0 or -1; the transaction is
 * left open. */
static int book(struct store *store, int64_t number, struct err *err)
{
    const struct coach_store *coach = store_coach(store);
    struct set set = {
        .exercise = "squat", .load_kg = 100, .reps = 5, .seconds = NAN, .rir = 2, .percent = NAN, .at_ms = -1};
    char id[32], position[32], text[3000];
    struct message message = {.transport = "matrix", .room = "!r:x", .id = id, .sent_ms = number, .read_ms = number};
    struct outgoing reply = {.kind = OUT_REPLY, .transport = "matrix", .room = "!r:x", .answers = id, .text = text};
    int64_t lifter, input = 0, action, set_id;
    bool is_new;

    snprintf(id, sizeof(id), "$%lld", (long long)number);
    snprintf(position, sizeof(position), "%lld", (long long)number);
    memset(text, 'a', sizeof(text)); /* spans pages, so that a batch is many writes */
    text[sizeof(text) - 1] = '\0';
    if (coach->lifter_open(store, "matrix", "@anna:x", 1, &lifter, &is_new, err) < 0 ||
        coach->input_claim(store, &message, lifter, &input, err) < 0 ||
        coach->action_begin(store, lifter, input, COACH_LOG, number, &action, err) < 0)
        return -1;
    for (int i = 0; i < SETS_PER_MESSAGE; i++)
        if (coach->set_add(store, lifter, action, input, i, &set, number, &set_id, err) < 0)
            return -1;
    if (coach->say(store, &reply, err) < 0)
        return -1;
    return store_matrix(store)->value_put(store, "next_batch", span_of(position), err);
}

static int64_t count_rows(struct store *store, const char *sql)
{
    struct query query;
    int64_t count = -1;

    query_open(&query, store, sql, NULL);
    assert_int_equal(query_find_int(&query, &count), 1);
    return count;
}

static int64_t position(struct store *store)
{
    struct buf out = BUF_INIT(32);
    int64_t number;
    int found;

    OK(found = store_matrix(store)->value_get(store, "next_batch", &out, e));
    number = found == 0 ? 0 : strtoll(buf_text(&out), NULL, 10);
    buf_release(&out);
    return number;
}

/* Everything up to the position is there, whole, and nothing else; returns the position. */
static int64_t check_whole(struct store *store)
{
    int64_t number = position(store);

    assert_int_equal(count_rows(store, "SELECT count(*) FROM input"), number);
    assert_int_equal(count_rows(store, "SELECT coalesce(max(sent_ms), 0) FROM input"), number);
    assert_int_equal(count_rows(store, "SELECT count(*) FROM action"), number);
    assert_int_equal(count_rows(store, "SELECT count(*) FROM live_set"), number * SETS_PER_MESSAGE);
    assert_int_equal(count_rows(store, "SELECT count(*) FROM outbox"), number);
    return number;
}

static void path_of(const struct backend *b, char *path)
{
    backend_path(b, path, 128);
}

/* The child books and reports each commit, until it is killed. */
static _Noreturn void book_forever(const char *path, int64_t from, int report)
{
    struct err err;
    struct store *store = store_open(path, &err);

    for (int64_t number = from;; number++) {
        if (store == NULL || store_begin(store, &err) < 0 || book(store, number, &err) < 0 ||
            store_commit(store, &err) < 0 || write(report, &number, sizeof(number)) != sizeof(number))
            _exit(1);
    }
}

static int64_t kill_somewhere(const char *path, int64_t from, unsigned *seed)
{
    struct timespec rest = {0, (long)((unsigned)rand_r(seed) % 3000000)};
    int64_t reported = from - 1, number;
    int ends[2], status;
    pid_t child;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(ends[0]);
        book_forever(path, from, ends[1]);
    }
    close(ends[1]);
    for (int skip = rand_r(seed) % 3; skip > 0 && read(ends[0], &number, sizeof(number)) == sizeof(number); skip--)
        reported = number;
    nanosleep(&rest, NULL); /* the point is where that falls, not that something has happened by then */
    kill(child, SIGKILL);
    while (read(ends[0], &number, sizeof(number)) == sizeof(number))
        reported = number;
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    return reported;
}

static void killed_anywhere_it_keeps_what_it_reported(void **state)
{
    struct backend *b = *state;
    unsigned seed = 1;
    int64_t number = 0;
    char path[128];

    path_of(b, path);
    store_close(b->store);
    for (int i = 0; i < KILLS; i++) {
        int64_t reported = kill_somewhere(path, number + 1, &seed);

        backend_open(b);
        number = check_whole(b->store);
        assert_true(number >= reported);
        assert_true(number <= reported + 1);
        assert_int_equal(count_rows(b->store, "SELECT count(*) FROM pragma_integrity_check"), 1);
        store_close(b->store);
    }
    assert_true(number > KILLS / 2);
    backend_open(b);
}

/* A batch of which any part may fail; whatever happens the store goes on. Returns whether it was committed. */
static bool try_batch(struct store *store, int64_t number)
{
    struct err err = {0};

    if (store_begin(store, &err) < 0)
        return false;
    if (book(store, number, &err) < 0) {
        assert_int_equal(err.class, ERR_STORE);
        assert_int_equal(store_commit(store, &err), -1); /* even if the caller did not look */
        return false;
    }
    return store_commit(store, &err) == 0;
}

static void a_full_database_refuses_and_goes_on(void **state)
{
    struct backend *b = *state;
    int64_t number = 0;
    char sql[64];

    for (int limit = 1; limit < 60; limit += 3) {
        snprintf(sql, sizeof(sql), "PRAGMA max_page_count = %lld",
                 (long long)count_rows(b->store, "PRAGMA page_count") + limit / 3);
        count_rows(b->store, sql);
        while (try_batch(b->store, number + 1))
            number++;
        assert_int_equal(check_whole(b->store), number);
        count_rows(b->store, "PRAGMA max_page_count = 1000000");
        assert_true(try_batch(b->store, ++number));
        assert_int_equal(check_whole(b->store), number);
    }
    store_close(b->store);
    backend_open(b);
    assert_int_equal(check_whole(b->store), number);
}

static void limit_files(rlim_t bytes)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_disk_that_takes_no_more_loses_nothing(void **state)
{
    struct backend *b = *state;
    int64_t number = 0;
    int refused = 0;

    signal(SIGXFSZ, SIG_IGN);
    for (rlim_t bytes = 300000; bytes < 900000; bytes += 7777) {
        limit_files(bytes);
        for (int i = 0; i < 4; i++) {
            if (try_batch(b->store, number + 1))
                number++;
            else
                refused++;
        }
        limit_files(RLIM_INFINITY);
        assert_int_equal(check_whole(b->store), number);
        assert_true(try_batch(b->store, ++number));
        if (bytes % 5 == 0) {
            store_close(b->store);
            backend_open(b);
        }
        assert_int_equal(check_whole(b->store), number);
    }
    signal(SIGXFSZ, SIG_DFL);
    assert_true(refused > 20);
}

/* A file system whose N-th write or sync fails. SQLite's own stands behind it. */
static struct {
    sqlite3_vfs *real;
    sqlite3_vfs mine;
    sqlite3_io_methods real_methods, methods[2]; /* of the database, which is locked, and of the files beside it */
    int countdown;                               /* 0: nothing fails */
    bool stays;                                  /* once failed, all fail */
    int syncs;
} disk;

static bool disk_fails(void)
{
    if (disk.countdown == 0)
        return false;
    if (disk.countdown > 1) {
        disk.countdown--;
        return false;
    }
    if (!disk.stays)
        disk.countdown = 0;
    return true;
}

static int disk_write(sqlite3_file *file, const void *bytes, int amount, sqlite3_int64 offset)
{
    if (disk_fails())
        return SQLITE_IOERR_WRITE;
    return disk.real_methods.xWrite(file, bytes, amount, offset);
}

static int disk_sync(sqlite3_file *file, int flags)
{
    disk.syncs++;
    if (disk_fails())
        return SQLITE_IOERR_FSYNC;
    return disk.real_methods.xSync(file, flags);
}

static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
    int code = disk.real->xOpen(disk.real, name, file, flags, out_flags);

    (void)vfs;
    if (code == SQLITE_OK) {
        sqlite3_io_methods *methods = &disk.methods[(flags & SQLITE_OPEN_MAIN_DB) != 0 ? 0 : 1];

        disk.real_methods = *methods = *file->pMethods;
        methods->xWrite = disk_write;
        methods->xSync = disk_sync;
        file->pMethods = methods;
    }
    return code;
}

static int on_failing_disk(void **state)
{
    disk.real = sqlite3_vfs_find("unix");
    disk.mine = *disk.real;
    disk.mine.zName = "failing";
    disk.mine.xOpen = disk_open;
    disk.countdown = 0;
    if (sqlite3_vfs_register(&disk.mine, 1) != SQLITE_OK)
        return -1;
    return in_file(state);
}

static int off_failing_disk(void **state)
{
    int result = close_backend(state);

    sqlite3_vfs_register(disk.real, 1);
    sqlite3_vfs_unregister(&disk.mine);
    return result;
}

static void a_commit_is_synced_when_it_returns(void **state)
{
    struct backend *b = *state;

    for (int64_t number = 1; number <= 20; number++) {
        disk.syncs = 0;
        assert_true(try_batch(b->store, number));
        assert_true(disk.syncs >= 1);
    }
}

static void fail_each_in_turn(struct backend *b, bool stays)
{
    int64_t number = position(b->store);
    int refused = 0;

    for (int point = 1; point < 60; point++) {
        disk.countdown = point;
        disk.stays = stays;
        if (try_batch(b->store, number + 1))
            number++;
        else
            refused++;
        disk.countdown = 0;
        assert_int_equal(check_whole(b->store), number);
        assert_true(try_batch(b->store, ++number));
        assert_int_equal(check_whole(b->store), number);
        store_close(b->store);
        backend_open(b);
        assert_int_equal(check_whole(b->store), number);
    }
    assert_true(refused > 5);
}

static void any_write_or_sync_that_fails_loses_nothing(void **state)
{
    struct backend *b = *state;

    fail_each_in_turn(b, false);
    fail_each_in_turn(b, true);
}

/* Opening a new store on a disk that fails at each point: refused or fine, and fine once the disk is. */
static void a_store_that_could_not_be_made_can_be_made_later(void **state)
{
    struct backend *b = *state;
    struct err err;
    char path[128], wal[160], copy[160];
    int refused = 0, count;

    path_of(b, path);
    migrate_steps(&count);
    snprintf(wal, sizeof(wal), "%s-wal", path);
    snprintf(copy, sizeof(copy), "%s.before-%d", path, count); /* of a schema that was made in part */
    store_close(b->store);
    for (int point = 1; point < 120; point += 3) {
        struct store *store;

        unlink(path);
        unlink(wal);
        disk.countdown = point;
        disk.stays = true;
        store = store_open(path, &err);
        refused += store == NULL;
        disk.countdown = 0;
        store_close(store);
        backend_open(b);
        assert_true(try_batch(b->store, 1));
        assert_int_equal(check_whole(b->store), 1);
        store_close(b->store);
        unlink(copy);
    }
    assert_true(refused > 5);
    backend_open(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(killed_anywhere_it_keeps_what_it_reported, in_file, close_backend),
        cmocka_unit_test_setup_teardown(a_full_database_refuses_and_goes_on, in_file, close_backend),
        cmocka_unit_test_setup_teardown(a_disk_that_takes_no_more_loses_nothing, in_file, close_backend),
        cmocka_unit_test_setup_teardown(a_commit_is_synced_when_it_returns, on_failing_disk, off_failing_disk),
        cmocka_unit_test_setup_teardown(any_write_or_sync_that_fails_loses_nothing, on_failing_disk, off_failing_disk),
        cmocka_unit_test_setup_teardown(a_store_that_could_not_be_made_can_be_made_later, on_failing_disk,
                                        off_failing_disk),
    };

    return RUN_TESTS(tests);
}
