/*
 * A backup that takes the store's place, as a new device.
 */
#ifndef BOT_STORE_RESTORE_H
#define BOT_STORE_RESTORE_H

#include "bot/store/store.h"
#include "core/base/buf.h"

struct store_restore;

/* Copies BACKUP to a file beside PATH, whose lock is held from now on; the store of PATH itself may be the backup. The
 * caller's; NULL: the store is in use, or BACKUP is no whole store that this program knows. */
struct store_restore *store_restore_new(const char *backup, const char *path, struct err *err);
/* The store as it will be; lent. Nobody else sees it yet. */
struct store *store_restore_store(struct store_restore *restore);
int store_restore_count(struct store_restore *restore, struct store_contents *contents, struct err *err);
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
