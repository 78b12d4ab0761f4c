/*
 * What the Matrix transport relies on, for each implementation of its port: above all the outbox, through which each
 * message is answered exactly once.
 */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/vec.h"
#include "tests/unit/bot/store/backend.h"

/* A copy of what a row lends. */
struct kept {
    int64_t id, at_ms;
    int kind;
    enum matrix_outbox_state state;
    char txn_id[128], answers[64], edits[64], edits_event[64], room[64], thread[64], mention[64], text[64], html[64],
        event_type[64], content[64];
};
typedef VEC(struct kept) kept_list;

#define KEEP(to, from) snprintf((to), sizeof(to), "%s", (from))

static int keep(void *arg, const struct matrix_outbox_row *row)
{
    struct kept *k = vec_add((kept_list *)arg);

    k->id = row->id;
    k->at_ms = row->at_ms;
    k->kind = row->kind;
    k->state = row->state;
    KEEP(k->txn_id, row->txn_id);
    KEEP(k->answers, row->answers);
    KEEP(k->edits, row->edits);
    KEEP(k->edits_event, row->edits_event);
    KEEP(k->room, row->room);
    KEEP(k->thread, row->thread);
    KEEP(k->mention, row->mention);
    KEEP(k->text, row->text);
    KEEP(k->html, row->html);
    KEEP(k->event_type, row->event_type);
    KEEP(k->content, row->content);
    return 0;
}

/* What waits; the list is released by the caller. */
static kept_list waiting(struct backend *b, int64_t after)
{
    kept_list rows = {0};

    OK(b->matrix->outbox_each(b->matrix->self, after, keep, &rows, e));
    return rows;
}

static size_t count_waiting(struct backend *b)
{
    kept_list rows = waiting(b, 0);
    size_t count = rows.count;

    vec_release(&rows);
    return count;
}

/* The only row that waits. */
static struct kept only(struct backend *b)
{
    kept_list rows = waiting(b, 0);
    struct kept first;

    assert_int_equal(rows.count, 1);
    first = rows.at[0];
    vec_release(&rows);
    return first;
}

static void say(struct backend *b, enum outgoing_kind kind, const char *answers, const char *edits, const char *text)
{
    struct outgoing outgoing = {.kind = kind,
                                .transport = "matrix",
                                .room = "!r:x",
                                .answers = answers,
                                .edits = edits,
                                .text = text,
                                .at_ms = 1000};

    OK(b->coach->say(b->coach->self, &outgoing, e));
}

static int answered(struct backend *b, const char *id)
{
    int result;

    OK(result = b->coach->was_answered(b->coach->self, "matrix", id, e));
    return result;
}

static void done(struct backend *b, int64_t id, const char *event_id)
{
    OK(b->matrix->outbox_done(b->matrix->self, id, event_id, e));
}

static void seal(struct backend *b, int64_t id)
{
    OK(b->matrix->outbox_seal(b->matrix->self, id, "m.room.encrypted", span_of("{\"x\":1}"), e));
}

static void every_field_of_a_row_comes_back(void **state)
{
    struct backend *b = *state;
    struct outgoing outgoing = {.kind = OUT_QUESTION,
                                .transport = "matrix",
                                .room = "!r:x",
                                .answers = "$1",
                                .thread = "$root",
                                .mention = "@a:x",
                                .text = "which?",
                                .html = "<b>which?</b>",
                                .at_ms = 1767632400123};
    struct kept row;

    begin(b);
    OK(b->matrix->say(b->matrix->self, &outgoing, e));
    row = only(b);
    assert_int_equal(row.kind, OUT_QUESTION);
    assert_int_equal(row.state, OUTBOX_NEW);
    assert_int_equal(row.at_ms, 1767632400123);
    assert_string_equal(row.room, "!r:x");
    assert_string_equal(row.answers, "$1");
    assert_string_equal(row.edits, "");
    assert_string_equal(row.edits_event, "");
    assert_string_equal(row.thread, "$root");
    assert_string_equal(row.mention, "@a:x");
    assert_string_equal(row.text, "which?");
    assert_string_equal(row.html, "<b>which?</b>");
    assert_string_equal(row.content, "");
    commit(b);
    begin(b);
    seal(b, row.id);
    commit(b);
    row = only(b);
    assert_int_equal(row.state, OUTBOX_SEALED);
    assert_string_equal(row.event_type, "m.room.encrypted");
    assert_string_equal(row.content, "{\"x\":1}");
    assert_string_equal(row.text, "which?");
}

