/*
 * `spotter login`: the account's session, once, for all that comes.
 */
#ifndef BOT_APP_LOGIN_H
#define BOT_APP_LOGIN_H

#include <stdio.h>

#include "bot/settings/settings.h"
#include "core/base/err.h"

/* By the password or the token that is configured; with neither, says on OUT which page a person has to open. 0, -1
 * with ERR, or EX_TEMPFAIL: nobody did in time. */
int app_login(const struct settings *settings, FILE *out, struct err *err);

#endif
