/*
 * Pieces of JSON, put where room for them was made; each function returns where the next one goes.
 */
#ifndef BOT_JSON_PUT_H
#define BOT_JSON_PUT_H

#include <math.h>
#include <stdint.h>

#include "core/base/span.h"

enum { JSON_NUMBER_MAX = 352 }; /* bytes of a number: DBL_MAX has 309 digits */

/* TEXT as it is. */
static inline char *json_put(char *at, const char *text)
{
    const struct span piece = span_of(text);

    memcpy(at, piece.at, piece.length);
    return at + piece.length;
}

/* WORD of our own in quotes: it has nothing to escape. NULL: null. */
static inline char *json_put_word(char *at, const char *word)
{
    if (word == NULL)
        return json_put(at, "null");
    *at = '"';
    at = json_put(at + 1, word);
    *at = '"';
    return at + 1;
}

char *json_put_int(char *at, int64_t value);

/* So many DECIMALS, trailing zeros dropped; what is finite. */
char *json_put_finite(char *at, double value, int decimals);

/* The same; NAN, which most are that nobody said, is null, as is infinity. */
static inline char *json_put_number(char *at, double value, int decimals)
{
    return isfinite(value) ? json_put_finite(at, value, decimals) : json_put(at, "null");
}

#endif
