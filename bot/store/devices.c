/*
 * Whose device lists are followed, their devices and their cross-signing identities.
 */
#include "bot/store/inside.h"

#define DEVICE_COLUMNS "user_id, device_id, curve25519, ed25519, keys_json, deleted"

static int tracked_each(void *self, int (*each)(void *arg, const char *user_id, bool outdated), void *arg,
                        struct err *err)
{
    struct query query;
    int status = 0;

    query_open(&query, self, "SELECT user_id, outdated FROM tracked_user ORDER BY user_id", err);
    while (status == 0 && query_row(&query))
        status = each(arg, query_get_text(&query, 0), query_get_int(&query, 1) != 0);
    return query_close(&query) < 0 ? -1 : status;
}

static int tracked_put(void *self, const char *user_id, bool outdated, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO tracked_user (user_id, outdated) VALUES (?, ?)"
               " ON CONFLICT DO UPDATE SET outdated = excluded.outdated",
               err);
    query_text(&query, user_id);
    query_int(&query, outdated);
    return query_run(&query);
}

static int tracked_delete(void *self, const char *user_id, struct err *err)
{
    struct query query;

    query_open(&query, self, "DELETE FROM tracked_user WHERE user_id = ?", err);
    query_text(&query, user_id);
    return query_run(&query);
}

static struct e2ee_device_row read_device(struct query *query)
{
    return (struct e2ee_device_row){.user_id = query_get_text(query, 0),
                                    .device_id = query_get_text(query, 1),
                                    .curve25519 = query_get_text(query, 2),
                                    .ed25519 = query_get_text(query, 3),
                                    .keys_json = query_get_text(query, 4),
                                    .deleted = query_get_int(query, 5) != 0};
}

static int devices_each(void *self, const char *user_id, int (*each)(void *arg, const struct e2ee_device_row *row),
                        void *arg, struct err *err)
{
    struct query query;
    int status = 0;

    query_open(&query, self, "SELECT " DEVICE_COLUMNS " FROM device WHERE user_id = ? ORDER BY device_id", err);
    query_text(&query, user_id);
    while (status == 0 && query_row(&query)) {
        struct e2ee_device_row row = read_device(&query);

        status = each(arg, &row);
    }
    return query_close(&query) < 0 ? -1 : status;
}

/* A second device may claim a key that is not its own: the one that was seen first has it. */
static int device_by_curve25519(void *self, const char *curve25519,
                                int (*found)(void *arg, const struct e2ee_device_row *row), void *arg, struct err *err)
{
    struct query query;
    int status = 0;

    query_open(&query, self, "SELECT " DEVICE_COLUMNS " FROM device WHERE curve25519 = ? ORDER BY deleted, id LIMIT 1",
               err);
    query_text(&query, curve25519);
    if (query_row(&query)) {
        struct e2ee_device_row row = read_device(&query);

        status = found(arg, &row) == 0 ? 1 : -1;
    }
    return query_close(&query) < 0 ? -1 : status;
}

static int device_put(void *self, const struct e2ee_device_row *row, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO device (user_id, device_id, curve25519, ed25519, keys_json, deleted)"
               " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (user_id, device_id) DO UPDATE SET"
               " curve25519 = excluded.curve25519, ed25519 = excluded.ed25519, keys_json = excluded.keys_json,"
               " deleted = excluded.deleted",
               err);
    query_text(&query, row->user_id);
    query_text(&query, row->device_id);
    query_text(&query, row->curve25519);
    query_text(&query, row->ed25519);
    query_text(&query, row->keys_json);
    query_int(&query, row->deleted);
    return query_run(&query);
}

static int identity_get(void *self, const char *user_id, struct buf *out, struct err *err)
{
    struct query query;

    query_open(&query, self, "SELECT json FROM user_identity WHERE user_id = ?", err);
    query_text(&query, user_id);
    return query_find_blob(&query, out);
}

static int identity_put(void *self, const char *user_id, struct span json, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO user_identity (user_id, json) VALUES (?, ?) ON CONFLICT DO UPDATE SET json = excluded.json",
               err);
    query_text(&query, user_id);
    query_blob(&query, json);
    return query_run(&query);
}

void devices_install(struct e2ee_store *port)
{
    port->tracked_each = tracked_each;
    port->tracked_put = tracked_put;
    port->tracked_delete = tracked_delete;
    port->devices_each = devices_each;
    port->device_by_curve25519 = device_by_curve25519;
    port->device_put = device_put;
    port->identity_get = identity_get;
    port->identity_put = identity_put;
}
