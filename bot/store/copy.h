/*
 * Copies of a whole database in a file of their own, which is whole when it gets its name: it is written under another
 * one, by one process at a time, checked and synced.
 */
#ifndef BOT_STORE_COPY_H
#define BOT_STORE_COPY_H

#include <sqlite3.h>

#include "core/base/err.h"

struct copy {
    char *part;  /* what it is called until it is whole */
    int fd;      /* of it, locked; closed after the database: SQLite's own locks go with any descriptor */
    sqlite3 *db; /* one connection's alone */
};

/* All of FROM, as it is at this moment, takes the place of what is in TO. FROM's writers go on meanwhile. */
int copy_pages(sqlite3 *from, sqlite3 *to, struct err *err);

/* Opens the database at PATH to be read: nothing is made or changed. */
int copy_source(const char *path, sqlite3 **db, struct err *err);
/* Begins a copy of FROM, mode 0600, under the name PART, in place of what an interrupted one left. It may be changed
 * until it ends. On -1, too, the caller drops it. */
int copy_begin(struct copy *copy, const char *part, sqlite3 *from, struct err *err);
/* It is whole, synced, and one file, but for its name. */
int copy_end(struct copy *copy, struct err *err);
/* Takes away what is left of it under that name. */
void copy_drop(struct copy *copy);

#endif
