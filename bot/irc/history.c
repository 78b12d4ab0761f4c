/*
 * What was said while we were away (draft/chathistory): asked for, page by page, of each channel when we join it, and
 * of whoever has written to us meanwhile.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "bot/irc/inside.h"
#include "bot/log/log.h"
#include "core/base/civil.h"
#include "core/base/mem.h"

enum {
    ANSWER_MS = 60 * 1000,
    PAGES_MAX = 20, /* of one channel or person */
    MISSED_MAX = 500,
    SEEN_KEEP_MS = 15 * 1000,
    OVERLAP_MS = 60 * 1000, /* servers' clocks differ; what is read again is known by its id */
    REFERENCE_MAX = 64
};

static const char heard_name[] = "heard"; /* up to when, by the server's clock */
static const char by_time[] = "timestamp=";

/* How many messages are asked for at once. */
static size_t page_size(const struct irc *irc)
{
    size_t most = irc->support.history_limit;

    return most != 0 && most < IRC_HISTORY_LIMIT ? most : IRC_HISTORY_LIMIT;
}

static void add_time(int64_t ms, struct buf *out)
{
    struct civil at;

    civil_from_ms(ms > 0 ? ms : 0, 0, &at);
    buf_addf(out, "%s%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", by_time, at.year, at.month, at.day, at.hour, at.minute,
             at.second, at.millisecond);
}

/* The answer is waited for from when the question goes out. */
static void ask(struct irc *irc, struct irc_catch_up *of, const char *what, const char *from, const char *to)
{
    struct buf limit = BUF_INIT(16);

    of->until_ms = 0;
    if (++of->pages > PAGES_MAX) {
        log_warn("irc-history-long", LOG_STR("network", irc->options.network), LOG_STR("of", from));
        return;
    }
    of->until_ms = loop_monotonic_ms() + ANSWER_MS + (int64_t)irc->bulk.count * IRC_FLOOD_LINE_MS;
    buf_addf(&limit, "%zu", page_size(irc));
    irc_send(irc, IRC_SEND_BULK, "CHATHISTORY", IRC_PARAMS(what, from, to, buf_text(&limit)));
    buf_release(&limit);
}

/* What TARGET said after message ID, or after the time that stands in its place. */
static void ask_after(struct irc *irc, struct irc_catch_up *of, const char *target, const char *id)
{
    struct buf after = BUF_INIT(IRC_BODY_MAX);

    buf_addf(&after, "%s%s", strncmp(id, by_time, strlen(by_time)) == 0 ? "" : "msgid=", id);
    ask(irc, of, "AFTER", target, buf_text(&after));
    buf_release(&after);
}

static void ask_since(struct irc *irc, struct irc_catch_up *of, const char *target)
{
    struct buf since = BUF_INIT(REFERENCE_MAX);

    of->by_time = true;
    add_time(irc->since_ms, &since);
    ask_after(irc, of, target, buf_text(&since));
    buf_release(&since);
}

/* ---------------------------------------------------------------- channels */

void irc_history_ask(struct irc *irc, struct irc_channel *channel)
{
    const struct irc_store *store = irc->options.store;
    struct buf name = BUF_INIT(512), id = BUF_INIT(512), now = BUF_INIT(REFERENCE_MAX);
    int found;

    channel->history = (struct irc_catch_up){0};
    if (!irc_caps_has(&irc->caps, IRC_CAP_HISTORY))
        return;
    buf_addf(&name, "seen:%s", channel->key);
    found = store->value_get(store->self, irc->options.network, buf_text(&name), &id, NULL);
    if (found == 1 && id.length != 0) {
        ask_after(irc, &channel->history, channel->name, buf_text(&id));
    } else if (found >= 0) { /* we were never there before: what is said from now on is for us */
        add_time(channel->joined_time_ms != 0 ? channel->joined_time_ms : loop_now_ms(), &now);
        irc_text_set(&channel->seen, buf_span(&now));
        channel->seen_new = true;
    }
    buf_release(&name);
    buf_release(&id);
    buf_release(&now);
}

void irc_history_seen(struct irc *irc, struct irc_channel *channel, const struct irc_heard *heard)
{
    struct buf at = BUF_INIT(REFERENCE_MAX);

    if (!irc_caps_has(&irc->caps, IRC_CAP_HISTORY))
        return;
    if (!heard->history &&
        loop_monotonic_ms() < channel->history.until_ms) /* killed now, what is between would be lost */
        return;
    if (heard->id == NULL)
        add_time(heard->sent_ms, &at);
    irc_text_set(&channel->seen, heard->id != NULL ? span_of(heard->id) : buf_span(&at));
    channel->seen_new = true;
    buf_release(&at);
}

