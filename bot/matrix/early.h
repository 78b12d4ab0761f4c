/*
 * Reactions and votes that came before we knew the event that they are on: a reply of ours is in the room, and read
 * there, while the server's answer that tells us its id is still on its way. They are kept in the store, sealed where
 * they came so, and looked at again once the id is known; after a restart too.
 */
#ifndef BOT_MATRIX_EARLY_H
#define BOT_MATRIX_EARLY_H

#include "bot/matrix/event.h"
#include "bot/matrix/inside.h"
#include "bot/matrix/rooms.h"

enum { MX_EARLY_KEPT_MS = 10 * 60 * 1000 /* then it was on something that we never said */ };

/* All within a transaction; -1: the store. */

/* Keeps EVENT, in ROOM, whose relation is to what isn't known. */
int mx_early_keep(struct matrix *matrix, const struct mx_room *room, const struct mx_event *event, struct err *err);
/* EVENT_ID was taken back. */
int mx_early_drop(struct matrix *matrix, const char *event_id, struct err *err);
/* Handles those whose event is known by now: acknowledgements are written. How many. */
int mx_early_release(struct matrix *matrix, struct err *err);

#endif
