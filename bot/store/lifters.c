/*
 * Lifters, where they are met, and the small texts that are kept about them and their rooms.
 */
#include "bot/store/inside.h"

static int lifter_find(void *self, const char *transport, const char *identity, int64_t *lifter, struct err *err)
{
    struct query query;

    query_open(&query, self, "SELECT lifter FROM identity WHERE transport = ? AND identity = ?", err);
    query_text(&query, transport);
    query_text(&query, identity);
    return query_find_int(&query, lifter);
}

static int lifter_open(void *self, const char *transport, const char *identity, int64_t now_ms, int64_t *lifter,
                       bool *is_new, struct err *err)
{
    struct store *store = self;
    struct query query;
    int found = lifter_find(self, transport, identity, lifter, err);

    *is_new = found == 0;
    if (found != 0)
        return found < 0 ? -1 : 0;
    query_open(&query, store, "INSERT INTO lifter (created_ms) VALUES (?)", err);
    query_int(&query, now_ms);
    if (query_run(&query) < 0)
        return -1;
    *lifter = sqlite3_last_insert_rowid(store->db);
    query_open(&query, store, "INSERT INTO identity (transport, identity, lifter) VALUES (?, ?, ?)", err);
    query_text(&query, transport);
    query_text(&query, identity);
    query_int(&query, *lifter);
    return query_run(&query);
}

static int value_get(void *self, int64_t lifter, const char *name, struct buf *out, struct err *err)
{
    struct query query;

    query_open(&query, self, "SELECT value FROM lifter_value WHERE lifter = ? AND name = ?", err);
    query_int(&query, lifter);
    query_text(&query, name);
    return query_find_blob(&query, out);
}

static int value_put(void *self, int64_t lifter, const char *name, const char *value, struct err *err)
{
    struct query query;

    if (value == NULL) {
        query_open(&query, self, "DELETE FROM lifter_value WHERE lifter = ? AND name = ?", err);
        query_int(&query, lifter);
        query_text(&query, name);
        return query_run(&query);
    }
    query_open(&query, self,
               "INSERT INTO lifter_value (lifter, name, value) VALUES (?, ?, ?)"
               " ON CONFLICT DO UPDATE SET value = excluded.value",
               err);
    query_int(&query, lifter);
    query_text(&query, name);
    query_text(&query, value);
    return query_run(&query);
}

static int room_value_get(void *self, const char *transport, const char *room, const char *name, struct buf *out,
                          struct err *err)
{
    struct query query;

    query_open(&query, self, "SELECT value FROM room_value WHERE transport = ? AND room = ? AND name = ?", err);
    query_text(&query, transport);
    query_text(&query, room);
    query_text(&query, name);
    return query_find_blob(&query, out);
}

static int room_value_put(void *self, const char *transport, const char *room, const char *name, const char *value,
                          struct err *err)
{
    struct query query;

    query_open(&query, self,
               value == NULL ? "DELETE FROM room_value WHERE transport = ? AND room = ? AND name = ?"
                             : "INSERT INTO room_value (transport, room, name, value) VALUES (?, ?, ?, ?)"
                               " ON CONFLICT DO UPDATE SET value = excluded.value",
               err);
    query_text(&query, transport);
    query_text(&query, room);
    query_text(&query, name);
    if (value != NULL)
        query_text(&query, value);
    return query_run(&query);
}

static int alias_each(void *self, int64_t lifter, int (*each)(void *arg, const char *folded, const char *exercise),
                      void *arg, struct err *err)
{
    struct query query;
    int status = 0;

    query_open(&query, self, "SELECT folded, exercise FROM alias WHERE lifter = ? ORDER BY folded", err);
    query_int(&query, lifter);
    while (status == 0 && query_row(&query))
        status = each(arg, query_get_text(&query, 0), query_get_text(&query, 1));
    return query_close(&query) < 0 ? -1 : status;
}

static int alias_put(void *self, int64_t lifter, const char *folded, const char *exercise, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO alias (lifter, folded, exercise) VALUES (?, ?, ?)"
               " ON CONFLICT DO UPDATE SET exercise = excluded.exercise",
               err);
    query_int(&query, lifter);
    query_text(&query, folded);
    query_text(&query, exercise);
    return query_run(&query);
}

void lifters_install(struct coach_store *port)
{
    port->lifter_find = lifter_find;
    port->lifter_open = lifter_open;
    port->value_get = value_get;
    port->value_put = value_put;
    port->room_value_get = room_value_get;
    port->room_value_put = room_value_put;
    port->alias_each = alias_each;
    port->alias_put = alias_put;
}
