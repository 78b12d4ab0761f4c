/*
 * The rows of the outbox that wait, a lane for each room, in order of saying; and which of them may go now. Pure: knows
 * no network and no store.
 */
#ifndef BOT_MATRIX_QUEUE_H
#define BOT_MATRIX_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/loop/backoff.h"
#include "bot/matrix/store_port.h"
#include "core/base/vec.h"

struct mx_call;
struct mx_echo;
struct mx_lane;
struct mx_queue;
struct mx_send;
struct mx_upload;

struct mx_row {
    struct matrix_outbox_row row; /* strings are ours */
    struct mx_lane *lane;
    struct mx_call *call;     /* under way; NULL: it waits */
    bool told;                /* the store will know more of its file: it is read again */
    struct mx_upload *upload; /* of its file; NULL: none is under way */
    struct mx_echo *echo;     /* looks whether it was sent long ago; NULL: it doesn't */
    bool looked;              /* it was not */
    struct backoff backoff;
    int64_t not_before_ms; /* monotonic */
    bool staged;           /* read or sealed in a transaction that isn't committed yet */
    bool hopeless;         /* can't be sent: too large */
    bool held_back;        /* nor this: its reader has another identity than we know */
    struct mx_send *send;  /* whose it is */
};

struct mx_lane {
    char *room_id;
    VEC(struct mx_row *) rows;
    size_t under_way;
};

struct mx_queue *mx_queue_new(void);
void mx_queue_free(struct mx_queue *queue); /* the calls are the caller's to cancel */
/* Copies ROW into its lane, in order of its id; NULL when it is there already. */
struct mx_row *mx_queue_add(struct mx_queue *queue, const struct matrix_outbox_row *row);
/* Takes the row out and frees it; an empty lane goes too. */
void mx_queue_remove(struct mx_queue *queue, struct mx_row *row);
size_t mx_queue_count(const struct mx_queue *queue);
size_t mx_queue_lanes(const struct mx_queue *queue);
/* Lanes by number, from 0; NULL past the last. */
struct mx_lane *mx_queue_lane(const struct mx_queue *queue, size_t index);

/* Puts the final bytes in. */
void mx_row_seal(struct mx_row *row, const char *type, struct span content);
bool mx_row_is_busy(const struct mx_row *row); /* something of it is under way */
/* Whether the row has its final bytes; in a room that is ENCRYPTED by now nothing else than ciphertext and reactions.
 */
bool mx_row_is_sealed(const struct mx_row *row, bool encrypted);
/* Whether nobody waits for anything in the lane. */
bool mx_lane_is_bulk(const struct mx_lane *lane);
/* Whether an earlier row of the lane will be what ROW edits. */
bool mx_lane_awaits(const struct mx_lane *lane, const struct mx_row *row);

/*
 * The next row that may be sent now; NULL: none. Only sealed rows go. *WAIT_MS becomes the time until one may, when
 * that is what it waits for, else -1.
 */
struct mx_row *mx_lane_next(const struct mx_lane *lane, bool encrypted, int64_t now_ms, int64_t *wait_ms);

#endif
