/*
 * From the outbox to lines. Which rows wait is read once; what they say, when their turn comes.
 */
#include <stdlib.h>
#include <string.h>

#include "bot/irc/inside.h"
#include "bot/log/log.h"
#include "bot/message.h"
#include "core/base/mem.h"
#include "core/text/fold.h"

enum {
    CHANNEL_LINES = 3,
    SUM_LINES = 2,
    PRIVATE_LINES = 12,
    ABSENT_MS = 300 * 1000,           /* how often we look again for somebody who isn't there */
    ABSENT_MAX_MS = 24 * 3600 * 1000, /* then it is no news any more */
    TEXT_MAX = 32 * 1024,
    MESSAGE_MAX = 6 * 1024,
    NICK_SHOWN_MAX = 64, /* bytes; servers allow 9 to 32 characters */
    ERRORS = 5,          /* a minute; then silence, longer each time */
    ERRORS_MS = 60 * 1000,
    SILENCE_MAX_MS = 3600 * 1000,
    BREAKERS_MAX = 200
};

/* ---------------------------------------------------------------- what waits */

static struct irc_breaker *breaker_of(struct irc *irc, const char *who)
{
    struct irc_breaker *breaker;

    for (size_t i = 0; i < irc->breakers.count; i++) {
        if (strcmp(irc->breakers.at[i].who, who) == 0)
            return &irc->breakers.at[i];
    }
    if (irc->breakers.count >= BREAKERS_MAX) {
        free(irc->breakers.at[0].who);
        vec_remove(&irc->breakers, 0);
    }
    breaker = vec_add(&irc->breakers);
    breaker->who = mem_strdup(who);
    breaker->pause_ms = ERRORS_MS;
    return breaker;
}

/* Whoever is told again and again that they were not understood may be a machine that answers to it. */
static bool is_too_much(struct irc *irc, const struct irc_outbox_row *row)
{
    int64_t now = loop_monotonic_ms();
    struct irc_breaker *breaker;

    if (row->kind != OUT_ERROR || row->recipient[0] == '\0')
        return false;
    breaker = breaker_of(irc, row->recipient);
    if (now < breaker->silent_until_ms)
        return true;
    if (now - breaker->since_ms > ERRORS_MS) {
        breaker->since_ms = now;
        breaker->errors = 0;
    }
    if (++breaker->errors <= ERRORS)
        return false;
    breaker->silent_until_ms = now + breaker->pause_ms;
    breaker->pause_ms = breaker->pause_ms * 2 < SILENCE_MAX_MS ? breaker->pause_ms * 2 : SILENCE_MAX_MS;
    breaker->errors = 0;
    return true;
}

static int take_row(void *arg, const struct irc_outbox_row *row)
{
    struct irc *irc = arg;

    if (row->kind == OUT_EDIT) /* what was said on IRC stands */
        vec_push(&irc->done_rows, row->id);
    else if (loop_now_ms() - row->at_ms > ABSENT_MAX_MS || is_too_much(irc, row))
        vec_push(&irc->dropped_rows, row->id);
    else if (!irc_lanes_add(&irc->lanes, row->recipient[0] != '\0' ? row->recipient : row->room, row->id, row->room,
                            row->kind))
        return 1;
    irc->outbox_id = row->id;
    return 0;
}

void irc_say_collect(struct irc *irc)
{
    const struct irc_store *store = irc->options.store;
    struct err err = {0};

    if (irc->phase != IRC_ONLINE)
        return;
    if (store->outbox_from(store->self, irc->transport, irc->outbox_id, take_row, irc, &err) < 0)
        log_error("store", LOG_STR("network", irc->options.network), LOG_STR("reason", err.text));
}

void irc_say_release(struct irc *irc)
{
    irc_lanes_release(&irc->lanes);
    irc->outbox_id = 0;
}

/* ---------------------------------------------------------------- one reply */

static bool rings(int kind)
{
    return kind == OUT_PING || kind == OUT_CHECKIN || kind == OUT_DIGEST || kind == OUT_WELCOME;
}

