/*
 * Rooms that take another's place (Client-Server API, "Room upgrades"). A room is followed to the one that its
 * m.room.tombstone names, when whoever wrote that had the power to, and the other one's m.room.create names this one.
 * What is known of the room moves then. Where only one of them says so nothing is said or kept there, and we leave.
 * Until then everything stays where it was, and joining is tried for as long as join.h says, and after each start.
 */
#ifndef BOT_MATRIX_UPGRADE_H
#define BOT_MATRIX_UPGRADE_H

#include "bot/matrix/event.h"
#include "bot/matrix/inside.h"
#include "core/base/buf.h"

struct mx_room;
struct mx_section;

/* All within a transaction. */

/* ROOM's tombstone. A room that it names and that we aren't in is joined, to be looked at. */
int mx_upgrade_tombstone(struct matrix *matrix, struct mx_room *room, const struct mx_event *event, struct err *err);
/* ROOM's m.room.create says which one it takes the place of. */
int mx_upgrade_created(struct matrix *matrix, struct mx_room *room, const struct mx_event *event, struct err *err);
/* We are in ROOM_ID, of which SECTION is the sync's, and were not before: 1 it may be entered, 0 it was joined
 * for a tombstone that it knows nothing of, and is left; -1. */
int mx_upgrade_enter(struct matrix *matrix, const char *room_id, const struct mx_section *section, struct err *err);
/* We have left it, or are asked into it: an invitation is one like any other then. */
int mx_upgrade_left(struct matrix *matrix, const char *room_id, struct err *err);
/* Whether ROOM_ID is still to be joined, to be looked at: 1, 0, -1. */
int mx_upgrade_waits(struct matrix *matrix, const char *room_id, struct err *err);
/* It can't be joined: whoever wrote the tombstone is told, once, since nobody else may know. */
int mx_upgrade_unreached(struct matrix *matrix, const char *room_id, struct err *err);
/* Whether all that was known of ROOM_ID is another room's now: 1, 0, -1. */
int mx_upgrade_is_past(struct matrix *matrix, const char *room_id, struct err *err);

/* Adds "&via=…" for the servers by which ROOM_ID, which is to be looked at, can be joined; nothing for others. */
void mx_upgrade_via(struct matrix *matrix, const char *room_id, struct buf *query);

#endif
