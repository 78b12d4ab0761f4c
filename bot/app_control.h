/*
 * What commands beside the running daemon may ask of it, over the control socket; and `spotter verify --emoji`, the
 * other side. A line each way at a time:
 *
 *     verify @user:server                   → waits [DEVICE]…, compare NAME|SIGN|NAME|…, done [KEY], over [REASON]
 *     yes, no                               what people say to `compare`
 */
#ifndef BOT_APP_CONTROL_H
#define BOT_APP_CONTROL_H

#include <stdbool.h>
#include <stdio.h>

#include "bot/loop/loop.h"
#include "bot/matrix/matrix.h"
#include "bot/settings/settings.h"
#include "core/base/err.h"

struct app_control;

/* For a daemon that serves MATRIX. */
struct app_control *app_control_new(struct loop *loop, const char *store_path, struct matrix *matrix, struct err *err);
void app_control_free(struct app_control *control); /* before the transport */

/* Waits for USER to ask for a verification, shows the emoji on OUT, and asks on IN whether they are the same (YES: they
 * are). 0 once they are verified, a code of sysexits.h or -1 with ERR. */
int app_verify_emoji(const struct settings *settings, const char *user, bool yes, FILE *in, FILE *out, struct err *err);

#endif
