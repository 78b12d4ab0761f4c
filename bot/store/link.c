/*
 * Who wants to be joined with whom, wrong codes, and the names of a lifter.
 */
#include "bot/store/inside.h"

/* ---------------------------------------------------------------- requests */

static void bind_side(struct query *query, const struct link_side *side)
{
    query_text(query, side->transport);
    query_text(query, side->identity);
    query_text(query, side->name);
    query_text(query, side->room);
}

/* Four columns from COLUMN on. */
static void take_side(struct query *query, int column, struct link_side *side)
{
    query_get_copy(query, column, side->transport, sizeof(side->transport));
    query_get_copy(query, column + 1, side->identity, sizeof(side->identity));
    query_get_copy(query, column + 2, side->name, sizeof(side->name));
    query_get_copy(query, column + 3, side->room, sizeof(side->room));
}

static int request_put(void *self, const struct link_request *request, const char *code, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT OR REPLACE INTO link (transport, identity, name, room, typer_transport, typer_identity,"
               " typer_name, typer_room, code, until_ms, confirmed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               err);
    bind_side(&query, &request->asker);
    bind_side(&query, &request->typer);
    query_text(&query, code);
    query_int(&query, request->until_ms);
    query_int(&query, request->confirmed);
    return query_run(&query);
}

#define COLUMNS                                                                                                        \
    "transport, identity, name, room, typer_transport, typer_identity, typer_name, typer_room, until_ms, confirmed"

/* Reads the one row of QUERY, and closes it. */
static int take_request(struct query *query, struct link_request *request)
{
    bool found = query_row(query);

    if (found) {
        take_side(query, 0, &request->asker);
        take_side(query, 4, &request->typer);
        request->until_ms = query_get_int(query, 8);
        request->confirmed = query_get_int(query, 9) != 0;
    }
    return query_close(query) < 0 ? -1 : found;
}

static int request_by_code(void *self, const char *code, struct link_request *request, struct err *err)
{
    struct query query;

    query_open(&query, self, "SELECT " COLUMNS " FROM link WHERE code = ? AND code <> ''", err);
    query_text(&query, code);
    return take_request(&query, request);
}

static int request_of(void *self, const char *transport, const char *identity, int64_t now_ms,
                      struct link_request *request, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "SELECT " COLUMNS ", (typer_transport = ?1 AND typer_identity = ?2) AS typed FROM link"
               " WHERE (typed OR (transport = ?1 AND identity = ?2)) AND until_ms >= ?3"
               " ORDER BY typed AND NOT confirmed DESC, NOT typed DESC, until_ms DESC LIMIT 1",
               err);
    query_text(&query, transport);
    query_text(&query, identity);
    query_int(&query, now_ms);
    return take_request(&query, request);
}

static int request_drop(void *self, const struct link_side *asker, struct err *err)
{
    struct query query;

    query_open(&query, self, "DELETE FROM link WHERE transport = ? AND identity = ?", err);
    query_text(&query, asker->transport);
    query_text(&query, asker->identity);
    return query_run(&query);
}

/* ---------------------------------------------------------------- wrong codes */

static int try_note(void *self, const char *transport, const char *identity, int64_t at_ms, struct err *err)
{
    struct query query;

    query_open(&query, self, "INSERT INTO link_try (transport, identity, at_ms) VALUES (?, ?, ?)", err);
    query_text(&query, transport);
    query_text(&query, identity);
    query_int(&query, at_ms);
    return query_run(&query);
}

static int tries(void *self, const char *transport, const char *identity, int64_t since_ms, int *own, int *all,
                 struct err *err)
{
    struct query query;
    bool found;

    query_open(&query, self, "DELETE FROM link_try WHERE at_ms < ?", err);
    query_int(&query, since_ms);
    if (query_run(&query) < 0)
        return -1;
    query_open(&query, self, "SELECT coalesce(sum(transport = ? AND identity = ?), 0), count(*) FROM link_try", err);
    query_text(&query, transport);
    query_text(&query, identity);
    found = query_row(&query);
    *own = found ? (int)query_get_int(&query, 0) : 0;
    *all = found ? (int)query_get_int(&query, 1) : 0;
    return query_close(&query);
}

/* ---------------------------------------------------------------- names */

static int names(void *self, int64_t lifter, int (*each)(void *arg, const struct link_name *name), void *arg,
                 struct err *err)
{
    struct query query;
    int status = 0;

    query_open(&query, self,
               "SELECT transport, identity, name, room, coalesce(home, 0), joined_ms FROM identity WHERE lifter = ?"
               " ORDER BY home IS NOT NULL, joined_ms, transport, identity",
               err);
    query_int(&query, lifter);
    while (status == 0 && query_row(&query)) {
        struct link_name name = {.home = query_get_int(&query, 4), .joined_ms = query_get_int(&query, 5)};

        take_side(&query, 0, &name.side);
        status = each(arg, &name);
    }
    return query_close(&query) < 0 ? -1 : status;
}

void link_install(struct link_store *port)
{
    port->request_put = request_put;
    port->request_by_code = request_by_code;
    port->request_of = request_of;
    port->request_drop = request_drop;
    port->try_note = try_note;
    port->tries = tries;
    port->names = names;
}
