/*
 * Writes JSON straight into a buffer, without a tree: fast, and wrong nesting is a bug that aborts.
 *     json_write_begin(&w, '{'); json_write_key(&w, "a"); json_write_int(&w, 1); json_write_end(&w);
 */
#ifndef BOT_JSON_WRITER_H
#define BOT_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/span.h"

enum { JSON_WRITER_DEPTH = 32 };

struct json_writer {
    struct buf *out;
    char stack[JSON_WRITER_DEPTH]; /* '{' or '[' */
    int depth;
    bool comma; /* something stands before in this bracket */
    bool keyed; /* a key waits for its value */
};

void json_write_init(struct json_writer *writer, struct buf *out);
void json_write_begin(struct json_writer *writer, char bracket); /* '{' or '[' */
void json_write_end(struct json_writer *writer);
/* A key that stands in the source has nothing to escape; any other one is looked at. */
#define json_write_key(writer, key)                                                                                    \
    json_write_key_span(writer, span_of(key),                                                                          \
                        __builtin_constant_p(key) && __builtin_strchr(key, '"') == NULL &&                             \
                            __builtin_strchr(key, '\\') == NULL)
void json_write_key_span(struct json_writer *writer, struct span key, bool plain);
void json_write_text(struct json_writer *writer, const char *text); /* NULL writes null; invalid UTF-8 becomes U+FFFD */
void json_write_span(struct json_writer *writer, struct span text);
void json_write_int(struct json_writer *writer, int64_t value);
void json_write_number(struct json_writer *writer, double value,
                       int decimals); /* trailing zeros dropped; NAN writes null */
void json_write_bool(struct json_writer *writer, bool value);
void json_write_null(struct json_writer *writer);
void json_write_raw(struct json_writer *writer, struct span json); /* a whole value that is already JSON */

#endif
