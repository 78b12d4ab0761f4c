/*
 * What goes out, and when: what can't wait goes at once, then our own affairs, then replies, then what is only useful.
 */
#include <stdlib.h>

#include "bot/irc/inside.h"
#include "core/base/mem.h"

enum { QUEUE_MAX = 4000 };

void irc_send_bytes(struct irc *irc, struct span bytes)
{
    if (irc->link == NULL)
        return;
    irc_link_send(irc->link, bytes);
}

void irc_send(struct irc *irc, enum irc_priority priority, const char *verb, const char *const *params)
{
    struct buf line = BUF_INIT(IRC_BODY_MAX);

    if (irc_out_line(&line, verb, params) == 0) {
        if (priority == IRC_SEND_NOW)
            irc_send_bytes(irc, buf_span(&line));
        else if (priority == IRC_SEND_CONTROL && irc->control.count < QUEUE_MAX)
            vec_push(&irc->control, mem_strndup(line.data, line.length));
        else if (priority == IRC_SEND_BULK && irc->bulk.count < QUEUE_MAX)
            vec_push(&irc->bulk, mem_strndup(line.data, line.length));
    }
    buf_release(&line);
    if (priority != IRC_SEND_NOW && irc->phase == IRC_ONLINE)
        loop_timer_set(irc->pump, 0);
}

static bool take_first(irc_text_lines *from, struct buf *line)
{
    if (from->count == 0)
        return false;
    buf_adds(line, from->at[0]);
    free(from->at[0]);
    vec_remove(from, 0);
    return true;
}

/* What is only useful keeps back while there is a line to spare for whoever writes next. */
static bool take_next(struct irc *irc, int64_t now_ms, struct buf *line, int64_t *later_ms)
{
    int64_t calm_ms;

    if (take_first(&irc->control, line)) {
        irc_flood_spend_little(&irc->flood);
        return true;
    }
    if (irc_say_next(irc, now_ms, line, later_ms)) {
        irc_flood_spend(&irc->flood, line->length);
        return true;
    }
    calm_ms = irc_flood_calm_wait(&irc->flood);
    if (calm_ms == 0 && take_first(&irc->bulk, line)) {
        irc_flood_spend(&irc->flood, line->length);
        return true;
    }
    if (irc->bulk.count != 0 && (*later_ms < 0 || *later_ms > calm_ms))
        *later_ms = calm_ms;
    return false;
}

static bool waits(const struct irc *irc)
{
    return irc->control.count != 0 || irc->bulk.count != 0 || irc->lanes.at.count != 0;
}

void irc_send_run(struct irc *irc)
{
    struct buf line = BUF_INIT(IRC_TAGS_MAX);
    int64_t now = loop_monotonic_ms(), wait_ms = -1;

    loop_timer_cancel(irc->pump);
    while (irc->phase == IRC_ONLINE && irc->link != NULL && !irc->dropping) {
        buf_clear(&line);
        wait_ms = irc_flood_wait(&irc->flood, now);
        if (wait_ms > 0 && !waits(irc))
            wait_ms = -1;
        if (wait_ms != 0 || !take_next(irc, now, &line, &wait_ms))
            break;
        irc_send_bytes(irc, buf_span(&line));
    }
    if (wait_ms > 0)
        loop_timer_set(irc->pump, wait_ms);
    if (irc->phase == IRC_ONLINE)
        irc_flight_ask(irc, now);
    irc_flight_settle(irc);
    buf_release(&line);
}

void irc_send_release(struct irc *irc)
{
    loop_timer_cancel(irc->pump);
    irc_text_lines_release(&irc->control);
    irc_text_lines_release(&irc->bulk);
}
