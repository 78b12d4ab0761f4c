/*
 * A backup that takes the store's place, as a new device.
 */
#ifndef BOT_STORE_RESTORE_H
#define BOT_STORE_RESTORE_H

#include <stdbool.h>

#include "bot/store/store.h"
#include "core/base/buf.h"

struct store_restore;

/* Of the store at PATH, which may be missing, and whose lock is held from now on: the caller's; NULL: it is in use. */
struct store_restore *store_restore_new(const char *path, struct err *err);
/* Whether there is a store, which would be replaced. */
bool store_restore_replaces(const struct store_restore *restore);
/* Copies BACKUP to a file beside it; the store itself may be the backup. -1: it is no whole store that this program
 * knows. */
int store_restore_read(struct store_restore *restore, const char *backup, struct err *err);
/* The store as it will be, once it was read; lent. Nobody else sees it yet. */
struct store *store_restore_store(struct store_restore *restore);
int store_restore_count(struct store_restore *restore, struct store_contents *contents, struct err *err);
struct store_forgotten {
    int64_t count;
    bool unclear; /* the store that is there can't be read for all whom it has forgotten */
};
/* In a transaction of its own store: whom the store that is there has forgotten is so again. */
int store_restore_forget(struct store_restore *restore, struct store_forgotten *forgotten, struct err *err);
/* Puts it in PATH's place, durably: at each moment one of the two is there. What was there goes on under the name that
 * is added to KEPT, where there was any. */
int store_restore_place(struct store_restore *restore, struct buf *kept, struct err *err);
void store_restore_free(struct store_restore *restore);

/* In the caller's transaction: the device that the store had is forgotten, with all that can only go forward (its
 * keys, its sessions with others, the room keys that it wrote with), and so is where it had come to in the sync. What
 * was to be said goes, *UNSAID of it: it may have been said since. Room keys to read with, identities, rooms and logs
 * stay. */
int store_renew(struct store *store, int64_t *unsaid, struct err *err);

#endif
