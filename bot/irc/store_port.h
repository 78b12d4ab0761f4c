/*
 * What the IRC transport keeps, and the transaction that everything of one batch of lines shares. Functions return 0 or
 * -1 with ERR; getters 1 found, 0 not there, -1. Strings handed to callbacks are lent.
 */
#ifndef BOT_IRC_STORE_PORT_H
#define BOT_IRC_STORE_PORT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/err.h"

struct irc_outbox_row {
    int64_t id; /* order of saying */
    const char *room;
    const char *recipient; /* identity of whom it is for; "" nobody's in particular */
    int kind;              /* enum outgoing_kind */
    int64_t at_ms;
};

struct irc_store {
    void *self;
    int (*begin)(void *self, struct err *err);
    int (*commit)(void *self, struct err *err); /* durable (synced) when it returns 0 */
    void (*rollback)(void *self);

    /* Small texts of a network by name: "sts", "invited", "seen:#gym", "nick:anna". */
    int (*value_get)(void *self, const char *network, const char *name, struct buf *out, struct err *err);
    int (*value_put)(void *self, const char *network, const char *name, const char *value, struct err *err);

    /* Whether somebody of that identity was met before: 1, 0. */
    int (*person_known)(void *self, const char *transport, const char *identity, struct err *err);
    /* Identities that begin with PREFIX. EACH may not change the store. */
    int (*person_each)(void *self, const char *transport, const char *prefix,
                       int (*each)(void *arg, const char *identity), void *arg, struct err *err);

    /* Rows of TRANSPORT that wait, in order of saying. EACH returns something else than 0 to stop. */
    int (*outbox_from)(void *self, const char *transport, int64_t after_id,
                       int (*each)(void *arg, const struct irc_outbox_row *row), void *arg, struct err *err);
    /* The text as it stands now, or what is said instead of a file: 1, 0 the row is gone. */
    int (*outbox_text)(void *self, int64_t id, struct buf *text, struct err *err);
    /* The row is about to be said: from now on it may have been. */
    int (*outbox_begin)(void *self, int64_t id, struct err *err);
    /* Whether something waits for RECIPIENT: 1, 0. */
    int (*outbox_waits)(void *self, const char *transport, const char *recipient, struct err *err);
    /* The server has it, as EVENT_ID: the row goes. */
    int (*outbox_done)(void *self, int64_t id, const char *event_id, struct err *err);
    /* It can't be said: the row goes, with the reason kept for the log. */
    int (*outbox_drop)(void *self, int64_t id, const char *reason, struct err *err);
};

#endif
