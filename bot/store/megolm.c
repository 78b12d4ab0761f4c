/*
 * Encryption of rooms: Megolm sessions in and out, whom they were given to, which events used them, and events that
 * wait for their key.
 */
#include "bot/store/inside.h"

#define INBOUND_COLUMNS                                                                                                \
    "room_id, session_id, sender_user, sender_device, sender_curve25519, sender_ed25519, pickle, first_index,"         \
    " authenticated, received_ms"

static struct e2ee_inbound_row read_inbound(struct query *query)
{
    return (struct e2ee_inbound_row){.room_id = query_get_text(query, 0),
                                     .session_id = query_get_text(query, 1),
                                     .sender_user = query_get_text(query, 2),
                                     .sender_device = query_get_text(query, 3),
                                     .sender_curve25519 = query_get_text(query, 4),
                                     .sender_ed25519 = query_get_text(query, 5),
                                     .pickle = query_get_blob(query, 6),
                                     .first_index = (uint32_t)query_get_int(query, 7),
                                     .authenticated = query_get_int(query, 8) != 0,
                                     .received_ms = query_get_int(query, 9)};
}

static int inbound_get(void *self, const char *room_id, const char *session_id,
                       int (*found)(void *arg, const struct e2ee_inbound_row *row), void *arg, struct err *err)
{
    struct query query;
    int status = 0;

    query_open(&query, self, "SELECT " INBOUND_COLUMNS " FROM megolm_inbound WHERE room_id = ? AND session_id = ?",
               err);
    query_text(&query, room_id);
    query_text(&query, session_id);
    if (query_row(&query)) {
        struct e2ee_inbound_row row = read_inbound(&query);

        status = found(arg, &row) == 0 ? 1 : -1;
    }
    return query_close(&query) < 0 ? -1 : status;
}

/* The owner of a session, once proven, is fixed for good: a later write can't give it to another user. */
static int inbound_put(void *self, const struct e2ee_inbound_row *row, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO megolm_inbound (" INBOUND_COLUMNS ")"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
               " sender_user = iif(authenticated, sender_user, excluded.sender_user),"
               " sender_device = excluded.sender_device, sender_curve25519 = excluded.sender_curve25519,"
               " sender_ed25519 = excluded.sender_ed25519, pickle = excluded.pickle,"
               " first_index = excluded.first_index, authenticated = excluded.authenticated,"
               " received_ms = excluded.received_ms, saved = 0",
               err);
    query_text(&query, row->room_id);
    query_text(&query, row->session_id);
    query_text(&query, row->sender_user);
    query_text(&query, row->sender_device);
    query_text(&query, row->sender_curve25519);
    query_text(&query, row->sender_ed25519);
    query_blob(&query, row->pickle);
    query_int(&query, row->first_index);
    query_int(&query, row->authenticated);
    query_int(&query, row->received_ms);
    return query_run(&query);
}

/* Of those that STATEMENT finds, which takes the LIMIT. */
static int give_inbound(void *self, const char *statement, int64_t limit,
                        int (*each)(void *arg, const struct e2ee_inbound_row *row), void *arg, struct err *err)
{
    struct query query;
    int status = 0;

    query_open(&query, self, statement, err);
    query_int(&query, limit);
    while (status == 0 && query_row(&query)) {
        struct e2ee_inbound_row row = read_inbound(&query);

        status = each(arg, &row);
    }
    return query_close(&query) < 0 ? -1 : status;
}

static int inbound_each(void *self, int64_t limit, int (*each)(void *arg, const struct e2ee_inbound_row *row),
                        void *arg, struct err *err)
{
    return give_inbound(self, "SELECT " INBOUND_COLUMNS " FROM megolm_inbound LIMIT ?", limit, each, arg, err);
}

static int unsaved_each(void *self, int64_t limit, int (*each)(void *arg, const struct e2ee_inbound_row *row),
                        void *arg, struct err *err)
{
    return give_inbound(
        self, "SELECT " INBOUND_COLUMNS " FROM megolm_inbound WHERE saved = 0 ORDER BY room_id, session_id LIMIT ?",
        limit, each, arg, err);
}

static int unsaved_done(void *self, const char *room_id, const char *session_id, uint32_t first_index,
                        bool authenticated, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "UPDATE megolm_inbound SET saved = 1"
               " WHERE room_id = ? AND session_id = ? AND first_index = ? AND authenticated = ?",
               err);
    query_text(&query, room_id);
    query_text(&query, session_id);
    query_int(&query, first_index);
    query_int(&query, authenticated);
    return query_run(&query);
}

static int unsaved_all(void *self, struct err *err)
{
    struct query query;

    query_open(&query, self, "UPDATE megolm_inbound SET saved = 0 WHERE saved <> 0", err);
    return query_run(&query);
}

static int replay_check(void *self, const char *room_id, const char *session_id, uint32_t index, const char *event_id,
                        int64_t sent_ms, struct err *err)
{
    struct query query;
    int64_t same = 0;
    int added;

    query_open(&query, self,
               "INSERT INTO megolm_index (room_id, session_id, message_index, event_id, sent_ms)"
               " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
               err);
    query_text(&query, room_id);
    query_text(&query, session_id);
    query_int(&query, index);
    query_text(&query, event_id);
    query_int(&query, sent_ms);
    added = query_changes(&query);
    if (added != 0)
        return added;
    query_open(&query, self,
               "SELECT 1 FROM megolm_index WHERE room_id = ? AND session_id = ? AND message_index = ?"
               " AND event_id = ? AND sent_ms = ?",
               err);
    query_text(&query, room_id);
    query_text(&query, session_id);
    query_int(&query, index);
    query_text(&query, event_id);
    query_int(&query, sent_ms);
    return query_find_int(&query, &same);
}

