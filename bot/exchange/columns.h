/*
 * Which column of an export is what, told by the names in its header: Strong's and Hevy's, with what their dialects and
 * languages call them.
 */
#ifndef BOT_EXCHANGE_COLUMNS_H
#define BOT_EXCHANGE_COLUMNS_H

#include "bot/exchange/csv.h"
#include "core/lift/set.h"

enum column {
    COLUMN_TIME,
    COLUMN_EXERCISE,
    COLUMN_ORDER, /* Strong: a number, or what kind of row it is */
    COLUMN_TYPE,  /* Hevy: what kind of set it is */
    COLUMN_WEIGHT,
    COLUMN_WEIGHT_KG,
    COLUMN_WEIGHT_LB,
    COLUMN_UNIT,
    COLUMN_REPS,
    COLUMN_RPE,
    COLUMN_COUNT
};

struct columns {
    int at[COLUMN_COUNT]; /* -1: there is none */
};

/* -1: the header is neither Strong's nor Hevy's. */
int columns_read(struct columns *columns, const struct csv_row *header, struct err *err);

/* Reads a set order ("3", "W", "FAILURE") or set type ("normal", "dropset"). False: the row is no set. */
bool columns_set_type(struct span text, struct set *set);

#endif
