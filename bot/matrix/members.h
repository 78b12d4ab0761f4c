/*
 * Fetches the whole member list of each joined room once: sync brings members lazily, and a room key must reach all.
 */
#ifndef BOT_MATRIX_MEMBERS_H
#define BOT_MATRIX_MEMBERS_H

#include "bot/matrix/inside.h"

struct mx_members;

struct mx_members *mx_members_new(struct matrix *matrix);
void mx_members_free(struct mx_members *members);
/* In a transaction of its own: EVENTS are all members of ROOM_ID, and whoever isn't among them has left. */
int mx_members_take(struct matrix *matrix, const char *room_id, const struct json *events, struct err *err);
/* After a commit: begins what is missing. */
void mx_members_run(struct mx_members *members);

#endif
