/*
 * Batches (IRCv3/batch), and what was said while we were away (draft/chathistory).
 */
#include <stdlib.h>
#include <string.h>

#include "bot/irc/inside.h"
#include "bot/log/log.h"
#include "core/base/mem.h"

enum { ANSWER_MS = 60 * 1000, BATCHES_MAX = 32, PAGES_MAX = 20, SEEN_KEEP_MS = 15 * 1000, MULTILINE_MAX = 8 * 1024 };

static void release(struct irc_batch *batch)
{
    free(batch->name);
    free(batch->label);
    free(batch->target);
    free(batch->last_id);
    buf_release(&batch->text);
    irc_heard_free(batch->whole);
}

void irc_batches_release(struct irc *irc)
{
    for (size_t i = 0; i < irc->batches.count; i++)
        release(&irc->batches.at[i]);
    vec_clear(&irc->batches);
}

static struct irc_batch *find(struct irc *irc, const char *name)
{
    for (size_t i = 0; i < irc->batches.count; i++) {
        if (strcmp(irc->batches.at[i].name, name) == 0)
            return &irc->batches.at[i];
    }
    return NULL;
}

struct irc_batch *irc_batch_of(struct irc *irc, const struct irc_line *line)
{
    struct buf name = BUF_INIT(256);
    struct irc_batch *batch = NULL;

    if (irc->batches.count != 0 && irc_line_tag(line, "batch", &name))
        batch = find(irc, buf_text(&name));
    buf_release(&name);
    return batch;
}

/* Whatever it is: what we don't act upon fills a page of a history too. */
void irc_batch_line(struct irc *irc, const struct irc_line *line)
{
    struct irc_batch *batch = irc_batch_of(irc, line);
    struct buf id = BUF_INIT(IRC_TAGS_MAX);

    if (batch == NULL)
        return;
    batch->lines++;
    if (batch->history && irc_line_tag(line, "msgid", &id)) {
        free(batch->last_id);
        batch->last_id = mem_strdup(buf_text(&id));
    }
    buf_release(&id);
}

/* ---------------------------------------------------------------- history */

/* How many messages are asked for at once. */
static size_t page_size(const struct irc *irc)
{
    size_t most = irc->support.history_limit;

    return most != 0 && most < IRC_HISTORY_LIMIT ? most : IRC_HISTORY_LIMIT;
}

/* No more than so many pages of one channel. */
static void ask_after(struct irc *irc, struct irc_channel *channel, const char *id)
{
    struct buf after = BUF_INIT(IRC_BODY_MAX), limit = BUF_INIT(16);

    channel->history_until_ms = 0;
    if (++channel->history_pages > PAGES_MAX)
        return;
    channel->history_until_ms = loop_monotonic_ms() + ANSWER_MS;
    buf_addf(&after, "msgid=%s", id);
    buf_addf(&limit, "%zu", page_size(irc));
    irc_send(irc, IRC_SEND_BULK, "CHATHISTORY", IRC_PARAMS("AFTER", channel->name, buf_text(&after), buf_text(&limit)));
    buf_release(&after);
    buf_release(&limit);
}

void irc_history_ask(struct irc *irc, struct irc_channel *channel)
{
    const struct irc_store *store = irc->options.store;
    struct buf name = BUF_INIT(512), id = BUF_INIT(512);

    channel->history_pages = 0;
    buf_addf(&name, "seen:%s", channel->key);
    if (irc_caps_has(&irc->caps, IRC_CAP_HISTORY) &&
        store->value_get(store->self, irc->options.network, buf_text(&name), &id, NULL) == 1 && id.length != 0)
        ask_after(irc, channel, buf_text(&id));
    buf_release(&name);
    buf_release(&id);
}

void irc_history_seen(struct irc *irc, struct irc_channel *channel, const char *id, bool history)
{
    if (!irc_caps_has(&irc->caps, IRC_CAP_HISTORY))
        return;
    if (!history && loop_monotonic_ms() < channel->history_until_ms) /* killed now, what is between would be lost */
        return;
    free(channel->seen);
    channel->seen = mem_strdup(id);
    channel->seen_new = true;
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
    while (map_next(irc->people.channels, &cursor, &key, &value)) {
        struct irc_channel *channel = value;

        if (!channel->seen_new)
            continue;
        channel->seen_new = false;
        irc->seen_kept_ms = now_ms;
        buf_clear(&name);
        buf_addf(&name, "seen:%s", channel->key);
        irc_keep(irc, buf_text(&name), channel->seen);
    }
    buf_release(&name);
}

