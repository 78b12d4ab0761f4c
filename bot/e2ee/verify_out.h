/*
 * What one verification says, whatever its method: messages out, each with what binds it to the verification, and how
 * it is cancelled. Pure.
 */
#ifndef BOT_E2EE_VERIFY_OUT_H
#define BOT_E2EE_VERIFY_OUT_H

#include <stdbool.h>

#include "bot/json/json.h"
#include "core/base/buf.h"
#include "core/base/vec.h"

enum { VERIFY_CONTENT_MAX = 64 * 1024 /* bytes of a content */ };

enum verify_code {
    VERIFY_USER,
    VERIFY_TIMEOUT,
    VERIFY_UNKNOWN_METHOD,
    VERIFY_UNEXPECTED,
    VERIFY_KEY_MISMATCH,
    VERIFY_USER_MISMATCH,
    VERIFY_INVALID,
    VERIFY_MISMATCHED_COMMITMENT,
    VERIFY_MISMATCHED_SAS,
    VERIFY_CODES
};

struct verify_message {
    const char *type; /* without "m.key.verification." */
    char *content;
};

struct verify_out {
    char *binding; /* members in JSON: "\"transaction_id\":\"…\"" */
    char *reason;  /* why it was cancelled; NULL: it was not */
    VEC(struct verify_message) messages;
};

void verify_out_init(struct verify_out *out, const char *binding); /* copies */
void verify_out_release(struct verify_out *out);

/* MEMBERS is an object, and taken over; the binding is added to it. */
void verify_out_say(struct verify_out *out, const char *type, struct buf *members);
void verify_out_cancel(struct verify_out *out, enum verify_code code);         /* says so */
void verify_out_cancelled(struct verify_out *out, const struct json *content); /* by the other side */

const char *verify_out_reason(const struct verify_out *out); /* "m.user", …, lent; "" it was not cancelled */
/* The next message that is to be sent; false: none. CONTENT is the caller's. */
bool verify_out_next(struct verify_out *out, const char **type, char **content);

void verify_write_cancel(enum verify_code code, const char *binding, struct buf *out);
/* Whether CONTENT has the text WANTED under KEY. */
bool verify_says(const struct json *content, const char *key, const char *wanted);

/* Whether TEXTS, a list, has WANTED. */
bool verify_has(const struct json *texts, const char *wanted);

#endif
