/*
 * Forgetting a lifter: nothing of theirs in any table, nor in the file's bytes; others keep everything; their messages
 * stay counted.
 */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "tests/unit/bot/store/backend.h"

/* In everything that is the lifter's, and in nothing else. */
#define MARK "zebrafink"

static struct message message_of(const char *who, const char *id)
{
    return (struct message){.kind = MESSAGE_TEXT,
                            .transport = "matrix",
                            .room = who,
                            .sender = who,
                            .id = id,
                            .sent_ms = 1000,
                            .read_ms = 1005,
                            .text = ""};
}

static void say(struct backend *b, enum outgoing_kind kind, const char *answers, const char *edits, const char *mention,
                const char *text)
{
    const struct attachment file = {
        .name = "log.csv", .media_type = "text/csv", .bytes = text, .size = strlen(text), .otherwise = text};
    struct outgoing outgoing = {.kind = kind,
                                .transport = "matrix",
                                .room = "!r:x",
                                .answers = answers,
                                .edits = edits,
                                .mention = mention,
                                .text = text,
                                .attachment = answers != NULL ? &file : NULL,
                                .at_ms = 2000};

    OK(b->coach->say(b->coach->self, &outgoing, e));
}

static int take_id(void *arg, const struct coach_checkin *row)
{
    *(int64_t *)arg = row->id;
    return 0;
}

/* Into a room that the first of them set up; everybody trusts everybody, and coaches the first one and themselves. */
static void join_group(struct backend *b, int64_t lifter, const char *who, int64_t input, int64_t action)
{
    struct coach_instruction said = {
        .coach = lifter, .action = action, .input = input, .at_ms = 6, .exercise = "squat", .text = who};
    struct coach_group group = {
        .transport = "matrix", .room = "!gym:x", .founder = lifter, .founder_power = 100, .set_up_ms = 5};
    struct coach_member member = {.lifter = lifter, .identity = who, .name = who, .joined_ms = 5};
    int found;

    OK(found = b->coach->group_find(b->coach->self, "matrix", "!gym:x", &group, e));
    if (found == 0)
        OK(b->coach->group_put(b->coach->self, &group, e));
    member.group = group.id;
    OK(b->coach->member_put(b->coach->self, &member, e));
    OK(b->coach->trust_put(b->coach->self, lifter, group.founder, true, e));
    OK(b->coach->trust_put(b->coach->self, lifter, lifter, true, e));
    OK(b->coach->trust_put(b->coach->self, group.founder, lifter, true, e));
    said.group = group.id;
    said.lifter = group.founder;
    OK(b->coach->instruction_add(b->coach->self, &said, e));
    said.kind = COACH_COMMENT;
    said.lifter = lifter;
    said.about = input;
    OK(b->coach->instruction_add(b->coach->self, &said, e));
}

