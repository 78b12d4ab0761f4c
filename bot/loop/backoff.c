/*
 * How long to wait before the next try, and how much may be sent now.
 */
#include "bot/loop/backoff.h"

int64_t backoff_next(struct backoff *backoff, uint32_t random)
{
    int64_t ceiling = backoff->base_ms;
    int64_t floor = backoff->base_ms / 2;

    for (unsigned i = 0; i < backoff->failures && ceiling < backoff->cap_ms; i++)
        ceiling *= 2;
    if (ceiling > backoff->cap_ms)
        ceiling = backoff->cap_ms;
    backoff->failures++;
    if (ceiling <= floor)
        return ceiling;
    return floor + (int64_t)random % (ceiling - floor + 1);
}

void backoff_reset(struct backoff *backoff)
{
    backoff->failures = 0;
}

int64_t bucket_take(struct bucket *bucket, int64_t now_ms)
{
    /* A clock that was set back must not take tokens away, nor one that jumped ahead give more than the burst. */
    if (now_ms > bucket->last_ms)
        bucket->tokens += (double)(now_ms - bucket->last_ms) / 1000.0 * bucket->rate_per_s;
    bucket->last_ms = now_ms;
    if (bucket->tokens > bucket->burst)
        bucket->tokens = bucket->burst;
    if (bucket->tokens >= 1.0) {
        bucket->tokens -= 1.0;
        return 0;
    }
    return (int64_t)((1.0 - bucket->tokens) / bucket->rate_per_s * 1000.0) + 1;
}
