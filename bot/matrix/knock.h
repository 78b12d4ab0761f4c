/*
 * Answers knocks: whom `allow` names is invited, where our power is enough, by one request at a time; anybody else gets
 * no answer. A knock that is not answered before a restart is forgotten: whoever knocked knocks again.
 */
#ifndef BOT_MATRIX_KNOCK_H
#define BOT_MATRIX_KNOCK_H

#include "bot/matrix/inside.h"
#include "bot/matrix/rooms.h"

struct mx_knocks *mx_knocks_new(struct matrix *matrix);
void mx_knocks_free(struct mx_knocks *knocks);

/* Within a batch: USER knocks at ROOM_ID; no longer does. */
void mx_knock_seen(struct mx_knocks *knocks, const char *room_id, const char *user);
void mx_knock_over(struct mx_knocks *knocks, const char *room_id, const char *user);

/* By policy: 1 USER is to be invited, 0, -1 the store failed. Nobody is asked into a private chat, or what may be one:
 * the list of all members, when it comes, tells of the knock again. */
int mx_knock_answered(struct matrix *matrix, struct mx_room *room, const char *user, struct err *err);
/* After a commit: answers what waits. */
void mx_knocks_run(struct mx_knocks *knocks);

#endif