/* A lifter with something in each table that knows lifters; messages "$WHO-N". */
static int64_t live(struct backend *b, const char *who, int messages)
{
    struct set set = {.exercise = "bench-press", .load_kg = 80, .reps = 8, .seconds = NAN, .rir = 1, .percent = NAN};
    struct coach_job job = {.kind = COACH_JOB_REST,
                            .transport = "matrix",
                            .room = who,
                            .identity = who,
                            .name = who,
                            .due_ms = 5,
                            .payload = who};
    const struct coach_store *coach = b->coach;
    struct coach_checkin checkin = {.due_ms = 5, .at_ms = 6, .slept_h = NAN, .dread = -1, .deficit = 0};
    char text[256], id[64];
    int64_t lifter, input, action, undo, set_id;
    bool is_new;

    OK(coach->lifter_open(coach->self, "matrix", who, 1000, &lifter, &is_new, e));
    assert_true(is_new);
    for (int item = 0; item < CHECKIN_ITEMS; item++)
        checkin.score[item] = NAN;
    set.at_ms = -1;
    set.type = SET_DROP;
    set.segments[0] = (struct segment){80, 8};
    set.segments[1] = (struct segment){60, 6};
    set.segment_count = 2;
    for (int i = 0; i < messages; i++) {
        struct message message;

        snprintf(id, sizeof(id), "$%s-%d", who[0] == '@' ? "z" : who, i);
        snprintf(set.note, sizeof(set.note), "%s felt this %d", who, i);
        message = message_of(who, id);
        OK(coach->input_claim(coach->self, &message, lifter, &input, e));
        OK(coach->action_begin(coach->self, lifter, input, COACH_LOG, 1000, &action, e));
        OK(coach->set_add(coach->self, lifter, action, input, 0, &set, 1000 + i, &set_id, e));
        OK(coach->step_add(
            coach->self, lifter,
            &(struct coach_step){
                .action = action, .input = input, .kind = COACH_STEP_TEMPLATE, .name = set.note, .text = who},
            e));
        snprintf(text, sizeof(text), "name%d", i);
        OK(coach->value_put(coach->self, lifter, text, set.note, e));
        snprintf(text, sizeof(text), "%s lift %d", who, i);
        OK(coach->alias_put(coach->self, lifter, text, "bench-press", e));
        say(b, OUT_REPLY, id, NULL, NULL, set.note);
    }
    OK(coach->action_begin(coach->self, lifter, input, COACH_CORRECT, 1000, &action, e));
    OK(coach->set_supersede(coach->self, set_id, action, e));
    OK(coach->action_begin(coach->self, lifter, input, COACH_UNDO, 1000, &undo, e));
    OK(coach->action_undo(coach->self, action, undo, e));
    snprintf(checkin.pain, sizeof(checkin.pain), "%s", who);
    checkin.input = input;
    checkin.action = action;
    OK(coach->checkin_add(coach->self, lifter, &checkin, e));
    OK(coach->checkins_of_input(coach->self, input, false, take_id, &checkin.id, e));
    OK(coach->checkin_supersede(coach->self, checkin.id, action, e));
    job.lifter = lifter;
    OK(coach->job_put(coach->self, &job, e));
    join_group(b, lifter, who, input, action);
    snprintf(text, sizeof(text),
             "INSERT INTO set_aside (lifter, kind, name, value, moved) VALUES (%lld, 0, 'goal', '%s', 1)",
             (long long)lifter, who);
    assert_int_equal(sqlite3_exec(b->store->db, text, NULL, NULL, NULL), SQLITE_OK);
    say(b, OUT_PING, NULL, NULL, who, who);
    return lifter;
}

/* How many tables know lifters and have a row of LIFTER; *TABLES: how many know them at all. */
static int tables_with(struct backend *b, int64_t lifter, int *tables)
{
    sqlite3_stmt *statement;
    int with = 0;

    *tables = 0;
    assert_int_equal(sqlite3_prepare_v2(b->store->db,
                                        "SELECT m.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c"
                                        " WHERE m.type = 'table' AND c.name = 'lifter'",
                                        -1, &statement, NULL),
                     SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        char sql[256];

        snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s WHERE lifter = %lld",
                 (const char *)sqlite3_column_text(statement, 0), (long long)lifter);
        with += sql_number(b, sql) != 0;
        ++*tables;
    }
    sqlite3_finalize(statement);
    return with;
}

static bool file_holds(const char *path, const char *what)
{
    struct buf bytes = BUF_INIT(256 * 1024 * 1024);
    FILE *file = fopen(path, "rb");
    char block[65536];
    bool found;
    size_t length;

    if (file == NULL)
        return false;
    while ((length = fread(block, 1, sizeof(block), file)) != 0)
        assert_int_equal(buf_add(&bytes, block, length), 0);
    fclose(file);
    found = bytes.length != 0 && memmem(bytes.data, bytes.length, what, strlen(what)) != NULL;
    buf_release(&bytes);
    return found;
}

/* Anywhere: the file and what SQLite keeps beside it. */
static bool disk_holds(const struct backend *b, const char *what)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", ".before-2", ".before-3"};
    bool found = false;

    for (size_t i = 0; i < ARRAY_LENGTH(suffixes); i++) {
        char path[160];

        snprintf(path, sizeof(path), "%s/s.db%s", b->folder, suffixes[i]);
        found |= file_holds(path, what);
    }
    return found;
}

static void forget(struct backend *b, int64_t lifter)
{
    OK(b->coach->lifter_forget(b->coach->self, lifter, true, e));
}

/* An event of each waits, and none of anybody. */
static void let_events_wait(struct backend *b)
{
    OK(b->matrix->value_put(b->matrix->self, "files",
                            span_of("[{\"event\":{\"sender\":\"@" MARK ":x\"}},{\"event\":{\"sender\":\"other\"}}]"),
                            e));
    OK(b->matrix->value_put(b->matrix->self, "early_reactions", span_of("[{\"event\":{\"sender\":\"@" MARK ":x\"}}]"),
                            e));
}