static void end_history(struct irc *irc, const struct irc_batch *batch)
{
    struct irc_heard flush = {.kind = IRC_HEARD_FLUSH};
    struct irc_channel *channel = irc_channel_find(&irc->people, span_of(batch->target));

    if (channel != NULL && channel->history_until_ms != 0) {
        if (batch->lines >= page_size(irc) && batch->last_id != NULL)
            ask_after(irc, channel, batch->last_id);
        else
            channel->history_until_ms = 0;
    }
    if (!irc_history_waits(irc))
        irc_inbox_add(irc, &flush);
}

bool irc_history_waits(const struct irc *irc)
{
    int64_t now = loop_monotonic_ms();
    const char *key;
    size_t cursor = 0;
    void *value;

    while (map_next(irc->people.channels, &cursor, &key, &value)) {
        if (now < ((const struct irc_channel *)value)->history_until_ms)
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

/* ---------------------------------------------------------------- batches */

static const struct {
    const char *type;
    size_t flag;
} types[] = {
    {"chathistory", offsetof(struct irc_batch, history)},
    {"znc.in/playback", offsetof(struct irc_batch, history)},
    {"netsplit", offsetof(struct irc_batch, netsplit)},
    {"netjoin", offsetof(struct irc_batch, netjoin)},
    {"draft/multiline", offsetof(struct irc_batch, multiline)},
};

static void begin(struct irc *irc, const struct irc_line *line, struct span name)
{
    const struct irc_batch *outer = irc_batch_of(irc, line);
    bool in_history = outer != NULL && outer->history;
    struct span target = irc_line_param(line, 2);
    struct buf label = BUF_INIT(128);
    struct irc_batch *batch;

    if (irc->batches.count >= BATCHES_MAX)
        return;
    batch = vec_add(&irc->batches);
    batch->name = mem_strndup(name.at, name.length);
    buf_init(&batch->text, MULTILINE_MAX);
    for (size_t i = 0; i < ARRAY_LENGTH(types); i++) {
        if (span_is(irc_line_param(line, 1), types[i].type))
            *(bool *)((char *)batch + types[i].flag) = true;
    }
    batch->history = batch->history || in_history;
    batch->target = mem_strndup(target.at, target.length);
    if (irc_line_tag(line, "label", &label) && label.length != 0)
        batch->label = mem_strdup(buf_text(&label));
    buf_release(&label);
}

/* What holds for the message as a whole stands at its batch's beginning: who, where to, when, under which id. */
static void begin_multiline(struct irc *irc, const struct irc_line *line)
{
    struct irc_line as = *line;
    struct irc_batch *batch = &irc->batches.at[irc->batches.count - 1];

    as.params[0] = irc_line_param(line, 2);
    as.param_count = 1;
    batch->whole = irc_heard_new(irc, &as);
}

static void end(struct irc *irc, struct irc_batch *batch)
{
    struct irc_heard *whole = batch->whole;

    batch->whole = NULL;
    if (batch->text.overflowed)
        irc_heard_free(whole);
    else if (whole != NULL)
        irc_hear(irc, whole, buf_span(&batch->text));
    if (batch->history && !batch->multiline)
        end_history(irc, batch);
    release(batch);
    vec_remove(&irc->batches, (size_t)(batch - irc->batches.at));
}

void irc_take_batch(struct irc *irc, const struct irc_line *line)
{
    struct span name = irc_line_param(line, 0);
    struct irc_batch *batch;
    char *text;

    if (name.length < 2 || name.length > 200)
        return;
    text = mem_strndup(name.at + 1, name.length - 1);
    batch = find(irc, text);
    if (name.at[0] == '+' && batch == NULL) {
        begin(irc, line, (struct span){name.at + 1, name.length - 1});
        batch = find(irc, text);
        if (batch != NULL && batch->multiline)
            begin_multiline(irc, line);
    } else if (name.at[0] == '-' && batch != NULL) {
        end(irc, batch);
    }
    free(text);
}
