/*
 * A store of some time ago becomes a new device: what can only go forward is gone, what was said and known stays.
 */
#include "tests/unit/unit.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bot/store/inside.h"
#include "bot/store/restore.h"
#include "tests/unit/bot/store/backend.h"

static void run_sql(struct backend *b, const char *sql)
{
    char *complaint = NULL;

    if (sqlite3_exec(b->store->db, sql, NULL, NULL, &complaint) != SQLITE_OK)
        fail_msg("%s", complaint);
}

/* A row of each kind. */
static void fill(struct backend *b)
{
    run_sql(
        b,
        "INSERT INTO lifter (id, created_ms) VALUES (1, 1);"
        "INSERT INTO identity (transport, identity, lifter) VALUES ('matrix', '@anna:x', 1);"
        "INSERT INTO e2ee_value (name, value) VALUES ('account', x'01'), ('account-state', x'01'), ('unwedged', x'01'),"
        " ('waiting', x'01'), ('withheld', x'01'), ('verifications', x'01'), ('of-a-later-version', x'01'),"
        " ('own-identity', x'01'), ('user-signing', x'01'), ('to-sign', x'01'), ('backup', x'01');"
        "INSERT INTO matrix_value (name, value) VALUES ('user_id', x'01'), ('device_id', x'01'), ('login_ms', x'01'),"
        " ('next_batch', x'01'), ('access_token', x'01'), ('refresh_token', x'01'), ('oauth_refresh_token', x'01'),"
        " ('files', x'01'), ('early_reactions', x'01'), ('power:!r:x', x'01'), ('oauth_client', x'01');"
        "INSERT INTO olm_session VALUES ('s', 'c', x'01', 1, 1);"
        "INSERT INTO olm_message (sha256) VALUES ('h');"
        "INSERT INTO megolm_outbound VALUES ('!r:x', 's', x'01', 1, 1);"
        "INSERT INTO megolm_shared VALUES ('!r:x', 's', '@anna:x', 'D', 0);"
        "INSERT INTO megolm_inbound (room_id, session_id, sender_user, sender_device, sender_curve25519, "
        "sender_ed25519,"
        " pickle, first_index, authenticated, received_ms) VALUES ('!r:x', 'i', '@anna:x', 'D', 'c', 'e', x'01', 0, 1, "
        "1);"
        "INSERT INTO megolm_index VALUES ('!r:x', 'i', 0, '$1', 1);"
        "INSERT INTO megolm_parked (event_id, room_id, session_id, event_json, parked_ms) VALUES ('$2', '!r:x', 'p', "
        "'{}', 1);"
        "INSERT INTO to_device_request (txn_id, event_type, body_json) VALUES ('t', 'm.room.encrypted', '{}');"
        "INSERT INTO tracked_user VALUES ('@anna:x', 0);"
        "INSERT INTO device (user_id, device_id, curve25519, ed25519, keys_json, deleted)"
        " VALUES ('@anna:x', 'D', 'c', 'e', '{}', 0);"
        "INSERT INTO user_identity VALUES ('@anna:x', x'01');"
        "INSERT INTO matrix_event VALUES ('$1', '!r:x', '@anna:x', 1, 0, 1);"
        "INSERT INTO irc_value VALUES ('gym', 'sts', 'x');"
        "INSERT INTO outbox (id, transport, room, txn_id, kind, answers, edits, thread, mention, text, html, at_ms, "
        "state)"
        " VALUES (1, 'matrix', '!r:x', 'a', 0, '$1', '', '', '', 't', '', 1, 1),"
        " (2, 'irc:gym', '@anna', 'b', 0, '1', '', '', '', 't', '', 1, 0);"
        "INSERT INTO outbox_file (outbox, name, media_type, bytes, otherwise) VALUES (1, 'f', 'text/csv', x'01', '');"
        "INSERT INTO reply (transport, answers, event_id) VALUES ('matrix', '$0', '$r');");
}

