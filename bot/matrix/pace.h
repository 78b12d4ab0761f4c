/*
 * How fast goes what nobody waits for, so that a share of the homeserver's limit is left to replies: what that limit is
 * is found out from what it refuses. Pure.
 */
#ifndef BOT_MATRIX_PACE_H
#define BOT_MATRIX_PACE_H

#include <stdint.h>

struct mx_pace {
    double per_s;
    double limit_per_s; /* that the last refusal told of; INFINITY */
    int64_t next_ms;    /* monotonic: not before */
    int64_t paused_ms;  /* until then: further refusals are of the same moment */
};

void mx_pace_init(struct mx_pace *pace);
/* How long the next one waits; 0: it may go. */
int64_t mx_pace_wait(const struct mx_pace *pace, int64_t now_ms);
void mx_pace_sent(struct mx_pace *pace, int64_t now_ms);
/* One was let through. */
void mx_pace_accepted(struct mx_pace *pace);
/* The server wants nothing for PAUSE_MS. */
void mx_pace_limited(struct mx_pace *pace, int64_t now_ms, int64_t pause_ms);

#endif
