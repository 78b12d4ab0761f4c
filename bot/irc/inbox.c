/*
 * From what was heard to the store: all lines that came together are one transaction. What the store refuses waits, in
 * its order, and nothing more is read meanwhile.
 */
#include <stdlib.h>
#include <string.h>

#include "bot/irc/inside.h"
#include "bot/log/log.h"
#include "core/base/mem.h"

void irc_heard_release(struct irc_heard *heard)
{
    free(heard->identity);
    free(heard->nick);
    free(heard->user);
    free(heard->host);
    free(heard->account);
    free(heard->channel);
    free(heard->id);
    free(heard->text);
}

void irc_heard_free(struct irc_heard *heard)
{
    if (heard != NULL)
        irc_heard_release(heard);
    free(heard);
}

void irc_inbox_add(struct irc *irc, struct irc_heard *heard)
{
    vec_push(&irc->inbox, *heard);
}

void irc_keep(struct irc *irc, const char *name, const char *value)
{
    struct irc_heard heard = {.kind = IRC_HEARD_VALUE, .id = mem_strdup(name), .text = mem_strdup(value)};

    irc_inbox_add(irc, &heard);
}

static bool is_guest(const struct irc_heard *heard)
{
    return heard->identity[0] == '~';
}

/* Nothing in it can be a set, a command or an answer: people talk, and are not remembered for it. */
static bool is_only_talk(const struct irc_heard *heard)
{
    return heard->channel != NULL && !heard->addressed && heard->text[0] != '!' && !irc_has_number(heard);
}

/* Once in a session, when there is something to lose. */
static int tell_guest(struct irc *irc, const struct irc_heard *heard, const char *room, struct err *err)
{
    const struct irc_handler *handler = &irc->options.handler;
    const struct irc_store *store = irc->options.store;
    struct irc_person *person = irc_guest_find(irc, heard->identity);
    int waits;

    if (person == NULL || person->guest.told)
        return 0;
    waits = store->outbox_waits(store->self, irc->transport, heard->identity, err);
    if (waits != 1)
        return waits;
    person->guest.told = true;
    if (person->guest.signon_s == 0)
        irc_whois_ask(irc, person->nick); /* when they connected: to know them again when we see them no more */
    return handler->guest(handler->arg, irc->transport, room, heard->identity, irc_network_has_accounts(irc),
                          heard->read_ms, err);
}

static int take_member(struct irc *irc, const struct irc_heard *heard, struct err *err)
{
    const struct message message = {.kind = heard->membership,
                                    .transport = irc->transport,
                                    .room = heard->channel,
                                    .sender = heard->identity,
                                    .sender_name = heard->nick,
                                    .sent_ms = heard->read_ms,
                                    .read_ms = heard->read_ms,
                                    .text = ""};

    return irc->options.handler.message(irc->options.handler.arg, &message, err);
}

static int take_message(struct irc *irc, const struct irc_heard *heard, struct err *err)
{
    const struct irc_store *store = irc->options.store;
    struct buf private = BUF_INIT(512);
    struct message message = {.kind = MESSAGE_TEXT,
                              .transport = irc->transport,
                              .direct = heard->channel == NULL && !heard->history,
                              .sender = heard->identity,
                              .sender_name = heard->nick,
                              .id = heard->id,
                              .sent_ms = heard->sent_ms,
                              .read_ms = heard->read_ms,
                              .addressed = heard->addressed,
                              .guest = is_guest(heard),
                              .bridged = heard->bridged,
                              .summarise = heard->history,
                              .again = heard->history,
                              .member = heard->member,
                              .power = heard->power,
                              .text = heard->text};
    int result = 0;

    if (is_only_talk(heard)) {
        result = store->person_known(store->self, irc->transport, heard->identity, err);
        if (result != 1)
            return result;
    }
    buf_addf(&private, "@%s", heard->identity);
    message.room = heard->channel != NULL ? heard->channel : buf_text(&private);
    log_debug("irc-message", LOG_STR("network", irc->options.network), LOG_STR("id", heard->id),
              LOG_INT("history", heard->history));
    result = irc->options.handler.message(irc->options.handler.arg, &message, err);
    if (result == 0 && is_guest(heard))
        result = tell_guest(irc, heard, buf_text(&private), err);
    buf_release(&private);
    return result;
}

