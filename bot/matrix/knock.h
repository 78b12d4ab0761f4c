/*
 * Answers knocks: whom `allow` names is invited, where our power is enough, by one request at a time; anybody else gets
 * no answer. What waits is in the store: whoever knocks does so once, and may be invited after the next start.
 */
#ifndef BOT_MATRIX_KNOCK_H
#define BOT_MATRIX_KNOCK_H

#include "bot/matrix/inside.h"
#include "bot/matrix/rooms.h"

struct mx_knocks *mx_knocks_new(struct matrix *matrix);
void mx_knocks_free(struct mx_knocks *knocks);

/* Within a transaction: forgets what waits and reads it again. */
int mx_knocks_load(struct mx_knocks *knocks, struct err *err);
/* Within a batch: USER knocks at ROOM_ID; no longer does. */
int mx_knock_seen(struct mx_knocks *knocks, const char *room_id, const char *user, struct err *err);
int mx_knock_over(struct mx_knocks *knocks, const char *room_id, const char *user, struct err *err);

/* By policy: 1 USER is to be invited, 0, -1 the store failed. Nobody is asked into a private chat, or what may be one:
 * the list of all members, when it comes, tells of the knock again. */
int mx_knock_answered(struct matrix *matrix, struct mx_room *room, const char *user, struct err *err);
/* After a commit: answers what waits, once a sync has told what became of it since the last start. */
void mx_knocks_run(struct mx_knocks *knocks);

#endif
