/*
 * One line of the protocol: from bytes to its parts, and back.
 */
#include "bot/irc/line.h"

#include <string.h>

#include "core/base/ascii.h"

/* The next word, and the spaces behind it. */
static struct span take_word(struct span *rest)
{
    struct span word = span_take(rest, ' ');

    span_skip_spaces(rest);
    return word;
}

static int parse_tags(struct span tags, struct irc_line *line)
{
    while (tags.length != 0) {
        struct span tag = span_take(&tags, ';');
        struct irc_tag *to = &line->tags[line->tag_count];

        if (tag.length == 0)
            continue;
        if (line->tag_count == IRC_TAG_COUNT)
            return -1;
        to->key = span_take(&tag, '=');
        to->raw = tag;
        line->tag_count++;
    }
    return 0;
}

void irc_source_split(struct span source, struct span *nick, struct span *user, struct span *host)
{
    const char *at = source.length != 0 ? memchr(source.at, '@', source.length) : NULL;
    const char *bang;

    *user = *host = (struct span){source.at, 0};
    if (at != NULL) {
        *host = (struct span){at + 1, source.length - (size_t)(at + 1 - source.at)};
        source.length = (size_t)(at - source.at);
    }
    bang = source.length != 0 ? memchr(source.at, '!', source.length) : NULL;
    if (bang != NULL) {
        *user = (struct span){bang + 1, source.length - (size_t)(bang + 1 - source.at)};
        source.length = (size_t)(bang - source.at);
    }
    *nick = source;
}

static int parse_verb(struct span verb, struct irc_line *line)
{
    if (verb.length == 0 || verb.length >= IRC_VERB_SIZE)
        return -1;
    for (size_t i = 0; i < verb.length; i++)
        line->verb[i] = ascii_upper(verb.at[i]);
    line->verb[verb.length] = '\0';
    return 0;
}

static int parse_params(struct span rest, struct irc_line *line)
{
    while (rest.length != 0) {
        bool last = rest.at[0] == ':';

        if (line->param_count == IRC_PARAM_COUNT)
            return -1;
        if (last) {
            line->params[line->param_count++] = (struct span){rest.at + 1, rest.length - 1};
            return 0;
        }
        line->params[line->param_count++] = take_word(&rest);
    }
    return 0;
}

int irc_line_parse(struct span bytes, struct irc_line *line)
{
    line->tag_count = line->param_count = 0;
    line->source = line->nick = line->user = line->host = (struct span){bytes.at, 0};
    line->verb[0] = '\0';
    if (bytes.length == 0 || bytes.length > IRC_LINE_MAX || memchr(bytes.at, '\0', bytes.length) != NULL)
        return -1;
    if (bytes.at[0] == '@') {
        struct span tags = take_word(&bytes);

        if (tags.length >= IRC_TAGS_MAX || parse_tags((struct span){tags.at + 1, tags.length - 1}, line) != 0)
            return -1;
    }
    span_skip_spaces(&bytes);
    if (bytes.length != 0 && bytes.at[0] == ':') {
        struct span source = take_word(&bytes);

        line->source = (struct span){source.at + 1, source.length - 1};
        irc_source_split(line->source, &line->nick, &line->user, &line->host);
    }
    return parse_verb(take_word(&bytes), line) != 0 ? -1 : parse_params(bytes, line);
}

struct span irc_line_param(const struct irc_line *line, size_t index)
{
    return index < line->param_count ? line->params[index] : (struct span){"", 0};
}

bool irc_line_tag(const struct irc_line *line, const char *key, struct buf *value)
{
    for (size_t i = line->tag_count; i-- > 0;) {
        if (!span_is(line->tags[i].key, key))
            continue;
        if (value != NULL)
            irc_tag_unescape(line->tags[i].raw, value);
        return true;
    }
    return false;
}

/* IRCv3 message-tags, "Escaping values". */
static const char escapes[][2] = {{':', ';'}, {'s', ' '}, {'\\', '\\'}, {'r', '\r'}, {'n', '\n'}};

