/*
 * Texts cut to the length that a line has for them: at a word's end where there is one, never inside a character. Pure.
 */
#ifndef BOT_IRC_SPLIT_H
#define BOT_IRC_SPLIT_H

#include "bot/irc/line.h"
#include "core/base/buf.h"
#include "core/base/span.h"
#include "core/base/vec.h"

enum {
    /* What others see before our text when we don't know yet how they see us: ":nick!user@host " with the longest user
     * (10) and host (63) that servers have. */
    IRC_USER_HOST_MAX = 10 + 63,
    IRC_TEXT_MIN = 64 /* less is never left for a text */
};

/* How many bytes a text may have in "VERB TARGET :text", as NICK!USER@HOST relays it; USER_HOST is the length of those
 * two, 0: not known. */
size_t irc_text_budget(size_t nick, size_t user_host, const char *verb, size_t target);

/* Adds TEXT as UTF-8 of one line: control characters become spaces, and bytes that are no UTF-8 '?'. */
void irc_clean(struct span text, struct buf *out);

/* The first piece of *REST of at most BUDGET bytes, taken off it with the spaces behind it. REST isn't empty. */
struct span irc_split(struct span *rest, size_t budget);

/*
 * A reply of several lines packed into as few as BUDGET allows: what stands on lines of its own is set apart by " · ",
 * list marks are left out; a line that is too long is cut. All of it is cleaned. Each of LINES is the caller's.
 */
typedef VEC(char *) irc_text_lines;
void irc_pack(struct span text, size_t budget, irc_text_lines *lines);
/* The same with its lines as they are; empty ones are left out. */
void irc_lines(struct span text, size_t budget, irc_text_lines *lines);
void irc_text_lines_release(irc_text_lines *lines);

#endif
