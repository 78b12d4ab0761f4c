/*
 * One line of the protocol (RFC 1459, 2.3; IRCv3 message-tags): from bytes to its parts, and back. Pure.
 */
#ifndef BOT_IRC_LINE_H
#define BOT_IRC_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buf.h"
#include "core/base/span.h"

enum {
    IRC_BODY_MAX = 512,  /* a line without tags, with CR LF */
    IRC_TAGS_MAX = 8191, /* tags that come in, with '@' and space */
    IRC_LINE_MAX = IRC_TAGS_MAX + IRC_BODY_MAX,
    IRC_TAG_COUNT = 128,
    IRC_PARAM_COUNT = 40, /* CHATHISTORY and 005 stay far below; more is no line of ours */
    IRC_VERB_SIZE = 32
};

struct irc_tag {
    struct span key;
    struct span raw; /* as it came, escaped; empty: no value, which is the same as an empty one */
};

/* Spans point into the bytes that were parsed. */
struct irc_line {
    struct irc_tag tags[IRC_TAG_COUNT];
    size_t tag_count;
    struct span source;           /* "nick!user@host", a server's name, or empty */
    struct span nick, user, host; /* its parts; empty where it has none */
    char verb[IRC_VERB_SIZE];     /* upper case */
    struct span params[IRC_PARAM_COUNT];
    size_t param_count;
};

/* BYTES without line end. -1: it is none that can be trusted: empty, too long, NUL within, too many parts. */
int irc_line_parse(struct span bytes, struct irc_line *line);

/* The parameter, or an empty span. */
struct span irc_line_param(const struct irc_line *line, size_t index);
/* Whether the tag is there; of several the last counts. VALUE, if not NULL, gets it unescaped. */
bool irc_line_tag(const struct irc_line *line, const char *key, struct buf *value);
void irc_tag_unescape(struct span raw, struct buf *out);
void irc_source_split(struct span source, struct span *nick, struct span *user, struct span *host);

/*
 * A line to be sent, part by part, into one buffer: irc_out_tag()…, irc_out_verb(), irc_out_param()…, irc_out_end().
 * NUL, CR and LF are left out of every part, so that no text can begin a line of its own. The last parameter may be
 * anything; an earlier one that is empty, begins with ':' or holds a space would be another line than was meant:
 * irc_out_end() is -1 then, and nothing was added.
 */
struct irc_out {
    struct buf *to;
    size_t begin; /* where this line begins in TO */
    size_t tags;
    bool spoilt, closed; /* closed: a last parameter was given */
};
void irc_out_begin(struct irc_out *out, struct buf *to);
void irc_out_tag(struct irc_out *out, const char *key, struct span value);
void irc_out_source(struct irc_out *out, struct span source);
void irc_out_verb(struct irc_out *out, const char *verb);
void irc_out_param(struct irc_out *out, struct span param);
void irc_out_last(struct irc_out *out, struct span param); /* with ':' only where it must be */
int irc_out_end(struct irc_out *out);

/* All of that for a line without tags: PARAMS end with NULL, the last one may be anything. */
int irc_out_line(struct buf *to, const char *verb, const char *const *params);
#define IRC_PARAMS(...) ((const char *const[]){__VA_ARGS__, NULL})

#endif