static void what_answers_a_message_is_said_once_however_often_it_is_said(void **state)
{
    struct backend *b = *state;
    struct kept row;

    begin(b);
    assert_int_equal(answered(b, "$ev:x"), 0);
    say(b, OUT_REPLY, "$ev:x", NULL, "first");
    say(b, OUT_REPLY, "$ev:x", NULL, "second");
    say(b, OUT_ERROR, "$ev:x", NULL, "third");
    say(b, OUT_QUESTION, "$ev:x", NULL, "fourth");
    row = only(b);
    assert_string_equal(row.text, "first");
    assert_string_equal(row.txn_id, "r=24ev=3Ax");
    assert_int_equal(answered(b, "$ev:x"), 1);
    seal(b, row.id);
    say(b, OUT_REPLY, "$ev:x", NULL, "fifth");
    assert_string_equal(only(b).content, "{\"x\":1}");
    done(b, row.id, "$reply:x");
    assert_int_equal(answered(b, "$ev:x"), 1);
    say(b, OUT_REPLY, "$ev:x", NULL, "sixth");
    assert_int_equal(count_waiting(b), 0);
    done(b, row.id, "$reply:x"); /* acknowledged twice */
    commit(b);
}

static void ids_that_look_alike_are_kept_apart(void **state)
{
    struct backend *b = *state;
    static const char *const ids[] = {"$a", "=24a", "%24a", "$A", "=3D24a", "a", " a", "a ", "$a=", "ä"};

    begin(b);
    for (size_t i = 0; i < ARRAY_LENGTH(ids); i++)
        say(b, OUT_REPLY, ids[i], NULL, "x");
    for (size_t i = 0; i < ARRAY_LENGTH(nasty); i++)
        say(b, OUT_REPLY, nasty[i], NULL, "x");
    assert_int_equal(count_waiting(b), ARRAY_LENGTH(ids) + ARRAY_LENGTH(nasty));
    commit(b);
}

