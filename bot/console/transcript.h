/*
 * The lines of a transcript: [2026-01-05T18:00:00+01:00] #room <sender> {tags} text. A line that begins with a space
 * continues the text of the one before.
 */
#ifndef BOT_CONSOLE_TRANSCRIPT_H
#define BOT_CONSOLE_TRANSCRIPT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/span.h"

enum transcript_kind {
    TRANSCRIPT_NOTHING, /* a comment, an empty line, or what the bot said */
    TRANSCRIPT_MORE,    /* `text` continues the line before */
    TRANSCRIPT_TICK,    /* only the clock moves */
    TRANSCRIPT_TEXT,    /* and edits, redactions, reactions: see `edit`, `redact`, `react`, `file` */
    TRANSCRIPT_JOIN,
    TRANSCRIPT_LEAVE,
    TRANSCRIPT_KICK, /* `other` has to go */
    TRANSCRIPT_NICK, /* the sender is called `other` from now on */
    TRANSCRIPT_LOGOUT
};

/* Spans point into the line; of length 0 where nothing was said. */
struct transcript_line {
    enum transcript_kind kind;
    int64_t at_ms;
    int offset_s;
    struct span room;
    struct span sender;
    struct span id, edit, redact, reply, react, thread, file, other;
    bool ranked; /* `power` is said */
    int power;
    struct span text;
};

/* 0, or -1 with what is wrong. */
int transcript_read(struct span text, struct transcript_line *line, struct err *err);

/* Writes "[time] #room <sender> {tag=…} text\n"; lines of TEXT after the first are set in. ROOM and TAG may be NULL. */
void transcript_print(struct buf *out, int64_t at_ms, int offset_s, const char *room, const char *sender,
                      const char *tag, const char *about, const char *text);

#endif
