/*
 * Answers invitations and leaves rooms, a few at once and at a limited rate. An invitation that we take is in the store
 * (our own membership is "invite" there), so that it is not forgotten by a restart.
 */
#ifndef BOT_MATRIX_JOIN_H
#define BOT_MATRIX_JOIN_H

#include "bot/matrix/inside.h"

struct mx_join;

struct mx_join *mx_join_new(struct matrix *matrix);
void mx_join_free(struct mx_join *join);

/* Within a batch: takes or refuses the invitation to ROOM_ID with its stripped state. */
int mx_join_invited(struct mx_join *join, const char *room_id, const struct json *invite_state, struct err *err);
/* Refuses an invitation, or leaves a room that is empty. Nothing happens before mx_join_run(). */
void mx_join_leave(struct mx_join *join, const char *room_id);
/* ROOM_ID goes into USER's list in m.direct. */
void mx_join_direct(struct mx_join *join, const char *room_id, const char *user);
/* After a commit: begins what is waiting, once the homeserver has taken the device's keys. */
void mx_join_run(struct mx_join *join);

#endif
