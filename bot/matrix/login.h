/*
 * The session: discovery, then the device that the store holds, an imported token, an application service's, which
 * makes its user and device where they aren't there, or one login: by password, or by a person in a browser. Goes on
 * with the same device when the server no longer takes the token.
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

/* /whoami's answer: the device that the token is for must be the one that the store has the keys of, else we would
 * answer ourselves. */
int mx_login_check(const struct matrix *matrix, const struct json *answer, struct err *err);

/* The server no longer takes WHAT; the token it has taken before where it WORKED.
 * True: another token is on its way; false: it ends by mx_fail(). */
bool mx_login_lost(struct mx_login *login, enum mx_refused what, bool worked);

#endif
