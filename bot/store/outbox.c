/*
 * The outbox from the senders' side: what waits, sealed before it leaves, gone once it is acknowledged.
 */
#include "bot/log/log.h"
#include "bot/store/inside.h"

#define OUTBOX_COLUMNS                                                                                                 \
    "o.id, o.room, o.txn_id, o.kind, o.answers, o.edits, coalesce(r.event_id, ''), o.thread, o.mention, o.text,"       \
    " o.html, o.state, o.event_type, o.content, o.at_ms, coalesce(f.name, ''), coalesce(f.media_type, ''),"            \
    " coalesce(length(f.bytes), 0), coalesce(f.uploaded, ''), o.bulk, o.open, o.poll"
/* "+": by id, which is the order, not by the index on transports. */
#define OUTBOX_FROM                                                                                                    \
    " FROM outbox AS o LEFT JOIN reply AS r ON o.edits <> '' AND r.transport = o.transport AND r.answers = o.edits"    \
    " LEFT JOIN outbox_file AS f ON f.outbox = o.id"                                                                   \
    " WHERE o.id > ? AND +o.transport = ? ORDER BY o.id"

typedef int row_each(void *arg, const struct matrix_outbox_row *row);

static void read_row(struct query *query, struct matrix_outbox_row *row)
{
    *row = (struct matrix_outbox_row){.id = query_get_int(query, 0),
                                      .room = query_get_text(query, 1),
                                      .txn_id = query_get_text(query, 2),
                                      .kind = (int)query_get_int(query, 3),
                                      .answers = query_get_text(query, 4),
                                      .edits = query_get_text(query, 5),
                                      .edits_event = query_get_text(query, 6),
                                      .thread = query_get_text(query, 7),
                                      .mention = query_get_text(query, 8),
                                      .text = query_get_text(query, 9),
                                      .html = query_get_text(query, 10),
                                      .state = (enum matrix_outbox_state)query_get_int(query, 11),
                                      .event_type = query_get_text(query, 12),
                                      .content = query_get_text(query, 13),
                                      .at_ms = query_get_int(query, 14),
                                      .file_name = query_get_text(query, 15),
                                      .file_type = query_get_text(query, 16),
                                      .file_size = query_get_int(query, 17),
                                      .uploaded = query_get_text(query, 18),
                                      .bulk = query_get_int(query, 19) != 0,
                                      .open = query_get_int(query, 20) != 0,
                                      .poll = query_get_int(query, 21) != 0};
}

static int outbox_each(void *self, int64_t after_id, row_each *each, void *arg, struct err *err)
{
    struct matrix_outbox_row row;
    struct query query;
    int status = 0;

    query_open(&query, self, "SELECT " OUTBOX_COLUMNS OUTBOX_FROM, err);
    query_int(&query, after_id);
    query_text(&query, "matrix");
    while (status == 0 && query_row(&query)) {
        read_row(&query, &row);
        status = each(arg, &row);
    }
    return query_close(&query) < 0 ? -1 : status;
}

static int outbox_file(void *self, int64_t id, struct buf *out, struct err *err)
{
    struct query query;

    query_open(&query, self, "SELECT bytes FROM outbox_file WHERE outbox = ?", err);
    query_int(&query, id);
    return query_find_blob(&query, out);
}

int store_outbox_file(struct store *store, int64_t id, struct buf *out, struct err *err)
{
    return outbox_file(store, id, out, err);
}

static int outbox_uploaded(void *self, int64_t id, const char *uploaded, struct err *err)
{
    struct query query;

    query_open(&query, self, "UPDATE outbox_file SET uploaded = ? WHERE outbox = ?", err);
    query_text(&query, uploaded);
    query_int(&query, id);
    return query_run(&query);
}

static int outbox_without_file(void *self, int64_t id, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "UPDATE outbox SET text = f.otherwise, html = '' FROM outbox_file AS f"
               " WHERE outbox.id = ? AND f.outbox = outbox.id",
               err);
    query_int(&query, id);
    if (query_run(&query) < 0)
        return -1;
    query_open(&query, self, "DELETE FROM outbox_file WHERE outbox = ?", err);
    query_int(&query, id);
    return query_run(&query);
}