static void counts(struct backend *b, const char *from, int64_t count)
{
    char sql[256];

    snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", from);
    if (sql_number(b, sql) != count)
        fail_msg("%s: %lld, not %lld", from, (long long)sql_number(b, sql), (long long)count);
}

static void what_only_goes_forward_is_gone(void **state)
{
    static const char *const gone[] = {"olm_session",   "olm_message",       "megolm_outbound", "megolm_shared",
                                       "megolm_parked", "to_device_request", "outbox",          "outbox_file"};
    static const char *const kept[] = {"lifter",       "identity",      "megolm_inbound", "megolm_index", "device",
                                       "matrix_event", "user_identity", "irc_value",      "reply"};
    struct backend *b = *state;
    int64_t unsaid = 0;

    begin(b);
    fill(b);
    OK(store_renew(b->store, &unsaid, e));
    commit(b);
    assert_int_equal(unsaid, 2);
    for (size_t i = 0; i < sizeof(gone) / sizeof(gone[0]); i++)
        counts(b, gone[i], 0);
    for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
        counts(b, kept[i], 1);
    counts(b, "e2ee_value", 4);
    counts(b, "e2ee_value WHERE name IN ('own-identity', 'user-signing', 'to-sign', 'backup')", 4);
    counts(b, "matrix_value", 3);
    counts(b, "matrix_value WHERE name IN ('user_id', 'power:!r:x', 'oauth_client')", 3);
    counts(b, "tracked_user WHERE outdated = 1", 1);
}

static bool there(const char *path, const char *suffix)
{
    char name[256];

    snprintf(name, sizeof(name), "%s%s", path, suffix);
    return access(name, F_OK) == 0;
}

static struct store_restore *reads(const char *backup, const char *path)
{
    struct store_restore *restore;

    OK((restore = store_restore_new(path, e)) != NULL ? 0 : -1);
    OK(store_restore_read(restore, backup, e));
    return restore;
}

static void refused(const char *backup, const char *path, const char *why)
{
    struct store_restore *restore;
    struct err err = {0};

    OK((restore = store_restore_new(path, e)) != NULL ? 0 : -1);
    assert_int_equal(store_restore_read(restore, backup, &err), -1);
    if (strstr(err.text, why) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.text, why);
    store_restore_free(restore);
}

static void it_takes_the_place_of_what_was_there(void **state)
{
    struct backend *b = *state;
    struct store_contents contents;
    struct store_restore *restore;
    struct buf kept = BUF_INIT(256);
    struct err err = {0};
    char path[128], backup[160];

    backend_path(b, path, sizeof(path));
    snprintf(backup, sizeof(backup), "%s.copy", path);
    OK(store_backup(path, backup, &contents, e));
    begin(b);
    run_sql(b, "INSERT INTO lifter (id, created_ms) VALUES (1, 1)");
    commit(b);
    assert_null(store_restore_new(path, &err)); /* it is in use */
    assert_non_null(strstr(err.text, "in use by another spotter"));
    store_close(b->store);

    restore = reads(backup, path);
    assert_null(store_open(path, &err)); /* and so it is while it is replaced */
    OK(store_restore_count(restore, &contents, e));
    assert_int_equal(contents.lifters, 0);
    OK(store_restore_place(restore, &kept, e));
    store_restore_free(restore);
    assert_true(there(buf_text(&kept), ""));
    assert_false(there(path, ".restore") || there(path, ".restore-journal"));
    backend_open(b);
    counts(b, "lifter", 0);
    store_close(b->store);

    /* One that is given up leaves nothing. */
    restore = reads(buf_text(&kept), path);
    store_restore_free(restore);
    assert_false(there(path, ".restore"));
    /* What was kept is whole; in a place where nothing is nothing is kept. */
    assert_int_equal(unlink(path), 0);
    restore = reads(buf_text(&kept), path);
    unlink(buf_text(&kept));
    buf_clear(&kept);
    OK(store_restore_place(restore, &kept, e));
    store_restore_free(restore);
    assert_int_equal(kept.length, 0);
    backend_open(b);
    counts(b, "lifter", 1);
    unlink(backup);
    buf_release(&kept);
}

