/*
 * The shape of UTF-8 (RFC 3629, section 4): what may follow a first byte. Used inside this room only.
 */
#ifndef BOT_JSON_UTF8_H
#define BOT_JSON_UTF8_H

#include <stddef.h>

/* How many bytes follow LEAD, and the range of the first of them (the others are 80..BF). -1: no lead byte. */
static inline int utf8_follow(unsigned char lead, unsigned char *low, unsigned char *high)
{
    *low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    *high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (lead < 0x80)
        return 0;
    if (lead < 0xc2 || lead > 0xf4)
        return -1;
    return lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
}

/* Bytes of the character at AT, or 0 when none is whole and valid there. */
static inline size_t utf8_length(const unsigned char *at, size_t left)
{
    unsigned char low, high;
    int follow;

    if (left == 0)
        return 0;
    follow = utf8_follow(at[0], &low, &high);
    if (follow < 0 || (size_t)follow >= left)
        return 0;
    for (int i = 1; i <= follow; i++) {
        if (at[i] < low || at[i] > high)
            return 0;
        low = 0x80;
        high = 0xbf;
    }
    return (size_t)follow + 1;
}

#endif
