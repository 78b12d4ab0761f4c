/*
 * What the IRC transport keeps, and the outbox as it reads it.
 */
#include "bot/store/inside.h"

static int value_get(void *self, const char *network, const char *name, struct buf *out, struct err *err)
{
    struct query query;

    query_open(&query, self, "SELECT value FROM irc_value WHERE network = ? AND name = ?", err);
    query_text(&query, network);
    query_text(&query, name);
    return query_find_blob(&query, out);
}

static int value_put(void *self, const char *network, const char *name, const char *value, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO irc_value (network, name, value) VALUES (?, ?, ?)"
               " ON CONFLICT DO UPDATE SET value = excluded.value",
               err);
    query_text(&query, network);
    query_text(&query, name);
    query_text(&query, value);
    return query_run(&query);
}

/* A row is there: 1, 0, -1. */
static int exists(struct query *query)
{
    int64_t one;

    return query_find_int(query, &one);
}

static int person_known(void *self, const char *transport, const char *identity, struct err *err)
{
    struct query query;

    query_open(&query, self, "SELECT 1 FROM identity WHERE transport = ? AND identity = ?", err);
    query_text(&query, transport);
    query_text(&query, identity);
    return exists(&query);
}

static int person_each(void *self, const char *transport, const char *prefix,
                       int (*each)(void *arg, const char *identity), void *arg, struct err *err)
{
    struct query query;
    int status = 0;

    query_open(&query, self,
               "SELECT identity FROM identity WHERE transport = ?1 AND substr(identity, 1, length(?2)) = ?2", err);
    query_text(&query, transport);
    query_text(&query, prefix);
    while (status == 0 && query_row(&query))
        status = each(arg, query_get_text(&query, 0));
    return query_close(&query) < 0 ? -1 : status;
}

static int outbox_from(void *self, const char *transport, int64_t after_id,
                       int (*each)(void *arg, const struct irc_outbox_row *row), void *arg, struct err *err)
{
    struct irc_outbox_row row;
    struct query query;
    int status = 0;

    /* "+": by id, which is the order, not by the index on transports. */
    query_open(&query, self,
               "SELECT id, room, recipient, kind, at_ms FROM outbox WHERE id > ? AND +transport = ? ORDER BY id", err);
    query_int(&query, after_id);
    query_text(&query, transport);
    while (status == 0 && query_row(&query)) {
        row = (struct irc_outbox_row){.id = query_get_int(&query, 0),
                                      .room = query_get_text(&query, 1),
                                      .recipient = query_get_text(&query, 2),
                                      .kind = (int)query_get_int(&query, 3),
                                      .at_ms = query_get_int(&query, 4)};
        status = each(arg, &row);
    }
    return query_close(&query) < 0 ? -1 : status;
}

static int outbox_text(void *self, int64_t id, struct buf *text, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "SELECT coalesce(f.otherwise, o.text) FROM outbox AS o LEFT JOIN outbox_file AS f ON f.outbox = o.id"
               " WHERE o.id = ?",
               err);
    query_int(&query, id);
    return query_find_blob(&query, text);
}

static int outbox_begin(void *self, int64_t id, struct err *err)
{
    struct query query;

    query_open(&query, self, "UPDATE outbox SET stays = 1 WHERE id = ?", err);
    query_int(&query, id);
    return query_run(&query);
}

static int outbox_waits(void *self, const char *transport, const char *recipient, struct err *err)
{
    struct query query;

    query_open(&query, self, "SELECT 1 FROM outbox WHERE transport = ? AND recipient = ? LIMIT 1", err);
    query_text(&query, transport);
    query_text(&query, recipient);
    return exists(&query);
}

void irc_install(struct irc_store *port, const struct matrix_store *matrix)
{
    port->begin = matrix->begin;
    port->commit = matrix->commit;
    port->rollback = matrix->rollback;
    port->value_get = value_get;
    port->value_put = value_put;
    port->person_known = person_known;
    port->person_each = person_each;
    port->outbox_from = outbox_from;
    port->outbox_text = outbox_text;
    port->outbox_begin = outbox_begin;
    port->outbox_waits = outbox_waits;
    port->outbox_done = matrix->outbox_done;
    port->outbox_drop = matrix->outbox_drop;
}
