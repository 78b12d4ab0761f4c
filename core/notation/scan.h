/*
 * Folded text byte by byte: letters, words and numbers, as the lexer of sets and the reader of plans both find them.
 */
#ifndef CORE_NOTATION_SCAN_H
#define CORE_NOTATION_SCAN_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/base/span.h"

/* Letters of other scripts come as bytes over 0x7F. */
static inline bool scan_is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (unsigned char)byte >= 0x80;
}

/* Whether the byte AT goes on a word that begins with TEXT: a letter, or a hyphen or apostrophe between two. */
static inline bool scan_in_word(struct span text, size_t at)
{
    const char byte = text.at[at];

    return scan_is_letter(byte) ||
           ((byte == '-' || byte == '\'') && at != 0 && at + 1 < text.length && scan_is_letter(text.at[at + 1]));
}

/* Bytes of the word at the front of TEXT. 0: none stands there. */
size_t scan_word(struct span text);

struct scan_number {
    double value;
    size_t digits, decimals; /* before and behind the point */
    size_t length;           /* bytes */
};

/* The number at the front of TEXT, its point one of POINTS, two at most; a point alone is none of it. -1: it is longer
 * than any of ours. */
int scan_number(struct span text, const char *points, struct scan_number *number);

/* Takes the number in digits off TEXT's front, its point a point or a comma, and the spaces behind. False: none is. */
bool scan_take_number(struct span *text, double *value);

/* How many numbers stand in TEXT, also within words: "82,5" is one, "80x8" two. */
size_t scan_count_numbers(struct span text);

/* No number that people write says more. */
static inline double scan_hundredths(double value)
{
    return round(value * 100.0) / 100.0;
}

#endif
