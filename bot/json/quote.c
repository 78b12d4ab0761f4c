/*
 * Writes a JSON string.
 */
#include "bot/json/quote.h"

#include <stdint.h>
#include <string.h>

#include "bot/json/utf8.h"

/* A bit for each byte of ASCII that is written as it is. */
static const uint64_t plain_bits[2] = {~(uint64_t)UINT32_MAX & ~(UINT64_C(1) << '"'), ~(UINT64_C(1) << ('\\' - 64))};

static bool is_plain(unsigned char byte)
{
    return byte < 0x80 && (plain_bits[byte / 64] >> byte % 64 & 1) != 0;
}

static void quote_ascii(struct buf *out, unsigned char byte)
{
    static const char names[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};

    if (byte == '"' || byte == '\\')
        buf_addf(out, "\\%c", byte);
    else if (byte < sizeof(names) && names[byte] != '\0')
        buf_addf(out, "\\%c", names[byte]);
    else
        buf_addf(out, "\\u%04x", byte);
}

/* Bytes of the mark at AT, or 0 when none is there. */
static size_t quote_mark(struct buf *out, const unsigned char *at, size_t left)
{
    if (left >= 2 && at[0] == 0xc0 && at[1] == 0x80) {
        buf_adds(out, "\\u0000");
        return 2;
    }
    if (left >= 3 && at[0] == 0xed && at[1] >= 0xa0) {
        buf_addf(out, "\\u%04x", 0xd000U | (at[1] & 0x3fU) << 6 | (at[2] & 0x3fU));
        return 3;
    }
    return 0;
}

static size_t quote_beyond_ascii(struct buf *out, const unsigned char *at, size_t left, bool marked)
{
    size_t length = utf8_length(at, left);

    if (length > 0) {
        buf_add(out, at, length);
        return length;
    }
    length = marked ? quote_mark(out, at, left) : 0;
    if (length > 0)
        return length;
    buf_adds(out, "\xef\xbf\xbd");
    return 1;
}

/* Whether the COUNT bytes at AT, eight at most, are all plain (Mycroft's test for a byte in a word). */
static bool is_plain_word(const char *at, size_t count)
{
    const uint64_t ones = 0x0101010101010101U, highs = 0x8080808080808080U;
    uint64_t word = ones * ' ', quotes, slashes;

    memcpy(&word, at, count);
    quotes = word ^ ones * '"';
    slashes = word ^ ones * '\\';
    return ((word | (quotes - ones) | (slashes - ones) | (word - ones * ' ')) & highs) == 0;
}

static bool is_all_plain(struct span text)
{
    const size_t size = sizeof(uint64_t);

    if (text.length < size)
        return is_plain_word(text.at, text.length);
    for (size_t i = 0; i + size < text.length; i += size)
        if (!is_plain_word(text.at + i, size))
            return false;
    return is_plain_word(text.at + text.length - size, size); /* some bytes of it once more */
}

/* Nothing to escape, as nearly always: one copy. */
static bool quote_plain(struct buf *out, struct span text)
{
    char *room;

    if (!is_all_plain(text) || (room = buf_reserve(out, text.length + 2)) == NULL)
        return false;
    room[0] = '"';
    if (text.length != 0)
        memcpy(room + 1, text.at, text.length);
    room[text.length + 1] = '"';
    buf_grew(out, text.length + 2);
    return true;
}

void json_quote(struct buf *out, struct span text, bool marked)
{
    const unsigned char *bytes = (const unsigned char *)text.at;
    size_t i = 0;

    if (quote_plain(out, text))
        return;
    buf_addc(out, '"');
    while (i < text.length) {
        size_t from = i;

        while (i < text.length && is_plain(bytes[i]))
            i++;
        buf_add(out, bytes + from, i - from);
        if (i < text.length && bytes[i] < 0x80)
            quote_ascii(out, bytes[i++]);
        else if (i < text.length)
            i += quote_beyond_ascii(out, bytes + i, text.length - i, marked);
    }
    buf_addc(out, '"');
}
