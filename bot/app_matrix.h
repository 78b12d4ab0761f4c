/*
 * What the daemon and the commands that sign its device have in common: the key of the store, and how the account is
 * reached.
 */
#ifndef BOT_APP_MATRIX_H
#define BOT_APP_MATRIX_H

#include "bot/matrix/matrix.h"
#include "bot/service/secret.h"
#include "bot/settings/settings.h"

/* The key that seals the database: as configured, else beside the store, made with a new store and never for an old
 * one. */
int app_pickle_key(const struct settings *settings, unsigned char key[PICKLE_KEY_SIZE], struct err *err);

/* Fills what the configuration says; the rest is zero. SECRET gets the password or token, which OPTIONS lends. */
int app_matrix_options(const struct settings_matrix *matrix, struct buf *secret, struct matrix_options *options,
                       struct err *err);

#endif
