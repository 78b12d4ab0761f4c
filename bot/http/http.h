/*
 * Requests over libcurl's multi-socket interface, driven by the loop: many at once, each with a deadline of our own,
 * the body handed over as it arrives and capped. The only room that includes curl. HTTP/1.1; TLS is always verified;
 * redirects are not followed. A completion fires exactly once, never before http_start() returns; after http_cancel()
 * it never fires.
 */
#ifndef BOT_HTTP_HTTP_H
#define BOT_HTTP_HTTP_H

#include <stddef.h>
#include <stdint.h>

#include "bot/loop/loop.h"
#include "core/base/err.h"
#include "core/base/span.h"

struct buf;
struct http;
struct http_call;
struct http_response;

struct http_options {
    const char *ca_file;    /* NULL: the system's */
    const char *user_agent; /* lent for http_new() */
    long connections;       /* at most so many to one host; 0: 16 */
};

struct http_request {
    const char *method;      /* "GET", "POST", "PUT" */
    const char *url;         /* http or https only */
    const char *bearer;      /* access token; NULL. Never logged */
    struct span body;        /* copied; sent when there is one or the method is POST or PUT */
    const char *body_type;   /* NULL: application/json */
    int64_t deadline_ms;     /* from now; the whole request */
    size_t response_maximum; /* bytes; more ends the request with ERR_LIMIT */
    /* Takes bytes of the body as they arrive; NULL drops them. Return -1 to end the request with ERR_INPUT. */
    int (*on_body)(void *arg, const char *bytes, size_t length);
    void (*on_done)(void *arg, const struct http_response *response);
    void *arg;
};

struct http_response {
    int status;             /* 0: there was no answer; `err` says why */
    int64_t retry_after_ms; /* from Retry-After (seconds or date); -1: none. Capped at an hour */
    int64_t elapsed_ms;
    const struct err *err; /* lent for the callback; NULL when a whole response arrived */
    const char *location;  /* of a redirect, lent likewise; NULL */
    const char *date;      /* what the server's clock shows, for http_date_ms(), lent likewise; NULL: it tells none */
};

struct http *http_new(struct loop *loop, const struct http_options *options, struct err *err);
void http_free(struct http *http); /* cancels what is under way */

struct http_call *http_start(struct http *http, const struct http_request *request); /* never NULL */
void http_cancel(struct http_call *call);

/* Drops every connection and starts afresh: for the watchdog of a stuck sync. Calls under way end with ERR_NETWORK. */
void http_rebuild(struct http *http);

/* The moment that DATE of a response tells, by the second; -1: none. */
int64_t http_date_ms(const char *date);

/* Appends TEXT percent-encoded as one path segment or query value to OUT. */
void http_escape(const char *text, struct buf *out);

#endif
