/*
 * Tells clients which commands there are (MSC4391): a state event for each, in rooms where our power allows it, and
 * only where the room's state doesn't have it already. What is told once is told again when it changes, and not at
 * each start.
 */
#ifndef BOT_MATRIX_DESCRIBE_H
#define BOT_MATRIX_DESCRIBE_H

#include "bot/matrix/inside.h"

struct mx_describe;

struct mx_describe *mx_describe_new(struct matrix *matrix);
void mx_describe_free(struct mx_describe *describe);

/* Outside of a transaction: goes on with the next room, one request after the other, while no reply waits. */
void mx_describe_run(struct mx_describe *describe);

/* The content of the event that describes OFFER, and its state key among those of USER_ID's commands. */
void mx_describe_content(const struct offer *offer, struct buf *content);
void mx_describe_key(const struct offer *offer, const char *user_id, struct buf *key);

#endif
