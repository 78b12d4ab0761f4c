/*
 * The store with the key that seals what is secret in it, and `spotter rekey`.
 *
 * Another key takes the place of the old one in this order: the new key's file beside the old one's (FILE.rekey), the
 * store, in one transaction, and then the name. So whoever opens the store after a kill in between finds the key that
 * opens it under one of the two names.
 */
#ifndef BOT_APP_KEY_H
#define BOT_APP_KEY_H

#include <stdio.h>

#include "bot/service/secret.h"
#include "bot/settings/settings.h"
#include "bot/store/store.h"
#include "core/base/buf.h"
#include "core/base/err.h"

/* Opens the store with its key: as configured, else beside the store, made with a new store and never for an old one.
 * What a killed rekey left is put right. -1: *STORE is NULL. */
int app_open_store(const struct settings *settings, unsigned char key[PICKLE_KEY_SIZE], struct store **store,
                   struct err *err);

/* For who only looks: finds the key that opens STORE, a copy (NULL: any), and changes nothing. */
int app_find_key(const struct settings *settings, struct store *store, unsigned char key[PICKLE_KEY_SIZE],
                 struct err *err);

/* For what takes the store's place: its key opens STORE (one is made where all is lost and nothing is sealed), and no
 * other one is left of a killed rekey, which may be that of the store that is there now. 0 or -1. */
int app_check_key(const struct settings *settings, struct store *store, struct err *err);

/* Adds where the key is, as configured: a file, or who keeps it. */
void app_key_place(const struct settings *settings, struct buf *out);

/* KEY_FILE NULL: a new key takes the place of the configured file's, or of the one beside the store. 0, or -1 with ERR:
 * the old key is good. */
int app_rekey(const struct settings *settings, const char *key_file, FILE *out, struct err *err);

#endif
