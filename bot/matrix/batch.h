/*
 * The heart: one sync response is one transaction. Keys, memberships, released events, timelines in order, replies
 * written (and sealed where the keys are there), the new position: all of it is committed, or nothing.
 */
#ifndef BOT_MATRIX_BATCH_H
#define BOT_MATRIX_BATCH_H

#include <stdbool.h>

#include "bot/matrix/gap.h"
#include "bot/matrix/inside.h"

struct mx_room;

struct mx_batch {
    const struct json *sync;
    const struct mx_gap *gap; /* NULL: none */
    const char *since;        /* NULL: asked without */
};

/* 0 when it is in the store; -1 (of the store alone) when nothing of it is: it is to be tried again. */
int mx_batch_run(struct matrix *matrix, const struct mx_batch *batch, struct err *err);

/* Within a transaction: handles the parked events that an answer about keys or devices has released, so that none is
 * forgotten when we are killed before the next sync, or waits for it. -1: roll back. */
int mx_batch_released(struct matrix *matrix, struct err *err);

/* Within a transaction: an event of ROOM's history, read again. It is heard as it was then (no notices, no lateness),
 * by keys from the backup too; one of ours tells what it answered. */
struct mx_batch_again {
    size_t read, unreadable; /* messages of others; of those: its key is not here, or it did not open */
};
int mx_batch_again(struct matrix *matrix, struct mx_room *room, const struct json *json, struct mx_batch_again *counts,
                   struct err *err);
/* The same for a room whose state was never seen: STATE is an array of events. */
int mx_batch_state(struct matrix *matrix, const char *room_id, const struct json *state, struct err *err);

/* Whether the response tells nothing that must be kept. */
bool mx_batch_is_idle(const struct json *sync);

#endif
