/*
 * Writes JSON straight into a buffer, without a tree: fast, and wrong nesting is a bug that aborts.
 *     json_write_begin(&w, '{'); json_write_key(&w, "a"); json_write_int(&w, 1); json_write_end(&w);
 */
#ifndef BOT_JSON_WRITER_H
#define BOT_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/span.h"

enum { JSON_WRITER_DEPTH = 32 };

enum json_writer_awaits {
    JSON_AWAITS_DOCUMENT,
    JSON_AWAITS_ELEMENT,
    JSON_AWAITS_KEY,
    JSON_AWAITS_VALUE, /* of the key that was written */
    JSON_AWAITS_NOTHING
};

struct json_writer {
    struct buf *out;
    char stack[JSON_WRITER_DEPTH]; /* '{' or '[' */
    uint8_t depth;
    uint8_t awaits; /* enum json_writer_awaits */
    bool comma;     /* something stands before in this bracket */
};

void json_write_init(struct json_writer *writer, struct buf *out);
/* What stands before a value: the comma of an element. */
static inline void json_write_comma(struct json_writer *writer)
{
    if (writer->awaits == JSON_AWAITS_VALUE) {
        writer->awaits = JSON_AWAITS_KEY;
    } else if (writer->awaits == JSON_AWAITS_ELEMENT) {
        if (writer->comma)
            buf_addc(writer->out, ',');
    } else {
        BUG_IF(writer->awaits != JSON_AWAITS_DOCUMENT);
        writer->awaits = JSON_AWAITS_NOTHING;
    }
    writer->comma = true;
}
static inline enum json_writer_awaits json_awaits_inside(char bracket)
{
    return bracket == '{' ? JSON_AWAITS_KEY : JSON_AWAITS_ELEMENT;
}
static inline void json_write_begin(struct json_writer *writer, char bracket) /* '{' or '[' */
{
    BUG_IF(bracket != '{' && bracket != '[');
    BUG_IF(writer->depth == JSON_WRITER_DEPTH);
    json_write_comma(writer);
    buf_addc(writer->out, bracket);
    writer->stack[writer->depth++] = bracket;
    writer->awaits = json_awaits_inside(bracket);
    writer->comma = false;
}
static inline void json_write_end(struct json_writer *writer)
{
    BUG_IF(writer->depth == 0 || writer->awaits == JSON_AWAITS_VALUE);
    buf_addc(writer->out, writer->stack[--writer->depth] == '{' ? '}' : ']');
    writer->awaits = writer->depth != 0 ? json_awaits_inside(writer->stack[writer->depth - 1]) : JSON_AWAITS_NOTHING;
    writer->comma = true;
}
void json_write_any_key(struct json_writer *writer, struct span key);
/* KEY has nothing to escape. */
static inline void json_write_plain_key(struct json_writer *writer, struct span key)
{
    const size_t whole = writer->comma + key.length + 3;
    struct buf *out = writer->out;
    char *room;

    if (writer->awaits != JSON_AWAITS_KEY || !buf_has_room(out, whole)) {
        json_write_any_key(writer, key);
        return;
    }
    room = out->data + out->length;
    buf_grew(out, whole);
    *room = ',';
    room += writer->comma;
    *room = '"';
    memcpy(room + 1, key.at, key.length);
    room[key.length + 1] = '"';
    room[key.length + 2] = ':';
    writer->awaits = JSON_AWAITS_VALUE;
}
/* The compiler sees whether a key that stands in the source has something to escape; any other one is looked at. */
#define json_write_key(writer, key)                                                                                    \
    (__builtin_constant_p(key) && __builtin_strchr(key, '"') == NULL && __builtin_strchr(key, '\\') == NULL            \
         ? json_write_plain_key(writer, span_of(key))                                                                  \
         : json_write_any_key(writer, span_of(key)))
/* MEMBERS of an object, as they stand in the source: "\"at\":null,\"note\":null". */
static inline void json_write_members(struct json_writer *writer, const char *members)
{
    const struct span text = span_of(members);
    const size_t whole = text.length + writer->comma;
    char *room;

    BUG_IF(writer->awaits != JSON_AWAITS_KEY);
    room = buf_reserve(writer->out, whole);
    if (room == NULL)
        return;
    *room = ',';
    memcpy(room + writer->comma, text.at, text.length);
    buf_grew(writer->out, whole);
    writer->comma = true;
}
/* Room for SIZE bytes of members to be put there, which come behind those before; NULL: there is none. Up to END, which
 * the last of them ends at, it was filled. */
static inline char *json_write_room(struct json_writer *writer, size_t size)
{
    char *room;

    BUG_IF(writer->awaits != JSON_AWAITS_KEY);
    room = buf_reserve(writer->out, size + 1);
    if (room == NULL)
        return NULL;
    *room = ',';
    return room + writer->comma;
}
static inline void json_write_filled(struct json_writer *writer, const char *end)
{
    buf_grew(writer->out, (size_t)(end - (writer->out->data + writer->out->length)));
    writer->comma = true;
}
void json_write_text(struct json_writer *writer, const char *text); /* NULL writes null; invalid UTF-8 becomes U+FFFD */
void json_write_word(struct json_writer *writer, const char *word); /* the same, of our own: nothing to escape */
void json_write_span(struct json_writer *writer, struct span text);
void json_write_int(struct json_writer *writer, int64_t value);
void json_write_bool(struct json_writer *writer, bool value);
void json_write_null(struct json_writer *writer);
void json_write_number(struct json_writer *writer, double value, int decimals); /* see json_put_number() */
void json_write_raw(struct json_writer *writer, struct span json);              /* a whole value that is already JSON */

#endif
