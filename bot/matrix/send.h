/*
 * From the outbox to the rooms. A row is read within the batch that wrote it, sealed (in an encrypted room) in a
 * transaction of its own or that very one, and PUT only after the commit; each retry sends the identical bytes under
 * the same transaction id. Within a room the order of saying is kept in quiet times; under a burst answers to different
 * messages go several at once.
 */
#ifndef BOT_MATRIX_SEND_H
#define BOT_MATRIX_SEND_H

#include <stdbool.h>

#include "bot/matrix/inside.h"

struct mx_send;

enum {
    MX_SEND_AT_ONCE = 8,  /* PUTs under way in one room */
    MX_SEND_TOTAL = 12,   /* in all */
    MX_SEND_QUIET = 3,    /* up to so many rows waiting in a room go one after the other */
    MX_SEND_ACK_MS = 200, /* acknowledgements wait so long for a batch to be committed with */
    MX_SEND_RATE = 100,   /* a second, beyond the burst; the server's own limit comes by 429 */
    MX_SEND_BURST = 400,
    MX_SEND_KEPT = 6,    /* of those in all, for replies alone */
    MX_SEND_WINDOW = 48, /* rows that wait here before more is said unasked */
    MX_SEND_SEAL_MS = 8  /* what nobody waits for is sealed so long at a time */
};

struct mx_send *mx_send_new(struct matrix *matrix);
void mx_send_free(struct mx_send *send);

/* Within a transaction, at its start: writes acknowledgements, so that what reacts to those events finds them. */
int mx_send_acknowledge(struct mx_send *send, struct err *err);
/* Within a transaction, at its end: writes acknowledgements, takes new rows, seals what can be sealed now. */
int mx_send_collect(struct mx_send *send, struct err *err);
void mx_send_committed(struct mx_send *send);
void mx_send_rolled_back(struct mx_send *send);
/* At the loop's next turn: takes new rows in a transaction of its own. */
void mx_send_collect_soon(struct mx_send *send);
/* How many more rows are welcome of what nobody waits for. */
size_t mx_send_room(const struct mx_send *send);
/* Whether replies are on their way. */
bool mx_send_is_busy(const struct mx_send *send);
/* Outside of one: begins what may go. */
void mx_send_run(struct mx_send *send);

#endif
