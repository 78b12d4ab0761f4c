/*
 * What a database is and whether it is whole.
 */
#ifndef BOT_STORE_CHECK_H
#define BOT_STORE_CHECK_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/base/err.h"

/* The first column of the first row of SQL; *VALUE stays when there is none. 0 or -1. */
int check_number(sqlite3 *db, const char *sql, int64_t *value, struct err *err);
/* Whether the end of its file is missing: what there is of the last page then reads as if zeros came behind it, which
 * may be nothing to complain of. */
bool check_is_cut_off(sqlite3 *db);
/* The whole file is read; WHOLE: indexes are compared with their tables, too, which takes longer. 0 or -1. */
int check_integrity(sqlite3 *db, bool whole, struct err *err);
/* No row refers to another that is not there. 0 or -1. */
int check_references(sqlite3 *db, struct err *err);
/* The database is one of Spotter's, of schema *VERSION, which this program knows; 0 for one that is new and empty. 0 or
 * -1. */
int check_schema(sqlite3 *db, int newest, int64_t *version, struct err *err);

#endif
