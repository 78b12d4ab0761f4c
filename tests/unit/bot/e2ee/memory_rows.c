/*
 * Tables of rows of texts and numbers.
 */
#include "tests/unit/bot/e2ee/memory_rows.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

void row_release(struct row *row)
{
    for (int i = 0; i < TEXTS; i++) {
        if (row->text[i] != NULL)
            memset(row->text[i], '#', strlen(row->text[i]));
        free(row->text[i]);
    }
}

struct row row_copy(const struct row *row)
{
    struct row copy = *row;

    for (int i = 0; i < TEXTS; i++)
        copy.text[i] = mem_strdup(row->text[i]);
    return copy;
}

void table_clear(struct table *table)
{
    for (size_t i = 0; i < table->count; i++)
        row_release(&table->at[i]);
    vec_release(table);
}

void table_copy(struct table *to, const struct table *from)
{
    for (size_t i = 0; i < from->count; i++)
        vec_push(to, row_copy(&from->at[i]));
}

bool row_matches(const struct row *row, const char *const *key, int keys)
{
    for (int i = 0; i < keys; i++)
        if (key[i] != NULL && strcmp(row->text[i], key[i]) != 0)
            return false;
    return true;
}

struct row *table_find(struct table *table, const char *const *key, int keys)
{
    for (size_t i = 0; i < table->count; i++)
        if (row_matches(&table->at[i], key, keys))
            return &table->at[i];
    return NULL;
}

void table_upsert(struct table *table, struct row row, int keys)
{
    const char *key[TEXTS];
    struct row *old;

    for (int i = 0; i < keys; i++)
        key[i] = row.text[i];
    old = table_find(table, key, keys);
    if (old != NULL) {
        struct row copy = row_copy(&row);

        row_release(old);
        *old = copy;
    } else {
        vec_push(table, row_copy(&row));
    }
}

void table_delete(struct table *table, const char *const *key, int keys)
{
    for (size_t i = 0; i < table->count;) {
        if (row_matches(&table->at[i], key, keys)) {
            row_release(&table->at[i]);
            vec_remove(table, i);
        } else {
            i++;
        }
    }
}