static void events_wait(struct backend *b)
{
    struct buf files = BUF_INIT(1024), early = BUF_INIT(1024);

    OK(b->matrix->value_get(b->matrix->self, "files", &files, e));
    OK(b->matrix->value_get(b->matrix->self, "early_reactions", &early, e));
    assert_string_equal(buf_text(&files), "[{\"event\":{\"sender\":\"other\"}}]");
    assert_string_equal(buf_text(&early), "[]");
    buf_release(&files);
    buf_release(&early);
}

static void nothing_of_theirs_is_left_and_all_of_the_others(void **state)
{
    struct backend *b = *state;
    int tables, with;
    int64_t lifter, other, sets;

    begin(b);
    lifter = live(b, "@" MARK ":x", 20);
    other = live(b, "other", 20);
    OK(b->matrix->event_new(b->matrix->self,
                            &(struct matrix_event_row){.event_id = "$z-0", .room_id = "!r:x", .sender = "@" MARK ":x"},
                            e));
    let_events_wait(b);
    OK(b->e2ee->parked_put(b->e2ee->self,
                           &(struct e2ee_parked_row){"$p1", "!r:x", "s", "{\"sender\":\"@" MARK ":x\"}", 1}, e));
    OK(b->e2ee->parked_put(b->e2ee->self, &(struct e2ee_parked_row){"$p2", "!r:x", "s", "{\"sender\":\"@other:x\"}", 1},
                           e));
    commit(b);
    with = tables_with(b, lifter, &tables);
    assert_true(tables >= 6);
    assert_int_equal(with, tables); /* a table that isn't filled above isn't tested */
    sets = sql_number(b, "SELECT count(*) FROM live_set");

    begin(b);
    forget(b, lifter);
    commit(b);
    assert_int_equal(tables_with(b, lifter, &tables), 0);
    with = tables_with(b, other, &tables);
    assert_int_equal(with, tables);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM live_set"), sets / 2);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM set_segment"), 40);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM outbox"), 21);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM outbox_file"), 20);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM matrix_event WHERE sender = ''"), 1);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM megolm_parked"), 1);
    events_wait(b);
    assert_int_equal(sql_number(b, "SELECT founder FROM training_room"), 0);
    assert_int_equal(sql_number(b, "SELECT founder_power FROM training_room"), 0);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

static void their_messages_stay_counted(void **state)
{
    struct backend *b = *state;
    struct message again = message_of("@" MARK ":x", "$z-3"), fresh = message_of("@" MARK ":x", "$z-new");
    struct coach_input found;
    int64_t lifter, anew, input;
    int result;
    bool is_new;

    begin(b);
    lifter = live(b, "@" MARK ":x", 5);
    commit(b);
    begin(b);
    forget(b, lifter);
    OK(b->coach->lifter_open(b->coach->self, "matrix", "@" MARK ":x", 9000, &anew, &is_new, e));
    assert_true(is_new);
    assert_int_not_equal(anew, lifter); /* the number never comes back */
    OK(result = b->coach->input_claim(b->coach->self, &again, anew, &input, e));
    assert_int_equal(result, 0);
    OK(result = b->coach->input_find(b->coach->self, "matrix", "$z-3", &found, e));
    assert_int_equal(result, 0); /* whose it was isn't known */
    OK(result = b->coach->input_claim(b->coach->self, &fresh, anew, &input, e));
    assert_int_equal(result, 1);
    forget(b, anew); /* and again */
    OK(result = b->coach->input_claim(b->coach->self, &fresh, lifter, &input, e));
    assert_int_equal(result, 0);
    commit(b);
}

static void rolled_back_nothing_is_forgotten(void **state)
{
    struct backend *b = *state;
    int64_t lifter;
    int tables, with;

    begin(b);
    lifter = live(b, "@" MARK ":x", 5);
    commit(b);
    begin(b);
    forget(b, lifter);
    store_rollback(b->store);
    with = tables_with(b, lifter, &tables);
    assert_int_equal(with, tables);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM forgotten_message"), 0);
}