/* ---------------------------------------------------------------- private messages */

static void list_targets(struct irc *irc, int64_t from_ms)
{
    int64_t now_ms = irc->online_time_ms > loop_now_ms() ? irc->online_time_ms : loop_now_ms();
    struct buf from = BUF_INIT(REFERENCE_MAX), to = BUF_INIT(REFERENCE_MAX);

    irc->listed_ms = from_ms;
    add_time(from_ms, &from);
    add_time(now_ms + OVERLAP_MS, &to);
    ask(irc, &irc->listing, "TARGETS", buf_text(&from), buf_text(&to));
    buf_release(&from);
    buf_release(&to);
}

void irc_history_begin(struct irc *irc)
{
    const struct irc_store *store = irc->options.store;
    struct buf kept = BUF_INIT(32);
    int64_t heard_ms = 0;

    irc->since_ms = irc->heard_ms = irc->heard_kept_ms = 0;
    irc->listing = (struct irc_catch_up){0};
    if (!irc_caps_has(&irc->caps, IRC_CAP_HISTORY))
        return;
    irc->heard_ms = irc->online_time_ms > 1 ? irc->online_time_ms : loop_now_ms();
    if (store->value_get(store->self, irc->options.network, heard_name, &kept, NULL) == 1 &&
        span_number(buf_span(&kept), INT64_MAX, &heard_ms)) {
        irc->since_ms = heard_ms - OVERLAP_MS;
        list_targets(irc, irc->since_ms);
    }
    buf_release(&kept);
}

static struct irc_missed *find_missed(struct irc *irc, struct span nick)
{
    for (size_t i = 0; i < irc->missed.count; i++) {
        if (irc_same(irc->support.casemap, nick, span_of(irc->missed.at[i].nick)))
            return &irc->missed.at[i];
    }
    return NULL;
}

/* "CHATHISTORY TARGETS anna 2026-01-05T18:00:00.000Z": they have written to us, or we to them. Channels are asked about
 * by themselves. */
void irc_take_history_target(struct irc *irc, const struct irc_line *line)
{
    struct irc_batch *batch = irc_batch_of(irc, line);
    struct span nick = irc_line_param(line, 1), at = irc_line_param(line, 2);
    struct irc_missed *missed;

    if (batch == NULL || !batch->targets || !span_is(irc_line_param(line, 0), "TARGETS"))
        return;
    irc_text_set(&batch->last_id, at);
    if (nick.length == 0 || irc_is_channel(&irc->support, nick) || irc_is_us(irc, nick) ||
        irc->missed.count >= MISSED_MAX || find_missed(irc, nick) != NULL)
        return;
    missed = vec_add(&irc->missed);
    missed->nick = mem_strndup(nick.at, nick.length);
    ask_since(irc, &missed->history, missed->nick);
}

void irc_missed_release(struct irc *irc)
{
    for (size_t i = 0; i < irc->missed.count; i++)
        free(irc->missed.at[i].nick);
    vec_clear(&irc->missed);
    irc->listing = (struct irc_catch_up){0};
}

/* ---------------------------------------------------------------- answers */

/* What was read so far is summed up once nothing more comes. */
static void flush(struct irc *irc)
{
    struct irc_heard flush = {.kind = IRC_HEARD_FLUSH};

    if (!irc_history_waits(irc))
        irc_inbox_add(irc, &flush);
}

static struct irc_catch_up *find(struct irc *irc, struct span target)
{
    struct irc_channel *channel = irc_channel_find(&irc->people, target);
    struct irc_missed *missed = channel == NULL ? find_missed(irc, target) : NULL;

    if (channel != NULL)
        return &channel->history;
    return missed != NULL ? &missed->history : NULL;
}

void irc_history_read(struct irc *irc, const struct irc_batch *batch)
{
    struct irc_catch_up *of = find(irc, span_of(batch->target));

    if (of != NULL && of->until_ms != 0) {
        if (batch->lines >= page_size(irc) && batch->last_id != NULL)
            ask_after(irc, of, batch->target, batch->last_id);
        else
            of->until_ms = 0;
    }
    flush(irc);
}

/* A full page: there may be more behind the last. */
void irc_history_listed(struct irc *irc, const struct irc_batch *batch)
{
    struct civil last;
    bool more = batch->lines >= page_size(irc) && batch->last_id != NULL &&
                civil_parse(batch->last_id, strlen(batch->last_id), &last) == 0 && civil_to_ms(&last) > irc->listed_ms;

    irc->listing.until_ms = 0;
    if (more)
        list_targets(irc, civil_to_ms(&last));
    flush(irc);
}

