/*
 * The Matrix transport's rooms, members and small values, and the events that it has seen.
 */
#include "bot/store/inside.h"

static int begin(void *self, struct err *err)
{
    return store_begin(self, err);
}

static int commit(void *self, struct err *err)
{
    return store_commit(self, err);
}

static void rollback(void *self)
{
    store_rollback(self);
}

static int value_get(void *self, const char *name, struct buf *out, struct err *err)
{
    struct query query;

    query_open(&query, self, "SELECT value FROM matrix_value WHERE name = ?", err);
    query_text(&query, name);
    return query_find_blob(&query, out);
}

static int value_put(void *self, const char *name, struct span value, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO matrix_value (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
               err);
    query_text(&query, name);
    query_blob(&query, value);
    return query_run(&query);
}

static int room_each(void *self, int (*each)(void *arg, const struct matrix_room_row *row), void *arg, struct err *err)
{
    struct query query;
    int status = 0;

    query_open(&query, self,
               "SELECT room_id, joined, direct, encrypted, rotation_messages, rotation_ms, invited_can_read,"
               " history_shared, members_complete, welcomed, last_event_id, many FROM matrix_room ORDER BY room_id",
               err);
    while (status == 0 && query_row(&query)) {
        struct matrix_room_row row = {.room_id = query_get_text(&query, 0),
                                      .joined = query_get_int(&query, 1) != 0,
                                      .direct = query_get_int(&query, 2) != 0,
                                      .encrypted = query_get_int(&query, 3) != 0,
                                      .rotation_messages = query_get_int(&query, 4),
                                      .rotation_ms = query_get_int(&query, 5),
                                      .invited_can_read = query_get_int(&query, 6) != 0,
                                      .history_shared = query_get_int(&query, 7) != 0,
                                      .members_complete = query_get_int(&query, 8) != 0,
                                      .welcomed = query_get_int(&query, 9) != 0,
                                      .last_event_id = query_get_text(&query, 10),
                                      .many = query_get_int(&query, 11) != 0};

        status = each(arg, &row);
    }
    return query_close(&query) < 0 ? -1 : status;
}

/* `encrypted` only ever goes up, whoever writes: a server must not talk a room out of it. */
static int room_put(void *self, const struct matrix_room_row *row, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO matrix_room (room_id, joined, direct, encrypted, rotation_messages, rotation_ms,"
               " invited_can_read, history_shared, members_complete, welcomed, last_event_id, many)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
               " ON CONFLICT DO UPDATE SET joined = excluded.joined, direct = excluded.direct,"
               " encrypted = max(encrypted, excluded.encrypted), rotation_messages = excluded.rotation_messages,"
               " rotation_ms = excluded.rotation_ms, invited_can_read = excluded.invited_can_read,"
               " history_shared = excluded.history_shared,"
               " members_complete = excluded.members_complete, welcomed = excluded.welcomed,"
               " last_event_id = excluded.last_event_id, many = excluded.many",
               err);
    query_text(&query, row->room_id);
    query_int(&query, row->joined);
    query_int(&query, row->direct);
    query_int(&query, row->encrypted);
    query_int(&query, row->rotation_messages);
    query_int(&query, row->rotation_ms);
    query_int(&query, row->invited_can_read);
    query_int(&query, row->history_shared);
    query_int(&query, row->members_complete);
    query_int(&query, row->welcomed);
    query_text(&query, row->last_event_id);
    query_int(&query, row->many);
    return query_run(&query);
}

static int member_put(void *self, const char *room_id, const char *user_id, const char *membership, const char *name,
                      struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO matrix_member (room_id, user_id, membership, name) VALUES (?, ?, ?, ?)"
               " ON CONFLICT DO UPDATE SET membership = excluded.membership, name = excluded.name",
               err);
    query_text(&query, room_id);
    query_text(&query, user_id);
    query_text(&query, membership);
    query_text(&query, name);
    return query_run(&query);
}

static int member_each(void *self, const char *room_id,
                       int (*each)(void *arg, const char *user_id, const char *membership, const char *name), void *arg,
                       struct err *err)
{
    struct query query;
    int status = 0;

    query_open(&query, self, "SELECT user_id, membership, name FROM matrix_member WHERE room_id = ? ORDER BY user_id",
               err);
    query_text(&query, room_id);
    while (status == 0 && query_row(&query))
        status = each(arg, query_get_text(&query, 0), query_get_text(&query, 1), query_get_text(&query, 2));
    return query_close(&query) < 0 ? -1 : status;
}

static int shared_each(void *self, const char *user_id, bool direct, int (*each)(void *arg, const char *room_id),
                       void *arg, struct err *err)
{
    struct query query;
    int status = 0;

    query_open(&query, self,
               "SELECT r.room_id FROM matrix_room AS r JOIN matrix_member AS m ON m.room_id = r.room_id"
               " WHERE r.joined = 1 AND r.direct >= ?1 AND m.user_id = ?2 AND m.membership = 'join' ORDER BY r.room_id",
               err);
    query_int(&query, direct);
    query_text(&query, user_id);
    while (status == 0 && query_row(&query))
        status = each(arg, query_get_text(&query, 0));
    return query_close(&query) < 0 ? -1 : status;
}

static int event_new(void *self, const struct matrix_event_row *row, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO matrix_event (event_id, room_id, sender, encrypted, edit, sent_ms)"
               " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
               err);
    query_text(&query, row->event_id);
    query_text(&query, row->room_id);
    query_text(&query, row->sender);
    query_int(&query, row->encrypted);
    query_int(&query, row->edit);
    query_int(&query, row->sent_ms);
    return query_changes(&query);
}

static int event_find(void *self, const char *event_id, int (*found)(void *arg, const struct matrix_event_row *row),
                      void *arg, struct err *err)
{
    struct query query;
    int status = 0;

    query_open(&query, self,
               "SELECT event_id, room_id, sender, encrypted, edit, sent_ms FROM matrix_event WHERE event_id = ?", err);
    query_text(&query, event_id);
    if (query_row(&query)) {
        struct matrix_event_row row = {.event_id = query_get_text(&query, 0),
                                       .room_id = query_get_text(&query, 1),
                                       .sender = query_get_text(&query, 2),
                                       .encrypted = query_get_int(&query, 3) != 0,
                                       .edit = query_get_int(&query, 4) != 0,
                                       .sent_ms = query_get_int(&query, 5)};

        status = found == NULL || found(arg, &row) == 0 ? 1 : -1;
    }
    return query_close(&query) < 0 ? -1 : status;
}

void rooms_install(struct matrix_store *port)
{
    port->begin = begin;
    port->commit = commit;
    port->rollback = rollback;
    port->value_get = value_get;
    port->value_put = value_put;
    port->room_each = room_each;
    port->room_put = room_put;
    port->member_put = member_put;
    port->member_each = member_each;
    port->shared_each = shared_each;
    port->event_new = event_new;
    port->event_find = event_find;
}
