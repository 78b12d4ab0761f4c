/*
 * What was said and answered earlier.
 */
#include "bot/coach/earlier.h"

int set_list_add(void *list, const struct coach_set_row *row)
{
    struct set_list *to = list;

    to->at_ms = to->sets.count == 0 || row->at_ms < to->at_ms ? row->at_ms : to->at_ms;
    vec_push(&to->sets, row->set);
    vec_push(&to->ids, row->id);
    return 0;
}

void set_list_release(struct set_list *list)
{
    vec_release(&list->sets);
    vec_release(&list->ids);
}

static int supersede_all(struct turn *turn, const struct set_list *sets, int64_t action, struct err *err)
{
    int result = 0;

    lifter_drop_log(turn->lifter);
    for (size_t i = 0; i < sets->ids.count && result == 0; i++)
        result = turn->store->set_supersede(turn->store->self, sets->ids.at[i], action, err);
    return result;
}

int earlier_withdraw(struct turn *turn, int64_t input, enum coach_action_kind kind, struct set_list *sets,
                     int64_t *action, struct err *err)
{
    const struct coach_store *store = turn->store;
    int result = store->sets_of_input(store->self, input, set_list_add, sets, err);

    *action = 0;
    if (result != 0 || sets->ids.count == 0)
        return result;
    result = store->action_begin(store->self, turn->lifter->id, turn->input, kind, turn->message->sent_ms, action, err);
    return result == 0 ? supersede_all(turn, sets, *action, err) : result;
}

int earlier_supersede(struct turn *turn, int64_t input, int64_t action, struct set_list *sets, struct err *err)
{
    int result = turn->store->sets_of_input(turn->store->self, input, set_list_add, sets, err);

    return result == 0 ? supersede_all(turn, sets, action, err) : result;
}

/* Mostly the reply to EVENT itself speaks of it, and nothing is kept. */
static void value_name(const struct turn *turn, const char *event, struct buf *out)
{
    buf_addf(out, "reply:%s:%s", turn->message->transport, event);
}

int earlier_reply(struct turn *turn, const char *event, struct buf *out, struct err *err)
{
    struct buf name = BUF_INIT(1024);
    int found;

    value_name(turn, event, &name);
    found = turn->store->value_get(turn->store->self, turn->lifter->id, buf_text(&name), out, err);
    buf_release(&name);
    if (found != 0)
        return found < 0 ? -1 : out->length != 0;
    found = turn->store->was_answered(turn->store->self, turn->message->transport, event, err);
    if (found == 1)
        buf_adds(out, event);
    return found;
}

int earlier_reply_is(struct turn *turn, const char *event, const char *by, struct err *err)
{
    struct buf name = BUF_INIT(1024);
    int result;

    value_name(turn, event, &name);
    result = turn->store->value_put(turn->store->self, turn->lifter->id, buf_text(&name), by != NULL ? by : "", err);
    buf_release(&name);
    return result;
}
