/*
 * A reply as a small tree of lines and spans, and its renderings.
 */
#include "bot/chat/reply.h"

#include <string.h>

#include "core/base/span.h"

void reply_init(struct reply *reply)
{
    *reply = (struct reply){.text = BUF_INIT(REPLY_MAX)};
}

void reply_clear(struct reply *reply)
{
    buf_clear(&reply->text);
    vec_clear(&reply->spans);
    vec_clear(&reply->lines);
}

void reply_release(struct reply *reply)
{
    buf_release(&reply->text);
    vec_release(&reply->spans);
    vec_release(&reply->lines);
}

void reply_line(struct reply *reply, bool item)
{
    vec_push(&reply->lines, ((struct reply_line){.first_span = reply->spans.count, .item = item}));
}

/* How many bytes at AT, of LEFT that are UTF-8, are a character that does something to what stands around it: controls,
 * ends of lines, and what turns the direction of all that follows. 0: none. */
static size_t unruly(const char *at, size_t left)
{
    const unsigned char *byte = (const unsigned char *)at;

    if (byte[0] < 0x20 || byte[0] == 0x7F)
        return 1;
    if (byte[0] == 0xC2 && left >= 2 && byte[1] < 0xA0) /* U+0080 to U+009F */
        return 2;
    if (byte[0] != 0xE2 || left < 3)
        return 0;
    return (byte[1] == 0x80 && byte[2] >= 0xA8 && byte[2] <= 0xAE) ||      /* U+2028 to U+202E */
                   (byte[1] == 0x81 && byte[2] >= 0xA6 && byte[2] <= 0xA9) /* U+2066 to U+2069 */
               ? 3
               : 0;
}

/* Each of those of TEXT from FROM on becomes a space. */
static void tame(struct buf *text, size_t from)
{
    size_t to = from;

    for (size_t i = from; i < text->length; to++) {
        const size_t length = unruly(text->data + i, text->length - i);

        text->data[to] = length != 0 ? ' ' : text->data[i];
        i += length != 0 ? length : 1;
    }
    buf_truncate(text, to);
}

static void add_span(struct reply *reply, enum reply_style style, struct span text)
{
    size_t at = reply->text.length;

    if (text.length == 0 || buf_add_span(&reply->text, text) != 0)
        return;
    tame(&reply->text, at);
    if (reply->lines.count == 0)
        reply_line(reply, false);
    vec_push(&reply->spans, ((struct reply_span){at, reply->text.length - at, style}));
    reply->lines.at[reply->lines.count - 1].span_count++;
}

void reply_add(struct reply *reply, enum reply_style style, const char *text)
{
    add_span(reply, style, span_of(text));
}

static const char *argument(const struct text_arg *args, struct span name)
{
    for (; args->name != NULL; args++) {
        if (span_is(name, args->name))
            return args->value;
    }
    BUG("a text names an argument that it is not given");
}

/* Walks TEXT in pieces of one style. A piece is handed over with its style; a new line as NULL. */
static void walk(const char *text, const struct text_arg *args,
                 void (*piece)(void *arg, enum reply_style style, const struct span *text), void *arg)
{
    enum reply_style style = REPLY_PLAIN;

    while (*text != '\0') {
        size_t length = strcspn(text, "*`{\n");
        struct span part = {text, length};

        if (length != 0)
            piece(arg, style, &part);
        text += length;
        if (*text == '{') {
            size_t end = strcspn(text, "}");

            BUG_IF(text[end] != '}');
            part = span_of(argument(args, (struct span){text + 1, end - 1}));
            piece(arg, style, &part);
            text += end;
        } else if (*text == '\n') {
            piece(arg, style, NULL);
        } else if (*text == '*') {
            style = style == REPLY_STRONG ? REPLY_PLAIN : REPLY_STRONG;
        } else if (*text == '`') {
            style = style == REPLY_CODE ? REPLY_PLAIN : REPLY_CODE;
        }
        text += *text != '\0' ? 1 : 0;
    }
}

/* Whether TEXT, the beginning of a piece of code, is a command that a room doesn't hear as it stands. */
static bool needs_call(const struct reply *reply, struct span text)
{
    const struct reply_span *last = reply->spans.count != 0 ? &reply->spans.at[reply->spans.count - 1] : NULL;
    struct span arguments;

    if (last != NULL && last->style == REPLY_CODE && last->at + last->length == reply->text.length &&
        reply->lines.at[reply->lines.count - 1].span_count != 0)
        return false; /* within one */
    return command_find(reply->called, text, &arguments) != NULL;
}