static void a_damaged_store_is_kept(void **state)
{
    struct backend *b = *state;
    struct store_contents contents;
    struct store_restore *restore;
    struct buf kept = BUF_INIT(256);
    struct err err = {0};
    char path[128], backup[160];
    FILE *file;

    backend_path(b, path, sizeof(path));
    snprintf(backup, sizeof(backup), "%s.copy", path);
    OK(store_backup(path, backup, &contents, e));
    store_close(b->store);
    file = fopen(path, "r+");
    fprintf(file, "%-4096s", "damaged");
    fclose(file);
    assert_null(store_open(path, &err));
    restore = reads(backup, path);
    OK(store_restore_place(restore, &kept, e));
    store_restore_free(restore);
    file = fopen(buf_text(&kept), "r");
    assert_int_equal(fgetc(file), 'd');
    fclose(file);
    backend_open(b);
    counts(b, "lifter", 0);
    unlink(buf_text(&kept));
    unlink(backup);
    buf_release(&kept);
}

/* The copy would be written over the backup. */
static void the_backup_is_not_written_over(void **state)
{
    struct backend *b = *state;
    struct store_contents contents;
    struct store_restore *restore;
    struct buf kept = BUF_INIT(256);
    char path[128], backup[160], renamed[160];

    backend_path(b, path, sizeof(path));
    snprintf(backup, sizeof(backup), "%s.restore", path);
    snprintf(renamed, sizeof(renamed), "%s.copy", path);
    OK(store_backup(path, backup, &contents, e));
    store_close(b->store);
    refused(backup, path, "is what is copied");
    assert_int_equal(rename(backup, renamed), 0);
    restore = reads(renamed, path);
    OK(store_restore_place(restore, &kept, e));
    store_restore_free(restore);
    backend_open(b);
    unlink(buf_text(&kept));
    unlink(renamed);
    buf_release(&kept);
}

