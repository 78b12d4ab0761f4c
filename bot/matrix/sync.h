/*
 * The long poll: asks, has gaps filled, has the batch handled, asks again; for ever.
 */
#ifndef BOT_MATRIX_SYNC_H
#define BOT_MATRIX_SYNC_H

#include "bot/matrix/inside.h"

enum { MX_TOKEN_MAX = 2000 /* bytes of a position in the server's streams */ };

struct mx_sync;

struct mx_sync *mx_sync_start(struct matrix *matrix, struct err *err);
void mx_sync_free(struct mx_sync *sync);
/* Whether a response was handled since the start; NULL is not. */
bool mx_sync_is_ready(const struct mx_sync *sync);

#endif