/* In the order of saying, as all rows; what is said twice is said twice. */
static int outbox_event(void *self, const char *room, const char *event_type, const char *content, int64_t at_ms,
                        struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO outbox (transport, room, txn_id, kind, answers, edits, thread, mention, text, html, at_ms,"
               " event_type, content, open)"
               " SELECT 'matrix', ?1, 'v' || (coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0) + 1)"
               " || '.' || ?4, 8, '', '', '', '', '', '', ?4, ?2, ?3, 1",
               err);
    query_text(&query, room);
    query_text(&query, event_type);
    query_text(&query, content);
    query_int(&query, at_ms);
    return query_run(&query);
}

static int outbox_seal(void *self, int64_t id, const char *event_type, struct span content, struct err *err)
{
    struct query query;

    query_open(&query, self, "UPDATE outbox SET state = 1, event_type = ?, content = ? WHERE id = ?", err);
    query_text(&query, event_type);
    query_text_span(&query, content);
    query_int(&query, id);
    return query_run(&query);
}

static int delete_row(struct store *store, int64_t id, struct err *err)
{
    struct query query;

    query_open(&query, store, "DELETE FROM outbox WHERE id = ?", err);
    query_int(&query, id);
    return query_run(&query);
}

/* Remembers row ID, if it is a message's reply or has a name, as EVENT_ID. */
static int remember(struct store *store, int64_t id, const char *event_id, struct err *err)
{
    struct query query;

    query_open(&query, store,
               "INSERT INTO reply (transport, answers, event_id, thread)"
               " SELECT transport, CASE answers WHEN '' THEN name ELSE answers END, ?, thread FROM outbox"
               " WHERE id = ? AND (answers <> '' OR name <> '') AND kind IN (0, 1, 2, 5) ON CONFLICT DO NOTHING",
               err);
    query_text(&query, event_id);
    query_int(&query, id);
    return query_run(&query);
}

static int outbox_done(void *self, int64_t id, const char *event_id, struct err *err)
{
    return remember(self, id, event_id, err) < 0 ? -1 : delete_row(self, id, err);
}

/* An edit that waits for the reply ID, which will never be there, becomes that reply, with its transaction id. */
static int replace_by_edit(struct store *store, int64_t id, struct err *err)
{
    struct query dropped, edit;
    int result = 0;

    query_open(&dropped, store,
               "SELECT transport, answers, txn_id FROM outbox WHERE id = ? AND answers <> '' AND kind IN (0, 1, 2)",
               err);
    query_int(&dropped, id);
    if (query_row(&dropped) && (result = delete_row(store, id, err)) == 0) {
        query_open(&edit, store,
                   "UPDATE outbox SET kind = 0, answers = edits, edits = '', txn_id = ?3"
                   " WHERE kind = 4 AND transport = ?1 AND edits = ?2",
                   err);
        query_text(&edit, query_get_text(&dropped, 0));
        query_text(&edit, query_get_text(&dropped, 1));
        query_text(&edit, query_get_text(&dropped, 2));
        result = query_run(&edit);
    }
    return query_close(&dropped) < 0 ? -1 : result;
}

static int outbox_drop(void *self, int64_t id, const char *reason, struct err *err)
{
    log_warn("outbox-dropped", LOG_INT("row", id), LOG_STR("reason", reason));
    return replace_by_edit(self, id, err) < 0 ? -1 : delete_row(self, id, err);
}

/* A transport without event ids acknowledges at once: the transaction's id stands for the event's. */
int store_outbox_take(struct store *store, const char *transport, row_each *each, void *arg, struct err *err)
{
    struct matrix_outbox_row row;
    struct query query;
    int status = 0;

    query_open(&query, store, "SELECT " OUTBOX_COLUMNS OUTBOX_FROM, err);
    query_int(&query, 0);
    query_text(&query, transport);
    while (status == 0 && query_row(&query)) {
        read_row(&query, &row);
        status = each(arg, &row);
        if (status == 0)
            status = outbox_done(store, row.id, row.txn_id, err);
    }
    return query_close(&query) < 0 ? -1 : status;
}

void outbox_install(struct matrix_store *port)
{
    port->outbox_each = outbox_each;
    port->outbox_file = outbox_file;
    port->outbox_uploaded = outbox_uploaded;
    port->outbox_without_file = outbox_without_file;
    port->outbox_event = outbox_event;
    port->outbox_seal = outbox_seal;
    port->outbox_done = outbox_done;
    port->outbox_drop = outbox_drop;
}
