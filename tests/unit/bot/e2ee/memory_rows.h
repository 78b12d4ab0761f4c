/*
 * Tables of rows of texts and numbers: what the store in memory is made of.
 */
#ifndef TESTS_UNIT_BOT_E2EE_MEMORY_ROWS_H
#define TESTS_UNIT_BOT_E2EE_MEMORY_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/vec.h"

enum { TEXTS = 7, NUMBERS = 4 };

struct row {
    char *text[TEXTS];
    int64_t number[NUMBERS];
};
struct table {
    struct row *at;
    size_t count, capacity;
};

void row_release(struct row *row); /* overwrites the texts first, so that a use after it shows */
struct row row_copy(const struct row *row);
/* Whether the first KEYS texts are KEY's; NULL matches all. */
bool row_matches(const struct row *row, const char *const *key, int keys);

void table_clear(struct table *table);
void table_copy(struct table *to, const struct table *from);
struct row *table_find(struct table *table, const char *const *key, int keys);
void table_upsert(struct table *table, struct row row, int keys); /* copies; the first KEYS texts identify the row */
void table_delete(struct table *table, const char *const *key, int keys);

#endif
