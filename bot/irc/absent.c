/*
 * Whoever isn't there, or is away: their check-in goes to another name of theirs, where they have one.
 */
#include "bot/irc/inside.h"
#include "bot/log/log.h"

bool irc_is_checkin(const char *room, int kind)
{
    return kind == OUT_CHECKIN && room[0] == '@';
}

bool irc_row_leaves(struct irc *irc, int64_t row, bool refused)
{
    const struct irc_store *store = irc->options.store;
    const struct irc_handler *handler = &irc->options.handler;
    struct err err = {0};
    int result = store->begin(store->self, &err);

    if (result == 0)
        result = handler->elsewhere(handler->arg, irc->transport, row, refused, &err);
    return irc_commit(irc, result, &err) && result == 1;
}

static bool leaves(void *arg, const struct irc_row *row)
{
    return irc_is_checkin(row->room, row->kind) && irc_row_leaves(arg, row->id, false);
}

bool irc_absent(struct irc *irc, const char *identity)
{
    return irc_lanes_take(&irc->lanes, identity, leaves, irc);
}

/* Noted before it is: from then on it can be said nowhere else. */
static bool begin_row(struct irc *irc, int64_t row)
{
    const struct irc_store *store = irc->options.store;
    struct err err = {0};
    int result = store->begin(store->self, &err);

    if (result == 0)
        result = store->outbox_begin(store->self, row, &err);
    return irc_commit(irc, result, &err);
}

bool irc_may_check_in(struct irc *irc, const struct irc_lane *lane, bool *gone)
{
    const struct irc_row *row = &lane->rows.at[0];
    enum irc_presence presence = irc_presence_of(irc, lane->who);

    *gone = (presence == IRC_ABSENT || presence == IRC_AWAY) && irc_absent(irc, lane->who);
    return !*gone && (presence == IRC_HERE || presence == IRC_AWAY) && begin_row(irc, row->id);
}

typedef VEC(int64_t) row_list;

static int take_row(void *arg, const struct irc_outbox_row *row)
{
    if (irc_is_checkin(row->room, row->kind) && loop_now_ms() - row->at_ms >= CHECKIN_PATIENCE_MS)
        vec_push((row_list *)arg, row->id);
    return 0;
}

void irc_absent_all(struct irc *irc)
{
    const struct irc_store *store = irc->options.store;
    row_list rows = {0};
    struct err err = {0};

    if (store->outbox_from(store->self, irc->transport, 0, take_row, &rows, &err) < 0)
        log_error("store", LOG_STR("network", irc->options.network), LOG_STR("reason", err.text));
    for (size_t i = 0; i < rows.count; i++)
        irc_row_leaves(irc, rows.at[i], false);
    vec_release(&rows);
}
