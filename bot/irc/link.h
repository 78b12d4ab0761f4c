/*
 * One connection: resolved, connected (by TLS, verified, unless told otherwise), lines in, bytes out. It is made for
 * one life; another connection is another link.
 */
#ifndef BOT_IRC_LINK_H
#define BOT_IRC_LINK_H

#include <stdbool.h>

#include "bot/irc/tls.h"
#include "bot/loop/loop.h"
#include "core/base/err.h"
#include "core/base/span.h"

struct irc_link;

/* Never called from within a call of this header, nor after irc_link_free(), which they may call themselves. */
struct irc_link_handler {
    void *arg;
    void (*up)(void *arg);
    void (*line)(void *arg, struct span line);         /* without its end; what is too long is left out */
    void (*lines_end)(void *arg);                      /* those that had come together */
    void (*down)(void *arg, const struct err *reason); /* once; the link is to be freed */
};

struct irc_link_options {
    struct loop *loop;
    struct irc_link_handler handler;
    long port;
    bool tls;
    struct irc_tls_options to; /* host also without TLS */
};

/* Begins. What OPTIONS point to must live as long. Also a file that is wrong is told by `down`. */
struct irc_link *irc_link_new(const struct irc_link_options *options);
void irc_link_free(struct irc_link *link); /* NULL is fine */
/* Bytes, with their line ends. */
void irc_link_send(struct irc_link *link, struct span bytes);
/* No more lines come until told otherwise. */
void irc_link_pause(struct irc_link *link, bool paused);

#endif
