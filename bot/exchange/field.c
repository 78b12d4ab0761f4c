/*
 * Numbers and times; see field.h.
 */
#include "bot/exchange/field.h"

#include <string.h>

#include "core/base/ascii.h"
#include "core/base/buf.h"
#include "core/base/civil.h"
#include "core/base/mem.h"
#include "core/text/fold.h"

enum { DIGITS_MAX = 15, TIME_SIZE = 64, TIME_NUMBERS = 6 };

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static struct span trim(struct span text)
{
    while (text.length > 0 && ascii_is_space(text.at[0])) {
        text.at++;
        text.length--;
    }
    while (text.length > 0 && ascii_is_space(text.at[text.length - 1]))
        text.length--;
    return text;
}

bool field_number(struct span text, double *value)
{
    double number = 0, scale = 0;
    bool negative;
    size_t i = 0, digits = 0;

    text = trim(text);
    negative = text.length > 0 && text.at[0] == '-';
    if (negative)
        i++;
    for (; i < text.length; i++) {
        if (is_digit(text.at[i])) {
            if (++digits > DIGITS_MAX && scale == 0)
                return false;
            if (digits > DIGITS_MAX) /* "74.99999999999999": what no double holds */
                continue;
            number = number * 10 + (text.at[i] - '0');
            scale *= 10;
        } else if ((text.at[i] == '.' || text.at[i] == ',') && scale == 0) {
            scale = 1;
        } else {
            return false;
        }
    }
    if (digits == 0)
        return false;
    if (scale > 1)
        number /= scale;
    *value = negative ? -number : number;
    return true;
}

/* The first letters of months, folded: English, German, French, Spanish, Portuguese, Italian, Dutch, Turkish. */
static const struct month {
    const char *letters;
    int number;
} months[] = {
    {"jan", 1},  {"ene", 1},  {"gen", 1},  {"oca", 1},  {"feb", 2},  {"fev", 2},  {"sub", 2},  {"mar", 3},  {"mrt", 3},
    {"maa", 3},  {"apr", 4},  {"avr", 4},  {"abr", 4},  {"nis", 4},  {"may", 5},  {"mai", 5},  {"mag", 5},  {"mei", 5},
    {"jun", 6},  {"juin", 6}, {"giu", 6},  {"haz", 6},  {"jul", 7},  {"juil", 7}, {"lug", 7},  {"tem", 7},  {"aug", 8},
    {"aou", 8},  {"ago", 8},  {"agu", 8},  {"sep", 9},  {"set", 9},  {"eyl", 9},  {"oct", 10}, {"okt", 10}, {"out", 10},
    {"ott", 10}, {"eki", 10}, {"nov", 11}, {"kas", 11}, {"dec", 12}, {"dez", 12}, {"dic", 12}, {"ara", 12},
};

/* Numbers and words of a time, in the order that they stand in. */
struct time_parts {
    int numbers[TIME_NUMBERS];
    char before[TIME_NUMBERS]; /* the byte in front of each; '\0' for the first */
    int count;
    int month; /* by name; 0: none */
    bool morning, afternoon;
};

static void take_word(struct time_parts *parts, struct span word)
{
    parts->morning |= span_is(word, "am") || span_is(word, "a");
    parts->afternoon |= span_is(word, "pm") || span_is(word, "p");
    for (size_t i = 0; i < ARRAY_LENGTH(months) && parts->month == 0; i++)
        if (span_starts(word, months[i].letters))
            parts->month = months[i].number;
}

static bool take_number(struct time_parts *parts, struct span digits, char before)
{
    int value = 0;

    if (parts->count == TIME_NUMBERS || digits.length > 4)
        return parts->count == TIME_NUMBERS; /* a fraction of a second or an offset behind it all is left aside */
    for (size_t i = 0; i < digits.length; i++)
        value = value * 10 + (digits.at[i] - '0');
    parts->before[parts->count] = before;
    parts->numbers[parts->count++] = value;
    return true;
}

static bool take_parts(struct time_parts *parts, struct span text)
{
    size_t i = 0;

    while (i < text.length) {
        size_t from = i;

        while (i < text.length && is_digit(text.at[i]))
            i++;
        if (i > from) {
            if (!take_number(parts, (struct span){text.at + from, i - from}, from > 0 ? text.at[from - 1] : '\0'))
                return false;
            continue;
        }
        while (i < text.length && text.at[i] >= 'a' && text.at[i] <= 'z')
            i++;
        if (i > from)
            take_word(parts, (struct span){text.at + from, i - from});
        else
            i++;
    }
    return true;
}

/* Day and year of a date whose month is a word: the year is the one that is no day. */
static bool place_named(const struct time_parts *parts, struct civil *civil)
{
    bool year_first = parts->count >= 2 && parts->numbers[0] > 31;

    if (parts->count < 2)
        return false;
    civil->year = parts->numbers[year_first ? 0 : 1];
    civil->month = parts->month;
    civil->day = parts->numbers[year_first ? 1 : 0];
    return true;
}

/* A spreadsheet writes "25-02-2023" or "25.02.2023" back where those are the country's dates: the day is first. With
 * strokes it may as well be the month, and nothing is read. */
static bool is_day_first(const struct time_parts *parts)
{
    return parts->numbers[2] >= 1000 && parts->before[1] == parts->before[2] &&
           (parts->before[1] == '-' || parts->before[1] == '.');
}

static bool place_date(const struct time_parts *parts, struct civil *civil, int *used)
{
    bool day_first;

    *used = parts->month != 0 ? 2 : 3;
    if (parts->month != 0)
        return place_named(parts, civil);
    if (parts->count < 3 || parts->before[1] == ':' || parts->before[2] == ':')
        return false;
    day_first = is_day_first(parts);
    if (!day_first && parts->numbers[0] < 1000)
        return false;
    civil->year = parts->numbers[day_first ? 2 : 0];
    civil->month = parts->numbers[1];
    civil->day = parts->numbers[day_first ? 0 : 2];
    return true;
}

static bool place_clock(const struct time_parts *parts, struct civil *civil, int used)
{
    if (parts->count == used)
        return true;
    if (parts->count < used + 2 || parts->before[used + 1] != ':')
        return false;
    civil->hour = parts->numbers[used];
    civil->minute = parts->numbers[used + 1];
    if (parts->count > used + 2 && parts->before[used + 2] == ':')
        civil->second = parts->numbers[used + 2];
    if ((parts->morning || parts->afternoon) && civil->hour > 12)
        return false;
    if (parts->morning || parts->afternoon)
        civil->hour = civil->hour % 12 + (parts->afternoon ? 12 : 0);
    return civil->hour < 24 && civil->minute < 60 && civil->second < 60;
}

bool field_time(struct span text, int64_t *at_ms)
{
    struct buf folded = BUF_INIT(TIME_SIZE);
    struct time_parts parts = {0};
    struct civil civil = {0};
    int used;
    bool read = text_fold(text, &folded) == 0 && take_parts(&parts, buf_span(&folded)) &&
                place_date(&parts, &civil, &used) && place_clock(&parts, &civil, used) && civil.year >= 1990 &&
                civil.year <= 9999 && civil.month >= 1 && civil.month <= 12 && civil.day >= 1 &&
                civil.day <= civil_month_length(civil.year, civil.month);

    buf_release(&folded);
    if (read)
        *at_ms = civil_to_ms(&civil);
    return read;
}

bool field_is_formula(char first)
{
    return first != '\0' && strchr("=+-@\t\r\'", first) != NULL;
}
