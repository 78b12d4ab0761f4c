/*
 * Numbers as JSON has them.
 */
#include "bot/json/put.h"

#include <stdbool.h>
#include <stdio.h>

#include "core/base/mem.h"

/* Puts VALUE's digits so that they end before END; returns where they begin. */
static char *put_digits(char *end, uint64_t value)
{
    do {
        *--end = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    return end;
}

char *json_put_int(char *at, int64_t value)
{
    const uint64_t size = value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value;

    if (value >= 0 && value < 10) {
        *at = (char)('0' + value);
        return at + 1; /* as most reps and efforts are */
    }
    if (value < 0)
        *at++ = '-';
    at++;
    for (uint64_t more = 10; size >= more; more *= 10) /* SIZE is under 10 to the 19th, which fits */
        at++;
    put_digits(at, size);
    return at;
}

/* Most numbers that are written are loads: few digits. printf takes ten times as long for them. NULL where rounding
 * could come out differently. */
static char *put_short(char *at, double value, int decimals)
{
    static const double scales[] = {1, 10, 100, 1000, 10000};
    const double scaled = fabs(value) * scales[decimals];
    uint64_t whole = (uint64_t)(scaled + 0.5), unit = (uint64_t)scales[decimals];

    if (fabs(scaled - floor(scaled) - 0.5) < 1e-3)
        return NULL;
    for (; unit > 1 && whole % 10 == 0; unit /= 10)
        whole /= 10;
    if (value < 0 && whole != 0)
        *at++ = '-';
    at = json_put_int(at, (int64_t)(whole / unit));
    if (unit == 1)
        return at;
    *at++ = '.';
    for (whole %= unit; unit > 1; whole %= unit) {
        unit /= 10;
        *at++ = (char)('0' + whole / unit);
    }
    return at;
}

static char *put_long(char *at, double value, int decimals)
{
    size_t length = (size_t)snprintf(at, JSON_NUMBER_MAX, "%.*f", decimals, value);

    if (memchr(at, '.', length) != NULL) {
        while (at[length - 1] == '0')
            length--;
        if (at[length - 1] == '.')
            length--;
    }
    if (length == 2 && at[0] == '-' && at[1] == '0')
        return json_put(at, "0");
    return at + length;
}

char *json_put_finite(char *at, double value, int decimals)
{
    const bool small = fabs(value) < 1e9;
    char *end = NULL;

    BUG_IF(decimals < 0 || decimals > 17);
    if (small && value == (double)(int64_t)value)
        return json_put_int(at, (int64_t)value);
    if (small && decimals <= 4)
        end = put_short(at, value, decimals);
    return end != NULL ? end : put_long(at, value, decimals);
}
