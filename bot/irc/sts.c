/*
 * Strict Transport Security.
 */
#include "bot/irc/sts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

enum { PORT_MAX = 65535 };
static const int64_t duration_max_s = INT64_C(10) * 366 * 24 * 3600;

static bool number_of(struct span text, int64_t maximum, int64_t *number)
{
    *number = 0;
    if (text.length == 0 || text.length > 18)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        *number = *number * 10 + (text.at[i] - '0');
    }
    if (*number > maximum)
        *number = maximum;
    return true;
}

static int take(struct span token, struct irc_sts *sts)
{
    if (span_starts(token, "port=") &&
        (!number_of((struct span){token.at + 5, token.length - 5}, PORT_MAX + 1, &sts->port) || sts->port == 0 ||
         sts->port > PORT_MAX))
        return -1;
    if (span_starts(token, "duration=") &&
        !number_of((struct span){token.at + 9, token.length - 9}, duration_max_s, &sts->duration_s))
        return -1;
    return 0;
}

int irc_sts_parse(struct span value, struct irc_sts *sts)
{
    *sts = (struct irc_sts){0, -1};
    while (value.length != 0) {
        const char *comma = memchr(value.at, ',', value.length);
        struct span token = {value.at, comma != NULL ? (size_t)(comma - value.at) : value.length};
        size_t gone = token.length + (comma != NULL ? 1 : 0);

        if (take(token, sts) != 0)
            return -1;
        value.at += gone;
        value.length -= gone;
    }
    return 0;
}

void irc_sts_print(const struct irc_sts_policy *policy, struct buf *out)
{
    buf_addf(out, "%" PRId64 " %" PRId64, policy->port, policy->until_ms);
}

bool irc_sts_read(const char *text, int64_t now_ms, struct irc_sts_policy *policy)
{
    char *behind_port, *end;

    policy->port = strtoll(text, &behind_port, 10);
    policy->until_ms = strtoll(behind_port, &end, 10);
    return behind_port != text && end != behind_port && *end == '\0' && policy->port > 0 && policy->port <= PORT_MAX &&
           policy->until_ms > now_ms;
}