/* Their rows among those of others, over many pages that were split, filled and emptied. */
static void the_bytes_are_gone(void **state)
{
    struct backend *b = *state;
    int64_t lifter = 0;

    begin(b);
    for (int i = 0; i < 40; i++) {
        char who[32];

        snprintf(who, sizeof(who), "other%d", i);
        if (i == 20)
            lifter = live(b, "@" MARK ":x", 150);
        live(b, who, 30);
    }
    commit(b);
    for (int i = 0; i < 200; i++) { /* values that are rewritten move about */
        char name[32], value[200];

        begin(b);
        snprintf(name, sizeof(name), "name%d", i % 50);
        snprintf(value, sizeof(value), "%*s" MARK "%d", i % 150, "", i);
        OK(b->coach->value_put(b->coach->self, lifter, name, value, e));
        commit(b);
    }
    assert_true(disk_holds(b, MARK));

    begin(b);
    forget(b, lifter);
    commit(b);
    assert_false(disk_holds(b, MARK));
    assert_true(disk_holds(b, "other7 felt this 3"));
    assert_int_equal(sql_number(b, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
}

/* Somebody else has the file open for reading: the log can't be cut yet. Then it is with a later commit, or when the
 * file is opened the next time. */
static void a_reader_only_delays_it(void **state)
{
    struct backend *b = *state;
    char path[128], copy[160];
    sqlite3 *reader;
    FILE *file;
    int64_t lifter;

    backend_path(b, path, sizeof(path));
    begin(b);
    lifter = live(b, "@" MARK ":x", 5);
    commit(b);
    snprintf(copy, sizeof(copy), "%s.before-2", path);
    assert_non_null(file = fopen(copy, "w")); /* a copy that a migration left */
    fclose(file);
    assert_int_equal(sqlite3_open(path, &reader), SQLITE_OK);
    assert_int_equal(sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM training_set", NULL, NULL, NULL), SQLITE_OK);
    begin(b);
    forget(b, lifter);
    commit(b);
    assert_true(disk_holds(b, MARK));
    assert_int_not_equal(access(copy, F_OK), 0);
    sqlite3_close(reader);
    begin(b);
    commit(b);
    assert_false(disk_holds(b, MARK));
}

/* A guest logs in: their sets are the account's, in one log with what that has; a name that both have is the account's.
 */
static void a_guest_becomes_somebody(void **state)
{
    struct backend *b = *state;
    int64_t guest, account, found = 0;
    int tables, with, result;

    begin(b);
    guest = live(b, "~guest:1.2", 5);
    account = live(b, "anna", 7);
    OK(b->coach->value_put(b->coach->self, guest, "exercise:@~guest:1.2", "bench-press", e));
    OK(b->coach->value_put(b->coach->self, guest, "goal", "strength", e));
    OK(b->coach->value_put(b->coach->self, account, "goal", "fitness", e));
    assert_int_equal(sql_number(b, "SELECT founder FROM training_room"), guest);
    OK(b->coach->say(b->coach->self,
                     &(struct outgoing){.kind = OUT_REPLY,
                                        .transport = "matrix",
                                        .room = "@~guest:1.2",
                                        .answers = "$late",
                                        .text = "x",
                                        .to = "~guest:1.2",
                                        .at_ms = 1},
                     e));
    OK(b->coach->lifter_merge(b->coach->self, guest, account, "matrix", "~guest:1.2", "anna", e));
    OK(b->coach->lifter_forget(b->coach->self, guest, false, e));
    commit(b);
    assert_int_equal(tables_with(b, guest, &tables), 0);
    with = tables_with(b, account, &tables);
    assert_int_equal(with, tables);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM input WHERE lifter <> (SELECT lifter FROM identity)"), 0);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM input"), 12);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM identity"), 1);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM lifter_value WHERE name = 'exercise:@anna'"), 1);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM lifter_value WHERE name = 'goal' AND value = 'fitness'"), 1);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM lifter_value WHERE name = 'goal'"), 1);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM outbox WHERE recipient = 'anna' AND room = '@anna'"), 1);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    OK(result = b->coach->lifter_find(b->coach->self, "matrix", "~guest:1.2", &found, e));
    assert_int_equal(result, 0);
    /* The tables that merge.c moves, identity, set_aside and their homes. A new one that knows lifters belongs there.
     */
    assert_int_equal(sql_number(b, "SELECT count(*) FROM sqlite_master AS m JOIN pragma_foreign_key_list(m.name) AS f"
                                   " WHERE f.\"table\" = 'lifter'"),
                     17);
    assert_int_equal(sql_number(b, "SELECT founder FROM training_room"), account);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM room_member WHERE identity = 'anna'"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_EACH(nothing_of_theirs_is_left_and_all_of_the_others),
        ON_EACH(their_messages_stay_counted),
        ON_EACH(rolled_back_nothing_is_forgotten),
        ON_EACH(a_guest_becomes_somebody),
        cmocka_unit_test_setup_teardown(the_bytes_are_gone, in_file, close_backend),
        cmocka_unit_test_setup_teardown(a_reader_only_delays_it, in_file, close_backend),
    };

    return RUN_TESTS(tests);
}