typedef VEC(char *) names;

static int add_name(void *arg, const char *identity)
{
    vec_push((names *)arg, mem_strdup(identity));
    return 0;
}

static int forget_all(struct irc *irc, struct err *err)
{
    const struct irc_store *store = irc->options.store;
    const struct irc_handler *handler = &irc->options.handler;
    names guests = {0};
    int result = store->person_each(store->self, irc->transport, "~", add_name, &guests, err);

    for (size_t i = 0; i < guests.count; i++) {
        if (result == 0)
            result = handler->forget(handler->arg, irc->transport, guests.at[i], err);
        free(guests.at[i]);
    }
    vec_release(&guests);
    return result;
}

static int take(struct irc *irc, const struct irc_heard *heard, struct err *err)
{
    const struct irc_store *store = irc->options.store;
    const struct irc_handler *handler = &irc->options.handler;

    switch (heard->kind) {
    case IRC_HEARD_MESSAGE:
        return take_message(irc, heard, err);
    case IRC_HEARD_FORGET:
        return handler->forget(handler->arg, irc->transport, heard->identity, err);
    case IRC_HEARD_FORGET_ALL:
        return forget_all(irc, err);
    case IRC_HEARD_MERGE:
        return handler->merge(handler->arg, irc->transport, heard->identity, heard->text, loop_now_ms(), err);
    case IRC_HEARD_VALUE:
        return store->value_put(store->self, irc->options.network, heard->id, heard->text, err);
    case IRC_HEARD_MEMBER:
        return take_member(irc, heard, err);
    case IRC_HEARD_PEOPLE:
        return handler->people(handler->arg, irc->transport, heard->channel, heard->read_ms, err);
    case IRC_HEARD_FLUSH:
        return handler->batch_end(handler->arg, loop_now_ms(), err);
    }
    return 0;
}

/* Something may be said to it. */
static bool is_said(enum irc_heard_kind kind)
{
    return kind == IRC_HEARD_MESSAGE || kind == IRC_HEARD_MEMBER || kind == IRC_HEARD_PEOPLE;
}

bool irc_commit(struct irc *irc, int result, struct err *err)
{
    const struct irc_store *store = irc->options.store;

    if (result >= 0 && store->commit(store->self, err) == 0)
        return true;
    store->rollback(store->self);
    log_error("store", LOG_STR("network", irc->options.network), LOG_STR("reason", err->text));
    return false;
}

static int run(struct irc *irc, struct err *err)
{
    const struct irc_store *store = irc->options.store;
    const struct irc_handler *handler = &irc->options.handler;
    int result = store->begin(store->self, err);
    bool said = false;

    for (size_t i = 0; i < irc->inbox.count && result == 0; i++) {
        result = take(irc, &irc->inbox.at[i], err);
        said = said || is_said(irc->inbox.at[i].kind);
    }
    if (result == 0 && said && !irc_history_waits(irc))
        result = handler->batch_end(handler->arg, loop_now_ms(), err);
    if (result == 0)
        result = store->commit(store->self, err);
    if (result == 0)
        return 0;
    store->rollback(store->self);
    handler->rolled_back(handler->arg);
    return -1;
}

void irc_inbox_run(struct irc *irc)
{
    struct err err = {0};
    bool was_stuck = irc->stuck;

    if (irc->inbox.count == 0)
        return;
    irc->stuck = run(irc, &err) != 0;
    if (irc->stuck) {
        log_error("store", LOG_STR("network", irc->options.network), LOG_STR("reason", err.text));
        if (irc->link != NULL)
            irc_link_pause(irc->link, true);
        return;
    }
    for (size_t i = 0; i < irc->inbox.count; i++)
        irc_heard_release(&irc->inbox.at[i]);
    vec_clear(&irc->inbox);
    if (was_stuck && irc->link != NULL)
        irc_link_pause(irc->link, false);
    irc_say_collect(irc);
}
