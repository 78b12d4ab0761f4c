/*
 * One JSON request of the Client-Server API: path, token, body; the answer is parsed as it arrives. Retries where the
 * caller wants them, with Retry-After or a growing delay. A completion fires exactly once, never before mx_api_start()
 * returns, and never after mx_api_cancel().
 */
#ifndef BOT_MATRIX_API_H
#define BOT_MATRIX_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/http/http.h"
#include "bot/json/json.h"
#include "bot/loop/loop.h"
#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/span.h"

struct mx_api;
struct mx_call;

enum {
    MX_ID_MAX = 255,            /* bytes of a user, room or event id (appendices, "Common identifier format") */
    MX_PATH_MAX = 8192,         /* of a path with its query */
    MX_DEADLINE_MS = 60 * 1000, /* of a request that names none */
    MX_ANSWER_MAX = 1024 * 1024 /* likewise, bytes of the answer */
};

enum mx_retry {
    MX_ONCE,          /* every failure is the caller's */
    MX_RETRY_LIMITED, /* again after 429 alone */
    MX_RETRY          /* again until the server takes it or refuses it for good */
};

struct mx_answer {
    int status;              /* 0: no answer, or one that is no JSON where JSON must be; `err` says why */
    const char *errcode;     /* "M_FORBIDDEN"; "" none */
    const struct json *json; /* lent (json_keep() it); NULL: none */
    struct span bytes;       /* of a success that was asked for raw; lent */
    int64_t retry_after_ms;  /* -1: none */
    const char *location;    /* of a redirect, lent; NULL */
    const char *date;        /* the server's clock, for http_date_ms(), lent; NULL: it tells none */
    bool stuck;              /* the deadline passed */
    const struct err *err;   /* NULL when the status is 2xx */
};

/* Whether the same may be answered otherwise later: the server is away, or has too much to do. */
bool mx_is_passing(const struct mx_answer *answer);

struct mx_request {
    const char *method;    /* a literal */
    const char *path;      /* from mx_path(); or a whole URL when `elsewhere` */
    struct span body;      /* copied */
    const char *body_type; /* a literal; NULL: JSON */
    int64_t deadline_ms;   /* 0: MX_DEADLINE_MS */
    size_t maximum;        /* 0: MX_ANSWER_MAX */
    enum mx_retry retry;
    bool anonymous; /* without the access token */
    bool created;   /* 201 is success, too (RFC 7591) */
    bool secret;    /* the answer holds tokens: it is wiped, and nobody may keep it */
    bool wordless;  /* nothing need be in a success (RFC 7009) */
    bool raw;       /* a success is no JSON, but bytes; one that is too large is not asked for again */
    void (*done)(void *arg, const struct mx_answer *answer);
    void *arg;
};

/* What the server no longer takes. */
enum mx_refused {
    MX_REFUSED_TOKEN,
    MX_REFUSED_SOFTLY, /* the token alone: the device is still there */
    MX_REFUSED_DEVICE  /* the device, which is named beside the token */
};

struct mx_api_options {
    struct loop *loop;
    struct http *http;
    /* The server no longer takes the token (M_UNKNOWN_TOKEN), which it has taken before where it WORKED, or the device
     * (M_UNKNOWN_DEVICE). Called from the loop, at most once for a token. True: another one will be set, and whatever
     * needs one waits for that; else the refusal is the answer. */
    bool (*unauthorized)(void *arg, enum mx_refused what, bool worked);
    void *arg;
};

struct mx_api *mx_api_new(const struct mx_api_options *options);
void mx_api_free(struct mx_api *api); /* cancels what is under way */
void mx_api_set_server(struct mx_api *api, const char *base_url);
void mx_api_set_token(struct mx_api *api, const char *token); /* what waits for it goes on */

/* The token is an application service's: whatever goes out with it is from USER_ID's device DEVICE_ID (MSC4326). Either
 * may be NULL. */
void mx_api_set_identity(struct mx_api *api, const char *user_id, const char *device_id);

struct mx_call *mx_api_start(struct mx_api *api, const struct mx_request *request); /* never NULL */
void mx_api_cancel(struct mx_call *call);                                           /* NULL is fine */

/* Appends PATTERN to OUT with each "{}" replaced by the next argument, percent-encoded. */
void mx_path(struct buf *out, const char *pattern, ...);

/* The delay before trying again: what the server asks for, or BACKOFF's next. */
struct backoff;
int64_t mx_retry_delay(struct backoff *backoff, int64_t retry_after_ms);

#endif
