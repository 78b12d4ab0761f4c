/*
 * What the commands on the bot's account have in common: they open the store, do one thing by the transport, and end.
 */
#ifndef BOT_APP_ACCOUNT_H
#define BOT_APP_ACCOUNT_H

#include <stdio.h>

#include "bot/loop/loop.h"
#include "bot/matrix/matrix.h"
#include "bot/service/secret.h"
#include "bot/settings/settings.h"
#include "bot/store/store.h"

/* The first member of what the transport's handlers get as their `arg`. */
struct app_account {
    const struct settings *settings;
    FILE *out;
    struct err *err; /* of the whole command */
    bool failed;
    struct loop *loop;
    struct store *store;
    struct matrix *matrix;
    unsigned char pickle_key[PICKLE_KEY_SIZE];
    struct buf secret, recovery_key; /* the latter empty: none is known */
};

/* -1: no account is configured. To be closed whatever this and the next ones returned. */
int app_account_begin(struct app_account *account, const struct settings *settings, FILE *out, struct err *err);
/* The loop and the store. */
int app_account_open(struct app_account *account, struct err *err);
/* Does what TRUST says, on what was opened, until app_account_end() or the transport fails. Both are copied, and get
 * the account as their `arg`; a failure is seen to, a rollback too where HANDLER doesn't. */
int app_account_run(struct app_account *account, const struct matrix_handler *handler, const struct matrix_trust *trust,
                    struct err *err);
void app_account_end(struct app_account *account);
void app_account_close(struct app_account *account);

#endif
