/*
 * What the account itself is set to, once: no push notifications, which nobody reads and the homeserver would count for
 * each message.
 */
#ifndef BOT_MATRIX_ACCOUNT_H
#define BOT_MATRIX_ACCOUNT_H

#include "bot/matrix/inside.h"

struct mx_account;

struct mx_account *mx_account_start(struct matrix *matrix);
void mx_account_free(struct mx_account *account);

#endif
