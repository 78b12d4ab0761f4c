/*
 * Capability negotiation from a fixed list.
 */
#include "bot/irc/caps.h"

#include <string.h>

#include "core/base/mem.h"

enum { MULTILINE_MOST = 1000 * 1000 };

static const struct {
    const char *name;
    uint32_t bit;
    uint32_t needs; /* asked for only where these are offered too */
} wanted[] = {
    {"message-tags", IRC_CAP_MESSAGE_TAGS, 0},
    {"account-tag", IRC_CAP_ACCOUNT_TAG, 0},
    {"account-notify", IRC_CAP_ACCOUNT_NOTIFY, 0},
    {"extended-join", IRC_CAP_EXTENDED_JOIN, 0},
    {"server-time", IRC_CAP_SERVER_TIME, 0},
    {"batch", IRC_CAP_BATCH, 0},
    {"labeled-response", IRC_CAP_LABELS, IRC_CAP_BATCH},
    {"echo-message", IRC_CAP_ECHO, IRC_CAP_LABELS | IRC_CAP_BATCH}, /* without labels an echo tells us nothing */
    {"chghost", IRC_CAP_CHGHOST, 0},
    {"setname", IRC_CAP_SETNAME, 0},
    {"cap-notify", IRC_CAP_CAP_NOTIFY, 0},
    {"multi-prefix", IRC_CAP_MULTI_PREFIX, 0},
    {"userhost-in-names", IRC_CAP_USERHOST, 0},
    {"standard-replies", IRC_CAP_STANDARD_REPLIES, 0},
    {"draft/chathistory", IRC_CAP_HISTORY, IRC_CAP_BATCH | IRC_CAP_SERVER_TIME},
    {"draft/multiline", IRC_CAP_MULTILINE, IRC_CAP_BATCH},
    {"sasl", IRC_CAP_SASL, 0},
};

void irc_caps_init(struct irc_caps *caps, bool sasl_wanted)
{
    *caps = (struct irc_caps){.sasl_wanted = sasl_wanted};
}

static void keep(char *to, size_t size, struct span value)
{
    size_t length = value.length < size ? value.length : size - 1;

    memcpy(to, value.at, length);
    to[length] = '\0';
}

/* The next capability of LIST ("-name=value"), taken off it. */
static bool next_cap(struct span *list, struct span *name, struct span *value, bool *off)
{
    span_skip_spaces(list);
    if (list->length == 0)
        return false;
    *value = span_take(list, ' ');
    *off = value->at[0] == '-';
    if (*off) {
        value->at++;
        value->length--;
    }
    *name = span_take(value, '=');
    return true;
}

/* "max-bytes=4096,max-lines=24"; how many lines needn't be said. */
static void take_multiline(struct irc_caps *caps, struct span rest)
{
    caps->multiline_bytes = 0;
    caps->multiline_lines = SIZE_MAX;
    while (rest.length != 0) {
        struct span value = span_take(&rest, ','), name = span_take(&value, '=');
        int64_t number;

        if (!span_number(value, MULTILINE_MOST, &number))
            continue;
        if (span_is(name, "max-bytes"))
            caps->multiline_bytes = (size_t)number;
        if (span_is(name, "max-lines"))
            caps->multiline_lines = (size_t)number;
    }
}

static uint32_t bit_of(struct span name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(wanted); i++) {
        if (span_is(name, wanted[i].name))
            return wanted[i].bit;
    }
    return 0;
}

static void take_offers(struct irc_caps *caps, struct span list)
{
    struct span name, value;
    bool off;

    while (next_cap(&list, &name, &value, &off)) {
        caps->offered |= bit_of(name);
        if (span_is(name, "sasl"))
            keep(caps->mechanisms, sizeof(caps->mechanisms), value);
        if (span_is(name, "sts"))
            keep(caps->sts, sizeof(caps->sts), value);
        if (span_is(name, "draft/multiline"))
            take_multiline(caps, value);
    }
}

static uint32_t bits_of(struct span list, bool only_off)
{
    struct span name, value;
    uint32_t bits = 0;
    bool off;

    while (next_cap(&list, &name, &value, &off)) {
        if (off == only_off)
            bits |= bit_of(name);
    }
    return bits;
}