static int outbound_get(void *self, const char *room_id, int (*found)(void *arg, const struct e2ee_outbound_row *row),
                        void *arg, struct err *err)
{
    struct query query;
    int status = 0;

    query_open(&query, self,
               "SELECT room_id, session_id, pickle, created_ms, messages FROM megolm_outbound WHERE room_id = ?", err);
    query_text(&query, room_id);
    if (query_row(&query)) {
        struct e2ee_outbound_row row = {.room_id = query_get_text(&query, 0),
                                        .session_id = query_get_text(&query, 1),
                                        .pickle = query_get_blob(&query, 2),
                                        .created_ms = query_get_int(&query, 3),
                                        .messages = query_get_int(&query, 4)};

        status = found(arg, &row) == 0 ? 1 : -1;
    }
    return query_close(&query) < 0 ? -1 : status;
}

static int outbound_put(void *self, const struct e2ee_outbound_row *row, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO megolm_outbound (room_id, session_id, pickle, created_ms, messages) VALUES (?, ?, ?, ?, ?)"
               " ON CONFLICT DO UPDATE SET session_id = excluded.session_id, pickle = excluded.pickle,"
               " created_ms = excluded.created_ms, messages = excluded.messages",
               err);
    query_text(&query, row->room_id);
    query_text(&query, row->session_id);
    query_blob(&query, row->pickle);
    query_int(&query, row->created_ms);
    query_int(&query, row->messages);
    return query_run(&query);
}

static int outbound_delete(void *self, const char *room_id, struct err *err)
{
    struct query query;

    query_open(&query, self, "DELETE FROM megolm_outbound WHERE room_id = ?", err);
    query_text(&query, room_id);
    if (query_run(&query) < 0)
        return -1;
    query_open(&query, self, "DELETE FROM megolm_shared WHERE room_id = ?", err);
    query_text(&query, room_id);
    return query_run(&query);
}

static int shared_each(void *self, const char *room_id, const char *session_id,
                       int (*each)(void *arg, const char *user_id, const char *device_id, uint32_t index), void *arg,
                       struct err *err)
{
    struct query query;
    int status = 0;

    query_open(&query, self,
               "SELECT user_id, device_id, message_index FROM megolm_shared WHERE room_id = ? AND session_id = ?"
               " ORDER BY user_id, device_id",
               err);
    query_text(&query, room_id);
    query_text(&query, session_id);
    while (status == 0 && query_row(&query))
        status = each(arg, query_get_text(&query, 0), query_get_text(&query, 1), (uint32_t)query_get_int(&query, 2));
    return query_close(&query) < 0 ? -1 : status;
}

static int shared_put(void *self, const char *room_id, const char *session_id, const char *user_id,
                      const char *device_id, uint32_t index, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO megolm_shared (room_id, session_id, user_id, device_id, message_index)"
               " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET message_index = excluded.message_index",
               err);
    query_text(&query, room_id);
    query_text(&query, session_id);
    query_text(&query, user_id);
    query_text(&query, device_id);
    query_int(&query, index);
    return query_run(&query);
}

static int parked_put(void *self, const struct e2ee_parked_row *row, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO megolm_parked (event_id, room_id, session_id, event_json, parked_ms)"
               " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
               err);
    query_text(&query, row->event_id);
    query_text(&query, row->room_id);
    query_text(&query, row->session_id);
    query_text(&query, row->event_json);
    query_int(&query, row->parked_ms);
    return query_run(&query);
}

static int parked_each(void *self, const char *room_id, const char *session_id,
                       int (*each)(void *arg, const struct e2ee_parked_row *row), void *arg, struct err *err)
{
    struct query query;
    int status = 0;

    query_open(&query, self,
               "SELECT event_id, room_id, session_id, event_json, parked_ms FROM megolm_parked"
               " WHERE room_id = ? AND session_id = ? ORDER BY id",
               err);
    query_text(&query, room_id);
    query_text(&query, session_id);
    while (status == 0 && query_row(&query)) {
        struct e2ee_parked_row row = {.event_id = query_get_text(&query, 0),
                                      .room_id = query_get_text(&query, 1),
                                      .session_id = query_get_text(&query, 2),
                                      .event_json = query_get_text(&query, 3),
                                      .parked_ms = query_get_int(&query, 4)};

        status = each(arg, &row);
    }
    return query_close(&query) < 0 ? -1 : status;
}

static int parked_delete(void *self, const char *event_id, struct err *err)
{
    struct query query;

    query_open(&query, self, "DELETE FROM megolm_parked WHERE event_id = ?", err);
    query_text(&query, event_id);
    return query_run(&query);
}

static int parked_expire(void *self, int64_t before_ms, int64_t keep_at_most, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "DELETE FROM megolm_parked WHERE parked_ms < ? OR id IN"
               " (SELECT id FROM megolm_parked ORDER BY id DESC LIMIT -1 OFFSET ?)",
               err);
    query_int(&query, before_ms);
    query_int(&query, keep_at_most);
    return query_run(&query);
}

void megolm_install(struct e2ee_store *port)
{
    port->inbound_get = inbound_get;
    port->inbound_put = inbound_put;
    port->inbound_each = inbound_each;
    port->unsaved_each = unsaved_each;
    port->unsaved_done = unsaved_done;
    port->unsaved_all = unsaved_all;
    port->replay_check = replay_check;
    port->outbound_get = outbound_get;
    port->outbound_put = outbound_put;
    port->outbound_delete = outbound_delete;
    port->shared_each = shared_each;
    port->shared_put = shared_put;
    port->parked_put = parked_put;
    port->parked_each = parked_each;
    port->parked_delete = parked_delete;
    port->parked_expire = parked_expire;
}
