/*
 * Words and numbers in folded text; see scan.h.
 */
#include "core/notation/scan.h"

#include <stdint.h>

#include "core/base/ascii.h"

enum { DIGITS_MAX = 6, DECIMALS_MAX = 8 };

size_t scan_word(struct span text)
{
    size_t length = 0;

    while (length < text.length && scan_in_word(text, length))
        length++;
    return length;
}

/* Digits from AT on, up to MOST of them, behind those of VALUE. -1: there are more. */
static int take_digits(struct span text, size_t at, size_t most, int64_t *value, size_t *count)
{
    size_t end = at;

    for (; end < text.length && ascii_is_digit(text.at[end]); end++) {
        if (end - at == most)
            return -1;
        *value = *value * 10 + (text.at[end] - '0');
    }
    *count = end - at;
    return 0;
}

static bool is_point(char byte, const char *points)
{
    return byte != '\0' && points[0] != '\0' && (byte == points[0] || byte == points[1]);
}

int scan_number(struct span text, const char *points, struct scan_number *number)
{
    static const double scales[DECIMALS_MAX + 1] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8};
    int64_t value = 0;

    number->decimals = 0;
    if (take_digits(text, 0, DIGITS_MAX, &value, &number->digits) < 0)
        return -1;
    if (number->digits < text.length && is_point(text.at[number->digits], points) &&
        take_digits(text, number->digits + 1, DECIMALS_MAX, &value, &number->decimals) < 0)
        return -1;
    number->length = number->digits + (number->decimals != 0 ? number->decimals + 1 : 0);
    number->value = (double)value / scales[number->decimals];
    return 0;
}

bool scan_take_number(struct span *text, double *value)
{
    struct scan_number number;

    if (text->length == 0 || !ascii_is_digit(text->at[0]) || scan_number(*text, ".,", &number) < 0)
        return false;
    *value = number.value;
    *text = span_past(*text, number.length);
    return true;
}

size_t scan_count_numbers(struct span text)
{
    size_t count = 0;
    bool fraction = false; /* the number that was found last */
    bool digit = false, before;

    for (size_t i = 0; i < text.length; i++) {
        before = digit;
        digit = ascii_is_digit(text.at[i]);
        if (!digit || before)
            continue;
        fraction = !fraction && i > 1 && is_point(text.at[i - 1], ".,") && ascii_is_digit(text.at[i - 2]);
        count += !fraction;
    }
    return count;
}
