/*
 * Words and numbers in folded text; see scan.h.
 */
#include "core/notation/scan.h"

#include <stdint.h>

#include "core/base/ascii.h"

enum { DIGITS_MAX = 6, DECIMALS_MAX = 8 };

static char byte_at(struct span text, size_t at)
{
    return at < text.length ? text.at[at] : '\0';
}

size_t scan_word(struct span text)
{
    size_t length = 0;

    for (;; length++) {
        char byte = byte_at(text, length);
        bool joins = (byte == '-' || byte == '\'') && length != 0 && scan_is_letter(byte_at(text, length + 1));

        if (!scan_is_letter(byte) && !joins)
            return length;
    }
}

/* Digits from AT on, up to MOST of them, behind those of VALUE. -1: there are more. */
static int take_digits(struct span text, size_t at, size_t most, int64_t *value, size_t *count)
{
    for (*count = 0; ascii_is_digit(byte_at(text, at + *count)); ++*count) {
        if (*count == most)
            return -1;
        *value = *value * 10 + (byte_at(text, at + *count) - '0');
    }
    return 0;
}

int scan_number(struct span text, const char *points, struct scan_number *number)
{
    static const double scales[DECIMALS_MAX + 1] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8};
    int64_t value = 0;
    char point;

    number->decimals = 0;
    if (take_digits(text, 0, DIGITS_MAX, &value, &number->digits) < 0)
        return -1;
    point = byte_at(text, number->digits);
    if (point != '\0' && strchr(points, point) != NULL &&
        take_digits(text, number->digits + 1, DECIMALS_MAX, &value, &number->decimals) < 0)
        return -1;
    number->length = number->digits + (number->decimals != 0 ? number->decimals + 1 : 0);
    number->value = (double)value / scales[number->decimals];
    return 0;
}
