/*
 * Strict Transport Security.
 */
#include "bot/irc/sts.h"

#include <inttypes.h>

enum { PORT_MAX = 65535 };
static const int64_t duration_max_s = INT64_C(10) * 366 * 24 * 3600;

static bool is_port(struct span text, int64_t *port)
{
    return span_number(text, PORT_MAX, port) && *port != 0;
}

static int take(struct span token, struct irc_sts *sts)
{
    if (span_starts(token, "port=") && !is_port((struct span){token.at + 5, token.length - 5}, &sts->port))
        return -1;
    if (span_starts(token, "duration=") &&
        !span_number((struct span){token.at + 9, token.length - 9}, INT64_MAX, &sts->duration_s))
        return -1;
    if (sts->duration_s > duration_max_s)
        sts->duration_s = duration_max_s;
    return 0;
}

int irc_sts_parse(struct span value, struct irc_sts *sts)
{
    *sts = (struct irc_sts){0, -1};
    while (value.length != 0) {
        if (take(span_take(&value, ','), sts) != 0)
            return -1;
    }
    return 0;
}

void irc_sts_print(const struct irc_sts_policy *policy, struct buf *out)
{
    buf_addf(out, "%" PRId64 " %" PRId64, policy->port, policy->until_ms);
}

bool irc_sts_read(const char *text, int64_t now_ms, struct irc_sts_policy *policy)
{
    struct span rest = span_of(text), port = span_take(&rest, ' ');

    return is_port(port, &policy->port) && span_number(rest, INT64_MAX, &policy->until_ms) && policy->until_ms > now_ms;
}
