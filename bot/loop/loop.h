/*
 * The one event loop: timers, signals, deferred calls, file descriptors. The only room that sees libevent's base; http,
 * irc and console get it by loop_base(). A callback never fires inside the call that asked for it, and never after its
 * handle was freed.
 */
#ifndef BOT_LOOP_LOOP_H
#define BOT_LOOP_LOOP_H

#include <stdbool.h>
#include <stdint.h>

struct loop;
struct loop_timer;
struct loop_watch;
struct event_base;

struct loop *loop_new(void);
void loop_free(struct loop *loop);
void loop_run(struct loop *loop); /* until loop_stop() or nothing is left to wait for */
void loop_stop(struct loop *loop);
struct event_base *loop_base(struct loop *loop);

int64_t loop_now_ms(void);       /* wall clock, milliseconds since the epoch */
int64_t loop_monotonic_ms(void); /* for durations */

/* A timer that fires once for each set; idle until then. */
struct loop_timer *loop_timer_new(struct loop *loop, void (*fire)(void *arg), void *arg);
void loop_timer_set(struct loop_timer *timer,
                    int64_t delay_ms); /* again or anew; 0 fires at the next turn of the loop */
void loop_timer_cancel(struct loop_timer *timer);
bool loop_timer_pending(const struct loop_timer *timer);
void loop_timer_free(struct loop_timer *timer); /* NULL is fine */

/* A signal, or a readable descriptor. */
struct loop_watch *loop_watch_signal(struct loop *loop, int signal, void (*fire)(void *arg), void *arg);
struct loop_watch *loop_watch_readable(struct loop *loop, int fd, void (*fire)(void *arg), void *arg);
void loop_watch_free(struct loop_watch *watch);

#endif
