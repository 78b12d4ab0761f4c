/*
 * TLS for the link: who the server must be, and who we are. The only file of this room that sees OpenSSL.
 */
#ifndef BOT_IRC_TLS_H
#define BOT_IRC_TLS_H

#include <stdbool.h>

#include "core/base/err.h"

struct event_base;
struct bufferevent;

struct irc_tls_options {
    const char *host;        /* that the certificate must be for; sent as SNI unless it is an address */
    const char *ca_file;     /* NULL: the system's */
    const char *fingerprint; /* SHA-256 of the certificate in hex, which is trusted then whatever it says; NULL */
    const char *certificate_file, *key_file; /* NULL: none */
};

/* A bufferevent that is not connected yet. NULL with ERR (ERR_CONFIG): a file is wrong. Frees itself with it. */
struct bufferevent *irc_tls_new(struct event_base *base, const struct irc_tls_options *options, struct err *err);
/* After the handshake: whether it is who it must be. -1 with ERR. */
int irc_tls_check(struct bufferevent *bev, const struct irc_tls_options *options, struct err *err);
/* Why the handshake failed. */
void irc_tls_reason(struct bufferevent *bev, struct err *err);

#endif
