/*
 * A QR code in a terminal.
 */
#ifndef BOT_APP_QR_H
#define BOT_APP_QR_H

#include <stdio.h>

#include "core/base/err.h"
#include "core/base/span.h"

/* BYTES as one segment, drawn on OUT as its locale and a terminal allow. 0, -1 with ERR. */
int app_draw_qr(struct span bytes, FILE *out, struct err *err);

#endif
