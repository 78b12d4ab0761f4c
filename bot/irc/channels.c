/*
 * Where we are: the channels that are configured, and those that people whom we know invited us to.
 */
#include <stdlib.h>
#include <string.h>

#include "bot/irc/inside.h"
#include "bot/log/log.h"
#include "core/base/mem.h"

enum {
    JOIN_LINE = 400,
    RETRY_MS = 30 * 1000, /* after a refusal; the double after each more */
    RETRY_MAX_MS = 600 * 1000,
    KICKED_MS = 60 * 1000,
    INVITED_MAX = 50
};

static void join_list(struct irc *irc, struct buf *list)
{
    if (list->length != 0)
        irc_send(irc, IRC_SEND_CONTROL, "JOIN", IRC_PARAMS(buf_text(list)));
    buf_clear(list);
}

/* "secret" of the line "#gym secret"; empty: it needs none. */
static struct span key_of(const struct irc *irc, const struct irc_channel *channel)
{
    struct span rest = irc->options.channel_keys != NULL ? span_of(irc->options.channel_keys) : span_of("");

    while (rest.length != 0) {
        struct span line = span_take(&rest, '\n'), name = span_take(&line, ' ');

        if (irc_same(irc->support.casemap, name, span_of(channel->name)))
            return line;
    }
    return rest;
}

/* False: it wants no key. */
static bool join_with_key(struct irc *irc, enum irc_priority priority, const struct irc_channel *channel)
{
    struct span key = key_of(irc, channel);
    struct buf text = BUF_INIT(IRC_BODY_MAX);

    buf_add_span(&text, key);
    if (key.length != 0)
        irc_send(irc, priority, "JOIN", IRC_PARAMS(channel->name, buf_text(&text)));
    buf_release(&text);
    return key.length != 0;
}

/* All that we want to be in and aren't: as few lines as can be. */
void irc_channels_join(struct irc *irc)
{
    struct buf list = BUF_INIT(IRC_BODY_MAX);
    const char *key;
    size_t cursor = 0;
    void *value;

    while (map_next(irc->people.channels, &cursor, &key, &value)) {
        struct irc_channel *channel = value;

        if (!channel->wanted || channel->joined || join_with_key(irc, IRC_SEND_CONTROL, channel))
            continue;
        if (list.length + strlen(channel->name) + 1 > JOIN_LINE)
            join_list(irc, &list);
        if (list.length != 0)
            buf_addc(&list, ',');
        buf_adds(&list, channel->name);
    }
    join_list(irc, &list);
    buf_release(&list);
}

void irc_channels_tick(struct irc *irc, int64_t now_ms)
{
    const char *key;
    size_t cursor = 0;
    void *value;

    while (map_next(irc->people.channels, &cursor, &key, &value)) {
        struct irc_channel *channel = value;

        if (channel->retry_ms == 0 || now_ms < channel->retry_ms)
            continue;
        channel->retry_ms = 0;
        if (channel->wanted && !channel->joined && !join_with_key(irc, IRC_SEND_BULK, channel))
            irc_send(irc, IRC_SEND_BULK, "JOIN", IRC_PARAMS(channel->name));
    }
}

static void retry(struct irc_channel *channel, int64_t first_ms)
{
    int64_t pause = channel->retry_after_ms != 0 ? channel->retry_after_ms * 2 : first_ms;

    channel->retry_after_ms = pause < RETRY_MAX_MS ? pause : RETRY_MAX_MS;
    channel->retry_ms = loop_monotonic_ms() + channel->retry_after_ms;
}

static void keep_invited(struct irc *irc)
{
    struct buf list = BUF_INIT(16 * 1024);
    const char *key;
    size_t cursor = 0;
    void *value;

    while (map_next(irc->people.channels, &cursor, &key, &value)) {
        const struct irc_channel *channel = value;

        if (channel->invited)
            buf_addf(&list, "%s%s", list.length != 0 ? "," : "", channel->name);
    }
    irc_keep(irc, "invited", buf_text(&list));
    buf_release(&list);
}

static void lost(void *arg, struct irc_person *person)
{
    irc_sight_lost(arg, person);
}

/* Kicked, or made to part: no war. Where we were only a guest we are no longer wanted. */
void irc_channel_left(struct irc *irc, struct irc_channel *channel)
{
    log_info("irc-left", LOG_STR("network", irc->options.network), LOG_STR("channel", channel->name));
    irc_channel_empty(channel, lost, irc);
    if (channel->invited || !channel->wanted) {
        irc_channel_remove(&irc->people, channel);
        keep_invited(irc);
        return;
    }
    retry(channel, KICKED_MS);
}

void irc_take_join_refused(struct irc *irc, const struct irc_line *line)
{
    struct irc_channel *channel = irc_channel_find(&irc->people, irc_line_param(line, 1));

    if (channel == NULL || channel->joined) {
        irc_take_not_sent(irc, line);
        return;
    }
    log_warn("irc-join-refused", LOG_STR("network", irc->options.network), LOG_STR("channel", channel->name),
             LOG_STR("numeric", line->verb));
    retry(channel, RETRY_MS);
}

static size_t count_invited(const struct irc *irc)
{
    const char *key;
    size_t cursor = 0, count = 0;
    void *value;

    while (map_next(irc->people.channels, &cursor, &key, &value))
        count += ((const struct irc_channel *)value)->invited;
    return count;
}

/* The account of whoever sent LINE, where it is known for sure: the caller's. */
static char *account_of_sender(const struct irc *irc, const struct irc_line *line)
{
    const struct irc_person *person = irc_people_find(&irc->people, line->nick);

    if (irc_caps_has(&irc->caps, IRC_CAP_ACCOUNT_TAG))
        return irc_account_tagged(irc, line);
    return person != NULL && irc_person_is_seen(person) && person->account_known ? mem_strdup(person->account) : NULL;
}

/* From those alone who have an account here and trained with us before. */
void irc_take_invite(struct irc *irc, const struct irc_line *line)
{
    struct span name = irc_line_param(line, 1);
    const struct irc_store *store = irc->options.store;
    char *account;

    if (!irc_is_us(irc, irc_line_param(line, 0)) || !irc_is_channel(&irc->support, name) || line->nick.length == 0 ||
        name.length > 200 || memchr(name.at, ',', name.length) != NULL)
        return;
    account = account_of_sender(irc, line);
    if (account != NULL && store->person_known(store->self, irc->transport, account, NULL) == 1 &&
        count_invited(irc) < INVITED_MAX) {
        struct irc_channel *channel = irc_channel_open(&irc->people, name);

        if (!channel->wanted)
            channel->wanted = channel->invited = true;
        if (!channel->joined)
            irc_send(irc, IRC_SEND_CONTROL, "JOIN", IRC_PARAMS(channel->name));
        keep_invited(irc);
    }
    free(account);
}
