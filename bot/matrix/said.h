/*
 * What was said in a room becomes a message for the program, or a notice why not. Within the batch's transaction.
 */
#ifndef BOT_MATRIX_SAID_H
#define BOT_MATRIX_SAID_H

#include <stdbool.h>
#include <stdint.h>

#include "bot/matrix/batch.h"
#include "bot/matrix/event.h"
#include "bot/matrix/rooms.h"

struct mx_sections;
struct mx_visit;

/* A batch that is being handled. */
struct mx_work {
    struct matrix *matrix;
    const struct mx_batch *batch;
    struct mx_sections *sections; /* of the rooms that the batch has joined */
    int64_t now_ms;
    int refusals;
    struct mx_batch_again *again; /* a history is read once more; NULL: no */
    struct mx_visit *visit;       /* a file's event is looked at once more; NULL: no */
    bool unproven;                /* what is being handled */
    struct err *err;
};

/* An event of ROOM by somebody else that is no state. -1: the store. */
int mx_said_take(struct mx_work *work, struct mx_room *room, struct mx_event *event);
/* Tells whoever keeps the keys of their messages from us. */
int mx_said_withheld(struct mx_work *work);
/* Hands MESSAGE over, of which the event itself has said the rest. */
int mx_said_deliver(struct mx_work *work, struct mx_room *room, const struct json *content, struct message *message);

#endif
