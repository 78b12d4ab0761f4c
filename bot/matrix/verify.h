/*
 * Verifications between the server and the encryption machine: which messages belong to one, what is said in rooms, and
 * who watches. matrix.h has what others see of it.
 */
#ifndef BOT_MATRIX_VERIFY_H
#define BOT_MATRIX_VERIFY_H

#include <stdbool.h>

#include "bot/matrix/event.h"
#include "bot/matrix/inside.h"

struct mx_verify;

struct mx_verify *mx_verify_new(struct matrix *matrix);
void mx_verify_free(struct mx_verify *verify); /* watches are told that it is over */

/* Within a transaction: the to-device events of a sync. */
int mx_verify_to_device(struct matrix *matrix, const struct json *events, int64_t now_ms, struct err *err);
/* Whether an event of a room is part of a verification; TYPE and CONTENT are the decrypted ones. */
bool mx_verify_concerns(const char *type, const struct json *content);
/* Within a transaction: such an event. 1 it asks for one that is new, 0, -1. */
int mx_verify_event(struct matrix *matrix, const char *room_id, const struct mx_event *event, const char *type,
                    const struct json *content, int64_t now_ms, struct err *err);
/* Whether somebody watches for USER. */
bool mx_verify_is_watched(const struct mx_verify *verify, const char *user);

/* Within a transaction, at its end: what is to be said in rooms becomes rows of the outbox. 1 there are new ones, 0,
 * -1.
 */
int mx_verify_collect(struct matrix *matrix, struct err *err);
/* After it: watches are told, and time is kept. */
void mx_verify_run(struct mx_verify *verify);

#endif