static bool is_due(const struct irc_caps *caps, size_t index)
{
    uint32_t bit = wanted[index].bit;

    if (bit == IRC_CAP_SASL && !caps->sasl_wanted)
        return false;
    return (caps->offered & bit) != 0 && (caps->offered & wanted[index].needs) == wanted[index].needs &&
           ((caps->enabled | caps->asked) & bit) == 0;
}

static void ask(struct irc_caps *caps, uint32_t among, struct buf *out)
{
    struct buf list = BUF_INIT(IRC_BODY_MAX);

    for (size_t i = 0; i < ARRAY_LENGTH(wanted); i++) {
        if ((wanted[i].bit & among) == 0 || !is_due(caps, i))
            continue;
        if (list.length != 0)
            buf_addc(&list, ' ');
        buf_adds(&list, wanted[i].name);
        caps->asked |= wanted[i].bit;
    }
    if (list.length != 0)
        irc_out_line(out, "CAP", IRC_PARAMS("REQ", buf_text(&list)));
    buf_release(&list);
}

/* The next of those that were refused together. */
static void ask_one(struct irc_caps *caps, struct buf *out)
{
    while (caps->one_by_one != 0 && caps->asked == 0) {
        uint32_t bit = caps->one_by_one & (~caps->one_by_one + 1);

        caps->one_by_one &= ~bit;
        ask(caps, bit, out);
    }
}

static enum irc_caps_event settle(const struct irc_caps *caps, uint32_t before)
{
    if (!caps->listed)
        return before != caps->enabled ? IRC_CAPS_CHANGED : IRC_CAPS_NOTHING;
    return caps->asked == 0 && caps->one_by_one == 0 ? IRC_CAPS_SETTLED : IRC_CAPS_NOTHING;
}

static enum irc_caps_event take_ls(struct irc_caps *caps, const struct irc_line *line, struct buf *out)
{
    bool more = line->param_count > 3 && span_is(line->params[2], "*");

    take_offers(caps, line->params[line->param_count - 1]);
    if (more)
        return IRC_CAPS_NOTHING;
    caps->listed = true;
    ask(caps, UINT32_MAX, out);
    return settle(caps, caps->enabled);
}

static enum irc_caps_event take_ack(struct irc_caps *caps, const struct irc_line *line, struct buf *out)
{
    struct span list = line->params[line->param_count - 1];
    uint32_t on = bits_of(list, false), before = caps->enabled;

    caps->enabled = (caps->enabled | on) & ~bits_of(list, true);
    caps->asked &= ~on;
    ask_one(caps, out);
    return settle(caps, before);
}

/* A refusal is of all that was asked for in that line. What is refused alone isn't asked for again. */
static enum irc_caps_event take_nak(struct irc_caps *caps, struct buf *out)
{
    if ((caps->asked & (caps->asked - 1)) != 0)
        caps->one_by_one |= caps->asked;
    else
        caps->offered &= ~caps->asked;
    caps->asked = 0;
    ask_one(caps, out);
    return settle(caps, caps->enabled);
}

static enum irc_caps_event take_new(struct irc_caps *caps, const struct irc_line *line, struct buf *out)
{
    struct span list = line->params[line->param_count - 1];

    take_offers(caps, list);
    ask(caps, bits_of(list, false), out);
    return IRC_CAPS_NOTHING;
}

static enum irc_caps_event take_del(struct irc_caps *caps, const struct irc_line *line)
{
    uint32_t gone = bits_of(line->params[line->param_count - 1], false), before = caps->enabled;

    caps->offered &= ~gone;
    caps->enabled &= ~gone;
    return before != caps->enabled ? IRC_CAPS_CHANGED : IRC_CAPS_NOTHING;
}

enum irc_caps_event irc_caps_take(struct irc_caps *caps, const struct irc_line *line, struct buf *out)
{
    struct span what = irc_line_param(line, 1);

    if (line->param_count < 3)
        return IRC_CAPS_NOTHING;
    if (span_is(what, "LS"))
        return take_ls(caps, line, out);
    if (span_is(what, "ACK"))
        return take_ack(caps, line, out);
    if (span_is(what, "NAK"))
        return take_nak(caps, out);
    if (span_is(what, "NEW"))
        return take_new(caps, line, out);
    return span_is(what, "DEL") ? take_del(caps, line) : IRC_CAPS_NOTHING;
}