void irc_tag_unescape(struct span raw, struct buf *out)
{
    for (size_t i = 0; i < raw.length; i++) {
        char byte = raw.at[i];

        if (byte == '\\') {
            if (++i == raw.length) /* alone at the end: dropped */
                return;
            byte = raw.at[i];
            for (size_t j = 0; j < sizeof(escapes) / sizeof(escapes[0]); j++) {
                if (byte == escapes[j][0]) {
                    byte = escapes[j][1];
                    break;
                }
            }
        }
        buf_addc(out, byte);
    }
}

/* ---------------------------------------------------------------- sending */

void irc_out_begin(struct irc_out *out, struct buf *to)
{
    *out = (struct irc_out){.to = to, .begin = to->length};
}

static bool may_be_sent(char byte)
{
    return byte != '\0' && byte != '\r' && byte != '\n';
}

static void add_clean(struct irc_out *out, struct span text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (may_be_sent(text.at[i]))
            buf_addc(out->to, text.at[i]);
    }
}

static void add_escaped(struct irc_out *out, struct span value)
{
    for (size_t i = 0; i < value.length; i++) {
        bool escaped = false;

        for (size_t j = 0; j < sizeof(escapes) / sizeof(escapes[0]) && !escaped; j++) {
            if (value.at[i] == escapes[j][1]) {
                buf_addc(out->to, '\\');
                buf_addc(out->to, escapes[j][0]);
                escaped = true;
            }
        }
        if (!escaped && value.at[i] != '\0')
            buf_addc(out->to, value.at[i]);
    }
}

void irc_out_tag(struct irc_out *out, const char *key, struct span value)
{
    buf_addc(out->to, out->tags++ == 0 ? '@' : ';');
    add_clean(out, span_of(key));
    if (value.length == 0)
        return;
    buf_addc(out->to, '=');
    add_escaped(out, value);
}

void irc_out_source(struct irc_out *out, struct span source)
{
    buf_adds(out->to, out->tags != 0 ? " :" : ":");
    out->tags++; /* so that a space follows */
    add_clean(out, source);
}

void irc_out_verb(struct irc_out *out, const char *verb)
{
    if (out->tags != 0)
        buf_addc(out->to, ' ');
    buf_adds(out->to, verb);
}

void irc_out_param(struct irc_out *out, struct span param)
{
    size_t before;

    buf_addc(out->to, ' ');
    before = out->to->length;
    add_clean(out, param);
    if (out->closed || out->to->length == before || out->to->data[before] == ':' ||
        memchr(out->to->data + before, ' ', out->to->length - before) != NULL)
        out->spoilt = true;
}

void irc_out_last(struct irc_out *out, struct span param)
{
    size_t before;

    buf_adds(out->to, " :");
    before = out->to->length;
    add_clean(out, param);
    out->spoilt = out->spoilt || out->closed;
    out->closed = true;
    if (out->to->overflowed || out->to->length == before || out->to->data[before] == ':' ||
        memchr(out->to->data + before, ' ', out->to->length - before) != NULL)
        return;
    memmove(out->to->data + before - 1, out->to->data + before, out->to->length - before);
    buf_truncate(out->to, out->to->length - 1);
}

int irc_out_end(struct irc_out *out)
{
    if (!out->spoilt && !out->to->overflowed)
        buf_adds(out->to, "\r\n");
    if (!out->spoilt && !out->to->overflowed)
        return 0;
    buf_truncate(out->to, out->begin);
    return -1;
}

int irc_out_line(struct buf *to, const char *verb, const char *const *params)
{
    struct irc_out out;

    irc_out_begin(&out, to);
    irc_out_verb(&out, verb);
    for (; *params != NULL; params++) {
        if (params[1] != NULL)
            irc_out_param(&out, span_of(*params));
        else
            irc_out_last(&out, span_of(*params));
    }
    return irc_out_end(&out);
}
