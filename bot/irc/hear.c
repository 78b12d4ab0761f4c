/*
 * What people say: which of it is for us, and what it says of itself.
 */
#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/irc/inside.h"
#include "bot/log/log.h"
#include "core/base/ascii.h"
#include "core/base/civil.h"
#include "core/base/mem.h"
#include "core/text/fold.h"

enum { ID_MAX = 255, TEXT_MAX = 16 * 1024, LATE_MS = 600 * 1000 };

/* Services and their like: what they say is nobody's set. */
static const char *const services[] = {"*!*@services.*", "*!*@services", "NickServ!*@*", "ChanServ!*@*",
                                       "MemoServ!*@*",   "BotServ!*@*",  "HostServ!*@*", "OperServ!*@*",
                                       "SaslServ!*@*",   "Global!*@*",   "HistServ!*@*", "\\*status!*@*"};

static bool is_service(struct span source)
{
    for (size_t i = 0; i < ARRAY_LENGTH(services); i++) {
        if (irc_mask_match(services[i], source))
            return true;
    }
    return source.length != 0 && source.at[0] == '*'; /* a bouncer's own modules */
}

bool irc_server_time(const struct irc_line *line, int64_t *ms)
{
    struct buf tag = BUF_INIT(64);
    struct civil civil;
    bool there =
        irc_line_tag(line, "time", &tag) && civil_parse(buf_text(&tag), tag.length, &civil) == 0 && civil.offset_s == 0;

    buf_release(&tag);
    if (there)
        *ms = civil_to_ms(&civil);
    return there;
}

/* ---------------------------------------------------------------- the frame */

/* The channel, folded, or NULL when it is for us alone. False: it is for others. */
static bool take_target(struct irc *irc, struct irc_heard *heard, struct span target)
{
    struct irc_channel *channel;
    struct irc_person *person;
    struct irc_member *member;

    target = irc_without_status(&irc->support, target);
    if (!irc_is_channel(&irc->support, target))
        return irc_is_us(irc, target) || heard->history;
    channel = irc_channel_find(&irc->people, target);
    if (channel == NULL || !channel->joined)
        return false;
    heard->channel = mem_strdup(channel->key);
    person = irc_people_find(&irc->people, span_of(heard->nick));
    member = person != NULL ? irc_channel_member(channel, person) : NULL;
    heard->member = member != NULL && !heard->history;
    heard->power = member != NULL ? irc_member_power(member) : 0;
    return true;
}

/* Read from a store of messages, whoever pushed it: by its batch, or because it was said before we came. */
static bool is_history(struct irc *irc, const struct irc_line *line, bool timed, int64_t sent_ms)
{
    const struct irc_batch *batch = irc_batch_of(irc, line);
    const struct irc_channel *channel =
        irc_channel_find(&irc->people, irc_without_status(&irc->support, irc_line_param(line, 0)));
    int64_t since_ms = channel != NULL ? channel->joined_time_ms : irc->online_time_ms;

    if (batch != NULL && batch->history)
        return true;
    return timed && (sent_ms < since_ms || loop_now_ms() - sent_ms > LATE_MS);
}

/* The message's own id; one that is too long, or holds what no id should, by its hash. */
static void take_id(const struct irc_line *line, struct irc_heard *heard)
{
    struct buf tag = BUF_INIT(IRC_TAGS_MAX);

    if (irc_line_tag(line, "msgid", &tag) && tag.length != 0 && tag.length <= ID_MAX && text_valid_utf8(buf_span(&tag)))
        heard->id = buf_steal(&tag);
    buf_release(&tag);
}

static bool is_machine(struct irc *irc, const struct irc_line *line)
{
    const struct irc_person *person = irc_people_find(&irc->people, line->nick);

    return irc_line_tag(line, "bot", NULL) || irc_line_tag(line, "draft/bot", NULL) ||
           (person != NULL && person->bot) || is_service(line->source);
}

/* We ourselves, by another nick that we had. */
static bool is_our_account(const struct irc *irc, const char *account)
{
    return account != NULL && irc->options.account != NULL &&
           irc_same(irc->support.casemap, span_of(account), span_of(irc->options.account));
}

struct irc_heard *irc_heard_new(struct irc *irc, const struct irc_line *line)
{
    struct irc_heard *heard;
    bool timed;

    if (irc->phase != IRC_ONLINE || line->nick.length == 0 || line->host.length == 0 || irc_is_us(irc, line->nick) ||
        is_machine(irc, line))
        return NULL;
    heard = mem_zero(1, sizeof(*heard));
    heard->read_ms = heard->sent_ms = loop_now_ms();
    heard->nick = mem_strndup(line->nick.at, line->nick.length);
    heard->user = mem_strndup(line->user.at, line->user.length);
    heard->host = mem_strndup(line->host.at, line->host.length);
    timed = irc_server_time(line, &heard->sent_ms);
    heard->history = is_history(irc, line, timed, heard->sent_ms);
    heard->account = irc_account_tagged(irc, line);
    take_id(line, heard);
    if (!is_our_account(irc, heard->account) && take_target(irc, heard, irc_line_param(line, 0))) {
        heard->bridged = heard->channel != NULL && irc_is_bridged(irc, heard->channel);
        if (!heard->bridged || !irc_is_ghost(irc, line->source))
            return heard;
    }
    irc_heard_free(heard);
    return NULL;
}

