/*
 * What an authorisation server answers in a device grant (RFC 8628), looked at before a person sees any of it. Pure.
 */
#ifndef BOT_MATRIX_GRANT_H
#define BOT_MATRIX_GRANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/json/json.h"
#include "core/base/err.h"

/* The answer to a device authorisation request. Strings are ours. */
struct mx_grant {
    char *device_code;
    char *user_code, *url; /* printable ASCII without blanks */
    char *whole_url;       /* with the code in it; NULL: none, or not one to open */
    int64_t interval_ms;   /* between two questions, from 1 s to 60 s */
    int64_t lasts_ms;      /* half an hour at most */
};
/* SERVER is the homeserver's URL: only where that is no https may URLs be none. -1: it is no answer. */
int mx_grant_read(const struct json *answer, const char *server, struct mx_grant *grant, struct err *err);
void mx_grant_release(struct mx_grant *grant);

/* What the server says while nobody has decided, and at the end (sections 3.5). */
enum mx_verdict {
    MX_VERDICT_PENDING,
    MX_VERDICT_SLOW_DOWN,
    MX_VERDICT_DENIED,
    MX_VERDICT_EXPIRED,
    MX_VERDICT_CLIENT, /* our registration is no longer known */
    MX_VERDICT_OTHER
};
enum mx_verdict mx_grant_verdict(const struct json *answer);
/* The interval after a `slow_down`, or after no answer. */
int64_t mx_grant_slower_ms(int64_t interval_ms);

/* Printable ASCII without blanks, and not too long: good for a terminal and for a header. */
bool mx_grant_is_printable(const char *text, size_t maximum);
/* Whether URL is one to send a token to, or to show. */
bool mx_grant_url_good(const char *url, const char *server);

#endif
