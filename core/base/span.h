/*
 * A view of bytes that somebody else owns. Not NUL-terminated.
 */
#ifndef CORE_BASE_SPAN_H
#define CORE_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

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

static inline bool span_is(struct span a, const char *text)
{
    return span_equal(a, span_of(text));
}

static inline bool span_starts(struct span a, const char *prefix)
{
    size_t length = strlen(prefix);

    return a.length >= length && memcmp(a.at, prefix, length) == 0;
}

/* djb2 (Bernstein), for tables that are compiled in, whose texts nobody chooses: the same as hash_text() in
 * config/hash.awk. */
static inline uint32_t span_hash(struct span text)
{
    uint32_t hash = 5381;

    for (size_t i = 0; i < text.length; i++)
        hash = hash * 33 + (unsigned char)text.at[i];
    return hash;
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
