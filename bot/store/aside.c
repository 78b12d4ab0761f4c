/*
 * Lifters who were met anew after the store was lost, while their history is read again: it is played to nobody's log,
 * as it was said, and then that log becomes a part of theirs. What they said since holds over it.
 */
#include "bot/store/inside.h"
#include "core/base/mem.h"
#include "core/base/vec.h"

#define ASIDE "'matrix, aside'"

static int set_aside(void *arg, struct err *err)
{
    struct store *store = arg;
    struct query query;

    query_open(
        &query, store,
        "WITH began (ms) AS (SELECT CAST(CAST(value AS TEXT) AS INTEGER) FROM matrix_value WHERE name = 'login_ms')"
        " UPDATE identity SET transport = " ASIDE " WHERE transport = 'matrix' AND lifter IN"
        " (SELECT lifter FROM input GROUP BY lifter HAVING min(sent_ms) >= (SELECT ms FROM began))",
        err);
    return query_run(&query);
}

int store_set_aside(struct store *store, struct err *err)
{
    return store_change(store, set_aside, store, err);
}

/* ---- putting back */

struct pair {
    int64_t played, theirs;
    char *identity;
};
typedef VEC(struct pair) pair_list;

static int find_pairs(struct store *store, pair_list *pairs, struct err *err)
{
    struct query query;

    query_open(&query, store,
               "SELECT p.lifter, t.lifter, t.identity FROM identity AS t JOIN identity AS p"
               " ON p.transport = 'matrix' AND p.identity = t.identity WHERE t.transport = " ASIDE,
               err);
    while (query_row(&query)) {
        struct pair *pair = vec_add(pairs);

        pair->played = query_get_int(&query, 0);
        pair->theirs = query_get_int(&query, 1);
        pair->identity = mem_strdup(query_get_text(&query, 2));
    }
    return query_close(&query);
}

static int run_for(struct store *store, const char *statement, const struct pair *pair, struct err *err)
{
    struct query query;

    query_open(&query, store, statement, err);
    query_int(&query, pair->played);
    return query_run(&query);
}

static int give_back(struct store *store, const struct pair *pair, struct err *err)
{
    struct query query;

    query_open(&query, store, "UPDATE identity SET transport = 'matrix' WHERE transport = " ASIDE " AND identity = ?",
               err);
    query_text(&query, pair->identity);
    return query_run(&query);
}

static int join(struct store *store, const struct pair *pair, struct err *err)
{
    /* What gave way to something of the same name. */
    static const char *const left[] = {
        "DELETE FROM lifter_value WHERE lifter = ?",
        "DELETE FROM alias WHERE lifter = ?",
        "DELETE FROM job WHERE lifter = ?",
        "DELETE FROM room_member WHERE lifter = ?",
        "DELETE FROM trust WHERE ?1 IN (lifter, whom)",
    };
    const struct coach_store *port = &store->coach;

    if (run_for(store, "DELETE FROM identity WHERE lifter = ?", pair, err) < 0 || give_back(store, pair, err) < 0 ||
        port->lifter_merge(store, pair->played, pair->theirs, "matrix", pair->identity, pair->identity, err) < 0)
        return -1;
    for (size_t i = 0; i < ARRAY_LENGTH(left); i++)
        if (run_for(store, left[i], pair, err) < 0)
            return -1;
    return 0;
}

static int put_back(void *arg, struct err *err)
{
    struct store *store = arg;
    pair_list pairs = {0};
    struct query query;
    int result = find_pairs(store, &pairs, err);

    for (size_t i = 0; i < pairs.count; i++) {
        if (result == 0)
            result = join(store, &pairs.at[i], err);
        free(pairs.at[i].identity);
    }
    vec_release(&pairs);
    if (result < 0)
        return -1;
    query_open(&query, store, "UPDATE identity SET transport = 'matrix' WHERE transport = " ASIDE, err);
    return query_run(&query);
}

int store_put_back(struct store *store, struct err *err)
{
    return store_change(store, put_back, store, err);
}