static void a_transaction_id_is_safe_in_a_url(void **state)
{
    struct backend *b = *state;
    kept_list rows;

    begin(b);
    for (size_t i = 0; i < ARRAY_LENGTH(nasty); i++)
        say(b, OUT_REPLY, nasty[i], NULL, "x");
    say(b, OUT_PING, NULL, NULL, "x");
    rows = waiting(b, 0);
    for (size_t i = 0; i < rows.count; i++)
        assert_int_equal(
            strspn(rows.at[i].txn_id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~="),
            strlen(rows.at[i].txn_id));
    vec_release(&rows);
    commit(b);
}

static void a_reaction_is_no_answer_and_a_digest_does_not_keep_a_reply_away(void **state)
{
    struct backend *b = *state;
    kept_list rows;

    begin(b);
    say(b, OUT_REACTION, "$1", NULL, "👍");
    say(b, OUT_DIGEST, "$1", NULL, "three sets");
    assert_int_equal(answered(b, "$1"), 0);
    say(b, OUT_REPLY, "$1", NULL, "80x8");
    assert_int_equal(answered(b, "$1"), 1);
    rows = waiting(b, 0);
    assert_int_equal(rows.count, 3);
    done(b, rows.at[0].id, "$reaction");
    done(b, rows.at[2].id, "$reply");
    say(b, OUT_EDIT, "$e", "$1", "82x8");
    vec_release(&rows);
    rows = waiting(b, 0);
    assert_int_equal(rows.count, 2);
    assert_string_equal(rows.at[1].edits_event, "$reply");
    vec_release(&rows);
    commit(b);
}

static void find_reply(const struct backend *b, const char *event_id, int expected, const char *answers,
                       const char *thread)
{
    struct buf message = BUF_INIT(256), root = BUF_INIT(256);
    int found = -1;

    OK(found = b->coach->reply_find(b->coach->self, "matrix", event_id, &message, &root, e));
    assert_int_equal(found, expected);
    assert_string_equal(buf_text(&message), answers);
    assert_string_equal(buf_text(&root), thread);
    buf_release(&message);
    buf_release(&root);
}

/* What a reaction is on: by the event's id back to the message, and the thread. */
static void a_reply_is_found_by_its_event(void **state)
{
    struct backend *b = *state;
    const struct outgoing reply = {.kind = OUT_REPLY,
                                   .transport = "matrix",
                                   .room = "!r:x",
                                   .answers = "$1",
                                   .thread = "$root",
                                   .text = "80x8",
                                   .at_ms = 1};
    const struct outgoing asks = {
        .kind = OUT_QUESTION, .transport = "matrix", .room = "!r:x", .name = "?$1", .text = "how long?", .at_ms = 1};
    kept_list rows;

    begin(b);
    OK(b->coach->say(b->coach->self, &reply, e));
    OK(b->coach->say(b->coach->self, &asks, e));
    OK(b->coach->say(b->coach->self, &asks, e)); /* once under its name */
    rows = waiting(b, 0);
    assert_int_equal(rows.count, 2);
    assert_string_equal(rows.at[1].answers, "");
    find_reply(b, "$reply", 0, "", "");
    done(b, rows.at[0].id, "$reply");
    done(b, rows.at[1].id, "$asks");
    find_reply(b, "$reply", 1, "$1", "$root");
    find_reply(b, "$asks", 1, "?$1", "");
    OK(b->coach->say(b->coach->self, &asks, e)); /* nor after it has gone */
    say(b, OUT_EDIT, "$e", "?$1", "3 years");
    vec_release(&rows);
    rows = waiting(b, 0);
    assert_int_equal(rows.count, 1);
    assert_string_equal(rows.at[0].edits_event, "$asks");
    vec_release(&rows);
    commit(b);
}

static void what_answers_nothing_is_said_each_time(void **state)
{
    struct backend *b = *state;
    kept_list rows;

    begin(b);
    say(b, OUT_WELCOME, NULL, NULL, "hello");
    say(b, OUT_PING, NULL, NULL, "are you there");
    say(b, OUT_PING, NULL, NULL, "are you there");
    say(b, OUT_CHECKIN, NULL, NULL, "how was it");
    rows = waiting(b, 0);
    assert_int_equal(rows.count, 4);
    assert_string_equal(rows.at[0].txn_id, "w1.1000");
    assert_string_equal(rows.at[1].txn_id, "p2.1000");
    assert_string_equal(rows.at[2].txn_id, "p3.1000");
    assert_string_equal(rows.at[3].txn_id, "c4.1000");
    vec_release(&rows);
    rows = waiting(b, 2);
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.at[0].id, 3);
    vec_release(&rows);
    for (int64_t id = 1; id <= 4; id++)
        done(b, id, "$x");
    commit(b);
    begin(b);
    say(b, OUT_PING, NULL, NULL, "later"); /* the number of a row that went does not come back */
    assert_int_equal(only(b).id, 5);
    commit(b);
}

/* Said again after whatever happened, it is the same row. */
static void what_a_job_says_is_said_once(void **state)
{
    struct backend *b = *state;
    struct outgoing ping = {.kind = OUT_PING,
                            .transport = "matrix",
                            .room = "!r:x",
                            .mention = "@anna:x",
                            .text = "go",
                            .at_ms = 7,
                            .job = 12};
    kept_list rows;

    begin(b);
    OK(b->coach->say(b->coach->self, &ping, e));
    ping.at_ms = 8;
    OK(b->coach->say(b->coach->self, &ping, e));
    ping.kind = OUT_DIGEST; /* of the same job, something else */
    OK(b->coach->say(b->coach->self, &ping, e));
    ping.job = 13;
    OK(b->coach->say(b->coach->self, &ping, e));
    rows = waiting(b, 0);
    assert_int_equal(rows.count, 3);
    assert_string_equal(rows.at[0].txn_id, "pj12");
    assert_string_equal(rows.at[0].mention, "@anna:x");
    assert_string_equal(rows.at[1].txn_id, "dj12");
    assert_string_equal(rows.at[2].txn_id, "dj13");
    vec_release(&rows);
    commit(b);
}

