/*
 * JSON that came from outside, read with type checks. The only room that includes json-c; others see `struct json`,
 * never its inside. Every getter takes NULL and a wrong type and answers NULL or the default: a chain of gets needs one
 * check.
 */
#ifndef BOT_JSON_JSON_H
#define BOT_JSON_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/span.h"

struct json; /* a value: lent by its document, or owned by who parsed or made it */
struct json_parser;

enum { JSON_DEPTH_PARSER = 1000, JSON_DEPTH_EVENT = 100 };

/*
 * Fed as bytes arrive. MAXIMUM (at most INT_MAX) bytes in all; invalid UTF-8, a second document, a bare null or more
 * depth are refused. Of members with the same key the last one counts.
 */
struct json_parser *json_parser_new(size_t maximum);
void json_parser_free(struct json_parser *parser);
int json_parser_feed(struct json_parser *parser, const char *bytes, size_t length); /* -1: refused, for good */
struct json *json_parser_finish(struct json_parser *parser,
                                struct err *err); /* the caller's, by json_free(); NULL: incomplete or refused */

struct json *json_parse(struct span text, struct err *err); /* the caller's */
void json_free(struct json *json);                          /* NULL is fine */
void json_free_secret(struct json *json);        /* wipes its texts first, for whoever else holds it as well */
struct json *json_keep(const struct json *json); /* one more owner; json_free() it */

bool json_is_object(const struct json *json);
bool json_is_array(const struct json *json);
const struct json *json_get(const struct json *object, const char *key);
/* Follows keys: json_path(sync, "rooms", "join", NULL). */
const struct json *json_path(const struct json *object, ...) __attribute__((sentinel));
size_t json_count(const struct json *array); /* 0 when it is none */
const struct json *json_at(const struct json *array, size_t index);

const char *json_text(const struct json *json); /* a string without NUL or lone surrogate inside; else NULL */
const char *json_get_text(const struct json *object, const char *key);
bool json_int(const struct json *json, int64_t *value); /* false: absent, no integer, or clamped by the parser */
bool json_get_int(const struct json *object, const char *key, int64_t *value);
bool json_get_bool(const struct json *object, const char *key, bool otherwise);

/* Walks an object's members: start with a zeroed cursor; false at the end. */
struct json_cursor {
    const void *at;
    bool started;
};
bool json_next(const struct json *object, struct json_cursor *cursor, const char **key, const struct json **value);

/*
 * One event is checked by itself, so that a bad one never costs the rest: an object, depth, size of its text, no lone
 * surrogates, no NUL in keys. 0 or -1.
 */
int json_check_event(const struct json *event, size_t maximum_bytes, struct err *err);

void json_print(const struct json *json, struct buf *out); /* compact */

/*
 * Canonical JSON (Matrix specification, appendices): keys by code point, shortest form, integers within ±(2^53 - 1)
 * only. Refuses floats, -0, clamped integers, lone surrogates and NUL in keys with ERR_INPUT, more than OUT takes with
 * ERR_LIMIT. Leaves out the members WITHOUT (NULL-terminated; may be NULL) of the outermost object.
 */
int json_canonical(const struct json *json, const char *const *without, struct buf *out, struct err *err);

#endif
