/*
 * How long to wait before the next try: exponential with full jitter (AWS, "Exponential Backoff And Jitter", 2015).
 * Plain values; the random number is given, so that tests can hold the bounds.
 */
#ifndef BOT_LOOP_BACKOFF_H
#define BOT_LOOP_BACKOFF_H

#include <stdbool.h>
#include <stdint.h>

struct backoff {
    int64_t base_ms, cap_ms;
    unsigned failures;
};

/* Counts a failure; the delay lies in [base/2, min(cap, base * 2^failures)]. RANDOM is any 32 random bits. */
int64_t backoff_next(struct backoff *backoff, uint32_t random);
void backoff_reset(struct backoff *backoff);

/* A token bucket: BURST at once, then RATE a second. Start with `tokens = burst`. */
struct bucket {
    double rate_per_s, burst, tokens;
    int64_t last_ms;
};

/* Takes one token and returns 0, or returns the milliseconds until there is one. */
int64_t bucket_take(struct bucket *bucket, int64_t now_ms);

#endif
