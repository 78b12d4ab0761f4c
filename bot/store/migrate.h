/*
 * The schema's history: each step in a transaction of its own, forward only.
 */
#ifndef BOT_STORE_MIGRATE_H
#define BOT_STORE_MIGRATE_H

#include <sqlite3.h>

#include "core/base/err.h"

/* The steps of config/migrations; a database of schema N has had the first N. */
const char *const *migrate_steps(int *count);

/* Brings DB to schema COUNT. One that holds data is copied first to "PATH.before-COUNT" (PATH NULL: in memory, no
 * copy). A newer schema, or the database of another program, is refused untouched. 0 or -1. */
int migrate(sqlite3 *db, const char *path, const char *const *steps, int count, struct err *err);

/* Takes away the copies that migrations of PATH have left: somebody in them wants to be forgotten. */
void migrate_drop_copies(const char *path);

#endif
