/*
 * One use of a prepared statement: open, bind in order, step, read columns, close. Errors are kept until the end, so
 * that the calls between need no checks. Values are only ever bound, never printed into SQL.
 */
#ifndef BOT_STORE_QUERY_H
#define BOT_STORE_QUERY_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/span.h"
#include "core/base/vec.h"

struct store;

struct query_cached {
    const char *sql; /* a literal: known by its address */
    sqlite3_stmt *statement;
    bool busy;
};
struct query_cache {
    VEC(struct query_cached) slots;
};
void query_cache_release(struct query_cache *cache);

struct query {
    struct store *store;
    sqlite3_stmt *statement; /* NULL: could not be prepared */
    size_t slot;             /* in the cache; SIZE_MAX: not cached, since that one was busy */
    struct err *err;
    int bound;
    bool failed;
};

/* SQL is a literal. A statement that writes outside a transaction is a bug. */
void query_open(struct query *query, struct store *store, const char *sql, struct err *err);
int query_close(struct query *query); /* 0, or -1 when anything failed since query_open() */

/* Bind the next parameter. Bytes are lent until query_close(). */
void query_int(struct query *query, int64_t value);
void query_real(struct query *query, double value);     /* NAN becomes NULL */
void query_text(struct query *query, const char *text); /* NULL becomes '' */
void query_text_span(struct query *query, struct span text);
void query_blob(struct query *query, struct span bytes);

bool query_row(struct query *query); /* false at the end and after a failure */

/* Columns of the row, from 0. Texts and blobs are lent until the next row. */
int64_t query_get_int(struct query *query, int column);
double query_get_real(struct query *query, int column); /* NULL becomes NAN */
const char *query_get_text(struct query *query, int column);
struct span query_get_blob(struct query *query, int column);
void query_get_copy(struct query *query, int column, char *text, size_t size); /* cut to fit */

/* Whole uses, closing the query. */
int query_run(struct query *query);                        /* 0 or -1 */
int query_changes(struct query *query);                    /* how many rows it changed; -1 */
int query_find_int(struct query *query, int64_t *value);   /* 1 and the first column, 0 no row, -1 */
int query_find_blob(struct query *query, struct buf *out); /* the same, added to OUT */

/* Runs each of STATEMENTS, all of the same parameters: 0 or -1. */
struct query_list {
    const char *const *statements;
    size_t count;
};
#define QUERY_LIST(list) ((struct query_list){(list), ARRAY_LENGTH(list)})
int query_run_all(struct store *store, struct query_list list, const int64_t *values, size_t count, struct err *err);

#endif
