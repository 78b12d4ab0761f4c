/*
 * What coaching says: rows of the outbox, one for each message that is answered, however often it is said.
 *
 * An edit of a reply that has not left yet changes that row; of one that was never said, it is the reply.
 */
#include "bot/store/inside.h"
#include "core/base/ascii.h"

_Static_assert(OUT_REPLY == 0 && OUT_QUESTION == 1 && OUT_ERROR == 2 && OUT_REACTION == 3 && OUT_EDIT == 4 &&
                   OUT_CHECKIN == 5 && OUT_DIGEST == 6 && OUT_PING == 7 && OUT_WELCOME == 8,
               "stored as numbers");
_Static_assert(OUTBOX_NEW == 0 && OUTBOX_SEALED == 1, "stored as numbers");

/* The first letter of a transaction id. What answers a message exactly once shares 'r'. */
static const char letters[] = {
    [OUT_REPLY] = 'r',   [OUT_QUESTION] = 'r', [OUT_ERROR] = 'r', [OUT_REACTION] = 'a', [OUT_EDIT] = 'e',
    [OUT_CHECKIN] = 'c', [OUT_DIGEST] = 'd',   [OUT_PING] = 'p',  [OUT_WELCOME] = 'w'};

enum { TXN_ID_MAXIMUM = 4096 };

static bool is_reply(enum outgoing_kind kind)
{
    return letters[kind] == 'r';
}

/* Injective: whatever is not unreserved in a URL (RFC 3986, 2.3) becomes "=XX". */
static void add_escaped(struct buf *out, const char *id)
{
    for (; *id != '\0'; id++) {
        if (ascii_is_unreserved(*id))
            buf_addc(out, *id);
        else
            buf_addf(out, "=%02X", (unsigned char)*id);
    }
}

static int next_id(struct store *store, int64_t *id, struct err *err)
{
    struct query query;

    query_open(&query, store, "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0) + 1", err);
    return query_find_int(&query, id) < 0 ? -1 : 0;
}

/* The id that saying OUTGOING twice has in common. Nothing in common: the row's own number and time. */
static int txn_id(const struct outgoing *outgoing, int64_t id, struct buf *txn, struct err *err)
{
    const char *said_once = outgoing->answers != NULL ? outgoing->answers : outgoing->name;

    buf_addc(txn, letters[outgoing->kind]);
    if (said_once != NULL)
        add_escaped(txn, said_once);
    else if (outgoing->job != 0)
        buf_addf(txn, "j%lld", (long long)outgoing->job);
    else
        buf_addf(txn, "%lld.%lld", (long long)id, (long long)outgoing->at_ms);
    return txn->overflowed ? err_set(err, ERR_LIMIT, "the id of a message is too long") : 0;
}

static int was_answered(void *self, const char *transport, const char *event_id, struct err *err)
{
    struct buf txn = BUF_INIT(TXN_ID_MAXIMUM);
    struct query query;
    int64_t one;
    int result;

    result = txn_id(&(struct outgoing){.kind = OUT_REPLY, .answers = event_id}, 0, &txn, err);
    if (result == 0) {
        query_open(&query, self,
                   "SELECT 1 FROM reply WHERE transport = ?1 AND answers = ?2"
                   " UNION ALL SELECT 1 FROM outbox WHERE transport = ?1 AND txn_id = ?3 LIMIT 1",
                   err);
        query_text(&query, transport);
        query_text(&query, event_id);
        query_text_span(&query, buf_span(&txn));
        result = query_find_int(&query, &one);
    }
    buf_release(&txn);
    return result;
}

static int insert_file(struct store *store, int64_t id, const struct attachment *file, struct err *err)
{
    struct query query;

    query_open(&query, store,
               "INSERT INTO outbox_file (outbox, name, media_type, bytes, otherwise) VALUES (?, ?, ?, ?, ?)", err);
    query_int(&query, id);
    query_text(&query, file->name);
    query_text(&query, file->media_type);
    query_blob(&query, (struct span){file->bytes, file->size});
    query_text(&query, file->otherwise);
    return query_run(&query);
}

