/*
 * What our own export says of a set in columns that Hevy doesn't have, as export_set() wrote it.
 */
#ifndef BOT_EXCHANGE_EXACT_H
#define BOT_EXCHANGE_EXACT_H

#include <stdbool.h>

#include "bot/exchange/columns.h"

/* SET, read as if ROW were Hevy's, becomes what it was. False: there never was such a set. */
bool exact_read(const struct columns *columns, const struct csv_row *row, struct set *set);

#endif
