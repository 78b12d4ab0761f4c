/*
 * What a limited timeline left out: pages of /messages backwards, until what is known already. Fetched before the batch
 * is handled, so that the batch stays one transaction.
 */
#ifndef BOT_MATRIX_GAP_H
#define BOT_MATRIX_GAP_H

#include <stdbool.h>
#include <stddef.h>

#include "bot/matrix/inside.h"

enum { MX_GAP_MAX = 10000 /* events of one room */ };

struct mx_gap;

/* Looks for gaps in SYNC (kept), which was asked with SINCE (NULL: without). NULL: there is none. */
struct mx_gap *mx_gap_new(struct matrix *matrix, const struct json *sync, const char *since);
void mx_gap_free(struct mx_gap *gap);
/* DONE comes once, when all are filled as far as the server lets us. */
void mx_gap_fill(struct mx_gap *gap, void (*done)(void *arg), void *arg);
/* The missing events of a room, oldest first; lent. */
const struct json *const *mx_gap_events(const struct mx_gap *gap, const char *room_id, size_t *count);

#endif