/* "FAIL CHATHISTORY MESSAGE_ERROR AFTER #gym :…": servers don't agree on what stands where. A message that it doesn't
 * know any more is asked for by the time of the last that we heard. */
void irc_take_history_failed(struct irc *irc, const struct irc_line *line)
{
    if (!span_is(irc_line_param(line, 0), "CHATHISTORY"))
        return;
    for (size_t i = 1; i + 1 < line->param_count; i++) {
        struct span param = line->params[i];
        struct irc_catch_up *of = find(irc, param);

        if (span_is(param, "TARGETS"))
            irc->listing.until_ms = 0;
        if (of == NULL || of->until_ms == 0)
            continue;
        log_info("irc-history-failed", LOG_STR("network", irc->options.network));
        of->until_ms = 0;
        if (!of->by_time && irc->since_ms != 0) {
            char *target = mem_strndup(param.at, param.length);

            ask_since(irc, of, target);
            free(target);
        }
    }
    flush(irc);
}

/* ---------------------------------------------------------------- how far we have come */

void irc_history_clock(struct irc *irc, const struct irc_line *line)
{
    const struct irc_batch *batch = irc_batch_of(irc, line);
    int64_t at_ms;

    if (irc->heard_ms != 0 && (batch == NULL || !batch->history) && irc_server_time(line, &at_ms) &&
        at_ms > irc->heard_ms)
        irc->heard_ms = at_ms;
}

/* All that was said until then is in the store, or in the inbox before this. */
static void keep_heard(struct irc *irc)
{
    int64_t heard_ms = irc->heard_ms < loop_now_ms() ? irc->heard_ms : loop_now_ms();
    struct buf text = BUF_INIT(32);

    if (irc->heard_ms == 0 || heard_ms == irc->heard_kept_ms || irc_history_waits(irc) || irc->held.count != 0 ||
        irc->batches.count != 0)
        return;
    irc->heard_kept_ms = heard_ms;
    buf_addf(&text, "%" PRId64, heard_ms);
    irc_keep(irc, heard_name, buf_text(&text));
    buf_release(&text);
}

/* Now and then is enough: what is read again is known by its id. */
void irc_history_tick(struct irc *irc, int64_t now_ms)
{
    struct buf name = BUF_INIT(512);
    const char *key;
    size_t cursor = 0;
    void *value;

    if (irc->seen_kept_ms != 0 && now_ms - irc->seen_kept_ms < SEEN_KEEP_MS)
        return;
    irc->seen_kept_ms = now_ms;
    keep_heard(irc);
    while (map_next(irc->people.channels, &cursor, &key, &value)) {
        struct irc_channel *channel = value;

        if (!channel->seen_new)
            continue;
        channel->seen_new = false;
        buf_clear(&name);
        buf_addf(&name, "seen:%s", channel->key);
        irc_keep(irc, buf_text(&name), channel->seen);
    }
    buf_release(&name);
}

bool irc_history_waits(const struct irc *irc)
{
    int64_t now = loop_monotonic_ms();
    const char *key;
    size_t cursor = 0;
    void *value;

    if (now < irc->listing.until_ms)
        return true;
    for (size_t i = 0; i < irc->missed.count; i++) {
        if (now < irc->missed.at[i].history.until_ms)
            return true;
    }
    while (map_next(irc->people.channels, &cursor, &key, &value)) {
        if (now < ((const struct irc_channel *)value)->history.until_ms)
            return true;
    }
    return false;
}

/* Whether a channel's history will be asked for yet: we have no answer to our JOIN. */
static bool joins_wait(const struct irc *irc)
{
    const char *key;
    size_t cursor = 0;
    void *value;

    while (map_next(irc->people.channels, &cursor, &key, &value)) {
        const struct irc_channel *channel = value;

        if (channel->wanted && !channel->joined && channel->retry_ms == 0)
            return true;
    }
    return false;
}

void irc_history_settle(struct irc *irc)
{
    bool late = loop_monotonic_ms() - irc->phase_ms >= ANSWER_MS;

    if (irc->caught_up || irc->phase != IRC_ONLINE || irc->inbox.count != 0 || irc_history_waits(irc) ||
        (irc_caps_has(&irc->caps, IRC_CAP_HISTORY) && !late && joins_wait(irc)))
        return;
    irc->caught_up = true;
    irc->options.handler.caught_up(irc->options.handler.arg, irc->transport);
}
