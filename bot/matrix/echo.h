/*
 * Whether something that we may have sent long ago is in the room: a homeserver knows transaction ids for about a day,
 * after that a repeated PUT would be a second message. Looks for unsigned.transaction_id among our own events.
 */
#ifndef BOT_MATRIX_ECHO_H
#define BOT_MATRIX_ECHO_H

#include "bot/matrix/inside.h"

enum { MX_ECHO_AGE_MS = 20 * 60 * 60 * 1000 }; /* older rows are looked for before they are sent */

struct mx_echo;

/* DONE is told the event's id, lent, or NULL when nothing was sent under TXN_ID since FROM_MS. */
struct mx_echo *mx_echo_start(struct matrix *matrix, const char *room_id, const char *txn_id, int64_t from_ms,
                              void (*done)(void *arg, const char *event_id), void *arg);
void mx_echo_cancel(struct mx_echo *echo); /* NULL is fine */

#endif
