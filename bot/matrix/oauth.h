/*
 * Tokens from the homeserver's authorisation server, by OAuth 2.0 (Client-Server API, "OAuth 2.0 API"): found by
 * /auth_metadata, our registration as a client (RFC 7591), the device grant (RFC 8628), refreshing, and taking back
 * (RFC 7009).
 *
 * Whatever the server says in words stays out of logs and messages: a hostile one could put our tokens there.
 */
#ifndef BOT_MATRIX_OAUTH_H
#define BOT_MATRIX_OAUTH_H

#include "bot/matrix/grant.h"
#include "bot/matrix/inside.h"
#include "bot/matrix/session.h"

struct mx_oauth;

enum mx_oauth_end {
    MX_OAUTH_TOKENS,
    MX_OAUTH_LATER,   /* the server is away, or overloaded */
    MX_OAUTH_REFUSED, /* it doesn't take the refresh token any more */
    MX_OAUTH_FAILED   /* for good: nobody allowed it in time (ERR_LIMIT), somebody denied it, there is no such server */
};
struct mx_oauth_result {
    enum mx_oauth_end end;
    struct mx_tokens tokens; /* lent; `refresh` may be NULL */
    const struct err *err;   /* unless there are tokens */
    int64_t retry_after_ms;  /* -1: none */
};
struct mx_oauth_handler {
    void *arg;
    void (*show)(void *arg, const struct mx_grant *grant);          /* the person is to open the page, now */
    void (*ended)(void *arg, const struct mx_oauth_result *result); /* of a grant or a refresh, once */
};

struct mx_oauth *mx_oauth_new(struct matrix *matrix, const struct mx_oauth_handler *handler);
void mx_oauth_free(struct mx_oauth *oauth); /* and what is under way; NULL is fine */

/* One at a time. A grant is for matrix->device_id. */
void mx_oauth_grant(struct mx_oauth *oauth);
void mx_oauth_refresh(struct mx_oauth *oauth, const char *refresh_token);
/* A grant's TOKENS are of no use, because of WHY, with which this ends: they are not left good. */
void mx_oauth_revoke(struct mx_oauth *oauth, const struct mx_tokens *tokens, const struct err *why);

#endif
