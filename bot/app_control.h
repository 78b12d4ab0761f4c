/*
 * What commands beside the running daemon may ask of it, over the control socket; and `spotter verify --emoji` or
 * `--qr`, the other side. A line each way at a time:
 *
 *     verify @user:server                   → waits [DEVICE]…, compare NAME|SIGN|NAME|…, done [KEY], over [REASON]
 *     verify-qr @user:server                → as well: qr HEX, what a code is to hold, and scanned
 *     yes, no                               what people say to `compare`, and to `scanned`
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

/* Waits for USER to ask for a verification, shows a code (BY_CODE), or the emoji, on OUT, and asks on IN whether it was
 * taken, or they are the same (YES: so it is). 0 once they are verified, a code of sysexits.h or -1 with ERR. */
int app_verify_user(const struct settings *settings, const char *user, bool by_code, bool yes, FILE *in, FILE *out,
                    struct err *err);

#endif
