/*
 * A store and a coach without a network.
 */
#include "bot/console/stage.h"

#include "bot/store/store.h"

int stage_open(struct stage *stage, const char *db, const struct coach_options *options, struct err *err)
{
    struct coach_options with = *options;

    *stage = (struct stage){0};
    stage->store = store_open(db, err);
    if (stage->store == NULL)
        return -1;
    with.store = store_coach(stage->store);
    stage->coach = coach_new(&with);
    return 0;
}

void stage_close(struct stage *stage)
{
    coach_free(stage->coach);
    store_close(stage->store);
    *stage = (struct stage){0};
}

int stage_begin(struct stage *stage, struct err *err)
{
    return store_begin(stage->store, err);
}

int stage_end(struct stage *stage, int result, struct err *err)
{
    if (result == 0)
        result = store_commit(stage->store, err);
    if (result == 0)
        return 0;
    store_rollback(stage->store);
    coach_forget(stage->coach);
    return -1;
}

int stage_hear(struct stage *stage, const struct message *message, struct err *err)
{
    if (coach_handle(stage->coach, message, err) < 0)
        return -1;
    return coach_finish_batch(stage->coach, message->read_ms, err);
}

int stage_welcome(struct stage *stage, const struct message *joined, struct err *err)
{
    return coach_welcome(stage->coach, joined->transport, joined->room, joined->sender, joined->read_ms, err);
}

int stage_due(struct stage *stage, const char *transport, int64_t now_ms, struct err *err)
{
    return coach_due(stage->coach, transport, false, now_ms, err);
}

int stage_next_due(struct stage *stage, const char *transport, int64_t *due_ms, struct err *err)
{
    return coach_next_due(stage->coach, transport, false, due_ms, err);
}

int stage_take(struct stage *stage, const char *transport, int (*each)(void *arg, const struct matrix_outbox_row *row),
               void *arg, struct err *err)
{
    return store_outbox_take(stage->store, transport, each, arg, err);
}

int stage_file(struct stage *stage, int64_t id, struct buf *out, struct err *err)
{
    return store_outbox_file(stage->store, id, out, err);
}
