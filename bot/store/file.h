/*
 * The store's file before a database opens it: its folder, its mode, its lock.
 */
#ifndef BOT_STORE_FILE_H
#define BOT_STORE_FILE_H

#include <stdbool.h>

#include "core/base/err.h"

/* The name PATH with SUFFIX behind it: the caller's. */
char *file_beside(const char *path, const char *suffix);

/* Takes the lock beside the file, which may be missing. Returns the real path, the caller's, and the lock; NULL when it
 * can't be had. */
char *file_lock(const char *path, int *lock, struct err *err);
/* The same, and makes the file (0600) where it is missing. */
char *file_claim(const char *path, int *lock, struct err *err);
void file_unclaim(int lock); /* -1: nothing */

/* As root, gives what is open as FD to whom PATH belongs, or its folder where PATH is missing: else who runs the daemon
 * couldn't open it. 0 or -1. */
int file_hand_over(int fd, const char *path, struct err *err);

/* Opens PART, under which a file is written until it is whole: nobody else writes it while the descriptor is open. -1
 * with ERR. */
int file_open_part(const char *part, struct err *err);
/* Makes it empty, mode 0600. What is left of an earlier one of ours may be written over; what has another owner or a
 * further name may not. 0 or -1. */
int file_empty_part(int fd, const char *part, struct err *err);

/* Makes the new, empty file PATH with mode 0600, in place of one that an interrupted attempt left. 0 or -1. */
int file_make_anew(const char *path, struct err *err);
/* Whether there was a file PATH, which is gone now. */
bool file_remove(const char *path);
/* Gives FROM the name TO, which must be free, and makes that durable. 0 or -1. */
int file_place(const char *from, const char *to, struct err *err);
/* Puts FROM in the place of TO and makes that durable. 0 or -1. */
int file_replace(const char *from, const char *to, struct err *err);

#endif
