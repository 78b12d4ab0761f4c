/*
 * Events that can't be handled yet wait in the store as they came, sealed where they came so, in short lists: they are
 * looked at again later, after a restart too.
 */
#ifndef BOT_MATRIX_KEPT_H
#define BOT_MATRIX_KEPT_H

#include "bot/matrix/event.h"
#include "bot/matrix/inside.h"
#include "bot/matrix/rooms.h"

enum {
    MX_EARLY_MAX = 16,                /* entries; the oldest goes for one more */
    MX_EARLY_BYTES = 3072,            /* of an event; a sealed vote has about 1,000 */
    MX_FILES_MAX = 16,                /* and one more isn't kept */
    MX_FILES_BYTES = 5120,            /* a sealed file's has about 2,500 */
    MX_KEPT_LENGTH_MAX = MX_EARLY_MAX /* of the longer list */
};

/* All within a transaction; -1: the store. */

/* The list, the caller's: an array of objects, `room`, `at_ms` when it was kept, `event`, and where that is on another
 * `on`. NULL: it is empty. */
int mx_kept_load(struct matrix *matrix, enum mx_kept_list which, struct json **list, struct err *err);
/* LIST but those that OUT says (NULL: none), and EVENT of ROOM (NULL: none): 1, 0 that is too large, and nothing was
 * changed. */
int mx_kept_save(struct matrix *matrix, enum mx_kept_list which, const struct json *list, const bool *out,
                 const struct mx_room *room, const struct mx_event *event, struct err *err);
/* Whatever the sender of EVENT_ID has there goes behind what is others', in its order: 1 that changes something, 0. */
int mx_kept_postpone(struct matrix *matrix, enum mx_kept_list which, const char *event_id, struct err *err);
/* Takes out EVENT_ID: 1 it was there, 0. */
int mx_kept_drop(struct matrix *matrix, enum mx_kept_list which, const char *event_id, struct err *err);
/* Where in LIST EVENT_ID is; its length: nowhere. */
size_t mx_kept_find(const struct json *list, const char *event_id);

#endif
