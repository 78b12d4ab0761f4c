/*
 * Rows of a CSV file, whatever separates its fields (comma, semicolon or tab, told by the first line). Nothing in a
 * file can break it: what is too long or too much is marked or refused.
 */
#ifndef BOT_EXCHANGE_CSV_H
#define BOT_EXCHANGE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/base/err.h"
#include "core/base/span.h"

enum {
    CSV_FILE_MAX = 64 * 1024 * 1024, /* bytes of a file */
    CSV_ROW_MAX = 64 * 1024,         /* bytes of a row */
    CSV_CELLS = 64                   /* fields of a row */
};

struct csv_row {
    size_t number; /* from 1: the header is row 1; rows with nothing in them aren't counted */
    struct span cells[CSV_CELLS];
    size_t count;
    bool too_big; /* more bytes or fields than are kept: the rest is missing */
};

/* Calls TAKE for each row; it may end the reading by returning -1 with ERR. Returns 0 or -1: ERR_LIMIT when the file is
 * too big or never ends a quoted field, ERR_INPUT when it can't be read. The row is lent for the call. */
int csv_rows(FILE *in, int (*take)(void *arg, const struct csv_row *row, struct err *err), void *arg, struct err *err);

#endif
