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

/* Ends the transaction that RESULT came out of. */
static int finish(struct stage *stage, int result, struct err *err)
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
    int result;

    if (store_begin(stage->store, err) < 0)
        return -1;
    result = coach_handle(stage->coach, message, err);
    if (result == 0)
        result = coach_finish_batch(stage->coach, message->read_ms, err);
    return finish(stage, result, err);
}

int stage_welcome(struct stage *stage, const struct message *joined, struct err *err)
{
    if (store_begin(stage->store, err) < 0)
        return -1;
    return finish(
        stage, coach_welcome(stage->coach, joined->transport, joined->room, joined->sender, joined->read_ms, err), err);
}

int stage_take(struct stage *stage, const char *transport, int (*each)(void *arg, const struct matrix_outbox_row *row),
               void *arg, struct err *err)
{
    if (store_begin(stage->store, err) < 0)
        return -1;
    return finish(stage, store_outbox_take(stage->store, transport, each, arg, err), err);
}
