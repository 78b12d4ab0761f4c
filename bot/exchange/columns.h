/*
 * Which column of an export is what, told by the names in its header: Strong's and Hevy's, with what their dialects and
 * languages call them, and those that our own has beside Hevy's.
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
    COLUMN_SECONDS,
    /* Our own export's alone: COLUMN_ID says that it is one. */
    COLUMN_ID,
    COLUMN_NOTE,
    COLUMN_RIR,
    COLUMN_MODE,
    COLUMN_WRITTEN_IN, /* the unit */
    COLUMN_EXACT_TYPE,
    COLUMN_FAILURE,
    COLUMN_SIDE,
    COLUMN_PERCENT,
    COLUMN_CHEAT,
    COLUMN_SEGMENTS,
    COLUMN_COUNT
};

struct columns {
    int at[COLUMN_COUNT]; /* -1: there is none */
};

/* What stands there in ROW; empty where it has no such column. */
struct span columns_cell(const struct columns *columns, const struct csv_row *row, enum column column);
/* Whether nothing does but blanks. */
bool columns_cell_is_empty(const struct columns *columns, const struct csv_row *row, enum column column);

/* -1: the header is neither Strong's nor Hevy's. */
int columns_read(struct columns *columns, const struct csv_row *header, struct err *err);

/* Reads a set order ("3", "W", "FAILURE") or set type ("normal", "dropset"). False: the row is no set. */
bool columns_set_type(struct span text, struct set *set);

#endif
