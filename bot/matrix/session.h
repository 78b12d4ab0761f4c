/*
 * The session as the store keeps it: who we are, and the sealed tokens that prove it. Everything of one login, or of
 * one refresh, is written in one transaction.
 */
#ifndef BOT_MATRIX_SESSION_H
#define BOT_MATRIX_SESSION_H

#include <stdbool.h>

#include "bot/matrix/inside.h"
#include "core/base/buf.h"

enum { MX_TOKEN_MAX = 8192 };

/* Who takes the refresh token: nobody, /refresh of the Client-Server API, or the authorisation server (OAuth 2.0). */
enum mx_refresh { MX_REFRESH_NONE, MX_REFRESH_API, MX_REFRESH_OAUTH };

struct mx_tokens {
    const char *access; /* NULL: it isn't ours to keep (imported) */
    const char *refresh;
    enum mx_refresh kind;
};

/* The tokens of a login's or refresh's ANSWER, lent; false: it holds none that can be used. */
bool mx_session_read(const struct json *answer, enum mx_refresh kind, struct mx_tokens *tokens);

/* Writes who we are and, if there is one, how we prove it: durable when it returns 0. */
int mx_session_put(struct matrix *matrix, const struct mx_tokens *tokens, struct err *err);

/* The token that the store holds: 1 and the API has it, 0 none is stored, -1 (the pickle key isn't this store's). */
int mx_session_take(struct matrix *matrix, struct err *err);
/* The refresh token beside it, into TOKEN, which the caller cleanses. The kind is MX_REFRESH_NONE when there is none.
 */
int mx_session_refresh(struct matrix *matrix, struct buf *token, enum mx_refresh *kind, struct err *err);

/* The device's name is made before the first login, so that a login whose answer was lost leaves no second device. */
int mx_session_choose_device(struct matrix *matrix, struct err *err);
/* Adds the body of a question for the account's own keys, as the homeserver shows them. */
void mx_session_ask_keys(const struct matrix *matrix, struct buf *body);
/* Whether a device's name is one that we make up. */
bool mx_session_is_our_device(const char *device_id);
/* When this device began; made once. */
int mx_session_stamp(struct matrix *matrix, struct err *err);

#endif
