/*
 * A store and a coach without a network: what the console and the transcript player stand on.
 */
#ifndef BOT_CONSOLE_STAGE_H
#define BOT_CONSOLE_STAGE_H

#include "bot/coach/coach.h"
#include "bot/matrix/store_port.h"
#include "core/base/err.h"

struct store;

struct stage {
    struct store *store;
    struct coach *coach;
};

/* DB NULL: in memory. OPTIONS without a store. The stage is closed after a failure too. */
int stage_open(struct stage *stage, const char *db, const struct coach_options *options, struct err *err);
void stage_close(struct stage *stage);

/* Handles MESSAGE in a transaction of its own; when it returns 0, what it changed is durable. */
int stage_hear(struct stage *stage, const struct message *message, struct err *err);
int stage_welcome(struct stage *stage, const struct message *joined, struct err *err);

/* Takes what was said on TRANSPORT, in order. */
int stage_take(struct stage *stage, const char *transport, int (*each)(void *arg, const struct matrix_outbox_row *row),
               void *arg, struct err *err);

#endif