static void an_edit_changes_a_reply_that_has_not_left(void **state)
{
    struct backend *b = *state;
    struct kept row;

    begin(b);
    say(b, OUT_QUESTION, "$1", NULL, "80x80?");
    say(b, OUT_EDIT, "$edit1", "$1", "80x8");
    say(b, OUT_EDIT, "$edit2", "$1", "82.5x8");
    row = only(b);
    assert_int_equal(row.kind, OUT_REPLY);
    assert_string_equal(row.text, "82.5x8");
    assert_string_equal(row.answers, "$1");
    assert_string_equal(row.txn_id, "r=241");
    commit(b);
}

static void an_edit_of_a_sealed_reply_waits_for_its_event(void **state)
{
    struct backend *b = *state;
    kept_list rows;

    begin(b);
    say(b, OUT_REPLY, "$1", NULL, "80x8");
    seal(b, 1);
    say(b, OUT_EDIT, "$edit1", "$1", "81x8");
    say(b, OUT_EDIT, "$edit2", "$1", "82x8"); /* the last word counts */
    rows = waiting(b, 0);
    assert_int_equal(rows.count, 2);
    assert_string_equal(rows.at[0].text, "80x8");
    assert_string_equal(rows.at[1].text, "82x8");
    assert_int_equal(rows.at[1].kind, OUT_EDIT);
    assert_string_equal(rows.at[1].txn_id, "e=24edit1");
    assert_string_equal(rows.at[1].edits, "$1");
    assert_string_equal(rows.at[1].edits_event, "");
    vec_release(&rows);
    done(b, 1, "$reply");
    assert_string_equal(only(b).edits_event, "$reply");
    seal(b, only(b).id);
    say(b, OUT_EDIT, "$edit3", "$1", "83x8");
    assert_int_equal(count_waiting(b), 2);
    commit(b);
    begin(b);
    rows = waiting(b, 0);
    done(b, rows.at[0].id, "$edited"); /* an edit's own event is not what later edits replace */
    vec_release(&rows);
    assert_string_equal(only(b).text, "83x8");
    assert_string_equal(only(b).edits_event, "$reply");
    commit(b);
}

static void an_edit_of_a_reply_that_was_never_said_is_the_reply(void **state)
{
    struct backend *b = *state;
    struct kept row;

    begin(b);
    say(b, OUT_EDIT, "$edit", "$1", "80x8");
    row = only(b);
    assert_int_equal(row.kind, OUT_REPLY);
    assert_string_equal(row.answers, "$1");
    assert_string_equal(row.edits, "");
    assert_string_equal(row.txn_id, "r=241");
    assert_int_equal(answered(b, "$1"), 1);
    commit(b);
}

static void a_dropped_reply_leaves_its_edit_to_answer(void **state)
{
    struct backend *b = *state;
    struct kept row;

    begin(b);
    say(b, OUT_REPLY, "$1", NULL, "too long");
    seal(b, 1);
    say(b, OUT_EDIT, "$edit", "$1", "short");
    OK(b->matrix->outbox_drop(b->matrix->self, 1, "M_TOO_LARGE", e));
    row = only(b);
    assert_int_equal(row.kind, OUT_REPLY);
    assert_string_equal(row.answers, "$1");
    assert_string_equal(row.edits, "");
    assert_string_equal(row.text, "short");
    assert_int_equal(answered(b, "$1"), 1);
    OK(b->matrix->outbox_drop(b->matrix->self, row.id, "M_FORBIDDEN", e));
    assert_int_equal(count_waiting(b), 0);
    assert_int_equal(answered(b, "$1"), 0);
    OK(b->matrix->outbox_drop(b->matrix->self, 99, "no such row", e));
    commit(b);
}

static int fail_at_two(void *arg, const struct matrix_outbox_row *row)
{
    keep(arg, row);
    return ((kept_list *)arg)->count == 2 ? -1 : 0;
}

