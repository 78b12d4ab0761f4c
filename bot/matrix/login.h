/*
 * The session: discovery, then the device that the store holds, an imported token, or one login by password. Logs in
 * again on the same device after a soft logout.
 */
#ifndef BOT_MATRIX_LOGIN_H
#define BOT_MATRIX_LOGIN_H

#include <stdbool.h>

#include "bot/matrix/inside.h"

struct mx_login;

/* DONE is called once, when there is a session that the server knows (the API has its token, MATRIX its ids). What
 * can't be mended ends by mx_fail(). */
struct mx_login *mx_login_start(struct matrix *matrix, void (*done)(struct matrix *matrix));
void mx_login_free(struct mx_login *login);

/* The token that the store holds: 1 and the API has it, 0 none is stored, -1 (the pickle key isn't this store's). */
int mx_login_take_token(struct matrix *matrix, struct err *err);
/* /whoami's answer: the device that the token is for must be the one that the store has the keys of, else we would
 * answer ourselves. */
int mx_login_check(const struct matrix *matrix, const struct json *answer, struct err *err);

/* Whether a device's name is one that we make up. */
bool mx_login_is_our_device(const char *device_id);

/* The server no longer takes the token. SOFT: the device is still there. */
void mx_login_lost(struct mx_login *login, bool soft);

#endif