/* One text for all rows of the job: of those that are summed up the first line, of the last all. 0; 1 none is left. */
static int text_of(struct irc *irc, const struct irc_job *job, struct buf *text)
{
    const struct irc_store *store = irc->options.store;
    struct buf one = BUF_INIT(TEXT_MAX);
    int found = 0;

    for (size_t i = 0; i < job->rows.count && found >= 0; i++) {
        size_t length;

        buf_clear(&one);
        found = store->outbox_text(store->self, job->rows.at[i].id, &one, NULL);
        if (found != 1)
            continue;
        length = i + 1 < job->rows.count ? strcspn(buf_text(&one), "\n") : one.length;
        buf_addf(text, "%s%.*s", text->length != 0 ? "\n" : "", (int)length, buf_text(&one));
    }
    buf_release(&one);
    return found < 0 ? -1 : text->length == 0;
}

/* Where a job goes. */
struct way {
    const char *verb;
    char *target, *prefix; /* "anna: " in a channel, else "" */
    char *rest_to;         /* who gets privately what is too much for a channel; NULL */
    size_t lines;
};

static void way_release(struct way *way)
{
    free(way->target);
    free(way->prefix);
    free(way->rest_to);
}

static int channel_way(struct irc *irc, const struct irc_lane *lane, const struct irc_job *job, struct way *way)
{
    const struct irc_row *row = &job->rows.at[0];
    const struct irc_channel *channel = irc_channel_find(&irc->people, span_of(row->room));
    bool personal = strcmp(lane->who, row->room) != 0;
    const char *name = personal ? irc_name_for(irc, lane->who) : NULL;
    struct buf prefix = BUF_INIT(IRC_BODY_MAX);

    if (channel == NULL || (personal && name == NULL))
        return -1;
    if (!channel->joined)
        return 1;
    /* What we say is UTF-8, whatever bytes a nick is of. */
    if (name != NULL) {
        irc_clean((struct span){name, text_cut(span_of(name), NICK_SHOWN_MAX)}, &prefix);
        buf_adds(&prefix, ": ");
    }
    *way = (struct way){rings(row->kind) || irc->options.by_privmsg ? "PRIVMSG" : "NOTICE", mem_strdup(channel->name),
                        buf_steal(&prefix), mem_strdup(name), job->rows.count > 1 ? SUM_LINES : CHANNEL_LINES};
    return 0;
}

static int private_way(struct irc *irc, const struct irc_job *job, struct way *way)
{
    bool gone;
    const char *nick = irc_nick_for(irc, job->rows.at[0].room + 1, &gone);

    if (nick == NULL)
        return gone ? -1 : 1;
    *way = (struct way){"PRIVMSG", mem_strdup(nick), mem_strdup(""), NULL,
                        job->rows.count > 1 ? SUM_LINES : PRIVATE_LINES};
    return 0;
}

static void add_line(struct irc_job *job, const char *verb, const char *target, const char *prefix, const char *text)
{
    struct buf whole = BUF_INIT(IRC_BODY_MAX), line = BUF_INIT(IRC_BODY_MAX);

    buf_addf(&whole, "%s%s", prefix, text);
    if (irc_out_line(&line, verb, IRC_PARAMS(target, buf_text(&whole))) == 0)
        vec_push(&job->lines, buf_steal(&line));
    buf_release(&whole);
    buf_release(&line);
}

/* Lines of a reply that may be one message (draft/multiline): as they are, as many as the server takes. False: it
 * won't. */
static bool add_message(struct irc *irc, struct irc_job *job, const struct way *way, const irc_text_lines *lines)
{
    struct buf whole = BUF_INIT(MESSAGE_MAX), line = BUF_INIT(IRC_BODY_MAX);
    size_t bytes = 0;
    long long serial = (long long)++irc->serial;
    bool fits;

    buf_addf(&whole, "BATCH +m%lld draft/multiline %s\r\n", serial, way->target);
    for (size_t i = 0; i < lines->count; i++) {
        buf_clear(&line);
        bytes += strlen(lines->at[i]) + 1;
        irc_out_line(&line, way->verb, IRC_PARAMS(way->target, lines->at[i]));
        buf_addf(&whole, "@batch=m%lld %s", serial, buf_text(&line));
    }
    buf_addf(&whole, "BATCH -m%lld\r\n", serial);
    fits = lines->count > 1 && lines->count <= irc->caps.multiline_lines && bytes <= irc->caps.multiline_bytes &&
           !whole.overflowed;
    if (fits)
        vec_push(&job->lines, buf_steal(&whole));
    buf_release(&whole);
    buf_release(&line);
    return fits;
}