static void the_console_takes_its_rows_and_no_others(void **state)
{
    struct backend *b = *state;
    struct outgoing outgoing = {.kind = OUT_REPLY, .transport = "console", .room = "-", .text = "one", .at_ms = 1};
    kept_list rows = {0};
    struct err err;

    begin(b);
    say(b, OUT_REPLY, "m1", NULL, "of matrix");
    outgoing.answers = "m1";
    OK(b->coach->say(b->coach->self, &outgoing, e));
    outgoing.answers = "m2";
    OK(b->coach->say(b->coach->self, &outgoing, e));
    commit(b);
    begin(b);
    assert_int_equal(store_outbox_take(b->store, "console", fail_at_two, &rows, &err), -1);
    store_rollback(b->store);
    vec_clear(&rows);
    begin(b);
    OK(store_outbox_take(b->store, "console", keep, &rows, e));
    assert_int_equal(rows.count, 2);
    assert_string_equal(rows.at[0].answers, "m1");
    vec_clear(&rows);
    OK(store_outbox_take(b->store, "console", keep, &rows, e));
    assert_int_equal(rows.count, 0);
    outgoing.kind = OUT_EDIT;
    outgoing.answers = "m3";
    outgoing.edits = "m2";
    OK(b->coach->say(b->coach->self, &outgoing, e));
    OK(store_outbox_take(b->store, "console", keep, &rows, e));
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.at[0].kind, OUT_EDIT);
    assert_string_equal(rows.at[0].edits, "m2");
    vec_release(&rows);
    assert_string_equal(only(b).text, "of matrix");
    commit(b);
}

/* ---------------------------------------------------------------- files */
static void say_file(struct backend *b, const char *answers, const char *bytes, size_t size)
{
    const struct attachment file = {"log.csv", "text/csv", bytes, size, "no file"};
    const struct outgoing outgoing = {.kind = OUT_REPLY,
                                      .transport = "matrix",
                                      .room = "!r:x",
                                      .answers = answers,
                                      .text = "with a file",
                                      .html = "<b>with</b>",
                                      .attachment = &file,
                                      .at_ms = 5};

    OK(b->coach->say(b->coach->self, &outgoing, e));
}

struct seen_file {
    int64_t id;
    int rows;
    char text[64], html[64], name[64], type[64], uploaded[64];
    int64_t size;
};

static int see_file(void *arg, const struct matrix_outbox_row *row)
{
    struct seen_file *seen = arg;

    seen->rows++;
    seen->id = row->id;
    seen->size = row->file_size;
    snprintf(seen->text, sizeof(seen->text), "%s", row->text);
    snprintf(seen->html, sizeof(seen->html), "%s", row->html);
    snprintf(seen->name, sizeof(seen->name), "%s", row->file_name);
    snprintf(seen->type, sizeof(seen->type), "%s", row->file_type);
    snprintf(seen->uploaded, sizeof(seen->uploaded), "%s", row->uploaded);
    return 0;
}

static struct seen_file look(struct backend *b)
{
    struct seen_file seen = {0};

    OK(b->matrix->outbox_each(b->matrix->self, 0, see_file, &seen, e));
    return seen;
}

static int file_of(struct backend *b, int64_t id, struct buf *out)
{
    int found;

    buf_clear(out);
    OK(found = b->matrix->outbox_file(b->matrix->self, id, out, e));
    return found;
}

static void a_file_goes_with_its_row(void **state)
{
    struct backend *b = *state;
    struct buf bytes = BUF_INIT(1024);
    struct seen_file seen;

    begin(b);
    say_file(b, "$m", "a\0b\r\n", 5);
    say_file(b, "$m", "other", 5); /* said twice: once, with the first file */
    seen = look(b);
    assert_int_equal(seen.rows, 1);
    assert_string_equal(seen.name, "log.csv");
    assert_string_equal(seen.type, "text/csv");
    assert_string_equal(seen.uploaded, "");
    assert_int_equal(seen.size, 5);
    assert_int_equal(file_of(b, seen.id, &bytes), 1);
    assert_memory_equal(bytes.data, "a\0b\r\n", 5);
    OK(b->matrix->outbox_uploaded(b->matrix->self, seen.id, "mxc://x/y", e));
    seen = look(b);
    assert_string_equal(seen.uploaded, "mxc://x/y");
    OK(b->matrix->outbox_done(b->matrix->self, seen.id, "$e", e));
    assert_int_equal(look(b).rows, 0);
    assert_int_equal(file_of(b, seen.id, &bytes), 0);
    commit(b);
    buf_release(&bytes);
}

static int see_event(void *arg, const struct matrix_outbox_row *row)
{
    struct buf *seen = arg;

    buf_addf(seen, "%s|%s|%s|%s|%s|%d|%d%s\n", row->room, row->txn_id[0] == 'v' ? "v" : row->txn_id, row->text,
             row->event_type, row->content, row->open, (int)row->state, row->poll ? "|poll" : "");
    return 0;
}

