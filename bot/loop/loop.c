/*
 * The one event loop, over libevent.
 */
#include "bot/loop/loop.h"

#include <stdlib.h>
#include <time.h>

#include <event2/event.h>

#include "core/base/mem.h"

struct loop {
    struct event_base *base;
};

struct loop_timer {
    struct event *event;
    void (*fire)(void *arg);
    void *arg;
};

struct loop_watch {
    struct event *event;
    void (*fire)(void *arg);
    void *arg;
};

struct loop *loop_new(void)
{
    struct loop *loop = mem_zero(1, sizeof(*loop));

    loop->base = event_base_new();
    BUG_IF(loop->base == NULL);
    return loop;
}

void loop_free(struct loop *loop)
{
    if (loop == NULL)
        return;
    event_base_free(loop->base);
    free(loop);
}

void loop_run(struct loop *loop)
{
    event_base_dispatch(loop->base);
}

void loop_stop(struct loop *loop)
{
    event_base_loopbreak(loop->base);
}

struct event_base *loop_base(struct loop *loop)
{
    return loop->base;
}

static int64_t clock_ms(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t loop_now_ms(void)
{
    return clock_ms(CLOCK_REALTIME);
}

int64_t loop_monotonic_ms(void)
{
    return clock_ms(CLOCK_MONOTONIC);
}

static void timer_fired(evutil_socket_t fd, short what, void *arg)
{
    struct loop_timer *timer = arg;

    (void)fd;
    (void)what;
    timer->fire(timer->arg);
}

struct loop_timer *loop_timer_new(struct loop *loop, void (*fire)(void *arg), void *arg)
{
    struct loop_timer *timer = mem_zero(1, sizeof(*timer));

    timer->fire = fire;
    timer->arg = arg;
    timer->event = event_new(loop->base, -1, 0, timer_fired, timer);
    BUG_IF(timer->event == NULL);
    return timer;
}

void loop_timer_set(struct loop_timer *timer, int64_t delay_ms)
{
    int64_t delay = delay_ms > 0 ? delay_ms : 0;
    struct timeval wait = {delay / 1000, delay % 1000 * 1000};

    event_add(timer->event, &wait);
}

void loop_timer_cancel(struct loop_timer *timer)
{
    event_del(timer->event);
}

bool loop_timer_pending(const struct loop_timer *timer)
{
    return event_pending(timer->event, EV_TIMEOUT, NULL) != 0;
}

void loop_timer_free(struct loop_timer *timer)
{
    if (timer == NULL)
        return;
    event_free(timer->event);
    free(timer);
}

static void watch_fired(evutil_socket_t fd, short what, void *arg)
{
    struct loop_watch *watch = arg;

    (void)fd;
    (void)what;
    watch->fire(watch->arg);
}

static struct loop_watch *watch_new(struct loop *loop, int fd, short what, void (*fire)(void *arg), void *arg)
{
    struct loop_watch *watch = mem_zero(1, sizeof(*watch));

    watch->fire = fire;
    watch->arg = arg;
    watch->event = event_new(loop->base, fd, what | EV_PERSIST, watch_fired, watch);
    BUG_IF(watch->event == NULL);
    event_add(watch->event, NULL);
    return watch;
}

struct loop_watch *loop_watch_signal(struct loop *loop, int signal, void (*fire)(void *arg), void *arg)
{
    return watch_new(loop, signal, EV_SIGNAL, fire, arg);
}

struct loop_watch *loop_watch_readable(struct loop *loop, int fd, void (*fire)(void *arg), void *arg)
{
    return watch_new(loop, fd, EV_READ, fire, arg);
}

void loop_watch_free(struct loop_watch *watch)
{
    if (watch == NULL)
        return;
    event_free(watch->event);
    free(watch);
}