/* What is still read can't become one file. */
static void a_store_that_is_read_stays(void **state)
{
    struct backend *b = *state;
    struct store_contents contents;
    struct store_restore *restore;
    struct buf kept = BUF_INIT(256);
    struct err err = {0};
    char path[128], backup[160];
    sqlite3 *reader;

    backend_path(b, path, sizeof(path));
    snprintf(backup, sizeof(backup), "%s.copy", path);
    OK(store_backup(path, backup, &contents, e));
    begin(b);
    run_sql(b, "INSERT INTO lifter (id, created_ms) VALUES (1, 1)");
    commit(b);
    assert_int_equal(sqlite3_open(path, &reader), SQLITE_OK);
    assert_int_equal(sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM lifter", NULL, NULL, NULL), SQLITE_OK);
    store_close(b->store);
    restore = reads(backup, path);
    assert_int_equal(store_restore_place(restore, &kept, &err), -1);
    assert_non_null(strstr(err.text, "is being read"));
    store_restore_free(restore);
    sqlite3_close(reader);
    assert_int_equal(kept.length, 0);
    assert_false(there(path, ".restore"));
    backend_open(b);
    counts(b, "lifter", 1);
    unlink(backup);
    buf_release(&kept);
}

/* What was there is there. */
static void a_disk_that_is_full_changes_nothing(void **state)
{
    struct backend *b = *state;
    struct store_contents contents;
    struct store_restore *restore;
    struct rlimit was;
    char path[128], backup[160];
    int failed = 0;

    backend_path(b, path, sizeof(path));
    snprintf(backup, sizeof(backup), "%s.copy", path);
    OK(store_backup(path, backup, &contents, e));
    begin(b);
    run_sql(b, "INSERT INTO lifter (id, created_ms) VALUES (1, 1)");
    commit(b);
    store_close(b->store);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
    for (int64_t bytes = 8192; bytes < contents.bytes; bytes += contents.bytes / 8) {
        const struct rlimit limit = {(rlim_t)bytes, was.rlim_max};
        struct err err = {0};

        assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
        OK((restore = store_restore_new(path, e)) != NULL ? 0 : -1);
        failed += store_restore_read(restore, backup, &err) < 0;
        store_restore_free(restore);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
        assert_false(there(path, ".restore"));
    }
    signal(SIGXFSZ, SIG_DFL);
    assert_true(failed >= 7);
    backend_open(b);
    counts(b, "lifter", 1);
    unlink(backup);
}

static void put(const char *path, const char *suffix, const char *bytes)
{
    char name[256];
    FILE *file;

    snprintf(name, sizeof(name), "%s%s", path, suffix);
    file = fopen(name, "w");
    assert_non_null(file);
    fputs(bytes, file);
    fclose(file);
}

static void take_away(const char *path, const char *suffix)
{
    char name[512];

    snprintf(name, sizeof(name), "%s%s", path, suffix);
    assert_int_equal(unlink(name), 0);
}

/* The logs of a store whose file is gone would be taken for the new one's. */
static void what_a_lost_store_left_is_put_aside(void **state)
{
    struct backend *b = *state;
    struct store_contents contents;
    struct store_restore *restore;
    struct buf kept = BUF_INIT(256);
    char path[128], backup[160], name[256];
    size_t length;

    backend_path(b, path, sizeof(path));
    snprintf(backup, sizeof(backup), "%s.copy", path);
    OK(store_backup(path, backup, &contents, e));
    store_close(b->store);
    take_away(path, "");
    put(path, "-wal", "the log of another");
    put(path, "-journal", "the journal of another");
    put(path, "-shm", "the index of another");
    restore = reads(backup, path);
    assert_false(store_restore_replaces(restore));
    OK(store_restore_place(restore, &kept, e));
    store_restore_free(restore);
    assert_false(there(path, "-wal") || there(path, "-journal") || there(path, "-shm"));
    length = kept.length;
    assert_true(length > 4 && strcmp(buf_text(&kept) + length - 4, "-wal") == 0 && there(buf_text(&kept), ""));
    snprintf(name, sizeof(name), "%.*s", (int)length - 4, buf_text(&kept));
    take_away(name, "-wal");
    take_away(name, "-journal");
    backend_open(b);
    counts(b, "lifter", 0);
    unlink(backup);
    buf_release(&kept);
}

static void two_of_a_second_have_two_names(void **state)
{
    struct backend *b = *state;
    struct store_contents contents;
    struct store_restore *restore;
    struct buf kept[3] = {BUF_INIT(256), BUF_INIT(256), BUF_INIT(256)};
    char path[128], backup[160];

    backend_path(b, path, sizeof(path));
    snprintf(backup, sizeof(backup), "%s.copy", path);
    OK(store_backup(path, backup, &contents, e));
    store_close(b->store);
    for (size_t i = 0; i < 3; i++) {
        restore = reads(backup, path);
        assert_true(store_restore_replaces(restore));
        OK(store_restore_place(restore, &kept[i], e));
        store_restore_free(restore);
    }
    for (size_t i = 0; i < 3; i++) { /* else one of them isn't there any more */
        take_away(buf_text(&kept[i]), "");
        buf_release(&kept[i]);
    }
    backend_open(b);
    unlink(backup);
}

static void owner_is(uid_t owner, const char *path, const char *suffix)
{
    char name[512];
    struct stat about;

    snprintf(name, sizeof(name), "%s%s", path, suffix);
    assert_int_equal(stat(name, &about), 0);
    assert_int_equal(about.st_uid, owner);
    assert_int_equal(about.st_mode & 07777, 0600);
}

/* Who runs the daemon opens it, also where root has restored it. */
static void it_belongs_to_whom_the_place_does(void **state)
{
    struct backend *b = *state;
    const uid_t owner = geteuid() == 0 ? 4711 : geteuid();
    struct store_contents contents;
    struct store_restore *restore;
    struct buf kept = BUF_INIT(256);
    char path[128], backup[160];

    backend_path(b, path, sizeof(path));
    snprintf(backup, sizeof(backup), "%s.copy", path);
    OK(store_backup(path, backup, &contents, e));
    store_close(b->store);
    take_away(path, "");
    take_away(path, ".lock");
    assert_int_equal(chown(b->folder, owner, (gid_t)-1), 0);
    restore = reads(backup, path);
    OK(store_restore_place(restore, &kept, e));
    store_restore_free(restore);
    owner_is(owner, path, "");
    owner_is(owner, path, ".lock");
    restore = reads(backup, path);
    OK(store_restore_place(restore, &kept, e));
    store_restore_free(restore);
    owner_is(owner, path, "");
    owner_is(owner, buf_text(&kept), "");
    take_away(buf_text(&kept), "");
    take_away(path, "");
    take_away(path, ".lock");
    backend_open(b); /* a new one */
    owner_is(owner, path, "");
    owner_is(owner, path, ".lock");
    owner_is(owner, path, "-wal");
    unlink(backup);
    buf_release(&kept);
}

static void what_is_no_whole_file_is_refused(void **state)
{
    struct backend *b = *state;
    struct store_contents contents;
    char path[128], backup[160], other[160];

    backend_path(b, path, sizeof(path));
    snprintf(backup, sizeof(backup), "%s.copy", path);
    snprintf(other, sizeof(other), "%s.other", path);
    OK(store_backup(path, backup, &contents, e));
    store_close(b->store);
    refused(b->folder, path, "is no file");
    assert_int_equal(mkfifo(other, 0600), 0);
    refused(other, path, "is no file"); /* whoever opened it would wait for ever */
    assert_int_equal(unlink(other), 0);
    for (int64_t bytes = 1; bytes < contents.bytes; bytes += contents.bytes / 7) {
        assert_int_equal(truncate(backup, contents.bytes - bytes), 0);
        refused(backup, path, "backup");
        assert_int_equal(unlink(backup), 0);
        backend_open(b);
        OK(store_backup(path, backup, &contents, e));
        store_close(b->store);
    }
    snprintf(other, sizeof(other), "%s.restore", path);
    assert_int_equal(mkfifo(other, 0600), 0);
    refused(backup, path, "is no file");
    assert_int_equal(unlink(other), 0);
    assert_int_equal(mkdir(other, 0700), 0);
    refused(backup, path, "Is a directory");
    assert_int_equal(rmdir(other), 0);
    /* What was the store itself, where SQLite can't make what it reads that by. */
    assert_int_equal(unlink(backup), 0);
    assert_int_equal(rename(path, backup), 0);
    snprintf(other, sizeof(other), "%s.copy-shm", path);
    assert_int_equal(symlink("nowhere/at/all", other), 0);
    refused(backup, path, "nothing can be written beside it");
    assert_int_equal(unlink(other), 0);
    take_away(backup, "-wal"); /* SQLite's attempt */
    assert_int_equal(rename(backup, path), 0);
    backend_open(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_EACH(what_only_goes_forward_is_gone),
        {"it_takes_the_place_of_what_was_there", it_takes_the_place_of_what_was_there, in_file, close_backend, NULL},
        {"a_damaged_store_is_kept", a_damaged_store_is_kept, in_file, close_backend, NULL},
        {"the_backup_is_not_written_over", the_backup_is_not_written_over, in_file, close_backend, NULL},
        {"a_store_that_is_read_stays", a_store_that_is_read_stays, in_file, close_backend, NULL},
        {"what_a_lost_store_left_is_put_aside", what_a_lost_store_left_is_put_aside, in_file, close_backend, NULL},
        {"two_of_a_second_have_two_names", two_of_a_second_have_two_names, in_file, close_backend, NULL},
        {"it_belongs_to_whom_the_place_does", it_belongs_to_whom_the_place_does, in_file, close_backend, NULL},
        {"what_is_no_whole_file_is_refused", what_is_no_whole_file_is_refused, in_file, close_backend, NULL},
        {"a_disk_that_is_full_changes_nothing", a_disk_that_is_full_changes_nothing, in_file, close_backend, NULL},
    };

    return RUN_TESTS(tests);
}
