/*
 * Capability negotiation (IRCv3, version 302) from a fixed list: what a server offers beyond it is never asked for.
 * Pure: lines to be sent are added to a buffer.
 */
#ifndef BOT_IRC_CAPS_H
#define BOT_IRC_CAPS_H

#include <stdbool.h>
#include <stdint.h>

#include "bot/irc/line.h"

/* One bit each, in the order of the table in caps.c. */
enum irc_cap {
    IRC_CAP_MESSAGE_TAGS = 1 << 0,
    IRC_CAP_ACCOUNT_TAG = 1 << 1,
    IRC_CAP_ACCOUNT_NOTIFY = 1 << 2,
    IRC_CAP_EXTENDED_JOIN = 1 << 3,
    IRC_CAP_SERVER_TIME = 1 << 4,
    IRC_CAP_BATCH = 1 << 5,
    IRC_CAP_LABELS = 1 << 6,
    IRC_CAP_ECHO = 1 << 7,
    IRC_CAP_CHGHOST = 1 << 8,
    IRC_CAP_SETNAME = 1 << 9,
    IRC_CAP_CAP_NOTIFY = 1 << 10,
    IRC_CAP_MULTI_PREFIX = 1 << 11,
    IRC_CAP_USERHOST = 1 << 12,
    IRC_CAP_STANDARD_REPLIES = 1 << 13,
    IRC_CAP_HISTORY = 1 << 14,
    IRC_CAP_MULTILINE = 1 << 15,
    IRC_CAP_SASL = 1 << 16
};

enum { IRC_MECHANISMS_MAX = 256, IRC_STS_VALUE_MAX = 128 };

struct irc_caps {
    bool sasl_wanted; /* we have credentials, and the line is encrypted */
    uint32_t offered, enabled;
    uint32_t asked;                          /* and not answered yet */
    uint32_t one_by_one;                     /* were refused together: each is asked for alone, once */
    bool listed;                             /* the whole list came */
    char mechanisms[IRC_MECHANISMS_MAX];     /* of sasl: "PLAIN,EXTERNAL"; "" not said */
    char sts[IRC_STS_VALUE_MAX];             /* the value of sts; "" not offered */
    size_t multiline_bytes, multiline_lines; /* how much one message of several lines may hold */
};

void irc_caps_init(struct irc_caps *caps, bool sasl_wanted);

enum irc_caps_event {
    IRC_CAPS_NOTHING,
    IRC_CAPS_SETTLED, /* nothing of what was asked for is open any more */
    IRC_CAPS_CHANGED  /* after that: something came or went */
};
/* A CAP line; what follows from it is added to OUT. */
enum irc_caps_event irc_caps_take(struct irc_caps *caps, const struct irc_line *line, struct buf *out);

static inline bool irc_caps_has(const struct irc_caps *caps, uint32_t bits)
{
    return (caps->enabled & bits) == bits;
}

#endif
