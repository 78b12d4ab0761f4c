/*
 * Texts cut to the length that a line has for them.
 */
#include "bot/irc/split.h"

#include <string.h>

#include "core/base/ascii.h"
#include "core/base/buf.h"
#include "core/text/fold.h"

enum {
    SCREEN = 40, /* columns that texts are made for */
    PROSE = 32   /* a line that is longer was cut, if a word ends it */
};

static const char separator[] = " \xC2\xB7 "; /* · */

size_t irc_text_budget(size_t nick, size_t user_host, const char *verb, size_t target)
{
    /* ":nick!user@host VERB TARGET :text\r\n" */
    size_t around =
        1 + nick + 1 + (user_host != 0 ? user_host : IRC_USER_HOST_MAX) + 1 + 1 + strlen(verb) + 1 + target + 2 + 2;

    return around + IRC_TEXT_MIN <= IRC_BODY_MAX ? IRC_BODY_MAX - around : IRC_TEXT_MIN;
}

struct span irc_split(struct span *rest, size_t budget)
{
    struct span piece = {rest->at, text_cut_grapheme(*rest, budget)};
    size_t word = piece.length;

    if (piece.length < rest->length && rest->at[piece.length] != ' ') {
        while (word > 0 && rest->at[word - 1] != ' ')
            word--;
        if (word > piece.length / 2) /* a word longer than that is cut */
            piece.length = word;
    }
    rest->at += piece.length;
    rest->length -= piece.length;
    span_skip_spaces(rest);
    while (piece.length != 0 && piece.at[piece.length - 1] == ' ')
        piece.length--;
    return piece;
}

void irc_clean(struct span text, struct buf *out)
{
    bool valid = text_valid_utf8(text);

    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.at[i];

        if (byte < ' ' || byte == 0x7F)
            buf_addc(out, ' ');
        else
            buf_addc(out, byte >= 0x80 && !valid ? '?' : text.at[i]);
    }
}

static bool is_item(struct span line)
{
    span_skip_spaces(&line);
    return span_starts(line, "- ");
}

static struct span trimmed(struct span line)
{
    span_skip_spaces(&line);
    if (is_item(line)) {
        line.at += 2;
        line.length -= 2;
    }
    while (line.length != 0 && line.at[line.length - 1] == ' ')
        line.length--;
    return line;
}

static void push(irc_text_lines *lines, struct buf *line)
{
    if (line->length != 0)
        vec_push(lines, mem_strndup(line->data, line->length));
    buf_clear(line);
}

/* Whether BEFORE and NEXT are one phrase that was only cut for a narrow screen: the word behind the cut had no room, or
 * a long line of prose goes on. */
static bool is_cut(struct span before, struct span next)
{
    struct span rest = next, word = span_take(&rest, ' ');
    char last = before.length != 0 ? before.at[before.length - 1] : '\0';
    size_t width = text_width(before);

    if (before.length == 0 || next.length == 0)
        return false;
    if (strchr(",:;", last) != NULL)
        return true;
    if (next.at[0] != ascii_lower(next.at[0]) || ascii_is_digit(next.at[0]) || strchr(".!?", last) != NULL)
        return false;
    return width + 1 + text_width(word) > SCREEN || (width > PROSE && !ascii_is_digit(last) && last != ')');
}

static void add_cut(struct span part, size_t budget, struct buf *line, irc_text_lines *lines)
{
    while (part.length > budget) {
        buf_add_span(line, irc_split(&part, budget));
        push(lines, line);
    }
    buf_add_span(line, part);
}

static void pack_line(struct span part, bool cut, size_t budget, struct buf *line, irc_text_lines *lines)
{
    const char *between = cut ? " " : separator;

    if (line->length != 0 && line->length + strlen(between) + part.length > budget)
        push(lines, line);
    if (line->length != 0)
        buf_adds(line, between);
    add_cut(part, budget, line, lines);
}

void irc_pack(struct span text, size_t budget, irc_text_lines *lines)
{
    struct buf line = BUF_INIT(IRC_BODY_MAX), part = BUF_INIT(text.length + 1), before = BUF_INIT(text.length + 1);

    while (text.length != 0) {
        struct span own = span_take(&text, '\n');

        buf_clear(&part);
        irc_clean(own, &part);
        own = trimmed(buf_span(&part));
        if (own.length != 0)
            pack_line(own, !is_item(buf_span(&part)) && is_cut(buf_span(&before), own), budget, &line, lines);
        buf_clear(&before);
        buf_add_span(&before, own);
    }
    push(lines, &line);
    buf_release(&line);
    buf_release(&part);
    buf_release(&before);
}

void irc_lines(struct span text, size_t budget, irc_text_lines *lines)
{
    struct buf line = BUF_INIT(IRC_BODY_MAX), part = BUF_INIT(text.length + 1);

    while (text.length != 0) {
        buf_clear(&part);
        irc_clean(span_take(&text, '\n'), &part);
        if (trimmed(buf_span(&part)).length != 0)
            add_cut(buf_span(&part), budget, &line, lines);
        push(lines, &line);
    }
    buf_release(&line);
    buf_release(&part);
}

void irc_text_lines_release(irc_text_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        free(lines->at[i]);
    vec_release(lines);
}
