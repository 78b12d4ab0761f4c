/*
 * Where the homeserver is: the configured URL, or by /.well-known/matrix/client of the user's server name, and whether
 * something that speaks Matrix answers there (Client-Server API, "Server Discovery").
 */
#ifndef BOT_MATRIX_DISCOVER_H
#define BOT_MATRIX_DISCOVER_H

#include "bot/matrix/api.h"

struct mx_discover;

struct mx_discover_options {
    struct mx_api *api;
    const char *homeserver; /* URL; NULL: discover by USER */
    const char *user;       /* "@spotter:example.org" */
    /* URL is lent, and NULL with ERR when nothing was found: ERR_CONFIG for what waiting won't mend, else ERR_NETWORK.
     */
    void (*done)(void *arg, const char *url, const struct err *err);
    void *arg;
};

struct mx_discover *mx_discover_start(const struct mx_discover_options *options); /* never NULL; gone after `done` */
void mx_discover_cancel(struct mx_discover *discover);                            /* NULL is fine */

/* A base URL as we use it: http or https, no query or fragment, no slash at the end. The caller's; NULL: it is none. */
char *mx_discover_base(const char *url);

#endif
