/*
 * What the server is to leave out of /sync and of /messages (Client-Server API, "Filtering"). Pure.
 */
#ifndef BOT_MATRIX_FILTER_H
#define BOT_MATRIX_FILTER_H

#include "core/base/buf.h"

void mx_filter_sync(const char *user_id, struct buf *out);
void mx_filter_page(const char *user_id, struct buf *out);
void mx_filter_own(const char *user_id, struct buf *out); /* our own events alone */

/* What is read again of a room: what was said in it, by us too. */
void mx_filter_history(struct buf *out);

#endif