static void piece_to_reply(void *arg, enum reply_style style, const struct span *text)
{
    struct reply *reply = arg;

    if (text == NULL) {
        reply_line(reply, false);
        return;
    }
    if (style == REPLY_CODE && reply->called != NULL && needs_call(reply, *text))
        add_span(reply, style, span_of("!"));
    add_span(reply, style, *text);
}

void reply_text(struct reply *reply, const struct texts *texts, enum text_key key, const struct text_arg *args)
{
    reply_line(reply, false);
    walk(texts_get(texts, key), args, piece_to_reply, reply);
}

static void piece_to_buf(void *arg, enum reply_style style, const struct span *text)
{
    (void)style;
    if (text == NULL)
        buf_addc(arg, '\n');
    else
        buf_add_span(arg, *text);
}

void reply_lines(struct reply *reply, const char *text)
{
    for (;;) {
        size_t length = strcspn(text, "\n");

        reply_line(reply, false);
        add_span(reply, REPLY_PLAIN, (struct span){text, length});
        if (text[length] == '\0')
            break;
        text += length + 1;
    }
}

void reply_phrase(const struct texts *texts, enum text_key key, const struct text_arg *args, struct buf *out)
{
    walk(texts_get(texts, key), args, piece_to_buf, out);
}

void reply_plain(const struct reply *reply, struct buf *out)
{
    for (size_t i = 0; i < reply->lines.count; i++) {
        const struct reply_line *line = &reply->lines.at[i];

        if (i != 0)
            buf_addc(out, '\n');
        if (line->item)
            buf_adds(out, "- ");
        for (size_t j = line->first_span; j < line->first_span + line->span_count; j++)
            buf_add(out, reply->text.data + reply->spans.at[j].at, reply->spans.at[j].length);
    }
}

static void add_escaped(struct buf *out, struct span text)
{
    for (size_t i = 0; i < text.length; i++) {
        switch (text.at[i]) {
        case '&':
            buf_adds(out, "&amp;");
            break;
        case '<':
            buf_adds(out, "&lt;");
            break;
        case '>':
            buf_adds(out, "&gt;");
            break;
        case '"':
            buf_adds(out, "&quot;");
            break;
        case '\'':
            buf_adds(out, "&#39;");
            break;
        default:
            buf_addc(out, text.at[i]);
        }
    }
}

static void html_spans(const struct reply *reply, const struct reply_line *line, struct buf *out)
{
    static const struct {
        const char *open, *close;
    } tags[] = {[REPLY_PLAIN] = {"", ""},
                [REPLY_STRONG] = {"<strong>", "</strong>"},
                [REPLY_CODE] = {"<code>", "</code>"},
                [REPLY_STRUCK] = {"<del>", "</del>"}};

    for (size_t i = line->first_span; i < line->first_span + line->span_count; i++) {
        const struct reply_span *span = &reply->spans.at[i];

        buf_adds(out, tags[span->style].open);
        add_escaped(out, (struct span){reply->text.data + span->at, span->length});
        buf_adds(out, tags[span->style].close);
    }
}

static bool adds_something(const struct reply *reply)
{
    for (size_t i = 0; i < reply->spans.count; i++) {
        if (reply->spans.at[i].style != REPLY_PLAIN)
            return true;
    }
    for (size_t i = 0; i < reply->lines.count; i++) {
        if (reply->lines.at[i].item)
            return true;
    }
    return false;
}

void reply_html(const struct reply *reply, struct buf *out)
{
    bool in_list = false, first = true;

    if (!adds_something(reply))
        return;
    for (size_t i = 0; i < reply->lines.count; i++) {
        const struct reply_line *line = &reply->lines.at[i];

        if (line->item != in_list)
            buf_adds(out, line->item ? "<ul>" : "</ul>");
        else if (!first && !line->item)
            buf_adds(out, "<br>");
        in_list = line->item;
        buf_adds(out, line->item ? "<li>" : "");
        html_spans(reply, line, out);
        buf_adds(out, line->item ? "</li>" : "");
        first = false;
    }
    buf_adds(out, in_list ? "</ul>" : "");
}
