/*
 * Reads the history of the account's rooms once more, and hands it over as it was said: for a store that was lost, or
 * that lacked keys. Knows nothing that the sync will tell: where the store has a position, it reads what is before.
 */
#ifndef BOT_MATRIX_REBUILD_H
#define BOT_MATRIX_REBUILD_H

#include "bot/matrix/inside.h"

struct mx_rebuild;

/* Begins; ends by options.trust.rebuilt, or mx_fail(). */
struct mx_rebuild *mx_rebuild_start(struct matrix *matrix, struct err *err); /* NULL: the store failed */
void mx_rebuild_free(struct mx_rebuild *rebuild);

#endif
