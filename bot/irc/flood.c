/*
 * How fast lines may be sent.
 */
#include "bot/irc/flood.h"

static const int64_t burst_ms = (int64_t)IRC_FLOOD_BURST * IRC_FLOOD_LINE_MS;

void irc_flood_init(struct irc_flood *flood, int64_t now_ms)
{
    *flood = (struct irc_flood){burst_ms, now_ms};
}

int64_t irc_flood_wait(struct irc_flood *flood, int64_t now_ms)
{
    if (now_ms > flood->last_ms)
        flood->credit_ms += now_ms - flood->last_ms;
    flood->last_ms = now_ms;
    if (flood->credit_ms > burst_ms)
        flood->credit_ms = burst_ms;
    return flood->credit_ms >= IRC_FLOOD_LINE_MS ? 0 : IRC_FLOOD_LINE_MS - flood->credit_ms;
}

int64_t irc_flood_calm_wait(const struct irc_flood *flood)
{
    int64_t calm_ms = 2 * (int64_t)IRC_FLOOD_LINE_MS;

    return flood->credit_ms >= calm_ms ? 0 : calm_ms - flood->credit_ms;
}

static void spend(struct irc_flood *flood, int64_t cost_ms)
{
    flood->credit_ms -= cost_ms;
    if (flood->credit_ms < -burst_ms)
        flood->credit_ms = -burst_ms;
}

void irc_flood_spend(struct irc_flood *flood, size_t length)
{
    int64_t lines = (int64_t)(length / IRC_FLOOD_WHOLE) + 1; /* of a message of several */

    spend(flood, lines == 1 && length > IRC_FLOOD_LONG ? IRC_FLOOD_LINE_MS * 3 / 2 : IRC_FLOOD_LINE_MS * lines);
}

void irc_flood_spend_little(struct irc_flood *flood)
{
    spend(flood, IRC_FLOOD_LINE_MS / 4);
}
