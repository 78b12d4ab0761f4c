/*
 * Strict Transport Security (IRCv3/sts): which port a host wants to be reached at, by TLS, and for how long. Pure.
 */
#ifndef BOT_IRC_STS_H
#define BOT_IRC_STS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/span.h"

struct irc_sts {
    int64_t port;       /* 0: none was said */
    int64_t duration_s; /* -1: none was said */
};

/* The capability's value: "port=6697,duration=2592000,preload". -1: malformed, to be ignored. */
int irc_sts_parse(struct span value, struct irc_sts *sts);

/* What is kept of a host: "PORT UNTIL_MS". */
struct irc_sts_policy {
    int64_t port, until_ms;
};
void irc_sts_print(const struct irc_sts_policy *policy, struct buf *out);
/* Whether TEXT is a policy that holds at NOW_MS. */
bool irc_sts_read(const char *text, int64_t now_ms, struct irc_sts_policy *policy);

#endif
