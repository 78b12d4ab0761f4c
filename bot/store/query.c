/*
 * One use of a prepared statement.
 */
#include "bot/store/query.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>

#include "bot/store/inside.h"
#include "core/base/mem.h"

/* SQLite's own words name tables and columns, never values. */
static void fail(struct query *query)
{
    if (!query->failed)
        err_set(query->err, ERR_STORE, "the store: %s", sqlite3_errmsg(query->store->db));
    query->failed = true;
    query->store->failed = true;
}

static sqlite3_stmt *prepare(struct query *query, const char *sql, unsigned flags)
{
    sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v3(query->store->db, sql, -1, flags, &statement, NULL) != SQLITE_OK)
        fail(query);
    return statement;
}

/* A callback may ask the same thing again while it is being answered: then the statement is prepared anew. */
static void take(struct query *query, const char *sql)
{
    struct query_cache *cache = &query->store->cache;
    size_t i;

    for (i = 0; i < cache->slots.count && cache->slots.at[i].sql != sql; i++)
        ;
    if (i < cache->slots.count && cache->slots.at[i].busy) {
        query->statement = prepare(query, sql, 0);
        return;
    }
    if (i == cache->slots.count) {
        query->statement = prepare(query, sql, SQLITE_PREPARE_PERSISTENT);
        if (query->statement == NULL)
            return;
        vec_push(&cache->slots, ((struct query_cached){sql, query->statement, false}));
    }
    cache->slots.at[i].busy = true;
    query->statement = cache->slots.at[i].statement;
    query->slot = i;
}

void query_open(struct query *query, struct store *store, const char *sql, struct err *err)
{
    *query = (struct query){.store = store, .slot = SIZE_MAX, .err = err};
    take(query, sql);
    BUG_IF(query->statement != NULL && !sqlite3_stmt_readonly(query->statement) && !store->in_transaction);
}

int query_close(struct query *query)
{
    if (query->slot == SIZE_MAX) {
        sqlite3_finalize(query->statement);
    } else {
        sqlite3_reset(query->statement);
        sqlite3_clear_bindings(query->statement);
        query->store->cache.slots.at[query->slot].busy = false;
    }
    query->statement = NULL;
    return query->failed ? -1 : 0;
}

void query_cache_release(struct query_cache *cache)
{
    for (size_t i = 0; i < cache->slots.count; i++)
        sqlite3_finalize(cache->slots.at[i].statement);
    vec_release(&cache->slots);
}

static void check(struct query *query, int code)
{
    if (code != SQLITE_OK)
        fail(query);
}

void query_int(struct query *query, int64_t value)
{
    if (!query->failed)
        check(query, sqlite3_bind_int64(query->statement, ++query->bound, value));
}

void query_real(struct query *query, double value)
{
    if (!query->failed)
        check(query, sqlite3_bind_double(query->statement, ++query->bound, value));
}

void query_text(struct query *query, const char *text)
{
    query_text_span(query, span_of(text != NULL ? text : ""));
}

void query_text_span(struct query *query, struct span text)
{
    const char *at = text.length != 0 ? text.at : "";

    if (!query->failed)
        check(query,
              sqlite3_bind_text64(query->statement, ++query->bound, at, text.length, SQLITE_STATIC, SQLITE_UTF8));
}

void query_blob(struct query *query, struct span bytes)
{
    const char *at = bytes.length != 0 ? bytes.at : "";

    if (!query->failed)
        check(query, sqlite3_bind_blob64(query->statement, ++query->bound, at, bytes.length, SQLITE_STATIC));
}

bool query_row(struct query *query)
{
    int code;

    if (query->failed)
        return false;
    code = sqlite3_step(query->statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        fail(query);
    return code == SQLITE_ROW;
}

int64_t query_get_int(struct query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

double query_get_real(struct query *query, int column)
{
    if (sqlite3_column_type(query->statement, column) == SQLITE_NULL)
        return NAN;
    return sqlite3_column_double(query->statement, column);
}

const char *query_get_text(struct query *query, int column)
{
    const char *text = (const char *)sqlite3_column_text(query->statement, column);

    return text != NULL ? text : "";
}

struct span query_get_blob(struct query *query, int column)
{
    const char *bytes = sqlite3_column_blob(query->statement, column);

    return (struct span){bytes, bytes != NULL ? (size_t)sqlite3_column_bytes(query->statement, column) : 0};
}

void query_get_copy(struct query *query, int column, char *text, size_t size)
{
    snprintf(text, size, "%s", query_get_text(query, column));
}

int query_run(struct query *query)
{
    while (query_row(query))
        ;
    return query_close(query);
}

int query_changes(struct query *query)
{
    int changes;

    while (query_row(query))
        ;
    changes = sqlite3_changes(query->store->db);
    return query_close(query) < 0 ? -1 : changes;
}

int query_find_int(struct query *query, int64_t *value)
{
    bool found = query_row(query);

    if (found)
        *value = query_get_int(query, 0);
    return query_close(query) < 0 ? -1 : found;
}

int query_find_blob(struct query *query, struct buf *out)
{
    bool found = query_row(query);
    int added = found ? buf_add_span(out, query_get_blob(query, 0)) : 0;

    if (query_close(query) < 0)
        return -1;
    if (added < 0)
        return err_set(query->err, ERR_LIMIT, "a stored value is larger than %zu bytes", out->maximum);
    return found;
}

int query_run_all(struct store *store, struct query_list list, const int64_t *values, size_t count, struct err *err)
{
    for (size_t i = 0; i < list.count; i++) {
        struct query query;

        query_open(&query, store, list.statements[i], err);
        for (size_t v = 0; v < count; v++)
            query_int(&query, values[v]);
        if (query_run(&query) < 0)
            return -1;
    }
    return 0;
}
