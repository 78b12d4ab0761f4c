/*
 * A reply as a small tree: lines of spans, rendered as plain text and as HTML. Plain text is the reply; HTML only adds.
 */
#ifndef BOT_CHAT_REPLY_H
#define BOT_CHAT_REPLY_H

#include <stdbool.h>

#include "bot/chat/command.h"
#include "bot/chat/texts.h"
#include "core/base/buf.h"
#include "core/base/vec.h"

enum reply_style { REPLY_PLAIN, REPLY_STRONG, REPLY_CODE, REPLY_STRUCK };

struct reply_span {
    size_t at, length; /* in `text` */
    enum reply_style style;
};

struct reply_line {
    size_t first_span, span_count;
    bool item; /* of a list */
};

enum { REPLY_MAX = 16 * 1024 }; /* bytes of text; what comes after is dropped */

struct reply {
    struct buf text;
    VEC(struct reply_span) spans;
    VEC(struct reply_line) lines;
    /* It is for a room, where a command begins with "!": what `code` begins as one of them is shown so. Lent; NULL. */
    const struct command_index *called;
};

void reply_init(struct reply *reply);
void reply_clear(struct reply *reply);
void reply_release(struct reply *reply);

/* Begins a line; an item is one of a list. */
void reply_line(struct reply *reply, bool item);
/* Adds to the last line (begins one if there is none). Control characters of TEXT become spaces, and so
 * do those that turn the direction of what stands around them. */
void reply_add(struct reply *reply, enum reply_style style, const char *text);

/* Adds TEXT, of one or more lines, as lines of its own. */
void reply_lines(struct reply *reply, const char *text);

/* A name in braces, "{load}", and what stands for it. */
struct text_arg {
    const char *name;
    const char *value;
};
#define ARG(name, value) ((struct text_arg){(name), (value)})

/*
 * Adds the text KEY of TEXTS on a new line: in it *strong*, `code`, {argument}, and '\n' begins the next line.
 * Arguments are never read for marks. ARGS ends with a NULL name.
 */
void reply_text(struct reply *reply, const struct texts *texts, enum text_key key, const struct text_arg *args);
#define REPLY_ARGS(...) ((const struct text_arg[]){__VA_ARGS__, {NULL, NULL}})
#define reply_say(reply, texts, key, ...) reply_text((reply), (texts), (key), REPLY_ARGS(__VA_ARGS__))
/* The same for a text without arguments. */
#define reply_tell(reply, texts, key) reply_text((reply), (texts), (key), (const struct text_arg[]){{NULL, NULL}})

/* What KEY says, as plain text without marks, for a part of a line. */
void reply_phrase(const struct texts *texts, enum text_key key, const struct text_arg *args, struct buf *out);

void reply_plain(const struct reply *reply, struct buf *out);
/* Writes nothing when it would add nothing to the plain text. */
void reply_html(const struct reply *reply, struct buf *out);

#endif
