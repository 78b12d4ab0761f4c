/*
 * A growing string of bytes with a declared maximum, always NUL-terminated behind its length.
 * A write that would pass the maximum changes nothing and marks the buffer `overflowed`; later writes are refused too,
 * so that one check at the end is enough. Every buffer that is fed from outside gets a maximum that its author thought
 * about.
 */
#ifndef CORE_BASE_BUF_H
#define CORE_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/span.h"

struct buf {
    char *data;      /* never NULL after the first write; use buf_text() for a C string at any time */
    size_t length;   /* bytes in use, without the NUL */
    size_t capacity; /* bytes allocated, at most one more than the maximum: for the NUL */
    size_t maximum;  /* length is never more than this */
    bool overflowed;
};

#define BUF_INIT(max)                                                                                                  \
    {                                                                                                                  \
        NULL, 0, 0, (max), false                                                                                       \
    }

void buf_init(struct buf *buf, size_t maximum);
void buf_release(struct buf *buf); /* frees the bytes; the buffer may be used again with the same maximum */
void buf_clear(struct buf *buf);   /* length 0, the memory is kept */

/* Whether there is room for LENGTH more bytes already. */
static inline bool buf_has_room(const struct buf *buf, size_t length)
{
    return !buf->overflowed && length < buf->capacity - buf->length;
}
/* Room for LENGTH more bytes at the end, to be filled by the caller and claimed with buf_grew(); NULL past the
 * maximum. */
char *buf_reserve_slowly(struct buf *buf, size_t length); /* buf_reserve() where there is no room yet */
static inline char *buf_reserve(struct buf *buf, size_t length)
{
    return buf_has_room(buf, length) ? buf->data + buf->length : buf_reserve_slowly(buf, length);
}
static inline void buf_grew(struct buf *buf, size_t length)
{
    BUG_IF(length >= buf->capacity - buf->length);
    buf->length += length;
    buf->data[buf->length] = '\0';
}

/* All return 0, or -1 when the maximum would be passed. */
static inline int buf_add(struct buf *buf, const void *bytes, size_t length)
{
    char *room = buf_reserve(buf, length);

    if (room == NULL)
        return -1;
    if (length != 0)
        memcpy(room, bytes, length);
    buf->length += length;
    buf->data[buf->length] = '\0';
    return 0;
}
static inline int buf_adds(struct buf *buf, const char *text)
{
    return buf_add(buf, text, strlen(text));
}
static inline int buf_addc(struct buf *buf, char byte)
{
    if (!buf_has_room(buf, 1))
        return buf_add(buf, &byte, 1);
    buf->data[buf->length++] = byte;
    buf->data[buf->length] = '\0';
    return 0;
}
int buf_add_span(struct buf *buf, struct span span);
int buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
int buf_vaddf(struct buf *buf, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

void buf_truncate(struct buf *buf, size_t length); /* LENGTH must not be more than the length */
const char *buf_text(const struct buf *buf);       /* "" when nothing was written; lent until the next write */
struct span buf_span(const struct buf *buf);
char *buf_steal(struct buf *buf); /* the caller frees it; the buffer is empty then. "" when nothing was written */

#endif