static int insert(struct store *store, const struct outgoing *o, struct err *err)
{
    struct buf txn = BUF_INIT(TXN_ID_MAXIMUM);
    struct query query;
    int64_t id;
    int result = next_id(store, &id, err);

    if (result == 0)
        result = txn_id(o, id, &txn, err);
    if (result == 0) {
        query_open(
            &query, store,
            "INSERT INTO outbox (id, transport, room, txn_id, kind, answers, edits, thread, mention, text, html,"
            " at_ms, name, recipient, bulk, open, poll) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (transport, txn_id) DO NOTHING",
            err);
        query_int(&query, id);
        query_text(&query, o->transport);
        query_text(&query, o->room);
        query_text_span(&query, buf_span(&txn));
        query_int(&query, (int64_t)o->kind);
        query_text(&query, o->answers);
        query_text(&query, o->edits);
        query_text(&query, o->thread);
        query_text(&query, o->mention);
        query_text(&query, o->text);
        query_text(&query, o->html);
        query_int(&query, o->at_ms);
        query_text(&query, o->name);
        query_text(&query, o->to);
        query_int(&query, o->bulk);
        query_int(&query, o->open);
        query_int(&query, o->poll);
        result = query_changes(&query);
    }
    if (result == 1 && o->attachment != NULL)
        result = insert_file(store, id, o->attachment, err);
    if (result > 0)
        result = 0;
    buf_release(&txn);
    return result;
}

/* Changes what waits unsealed as the reply to, or the edit of the reply to, O->edits. How many rows, -1. */
static int rewrite_waiting(struct store *store, const struct outgoing *o, struct err *err)
{
    struct query query;

    query_open(&query, store,
               "DELETE FROM outbox_file WHERE outbox IN (SELECT id FROM outbox WHERE transport = ?1 AND state = 0"
               " AND ?2 IN (answers, name) AND kind IN (0, 1, 2))",
               err);
    query_text(&query, o->transport);
    query_text(&query, o->edits);
    if (query_run(&query) < 0)
        return -1;
    query_open(&query, store,
               "UPDATE outbox SET text = ?3, html = ?4, kind = CASE kind WHEN 4 THEN 4 ELSE 0 END"
               " WHERE transport = ?1 AND state = 0 AND (?2 IN (answers, name) AND kind IN (0, 1, 2)"
               " OR edits = ?2 AND kind = 4)",
               err);
    query_text(&query, o->transport);
    query_text(&query, o->edits);
    query_text(&query, o->text);
    query_text(&query, o->html);
    return query_changes(&query);
}

static int say_edit(struct store *store, const struct outgoing *outgoing, struct err *err)
{
    struct outgoing reply = *outgoing;
    int status = rewrite_waiting(store, outgoing, err);

    if (status != 0)
        return status < 0 ? -1 : 0;
    status = was_answered(store, outgoing->transport, outgoing->edits, err);
    if (status < 0)
        return -1;
    if (status > 0)
        return insert(store, outgoing, err);
    reply.kind = OUT_REPLY;
    reply.answers = outgoing->edits;
    reply.edits = NULL;
    return insert(store, &reply, err);
}

static int say(void *self, const struct outgoing *outgoing, struct err *err)
{
    const char *said_once = outgoing->answers != NULL ? outgoing->answers : outgoing->name;
    int answered;

    if (outgoing->kind == OUT_EDIT)
        return say_edit(self, outgoing, err);
    if (!is_reply(outgoing->kind) || said_once == NULL)
        return insert(self, outgoing, err);
    answered = was_answered(self, outgoing->transport, said_once, err);
    return answered != 0 ? (answered < 0 ? -1 : 0) : insert(self, outgoing, err);
}

static int reply_find(void *self, const char *transport, const char *event_id, struct buf *answers, struct buf *thread,
                      struct err *err)
{
    struct query query;
    bool found;

    query_open(&query, self, "SELECT answers, thread FROM reply WHERE transport = ? AND event_id = ? LIMIT 1", err);
    query_text(&query, transport);
    query_text(&query, event_id);
    found = query_row(&query);
    if (found) {
        buf_adds(answers, query_get_text(&query, 0));
        buf_adds(thread, query_get_text(&query, 1));
    }
    return query_close(&query) < 0 ? -1 : found;
}

static int reply_put(void *self, const char *answers, const char *event_id, const char *thread, struct err *err)
{
    struct query query;

    query_open(
        &query, self,
        "INSERT INTO reply (transport, answers, event_id, thread) VALUES ('matrix', ?, ?, ?) ON CONFLICT DO NOTHING",
        err);
    query_text(&query, answers);
    query_text(&query, event_id);
    query_text(&query, thread);
    return query_run(&query);
}

void say_install(struct coach_store *coach, struct matrix_store *matrix)
{
    coach->say = matrix->say = say;
    coach->was_answered = was_answered;
    matrix->reply_put = reply_put;
    coach->reply_find = reply_find;
}
