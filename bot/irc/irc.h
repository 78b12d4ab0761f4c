/*
 * The IRC transport: one network. Lines in, messages out; knows nicks, accounts, channels and the outbox; knows nothing
 * of training.
 *
 * Who somebody is: on a network that tells of accounts, the account, folded; else, and for whoever is not logged in, a
 * guest, "~guest:…", who lives as long as the connection. No account begins with '~'. Rooms are channels, folded
 * ("#gym"), and "@" with an identity for what is private.
 */
#ifndef BOT_IRC_IRC_H
#define BOT_IRC_IRC_H

#include "bot/irc/store_port.h"
#include "bot/loop/loop.h"
#include "bot/message.h"
#include "core/base/err.h"

struct irc;

/* What the program does with it. What can fail runs inside the batch's transaction; -1 rolls it back. */
struct irc_handler {
    void *arg;
    int (*message)(void *arg, const struct message *message, struct err *err);
    int (*batch_end)(void *arg, int64_t now_ms, struct err *err);
    /* A guest was answered for the first time: tells them what becomes of their sets. CAN_LOG_IN: the network has
     * accounts. */
    int (*guest)(void *arg, const char *transport, const char *room, const char *identity, bool can_log_in,
                 int64_t now_ms, struct err *err);
    /* The guest is gone: nothing of theirs is kept. */
    int (*forget)(void *arg, const char *transport, const char *identity, struct err *err);
    /* The guest has logged in as ACCOUNT: what is theirs is that one's now. */
    int (*merge)(void *arg, const char *transport, const char *guest, const char *account, int64_t now_ms,
                 struct err *err);
    /* Whom ROW of the outbox, a check-in, is for isn't there; REFUSED: the server said that it didn't come. 1: it is
     * another network's now, 0 it stays. */
    int (*elsewhere)(void *arg, const char *transport, int64_t row, bool refused, struct err *err);
    /* All of ROOM is known, as irc_list_people() tells it. A batch's end follows. */
    int (*people)(void *arg, const char *transport, const char *room, int64_t now_ms, struct err *err);
    void (*rolled_back)(void *arg);
    void (*ready)(void *arg); /* we are on the network */
    /* Once: what was said there before this start has been heard, as far as it can be. */
    void (*caught_up)(void *arg, const char *transport);
};

/* Strings are lent for its life. */
struct irc_options {
    struct loop *loop;
    const struct irc_store *store;
    struct irc_handler handler;
    const char *network; /* its name in the configuration: the transport is "irc:NETWORK" */
    const char *server;
    long port;
    bool tls;
    const char *ca_file, *fingerprint; /* NULL */
    const char *nick;
    const char *account, *password; /* NULL */
    const char *certificate_file, *key_file;
    const char *const *mechanisms; /* of SASL; NULL or empty: any */
    const char *const *channels;   /* NULL-terminated, as all of these; NULL: none */
    const char *channel_keys;      /* lines like "#gym key"; NULL: none */
    bool by_privmsg;               /* so it answers in channels; else by NOTICE */
    const char *const *bridged;    /* channels where whom the bridge speaks for is heard elsewhere */
    const char *const *ghosts;     /* their masks */
};

/* NULL with ERR: the configuration is wrong. */
struct irc *irc_new(const struct irc_options *options, struct err *err);
void irc_free(struct irc *irc); /* NULL is fine */
/* Connects, and again whenever the connection breaks, for ever. Returns at once. */
void irc_start(struct irc *irc);
/* EACH is called for whoever is in ROOM and is known by an identity, ourselves left out, until it returns something
 * else than 0. */
int irc_list_people(const struct irc *irc, const char *room,
                    int (*each)(void *arg, const char *identity, const char *nick), void *arg);
const char *irc_transport(const struct irc *irc);
/* The network can't be reached: that was tried. */
bool irc_is_away(const struct irc *irc);
/* The outbox may have new rows (something was said by another way than a line of this network). */
void irc_outbox_ready(struct irc *irc);
/* How much more may be said unasked now: what is beyond that had better wait where it is. */
size_t irc_outbox_room(const struct irc *irc);

#endif