/* The first lines and, of a sum, the last, which says what is next. */
static void lay_out_lines(struct irc_job *job, const struct way *way, const irc_text_lines *lines)
{
    size_t here = lines->count < way->lines ? lines->count : way->lines;
    bool more = way->rest_to != NULL && job->rows.count == 1 && here < lines->count;

    for (size_t i = 0; i < here; i++) {
        bool last = i + 1 == here && job->rows.count > 1;

        add_line(job, way->verb, way->target, way->prefix, lines->at[last ? lines->count - 1 : i]);
    }
    for (size_t i = here; more && i < lines->count && i < PRIVATE_LINES; i++)
        add_line(job, "PRIVMSG", way->rest_to, "", lines->at[i]);
    job->target = mem_strdup(more ? way->rest_to : way->target);
}

/* In a channel few lines, since not all who read there have messages of several. */
static void lay_out(struct irc *irc, struct irc_job *job, const struct way *way, struct span text)
{
    size_t budget = irc_text_budget(strlen(irc->nick), irc->user_host, way->verb, strlen(way->target));
    size_t around = strlen(way->prefix);
    irc_text_lines lines = {0};

    budget = budget > around + IRC_TEXT_MIN ? budget - around : IRC_TEXT_MIN;
    if (job->rows.at[0].room[0] == '@' && job->rows.count == 1 && irc_caps_has(&irc->caps, IRC_CAP_MULTILINE)) {
        irc_lines(text, budget, &lines);
        if (add_message(irc, job, way, &lines))
            job->target = mem_strdup(way->target);
        irc_text_lines_release(&lines);
    }
    if (job->lines.count == 0) {
        irc_pack(text, budget, &lines);
        lay_out_lines(job, way, &lines);
    }
    irc_text_lines_release(&lines);
}

static void drop_job(struct irc *irc, struct irc_lane *lane)
{
    for (size_t i = 0; i < lane->job.rows.count; i++)
        vec_push(&irc->dropped_rows, lane->job.rows.at[i].id);
    irc_lane_end(&irc->lanes, lane);
}

/* Makes the lines of LANE's next job. 0; 1 it must wait, and does; -1 it came to nothing: the lane may be gone. */
static int prepare(struct irc *irc, struct irc_lane *lane, int64_t now_ms)
{
    struct buf text = BUF_INIT(TEXT_MAX * 2);
    struct irc_job *job = &lane->job;
    struct way way = {0};
    bool gone = false;
    int result;

    if (irc_is_checkin(lane->rows.at[0].room, lane->rows.at[0].kind) && !irc_may_check_in(irc, lane, &gone)) {
        if (!gone)
            lane->blocked_until_ms = now_ms + ABSENT_MS;
        return -1;
    }
    irc_lane_begin(&irc->lanes, lane);
    result = job->rows.at[0].room[0] == '@' ? private_way(irc, job, &way) : channel_way(irc, lane, job, &way);
    if (result == 0)
        result = text_of(irc, job, &text) == 0 ? 0 : -1;
    if (result == 0)
        lay_out(irc, job, &way, buf_span(&text));
    if (result == 1) {
        irc_lane_put_back(&irc->lanes, lane);
        lane->blocked_until_ms = now_ms + ABSENT_MS;
    } else if (result < 0 || job->lines.count == 0) {
        drop_job(irc, lane);
        result = -1;
    }
    way_release(&way);
    buf_release(&text);
    return result;
}

static void take_line(struct irc *irc, struct irc_lane *lane, struct buf *line)
{
    struct irc_job *job = &lane->job;
    const char *bytes = job->lines.at[job->sent++];
    bool labels = irc_caps_has(&irc->caps, IRC_CAP_LABELS | IRC_CAP_ECHO);

    if (job->sent < job->lines.count) {
        buf_adds(line, bytes);
        return;
    }
    irc->serial++;
    if (labels)
        buf_addf(line, "@label=r%lld ", (long long)irc->serial);
    buf_adds(line, bytes);
    irc_flight_add(irc, irc->serial, job, job->target, labels);
    irc_lane_end(&irc->lanes, lane);
}

bool irc_say_next(struct irc *irc, int64_t now_ms, struct buf *line, int64_t *wait_ms)
{
    for (;;) {
        struct irc_lane *lane = irc_lanes_next(&irc->lanes, now_ms, wait_ms);

        if (lane == NULL) {
            size_t before = irc->lanes.rows;

            irc_say_collect(irc); /* what had no room */
            if (irc->lanes.rows == before)
                return false;
            continue;
        }
        if (lane->job.rows.count == 0 && prepare(irc, lane, now_ms) != 0)
            continue;
        take_line(irc, lane, line);
        return true;
    }
}