/* ---------------------------------------------------------------- the text */

static bool is_digit_at(struct span text, size_t at)
{
    return at < text.length && text.at[at] >= '0' && text.at[at] <= '9';
}

/* Behind a colour's mark: "4", "04", "4,12". How many bytes. */
static size_t colour_length(struct span text, size_t at)
{
    size_t length = 0;

    while (length < 2 && is_digit_at(text, at + length))
        length++;
    if (length == 0 || at + length >= text.length || text.at[at + length] != ',' || !is_digit_at(text, at + length + 1))
        return length;
    return length + (is_digit_at(text, at + length + 2) ? 3 : 2);
}

/* Behind the mark of a colour in hex. */
static size_t hex_length(struct span text, size_t at)
{
    size_t length = 0;

    while (length < 6 && at + length < text.length && strchr("0123456789abcdefABCDEF", text.at[at + length]) != NULL)
        length++;
    return length == 6 ? 6 : 0;
}

/* What colours and styles are made of is no text. */
static void without_format(struct span text, struct buf *out)
{
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.at[i];

        if (byte == 0x03)
            i += colour_length(text, i + 1);
        else if (byte == 0x04)
            i += hex_length(text, i + 1);
        else if (byte == '\t' || byte == 0x7F)
            buf_addc(out, ' ');
        else if (byte == '\n' || (unsigned char)byte >= ' ')
            buf_addc(out, byte);
    }
}

/* "spotter: week", with the nick that we have now. */
static struct span without_our_nick(const struct irc *irc, struct span text, bool *addressed)
{
    struct span rest = text;
    size_t length = strlen(irc->nick);

    if (rest.length != 0 && rest.at[0] == '@') {
        rest.at++;
        rest.length--;
    }
    if (rest.length <= length || !irc_same(irc->support.casemap, (struct span){rest.at, length}, span_of(irc->nick)) ||
        strchr(":, ", rest.at[length]) == NULL || (rest.at == text.at && rest.at[length] == ' '))
        return text;
    *addressed = true;
    rest.at += length + 1;
    rest.length -= length + 1;
    span_skip_spaces(&rest);
    return rest;
}

/* For a server without message ids: who, where, when, what. */
static void make_id(struct irc *irc, struct irc_heard *heard)
{
    struct buf all = BUF_INIT(TEXT_MAX + 1024), id = BUF_INIT(ID_MAX);
    unsigned char digest[CRYPTO_SHA256];

    buf_addf(&all, "%s %s %lld ", heard->account != NULL ? heard->account : heard->nick,
             heard->channel != NULL ? heard->channel : "", (long long)heard->sent_ms);
    buf_adds(&all, heard->text);
    crypto_sha256(buf_span(&all), digest);
    buf_addf(&id, "t%lld.", (long long)heard->sent_ms);
    crypto_hex((struct span){(const char *)digest, 12}, &id);
    if (heard->sent_ms == heard->read_ms) /* our own clock: the same twice within a millisecond is said twice */
        buf_addf(&id, ".%lld", (long long)irc->serial++);
    heard->id = buf_steal(&id);
    buf_release(&all);
}

bool irc_has_number(const struct irc_heard *heard)
{
    for (const char *at = heard->text; *at != '\0'; at++) {
        if ((*at >= '0' && *at <= '9') || (unsigned char)*at >= 0x80)
            return true;
    }
    return false;
}

/* From what is read late only sets count: whoever wanted an answer then doesn't now. */
static bool is_late_command(const struct irc_heard *heard)
{
    return heard->history && (heard->addressed || heard->text[0] == '!' || !irc_has_number(heard));
}

void irc_hear(struct irc *irc, struct irc_heard *heard, struct span text)
{
    struct buf bare = BUF_INIT(TEXT_MAX);
    struct irc_channel *channel;

    without_format(text, &bare);
    if (bare.overflowed || !text_valid_utf8(text)) {
        log_info("irc-not-utf8", LOG_STR("network", irc->options.network));
    } else {
        text = without_our_nick(irc, buf_span(&bare), &heard->addressed);
        heard->text = mem_strndup(text.at != NULL ? text.at : "", text.length);
        channel = heard->channel != NULL ? irc_channel_find(&irc->people, span_of(heard->channel)) : NULL;
        if (channel != NULL)
            irc_history_seen(irc, channel, heard);
        if (heard->id == NULL)
            make_id(irc, heard);
        if (heard->text[0] != '\0' && !is_late_command(heard)) {
            irc_identify(irc, heard);
            free(heard);
            heard = NULL;
        }
    }
    irc_heard_free(heard);
    buf_release(&bare);
}

void irc_take_privmsg(struct irc *irc, const struct irc_line *line)
{
    struct irc_batch *batch = irc_batch_of(irc, line);
    struct span text = irc_line_param(line, 1);
    struct irc_heard *heard;

    if (batch != NULL && batch->multiline) {
        if (batch->text.length != 0 && !irc_line_tag(line, "draft/multiline-concat", NULL))
            buf_addc(&batch->text, '\n');
        buf_add_span(&batch->text, text);
        return;
    }
    heard = irc_heard_new(irc, line);
    if (heard == NULL)
        return;
    if (text.length == 0 || text.at[0] != 0x01) {
        irc_hear(irc, heard, text);
        return;
    }
    if (!heard->history)
        irc_take_ctcp(irc, line, text);
    irc_heard_free(heard);
}
