/*
 * The implementations of the store's ports, each of which passes the same tests.
 */
#ifndef TESTS_UNIT_BOT_STORE_BACKEND_H
#define TESTS_UNIT_BOT_STORE_BACKEND_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bot/store/inside.h"
#include "core/base/mem.h"
#include "tests/unit/unit.h"

struct backend {
    char folder[64]; /* "": in memory */
    struct store *store;
    const struct coach_store *coach;
    const struct matrix_store *matrix;
    const struct e2ee_store *e2ee;
};

/* Ids that would break SQL, URLs or formats if they were ever pasted into them. */
static const char *const nasty[] = {
    "'; DROP TABLE training_set; --", "\"", "a'b''c", "%s%n%d", "?1", "$1:x", "\\", "\n", "ünï😀", "*", "_%", " "};

/* CALL gives its errors to `e`. */
#define OK(call)                                                                                                       \
    do {                                                                                                               \
        struct err ok_err = {0};                                                                                       \
        struct err *const e = &ok_err;                                                                                 \
        if ((call) < 0)                                                                                                \
            fail_msg("%s: %s", #call, ok_err.text);                                                                    \
    } while (0)

static inline void begin(struct backend *b)
{
    OK(store_begin(b->store, e));
}

static inline void commit(struct backend *b)
{
    OK(store_commit(b->store, e));
}

static inline void backend_path(const struct backend *b, char *path, size_t size)
{
    snprintf(path, size, "%s/s.db", b->folder);
}

static inline void backend_open(struct backend *b)
{
    char path[128];

    backend_path(b, path, sizeof(path));
    OK((b->store = store_open(b->folder[0] != '\0' ? path : NULL, e)) != NULL ? 0 : -1);
    b->coach = store_coach(b->store);
    b->matrix = store_matrix(b->store);
    b->e2ee = store_e2ee(b->store);
}

static inline int in_memory(void **state)
{
    *state = mem_zero(1, sizeof(struct backend));
    backend_open(*state);
    return 0;
}

static inline int in_file(void **state)
{
    struct backend *b = mem_zero(1, sizeof(*b));

    *state = b;
    snprintf(b->folder, sizeof(b->folder), "/tmp/spotter-store-XXXXXX");
    if (mkdtemp(b->folder) == NULL)
        return -1;
    backend_open(b);
    return 0;
}

static inline int close_backend(void **state)
{
    struct backend *b = *state;
    static const char *const names[] = {"s.db", "s.db.lock"};
    char path[128];

    store_close(b->store);
    for (size_t i = 0; b->folder[0] != '\0' && i < ARRAY_LENGTH(names); i++) {
        snprintf(path, sizeof(path), "%s/%s", b->folder, names[i]);
        unlink(path);
    }
    if (b->folder[0] != '\0' && rmdir(b->folder) != 0) /* nothing else is left beside the file */
        return -1;
    free(b);
    return 0;
}

/* The number that SQL finds. */
static inline int64_t sql_number(struct backend *b, const char *sql)
{
    sqlite3_stmt *statement;
    int64_t answer;

    assert_int_equal(sqlite3_prepare_v2(b->store->db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    answer = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return answer;
}

#define ON_EACH(test)                                                                                                  \
    {#test " (memory)", test, in_memory, close_backend, NULL},                                                         \
    {                                                                                                                  \
#test " (file)", test, in_file, close_backend, NULL                                                            \
    }

#endif
