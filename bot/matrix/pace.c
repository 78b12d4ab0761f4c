/*
 * Faster by little with each one that goes through, slower by half with each refusal, and hardly faster where the limit
 * is near. A limit that is a leaky bucket (Synapse's rc_message) says by its pause how long one more takes: the rate
 * that it can stand is one in that time.
 */
#include "bot/matrix/pace.h"

#include <math.h>

static const double fastest_per_s = 90, slowest_per_s = 0.05;
static const double growth = 1.01, growth_near = 1.001, near = 0.7, share = 0.5;

void mx_pace_init(struct mx_pace *pace)
{
    *pace = (struct mx_pace){.per_s = fastest_per_s, .limit_per_s = INFINITY};
}

int64_t mx_pace_wait(const struct mx_pace *pace, int64_t now_ms)
{
    return pace->next_ms > now_ms ? pace->next_ms - now_ms : 0;
}

void mx_pace_sent(struct mx_pace *pace, int64_t now_ms)
{
    pace->next_ms = now_ms + (int64_t)(1000 / pace->per_s);
}

void mx_pace_accepted(struct mx_pace *pace)
{
    double grown = pace->per_s * (pace->per_s < near * pace->limit_per_s ? growth : growth_near);

    pace->per_s = fmin(fastest_per_s, grown);
}

void mx_pace_limited(struct mx_pace *pace, int64_t now_ms, int64_t pause_ms)
{
    if (now_ms >= pace->paused_ms) {
        pace->limit_per_s = fmin(pace->per_s, pause_ms > 0 ? 1000.0 / (double)pause_ms : pace->per_s);
        pace->per_s = fmax(slowest_per_s, share * pace->limit_per_s);
    }
    pace->paused_ms = now_ms + pause_ms;
    pace->next_ms = now_ms + 2 * pause_ms;
}
