/*
 * Dates of the Gregorian calendar and RFC 3339 times.
 */
#include "core/base/civil.h"

#include <stdbool.h>
#include <stdio.h>

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

/* Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years start in March, eras have 400 years. */
int64_t civil_days(int year, int month, int day)
{
    int64_t y = (int64_t)year - (month <= 2);
    int64_t era = floor_div(y, 400);
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

static void days_to_date(int64_t days, struct civil *civil)
{
    int64_t z = days + 719468;
    int64_t era = floor_div(z, 146097);
    int64_t day_of_era = z - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;

    civil->day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    civil->month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    civil->year = (int)(year_of_era + era * 400 + (civil->month <= 2));
}

int civil_weekday(int64_t days)
{
    int64_t weekday = (days + 3) % 7; /* 1970-01-01 was a Thursday */

    return (int)(weekday < 0 ? weekday + 7 : weekday);
}

int64_t civil_monday(int64_t days)
{
    return days - civil_weekday(days);
}

int civil_month_length(int year, int month)
{
    static const int lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return lengths[month - 1] + (month == 2 && leap);
}

int64_t civil_to_ms(const struct civil *civil)
{
    int64_t seconds = civil_days(civil->year, civil->month, civil->day) * 86400 + civil->hour * 3600 +
                      civil->minute * 60 + civil->second - civil->offset_s;

    return seconds * 1000 + civil->millisecond;
}

void civil_from_ms(int64_t ms, int offset_s, struct civil *civil)
{
    int64_t local = ms + (int64_t)offset_s * 1000;
    int64_t days = floor_div(local, CIVIL_DAY_MS);
    int64_t rest = local - days * CIVIL_DAY_MS;

    days_to_date(days, civil);
    civil->hour = (int)(rest / CIVIL_HOUR_MS);
    civil->minute = (int)(rest / 60000 % 60);
    civil->second = (int)(rest / 1000 % 60);
    civil->millisecond = (int)(rest % 1000);
    civil->offset_s = offset_s;
}

/* COUNT digits at TEXT, or -1. */
static int digits(const char *text, int count)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/* Reads "Z" or "+hh:mm" at TEXT of LENGTH bytes. */
static int parse_offset(const char *text, size_t length, int *offset_s)
{
    int hours, minutes;

    *offset_s = 0;
    if (length == 1 && (text[0] == 'Z' || text[0] == 'z'))
        return 0;
    if (length != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':')
        return -1;
    hours = digits(text + 1, 2);
    minutes = digits(text + 4, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
        return -1;
    *offset_s = (hours * 3600 + minutes * 60) * (text[0] == '-' ? -1 : 1);
    return 0;
}

/* Reads ".123" at TEXT; returns how many bytes it takes, 0 when there is none, digits past the third ignored. */
static size_t parse_fraction(const char *text, size_t length, int *millisecond)
{
    int scale = 100;
    size_t used = 1;

    *millisecond = 0;
    if (length < 2 || text[0] != '.' || digits(text + 1, 1) < 0)
        return 0;
    for (; used < length && digits(text + used, 1) >= 0; used++, scale /= 10)
        *millisecond += (text[used] - '0') * scale;
    return used;
}

static bool in_range(const struct civil *c)
{
    return c->year >= 1 && c->month >= 1 && c->month <= 12 && c->day >= 1 &&
           c->day <= civil_month_length(c->year, c->month) && c->hour >= 0 && c->hour <= 23 && c->minute >= 0 &&
           c->minute <= 59 && c->second >= 0 && c->second <= 59;
}

int civil_parse(const char *text, size_t length, struct civil *civil)
{
    size_t at = 19;

    if (length < 20 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't') || text[13] != ':' ||
        text[16] != ':')
        return -1;
    civil->year = digits(text, 4);
    civil->month = digits(text + 5, 2);
    civil->day = digits(text + 8, 2);
    civil->hour = digits(text + 11, 2);
    civil->minute = digits(text + 14, 2);
    civil->second = digits(text + 17, 2);
    if (!in_range(civil))
        return -1;
    at += parse_fraction(text + at, length - at, &civil->millisecond);
    return parse_offset(text + at, length - at, &civil->offset_s);
}

void civil_print(const struct civil *civil, char *text)
{
    int minutes = (civil->offset_s < 0 ? -civil->offset_s : civil->offset_s) / 60;

    /* The casts bound what the compiler must reckon with; the values are in range by the type's contract. */
    snprintf(text, CIVIL_TEXT, "%04u-%02u-%02uT%02u:%02u:%02u%c%02u:%02u", (unsigned)civil->year % 10000U,
             (unsigned)civil->month % 100U, (unsigned)civil->day % 100U, (unsigned)civil->hour % 100U,
             (unsigned)civil->minute % 100U, (unsigned)civil->second % 100U, civil->offset_s < 0 ? '-' : '+',
             (unsigned)minutes / 60U % 100U, (unsigned)minutes % 60U);
}
