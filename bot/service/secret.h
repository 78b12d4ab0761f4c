/*
 * Secrets from files: only from those that nobody else can read, or from systemd's credentials; keys also from the
 * kernel.
 */
#ifndef BOT_SERVICE_SECRET_H
#define BOT_SERVICE_SECRET_H

#include "core/base/buf.h"
#include "core/base/err.h"

enum { SECRET_MAXIMUM = 4096, PICKLE_KEY_SIZE = 32 };

/*
 * Reads one line (or the whole file) from FILE into OUT, the newline at its end taken off. A name without a slash is
 * looked up in $CREDENTIALS_DIRECTORY. Refuses files that group or others can read, empty ones and large ones. The
 * caller cleanses OUT.
 */
int secret_read(const char *file, struct buf *out, struct err *err);

/* The same for a pickle key: 32 bytes, raw or as 43 or 44 characters of base64. */
int secret_read_key(const char *file, unsigned char key[PICKLE_KEY_SIZE], struct err *err);

/* The same from a key of type "user" in the kernel's keyrings (keyrings(7)): of this process, its session, its user. */
int secret_keyring_key(const char *name, unsigned char key[PICKLE_KEY_SIZE], struct err *err);

/* Writes the line TEXT to FILE, which must not exist: 0600, synced. */
int secret_make(const char *file, const char *text, struct err *err);

/* Writes a new random key to FILE, which must not exist: 0600, synced. */
int secret_make_key(const char *file, unsigned char key[PICKLE_KEY_SIZE], struct err *err);

/* From now on no core dump is written of this process, and no other one of the same user reads its memory. */
void secret_hide(void);

/* Puts FROM in the place of TO, durably. */
int secret_replace(const char *from, const char *to, struct err *err);

#endif
