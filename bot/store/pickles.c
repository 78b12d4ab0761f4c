/*
 * All pickles of sessions at once, for another key.
 */
#include "bot/store/inside.h"

#include "core/base/mem.h"

/* A table is walked by its row ids, so that it can be written meanwhile. */
static const struct {
    enum e2ee_pickle kind;
    const char *next, *put;
} tables[] = {
    {E2EE_PICKLE_OLM, "SELECT rowid, pickle FROM olm_session WHERE rowid > ? ORDER BY rowid LIMIT 1",
     "UPDATE olm_session SET pickle = ? WHERE rowid = ?"},
    {E2EE_PICKLE_INBOUND, "SELECT rowid, pickle FROM megolm_inbound WHERE rowid > ? ORDER BY rowid LIMIT 1",
     "UPDATE megolm_inbound SET pickle = ? WHERE rowid = ?"},
    {E2EE_PICKLE_OUTBOUND, "SELECT rowid, pickle FROM megolm_outbound WHERE rowid > ? ORDER BY rowid LIMIT 1",
     "UPDATE megolm_outbound SET pickle = ? WHERE rowid = ?"},
};

/* 1 and ROWID goes on, 0 that was the last, -1. */
static int replace_next(struct store *store, size_t table, int64_t *rowid, e2ee_replace *replace, void *arg,
                        struct buf *by, struct err *err)
{
    struct query query;
    int result;

    query_open(&query, store, tables[table].next, err);
    query_int(&query, *rowid);
    result = query_row(&query);
    if (result == 1) {
        *rowid = query_get_int(&query, 0);
        result = replace(arg, tables[table].kind, query_get_blob(&query, 1), by, err) == 0 ? 1 : -1;
    }
    if (query_close(&query) < 0)
        return -1;
    if (result != 1)
        return result;
    query_open(&query, store, tables[table].put, err);
    query_blob(&query, buf_span(by));
    query_int(&query, *rowid);
    return query_run(&query) == 0 ? 1 : -1;
}

static int pickles_replace(void *self, e2ee_replace *replace, void *arg, struct err *err)
{
    struct store *store = self;
    struct buf by = BUF_INIT(E2EE_PICKLE_MAX);
    int result = 0;

    for (size_t table = 0; result == 0 && table < ARRAY_LENGTH(tables); table++) {
        int64_t rowid = INT64_MIN;

        while ((result = replace_next(store, table, &rowid, replace, arg, &by, err)) == 1)
            buf_clear(&by);
    }
    buf_release(&by);
    store->wipes = true; /* the old ones leave the log, too */
    return result;
}

void pickles_install(struct e2ee_store *port)
{
    port->pickles_replace = pickles_replace;
}
