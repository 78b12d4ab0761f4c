/*
 * What the Matrix transport keeps, and the transaction that everything of one batch shares. Functions return 0 or -1
 * with ERR; getters 1 found, 0 not there, -1. Strings handed to callbacks are lent.
 */
#ifndef BOT_MATRIX_STORE_PORT_H
#define BOT_MATRIX_STORE_PORT_H

#include <stdbool.h>
#include <stdint.h>

#include "bot/message.h"
#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/span.h"

struct matrix_room_row {
    const char *room_id;
    bool joined;
    bool direct;    /* two people, or named by m.direct */
    bool encrypted; /* once true, true for good */
    int64_t rotation_messages, rotation_ms;
    bool invited_can_read; /* history visibility invited, shared or world_readable: invited members get keys */
    bool history_shared;   /* history visibility shared or world_readable */
    bool members_complete; /* the full list was fetched; kept up by sync since */
    bool welcomed;
    bool many;                 /* a room of several people, whoever is there already */
    const char *last_event_id; /* the last one handled: where filling a gap stops; "" none */
};

enum matrix_outbox_state { OUTBOX_NEW, OUTBOX_SEALED };
struct matrix_outbox_row {
    int64_t id; /* order of saying */
    const char *room;
    const char *txn_id;
    int kind;                /* enum outgoing_kind */
    const char *answers;     /* "" none */
    const char *edits;       /* "" none */
    const char *edits_event; /* event id of the reply that is to be replaced: "" until that one was acknowledged */
    const char *thread;
    const char *mention;
    bool bulk; /* replies go before it */
    const char *text;
    const char *html; /* "" none */
    enum matrix_outbox_state state;
    const char *event_type; /* sealed: what to PUT */
    const char *content;    /* sealed: the final bytes */
    int64_t at_ms;
    const char *file_name; /* of the file that goes with it; "" none */
    const char *file_type;
    int64_t file_size;
    const char *uploaded; /* what outbox_uploaded() was given; "" nothing yet */
    bool poll;            /* as outgoing.poll */
    bool open; /* every device in the room is to read it; without a text it is the event EVENT_TYPE, CONTENT */
};

/* What is known of an event that was handled. */
struct matrix_event_row {
    const char *event_id;
    const char *room_id;
    const char *sender;
    bool encrypted; /* it came as m.room.encrypted */
    bool edit;      /* it replaces another */
    int64_t sent_ms;
};

struct matrix_store {
    void *self;
    int (*begin)(void *self, struct err *err);
    int (*commit)(void *self, struct err *err); /* durable (synced) when it returns 0 */
    void (*rollback)(void *self);

    /* "homeserver", "user_id", "device_id", "access_token" (sealed), "next_batch", "filter_id", … */
    int (*value_get)(void *self, const char *name, struct buf *out, struct err *err);
    int (*value_put)(void *self, const char *name, struct span value, struct err *err);

    int (*room_each)(void *self, int (*each)(void *arg, const struct matrix_room_row *row), void *arg, struct err *err);
    int (*room_put)(void *self, const struct matrix_room_row *row, struct err *err);
    int (*member_put)(void *self, const char *room_id, const char *user_id, const char *membership, const char *name,
                      struct err *err);
    int (*member_each)(void *self, const char *room_id,
                       int (*each)(void *arg, const char *user_id, const char *membership, const char *name), void *arg,
                       struct err *err);

    /* Rooms that we are in together with USER. DIRECT: of these alone that were made for the two. */
    int (*shared_each)(void *self, const char *user_id, bool direct, int (*each)(void *arg, const char *room_id),
                       void *arg, struct err *err);

    /* Rows of transport "matrix" that wait, in order of saying. A row that is not sealed may still change its text (an
     * edit of what has not left yet): so seal it, in plain rooms too, before its bytes leave. That can be done in the
     * transaction that said it. */
    int (*outbox_each)(void *self, int64_t after_id, int (*each)(void *arg, const struct matrix_outbox_row *row),
                       void *arg, struct err *err);
    /* The file that goes with a row: its bytes, added to OUT; where it was put, by the transport's own words; and that
     * it can't be handed over, so that the row is said without it. */
    int (*outbox_file)(void *self, int64_t id, struct buf *out, struct err *err);
    int (*outbox_uploaded)(void *self, int64_t id, const char *uploaded, struct err *err);
    int (*outbox_without_file)(void *self, int64_t id, struct err *err);
    /* An event that is no message, for every device to read: a new row of the outbox. */
    int (*outbox_event)(void *self, const char *room, const char *event_type, const char *content, int64_t at_ms,
                        struct err *err);
    int (*outbox_seal)(void *self, int64_t id, const char *event_type, struct span content, struct err *err);
    /* Accepted as EVENT_ID: the row goes, the reply is remembered under the message that it answers. */
    int (*outbox_done)(void *self, int64_t id, const char *event_id, struct err *err);
    /* Refused for good (403 in a room that was left, too large): the row goes, with the reason kept for the log. */
    int (*outbox_drop)(void *self, int64_t id, const char *reason, struct err *err);

    /* Events handled by id, also those that were not messages, so that a resynchronisation books nothing twice: 1 new,
     * 0 seen. Kept for good: an edit is only believed when its original is here, by the same sender. */
    int (*event_new)(void *self, const struct matrix_event_row *row, struct err *err);
    int (*event_find)(void *self, const char *event_id, int (*found)(void *arg, const struct matrix_event_row *row),
                      void *arg, struct err *err); /* 1, 0, -1; FOUND may be NULL */

    /* Our own EVENT_ID, seen in a history, answers ANSWERS in THREAD (NULL: none), unless another does. */
    int (*reply_put)(void *self, const char *answers, const char *event_id, const char *thread, struct err *err);

    /* A row of the outbox for what the transport itself has to say; the same as the coach's. */
    int (*say)(void *self, const struct outgoing *outgoing, struct err *err);
};

#endif
