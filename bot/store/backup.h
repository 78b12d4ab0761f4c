/*
 * What backing up and restoring share.
 */
#ifndef BOT_STORE_BACKUP_H
#define BOT_STORE_BACKUP_H

#include <sqlite3.h>

#include "bot/store/store.h"

/* DB is a store that this program can read. 0 or -1. */
int backup_identify(sqlite3 *db, struct err *err);
int backup_count(sqlite3 *db, struct store_contents *contents, struct err *err);

#endif
