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

/* A transaction. Ending it with RESULT 0 makes durable what happened in it, else all of it is taken back; returns 0, or
 * -1 when RESULT is not 0 or the store fails. */
int stage_begin(struct stage *stage, struct err *err);
int stage_end(struct stage *stage, int result, struct err *err);

/* All within a transaction. */
int stage_hear(struct stage *stage, const struct message *message, struct err *err);
int stage_welcome(struct stage *stage, const struct message *joined, struct err *err);
/* What the coach does by itself on TRANSPORT: coach_due(), coach_next_due(); the latter needs no transaction. */
int stage_due(struct stage *stage, const char *transport, int64_t now_ms, struct err *err);
int stage_next_due(struct stage *stage, const char *transport, int64_t *due_ms, struct err *err);
/* Takes what was said on TRANSPORT, in order. */
int stage_take(struct stage *stage, const char *transport, int (*each)(void *arg, const struct matrix_outbox_row *row),
               void *arg, struct err *err);
/* The file that goes with row ID, while that is taken: 1, 0 there is none, -1. */
int stage_file(struct stage *stage, int64_t id, struct buf *out, struct err *err);

#endif
