/*
 * How fast lines may be sent: a burst of four, then one in two seconds; a long one costs more (RFC 1459, 8.10, as
 * servers count today). Pure.
 */
#ifndef BOT_IRC_FLOOD_H
#define BOT_IRC_FLOOD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    IRC_FLOOD_BURST = 4,
    IRC_FLOOD_LINE_MS = 2000,
    IRC_FLOOD_LONG = 400, /* bytes that go for the price of one line */
    IRC_FLOOD_WHOLE = 512
};

struct irc_flood {
    int64_t credit_ms; /* IRC_FLOOD_LINE_MS is a line; less than nothing after what could not wait */
    int64_t last_ms;
};

void irc_flood_init(struct irc_flood *flood, int64_t now_ms);
/* How long a line must wait still; 0: it may go. */
int64_t irc_flood_wait(struct irc_flood *flood, int64_t now_ms);
/* The same until more than one line may go: whoever writes next doesn't wait for what goes now. */
int64_t irc_flood_calm_wait(const struct irc_flood *flood);
/* A line of LENGTH bytes, or several that are one message, went, that others get to read. */
void irc_flood_spend(struct irc_flood *flood, size_t length);
/* One that is for the server alone: a fourth. */
void irc_flood_spend_little(struct irc_flood *flood);

#endif