static void an_event_and_what_is_open_come_back_as_such(void **state)
{
    struct backend *b = *state;
    struct outgoing open = {.kind = OUT_ERROR,
                            .transport = "matrix",
                            .room = "!r",
                            .answers = "$1",
                            .text = "hm",
                            .at_ms = 1,
                            .open = true};
    struct outgoing poll = {.kind = OUT_CHECKIN,
                            .transport = "matrix",
                            .room = "!r",
                            .name = "checkin:1:0",
                            .text = "sleep?",
                            .at_ms = 1,
                            .poll = true};
    struct buf seen = BUF_INIT(4096);

    begin(b);
    for (int i = 0; i < 2; i++)
        OK(b->matrix->outbox_event(b->matrix->self, "!r", "m.key.verification.key", "{\"key\":1}", 5, e));
    OK(b->matrix->say(b->matrix->self, &open, e));
    for (int i = 0; i < 2; i++) /* known by its name, and asked once */
        OK(b->matrix->say(b->matrix->self, &poll, e));
    OK(b->matrix->outbox_each(b->matrix->self, 0, see_event, &seen, e));
    assert_string_equal(buf_text(&seen), "!r|v||m.key.verification.key|{\"key\":1}|1|0\n"
                                         "!r|v||m.key.verification.key|{\"key\":1}|1|0\n"
                                         "!r|r=241|hm|||1|0\n"
                                         "!r|ccheckin=3A1=3A0|sleep?|||0|0|poll\n");
    commit(b);
    buf_release(&seen);
}

static void what_cant_be_handed_over_is_said_without_it(void **state)
{
    struct backend *b = *state;
    struct buf bytes = BUF_INIT(1024);
    struct seen_file seen;

    begin(b);
    say_file(b, "$m", "abc", 3);
    seen = look(b);
    OK(b->matrix->outbox_without_file(b->matrix->self, seen.id, e));
    OK(b->matrix->outbox_without_file(b->matrix->self, seen.id, e)); /* again: nothing */
    seen = look(b);
    assert_string_equal(seen.text, "no file");
    assert_string_equal(seen.html, "");
    assert_string_equal(seen.name, "");
    assert_int_equal(file_of(b, seen.id, &bytes), 0);
    commit(b);
    buf_release(&bytes);
}

/* The message was written anew before its reply has left: the file was of what it said before. */
static void an_edited_reply_loses_its_file(void **state)
{
    struct backend *b = *state;
    struct seen_file seen;

    begin(b);
    say_file(b, "$m", "abc", 3);
    OK(b->coach->say(
        b->coach->self,
        &(struct outgoing){
            .kind = OUT_EDIT, .transport = "matrix", .room = "!r:x", .answers = "$e", .edits = "$m", .text = "anew"},
        e));
    seen = look(b);
    assert_int_equal(seen.rows, 1);
    assert_string_equal(seen.text, "anew");
    assert_string_equal(seen.name, "");
    commit(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_EACH(every_field_of_a_row_comes_back),
        ON_EACH(what_answers_a_message_is_said_once_however_often_it_is_said),
        ON_EACH(ids_that_look_alike_are_kept_apart),
        ON_EACH(a_transaction_id_is_safe_in_a_url),
        ON_EACH(a_reply_is_found_by_its_event),
        ON_EACH(a_reaction_is_no_answer_and_a_digest_does_not_keep_a_reply_away),
        ON_EACH(what_answers_nothing_is_said_each_time),
        ON_EACH(what_a_job_says_is_said_once),
        ON_EACH(an_edit_changes_a_reply_that_has_not_left),
        ON_EACH(an_edit_of_a_sealed_reply_waits_for_its_event),
        ON_EACH(an_edit_of_a_reply_that_was_never_said_is_the_reply),
        ON_EACH(a_dropped_reply_leaves_its_edit_to_answer),
        ON_EACH(the_console_takes_its_rows_and_no_others),
        ON_EACH(an_event_and_what_is_open_come_back_as_such),
        ON_EACH(a_file_goes_with_its_row),
        ON_EACH(what_cant_be_handed_over_is_said_without_it),
        ON_EACH(an_edited_reply_loses_its_file),
    };

    return RUN_TESTS(tests);
}
