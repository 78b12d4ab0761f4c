/*
 * Messages that were handled, by (transport, event id): seen twice, counted once.
 */
#include <string.h>

#include "bot/store/inside.h"

static int input_claim(void *self, const struct message *message, int64_t lifter, int64_t *input, struct err *err)
{
    struct store *store = self;
    struct query query;
    int claimed;

    query_open(&query, store,
               "INSERT INTO input (transport, event_id, lifter, room, sent_ms, read_ms, unproven, home)"
               " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7,"
               " (SELECT home FROM identity WHERE transport = ?1 AND identity = ?8 AND lifter = ?3)"
               " WHERE NOT EXISTS (SELECT 1 FROM forgotten_message WHERE transport = ?1 AND event_id = ?2)"
               " ON CONFLICT (transport, event_id) DO NOTHING",
               err);
    query_text(&query, message->transport);
    query_text(&query, message->id);
    query_int(&query, lifter);
    query_text(&query, message->room);
    query_int(&query, message->sent_ms);
    query_int(&query, message->read_ms);
    query_int(&query, message->unproven);
    query_text(&query, message->sender);
    claimed = query_changes(&query);
    if (claimed == 1)
        *input = sqlite3_last_insert_rowid(store->db);
    return claimed;
}

static int input_hand(void *self, int64_t input, int64_t lifter, int64_t writer, struct err *err)
{
    struct query query;

    query_open(&query, self, "UPDATE input SET lifter = ?, writer = ? WHERE id = ?", err);
    query_int(&query, lifter);
    query_int(&query, writer);
    query_int(&query, input);
    return query_run(&query);
}

#define INPUT_COLUMNS "id, lifter, sent_ms, room, event_id, writer, transport"

/* Reads the one row of QUERY, INPUT_COLUMNS, and closes it. */
static int take_input(struct query *query, struct coach_input *input, struct buf *event_id, struct err *err)
{
    bool found = query_row(query), fits = true;

    if (found) {
        input->id = query_get_int(query, 0);
        input->lifter = query_get_int(query, 1);
        input->sent_ms = query_get_int(query, 2);
        fits = strlen(query_get_text(query, 3)) < sizeof(input->room);
        query_get_copy(query, 3, input->room, sizeof(input->room));
        if (event_id != NULL)
            buf_adds(event_id, query_get_text(query, 4));
        input->writer = query_get_int(query, 5);
        query_get_copy(query, 6, input->transport, sizeof(input->transport));
    }
    if (query_close(query) < 0)
        return -1;
    return fits ? found : err_set(err, ERR_LIMIT, "a room's name is longer than %zu bytes", sizeof(input->room) - 1);
}

static int input_find(void *self, const char *transport, const char *event_id, struct coach_input *input,
                      struct err *err)
{
    struct query query;

    query_open(&query, self, "SELECT " INPUT_COLUMNS " FROM input WHERE transport = ? AND event_id = ?", err);
    query_text(&query, transport);
    query_text(&query, event_id);
    return take_input(&query, input, NULL, err);
}

static int input_event(void *self, int64_t input, struct coach_input *found, struct buf *event_id, struct err *err)
{
    struct query query;

    query_open(&query, self, "SELECT " INPUT_COLUMNS " FROM input WHERE id = ?", err);
    query_int(&query, input);
    return take_input(&query, found, event_id, err);
}

static int input_last(void *self, int64_t lifter, const char *transport, const char *room, int64_t *sent_ms,
                      struct err *err)
{
    struct query query;

    query_open(&query, self,
               "SELECT sent_ms FROM input WHERE lifter = ? AND NOT (transport = ? AND room = ?)"
               " ORDER BY sent_ms DESC LIMIT 1",
               err);
    query_int(&query, lifter);
    query_text(&query, transport != NULL ? transport : "");
    query_text(&query, room != NULL ? room : "");
    return query_find_int(&query, sent_ms);
}

void inputs_install(struct coach_store *port)
{
    port->input_claim = input_claim;
    port->input_hand = input_hand;
    port->input_find = input_find;
    port->input_event = input_event;
    port->input_last = input_last;
}
