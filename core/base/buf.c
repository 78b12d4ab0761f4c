/*
 * A growing string of bytes with a declared maximum.
 */
#include "core/base/buf.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/base/mem.h"

enum { FIRST_CAPACITY = 64 };

void buf_init(struct buf *buf, size_t maximum)
{
    *buf = (struct buf)BUF_INIT(maximum);
}

void buf_release(struct buf *buf)
{
    free(buf->data);
    buf_init(buf, buf->maximum);
}

void buf_clear(struct buf *buf)
{
    buf->length = 0;
    buf->overflowed = false;
    if (buf->data != NULL)
        buf->data[0] = '\0';
}

char *buf_reserve_slowly(struct buf *buf, size_t length)
{
    size_t wanted;

    if (buf->overflowed || length > buf->maximum - buf->length) {
        buf->overflowed = true;
        return NULL;
    }
    wanted = buf->length + length + 1;
    if (wanted > buf->capacity) {
        size_t capacity = buf->capacity != 0 ? buf->capacity : FIRST_CAPACITY;

        while (capacity < wanted)
            capacity *= 2;
        if (capacity > buf->maximum)
            capacity = buf->maximum + 1;
        buf->data = mem_resize(buf->data, capacity, 1);
        buf->capacity = capacity;
    }
    return buf->data + buf->length;
}

int buf_add_span(struct buf *buf, struct span span)
{
    return buf_add(buf, span.at, span.length);
}

int buf_vaddf(struct buf *buf, const char *format, va_list arguments)
{
    const size_t left = buf->overflowed ? 0 : buf->capacity - buf->length;
    char *room = left != 0 ? buf->data + buf->length : NULL;
    va_list again;
    int needed;

    va_copy(again, arguments);
    needed = vsnprintf(room, left, format, again);
    va_end(again);
    BUG_IF(needed < 0);
    if ((size_t)needed >= left) {
        if (room != NULL)
            *room = '\0'; /* it was cut */
        room = buf_reserve(buf, (size_t)needed);
        if (room == NULL)
            return -1;
        vsnprintf(room, (size_t)needed + 1, format, arguments);
    }
    buf_grew(buf, (size_t)needed);
    return 0;
}

int buf_addf(struct buf *buf, const char *format, ...)
{
    va_list arguments;
    int result;

    va_start(arguments, format);
    result = buf_vaddf(buf, format, arguments);
    va_end(arguments);
    return result;
}

void buf_truncate(struct buf *buf, size_t length)
{
    BUG_IF(length > buf->length);
    buf->length = length;
    if (buf->data != NULL)
        buf->data[length] = '\0';
}

const char *buf_text(const struct buf *buf)
{
    return buf->data != NULL ? buf->data : "";
}

struct span buf_span(const struct buf *buf)
{
    return (struct span){buf_text(buf), buf->length};
}

char *buf_steal(struct buf *buf)
{
    char *text = buf->data != NULL ? buf->data : mem_strndup("", 0);

    buf_init(buf, buf->maximum);
    return text;
}
