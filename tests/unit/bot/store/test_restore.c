/*
 * A store of some time ago becomes a new device: what can only go forward is gone, what was said and known stays.
 */
#include "tests/unit/unit.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
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
    assert_null(store_restore_new(backup, path, &err)); /* it is in use */
    assert_non_null(strstr(err.text, "in use by another spotter"));
    store_close(b->store);

    OK((restore = store_restore_new(backup, path, e)) != NULL ? 0 : -1);
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
    OK((restore = store_restore_new(buf_text(&kept), path, e)) != NULL ? 0 : -1);
    store_restore_free(restore);
    assert_false(there(path, ".restore"));
    /* What was kept is whole; in a place where nothing is nothing is kept. */
    assert_int_equal(unlink(path), 0);
    OK((restore = store_restore_new(buf_text(&kept), path, e)) != NULL ? 0 : -1);
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
    OK((restore = store_restore_new(backup, path, e)) != NULL ? 0 : -1);
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
    struct err err = {0};
    char path[128], backup[160], renamed[160];

    backend_path(b, path, sizeof(path));
    snprintf(backup, sizeof(backup), "%s.restore", path);
    snprintf(renamed, sizeof(renamed), "%s.copy", path);
    OK(store_backup(path, backup, &contents, e));
    store_close(b->store);
    assert_null(store_restore_new(backup, path, &err));
    assert_non_null(strstr(err.text, "is what is copied"));
    assert_int_equal(rename(backup, renamed), 0);
    OK((restore = store_restore_new(renamed, path, e)) != NULL ? 0 : -1);
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
    OK((restore = store_restore_new(backup, path, e)) != NULL ? 0 : -1);
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
        failed += store_restore_new(backup, path, &err) == NULL;
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
        assert_false(there(path, ".restore"));
    }
    signal(SIGXFSZ, SIG_DFL);
    assert_true(failed >= 7);
    backend_open(b);
    counts(b, "lifter", 1);
    unlink(backup);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_EACH(what_only_goes_forward_is_gone),
        {"it_takes_the_place_of_what_was_there", it_takes_the_place_of_what_was_there, in_file, close_backend, NULL},
        {"a_damaged_store_is_kept", a_damaged_store_is_kept, in_file, close_backend, NULL},
        {"the_backup_is_not_written_over", the_backup_is_not_written_over, in_file, close_backend, NULL},
        {"a_store_that_is_read_stays", a_store_that_is_read_stays, in_file, close_backend, NULL},
        {"a_disk_that_is_full_changes_nothing", a_disk_that_is_full_changes_nothing, in_file, close_backend, NULL},
    };

    return RUN_TESTS(tests);
}
