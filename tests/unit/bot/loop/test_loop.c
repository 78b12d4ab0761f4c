/*
 * Timers fire in order and not after they were freed; backoff and bucket keep their bounds.
 */
#include "tests/unit/unit.h"

#include <signal.h>
#include <unistd.h>

#include "bot/loop/backoff.h"
#include "bot/loop/loop.h"
#include "core/base/mem.h"

struct trace {
    struct loop *loop;
    struct loop_timer *other;
    int order[8];
    int count;
};

static void first(void *arg)
{
    struct trace *trace = arg;

    trace->order[trace->count++] = 1;
    loop_timer_free(trace->other);
    trace->other = NULL;
}

static void second(void *arg)
{
    struct trace *trace = arg;

    trace->order[trace->count++] = 2;
}

static void last(void *arg)
{
    struct trace *trace = arg;

    trace->order[trace->count++] = 3;
    loop_stop(trace->loop);
}

static void timers_fire_once_in_order_and_never_when_freed(void **state)
{
    struct trace trace = {.loop = loop_new()};
    struct loop_timer *one = loop_timer_new(trace.loop, first, &trace);
    struct loop_timer *end = loop_timer_new(trace.loop, last, &trace);

    (void)state;
    trace.other = loop_timer_new(trace.loop, second, &trace);
    loop_timer_set(end, 20);
    loop_timer_set(trace.other, 10);
    loop_timer_set(one, 1);
    assert_int_equal(trace.count, 0);
    assert_true(loop_timer_pending(end));
    loop_run(trace.loop);
    assert_int_equal(trace.count, 2);
    assert_int_equal(trace.order[0], 1);
    assert_int_equal(trace.order[1], 3);
    assert_false(loop_timer_pending(end));
    loop_timer_free(one);
    loop_timer_free(end);
    loop_free(trace.loop);
}

static void a_signal_reaches_its_watch(void **state)
{
    struct trace trace = {.loop = loop_new()};
    struct loop_watch *watch = loop_watch_signal(trace.loop, SIGUSR1, last, &trace);

    (void)state;
    kill(getpid(), SIGUSR1);
    loop_run(trace.loop);
    assert_int_equal(trace.order[0], 3);
    loop_watch_free(watch);
    loop_free(trace.loop);
}

static void a_readable_descriptor_reaches_its_watch(void **state)
{
    struct trace trace = {.loop = loop_new()};
    int ends[2];
    struct loop_watch *watch;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    watch = loop_watch_readable(trace.loop, ends[0], last, &trace);
    assert_int_equal(write(ends[1], "x", 1), 1);
    loop_run(trace.loop);
    assert_int_equal(trace.count, 1);
    loop_watch_free(watch);
    loop_free(trace.loop);
    close(ends[0]);
    close(ends[1]);
}

static void backoff_doubles_between_its_bounds(void **state)
{
    static const uint32_t randoms[] = {0, 1, 77777, 0x7fffffff, 0xffffffff};

    (void)state;
    for (size_t r = 0; r < ARRAY_LENGTH(randoms); r++) {
        struct backoff backoff = {1000, 60000, 0};

        for (int i = 0; i < 100; i++) {
            int64_t ceiling = i < 6 ? INT64_C(1000) << i : 60000;
            int64_t delay = backoff_next(&backoff, randoms[r]);

            assert_true(delay >= 500);
            assert_true(delay <= ceiling);
        }
        backoff_reset(&backoff);
        assert_true(backoff_next(&backoff, randoms[r]) <= 1000);
    }
}

static void a_bucket_gives_its_burst_then_its_rate(void **state)
{
    struct bucket bucket = {.rate_per_s = 2, .burst = 3, .tokens = 3, .last_ms = 1000};
    int64_t wait;

    (void)state;
    for (int i = 0; i < 3; i++)
        assert_int_equal(bucket_take(&bucket, 1000), 0);
    wait = bucket_take(&bucket, 1000);
    assert_in_range(wait, 500, 501);
    assert_int_equal(bucket_take(&bucket, 1000 + wait), 0);
    assert_true(bucket_take(&bucket, 900) > 0); /* the clock was set back */
    for (int i = 0; i < 3; i++)
        assert_int_equal(bucket_take(&bucket, 1000000), 0);
    assert_true(bucket_take(&bucket, 1000000) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(timers_fire_once_in_order_and_never_when_freed),
        cmocka_unit_test(a_signal_reaches_its_watch),
        cmocka_unit_test(a_readable_descriptor_reaches_its_watch),
        cmocka_unit_test(backoff_doubles_between_its_bounds),
        cmocka_unit_test(a_bucket_gives_its_burst_then_its_rate),
    };

    return RUN_TESTS(tests);
}
