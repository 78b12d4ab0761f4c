/*
 * A view of bytes that somebody else owns. Not NUL-terminated.
 */
#ifndef CORE_BASE_SPAN_H
#define CORE_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/base/ascii.h"

struct span {
    const char *at;
    size_t length;
};

static inline struct span span_of(const char *text)
{
    return (struct span){text, strlen(text)};
}

static inline bool span_equal(struct span a, struct span b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

/* Whether four bytes at A are those at B. */
static inline bool span_four_equal(const char *a, const char *b)
{
    uint32_t first, second;

    memcpy(&first, a, sizeof(first));
    memcpy(&second, b, sizeof(second));
    return first == second;
}

/* span_equal() of words: they are so short that a call would cost more than comparing them. */
static inline bool span_equal_word(struct span a, struct span b)
{
    const size_t length = a.length;

    if (length != b.length)
        return false;
    if (length < 4)
        return length == 0 ||
               (a.at[0] == b.at[0] && a.at[length / 2] == b.at[length / 2] && a.at[length - 1] == b.at[length - 1]);
    for (size_t at = 4; at < length - 4; at += 4)
        if (!span_four_equal(a.at + at, b.at + at))
            return false;
    return span_four_equal(a.at, b.at) && span_four_equal(a.at + length - 4, b.at + length - 4);
}

/* A look at the first byte tells most words of a list from A at once. */
static inline bool span_is(struct span a, const char *text)
{
    return (a.length == 0 || a.at[0] == text[0]) && span_equal(a, span_of(text));
}

static inline bool span_starts(struct span a, const char *prefix)
{
    size_t length = strlen(prefix);

    return a.length >= length && (length == 0 || (a.at[0] == prefix[0] && memcmp(a.at, prefix, length) == 0));
}

/* djb2 (Bernstein), for tables that are compiled in, whose texts nobody chooses: the same as hash_text() in
 * config/hash.awk. */
enum { SPAN_HASH_EMPTY = 5381 };
static inline uint32_t span_hash_more(uint32_t hash, char byte)
{
    return hash * 33 + (unsigned char)byte;
}
static inline uint32_t span_hash(struct span text)
{
    uint32_t hash = SPAN_HASH_EMPTY;

    for (size_t i = 0; i < text.length; i++)
        hash = span_hash_more(hash, text.at[i]);
    return hash;
}

/* Whether HASH may be that of a text of which AMONG was made, by print_among() of config/hash.awk. */
static inline bool span_among(const uint32_t among[64], uint32_t hash)
{
    return (among[hash % 2048 / 32] >> hash % 32 & 1) != 0;
}

/* Takes what stands before the next SEPARATOR off REST, all of it where there is none; the separator goes too. */
static inline struct span span_take(struct span *rest, char separator)
{
    const char *at = rest->length != 0 ? memchr(rest->at, separator, rest->length) : NULL;
    struct span taken = {rest->at, at != NULL ? (size_t)(at - rest->at) : rest->length};
    size_t gone = taken.length + (at != NULL);

    rest->at += gone;
    rest->length -= gone;
    return taken;
}

static inline void span_skip_spaces(struct span *rest)
{
    while (rest->length != 0 && rest->at[0] == ' ') {
        rest->at++;
        rest->length--;
    }
}

/* TEXT behind its first LENGTH bytes, and the spaces there. */
static inline struct span span_past(struct span text, size_t length)
{
    text = (struct span){text.at + length, text.length - length};
    span_skip_spaces(&text);
    return text;
}

/* WORD without the signs of OPEN in front of it and those of CLOSE behind it; both are ASCII_BIT()s. */
static inline struct span span_without(struct span word, uint64_t open, uint64_t close)
{
    while (word.length != 0 && ascii_is_among(word.at[0], open))
        word = (struct span){word.at + 1, word.length - 1};
    while (word.length != 0 && ascii_is_among(word.at[word.length - 1], close))
        word.length--;
    return word;
}

static inline bool span_has_digit(struct span text)
{
    for (size_t i = 0; i < text.length; i++)
        if (ascii_is_digit(text.at[i]))
            return true;
    return false;
}

/* Whether TEXT is digits alone, 18 at most, and no more than MAXIMUM; they are in *NUMBER then. */
static inline bool span_number(struct span text, int64_t maximum, int64_t *number)
{
    *number = 0;
    if (text.length == 0 || text.length > 18)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        *number = *number * 10 + (text.at[i] - '0');
    }
    return *number <= maximum;
}

#endif
