/*
 * Answers knocks: whom `allow` names is invited, where our power is enough, by one request at a time; anybody else gets
 * no answer. What waits is in the store: whoever knocks does so once, and may be invited after the next start.
 */
#ifndef BOT_MATRIX_KNOCK_H
#define BOT_MATRIX_KNOCK_H

#include "bot/matrix/inside.h"
#include "bot/matrix/rooms.h"

/* A server that doesn't take an invitation, as that to another server's user who can't be asked, keeps the others
 * waiting for so long at most; it is tried again after them. */
enum {
    MX_KNOCK_TRY_MS = 30 * 1000,
    MX_KNOCK_PATIENCE_MS = 24 * 60 * 60 * 1000 /* then it is given up: who still wants to come in knocks again */
};

struct mx_knocks *mx_knocks_new(struct matrix *matrix);
void mx_knocks_free(struct mx_knocks *knocks);

/* Within a transaction: forgets what waits and reads it again. */
int mx_knocks_load(struct mx_knocks *knocks, struct err *err);
/* Within a batch: USER knocks at ROOM_ID; no longer does, and isn't invited any more. */
int mx_knock_seen(struct mx_knocks *knocks, const char *room_id, const char *user, struct err *err);
int mx_knock_over(struct mx_knocks *knocks, const char *room_id, const char *user, struct err *err);

/* By policy: 1 USER is to be invited, 0, -1 the store failed. Nobody is asked into a private chat, or what may be one:
 * the list of all members, when it comes, tells of the knock again. */
int mx_knock_answered(struct matrix *matrix, struct mx_room *room, const char *user, struct err *err);
/* After a commit: answers what waits. Not before a sync has told what became of it since the last start. */
void mx_knocks_run(struct mx_knocks *knocks);

#endif
