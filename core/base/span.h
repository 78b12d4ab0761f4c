/*
 * A view of bytes that somebody else owns. Not NUL-terminated.
 */
#ifndef CORE_BASE_SPAN_H
#define CORE_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
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

#endif
