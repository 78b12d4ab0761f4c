/*
 * Encryption between devices: Olm sessions, the hashes of their messages, requests on their way, and small values.
 */
#include "bot/store/inside.h"

enum { OLM_MESSAGES_KEPT = 10000 };

static int value_get(void *self, const char *name, struct buf *out, struct err *err)
{
    struct query query;

    query_open(&query, self, "SELECT value FROM e2ee_value WHERE name = ?", err);
    query_text(&query, name);
    return query_find_blob(&query, out);
}

static int value_put(void *self, const char *name, struct span value, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO e2ee_value (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
               err);
    query_text(&query, name);
    query_blob(&query, value);
    return query_run(&query);
}

static int olm_each(void *self, const char *their_curve25519, int (*each)(void *arg, const struct e2ee_olm_row *row),
                    void *arg, struct err *err)
{
    struct query query;
    int status = 0;

    query_open(&query, self,
               "SELECT session_id, their_curve25519, pickle, created_ms, used_ms FROM olm_session"
               " WHERE their_curve25519 = ? ORDER BY used_ms DESC, rowid DESC",
               err);
    query_text(&query, their_curve25519);
    while (status == 0 && query_row(&query)) {
        struct e2ee_olm_row row = {.session_id = query_get_text(&query, 0),
                                   .their_curve25519 = query_get_text(&query, 1),
                                   .pickle = query_get_blob(&query, 2),
                                   .created_ms = query_get_int(&query, 3),
                                   .used_ms = query_get_int(&query, 4)};

        status = each(arg, &row);
    }
    return query_close(&query) < 0 ? -1 : status;
}

static int olm_put(void *self, const struct e2ee_olm_row *row, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO olm_session (session_id, their_curve25519, pickle, created_ms, used_ms)"
               " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET their_curve25519 = excluded.their_curve25519,"
               " pickle = excluded.pickle, created_ms = excluded.created_ms, used_ms = excluded.used_ms",
               err);
    query_text(&query, row->session_id);
    query_text(&query, row->their_curve25519);
    query_blob(&query, row->pickle);
    query_int(&query, row->created_ms);
    query_int(&query, row->used_ms);
    return query_run(&query);
}

static int olm_delete(void *self, const char *session_id, struct err *err)
{
    struct query query;

    query_open(&query, self, "DELETE FROM olm_session WHERE session_id = ?", err);
    query_text(&query, session_id);
    return query_run(&query);
}

static int olm_expire(void *self, int64_t before_ms, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "DELETE FROM olm_session WHERE used_ms < ?"
               " AND their_curve25519 NOT IN (SELECT curve25519 FROM device WHERE deleted = 0)",
               err);
    query_int(&query, before_ms);
    return query_run(&query);
}

static int olm_message_new(void *self, const char *sha256, struct err *err)
{
    struct store *store = self;
    struct query query;
    int added;

    query_open(&query, store, "INSERT INTO olm_message (sha256) VALUES (?) ON CONFLICT DO NOTHING", err);
    query_text(&query, sha256);
    added = query_changes(&query);
    if (added != 1)
        return added;
    query_open(&query, store, "DELETE FROM olm_message WHERE id <= ?", err);
    query_int(&query, sqlite3_last_insert_rowid(store->db) - OLM_MESSAGES_KEPT);
    return query_run(&query) < 0 ? -1 : 1;
}

/* A request that was made stays as it was: a retry sends the same bytes. */
static int request_put(void *self, const char *txn_id, const char *event_type, const char *body_json, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO to_device_request (txn_id, event_type, body_json) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
               err);
    query_text(&query, txn_id);
    query_text(&query, event_type);
    query_text(&query, body_json);
    return query_run(&query);
}

static int request_each(void *self,
                        int (*each)(void *arg, const char *txn_id, const char *event_type, const char *body_json),
                        void *arg, struct err *err)
{
    struct query query;
    int status = 0;

    query_open(&query, self, "SELECT txn_id, event_type, body_json FROM to_device_request ORDER BY id", err);
    while (status == 0 && query_row(&query))
        status = each(arg, query_get_text(&query, 0), query_get_text(&query, 1), query_get_text(&query, 2));
    return query_close(&query) < 0 ? -1 : status;
}

static int request_delete(void *self, const char *txn_id, struct err *err)
{
    struct query query;

    query_open(&query, self, "DELETE FROM to_device_request WHERE txn_id = ?", err);
    query_text(&query, txn_id);
    return query_run(&query);
}

void olm_install(struct e2ee_store *port)
{
    port->value_get = value_get;
    port->value_put = value_put;
    port->olm_each = olm_each;
    port->olm_put = olm_put;
    port->olm_delete = olm_delete;
    port->olm_expire = olm_expire;
    port->olm_message_new = olm_message_new;
    port->request_put = request_put;
    port->request_each = request_each;
    port->request_delete = request_delete;
}
