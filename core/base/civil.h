/*
 * Dates of the Gregorian calendar and RFC 3339 times, without time zones' rules: an offset is given, never looked up.
 */
#ifndef CORE_BASE_CIVIL_H
#define CORE_BASE_CIVIL_H

#include <stddef.h>
#include <stdint.h>

enum { CIVIL_HOUR_MS = 60 * 60 * 1000, CIVIL_DAY_MS = 24 * CIVIL_HOUR_MS, CIVIL_WEEK_MS = 7 * CIVIL_DAY_MS };

struct civil {
    int year;  /* 1..9999 */
    int month; /* 1..12 */
    int day;   /* 1..31 */
    int hour, minute, second, millisecond;
    int offset_s; /* seconds east of UTC */
};

/* Days since 1970-01-01. */
int64_t civil_days(int year, int month, int day);
/* 0 Monday … 6 Sunday. */
int civil_weekday(int64_t days);
/* The day that the week of DAYS begins with. */
int64_t civil_monday(int64_t days);
int civil_month_length(int year, int month);

int64_t civil_to_ms(const struct civil *civil); /* milliseconds since the epoch */
void civil_from_ms(int64_t ms, int offset_s, struct civil *civil);

/* Reads "2026-01-05T18:00:00+01:00" (fraction and Z allowed) of exactly LENGTH bytes. 0, or -1 when it is none. */
int civil_parse(const char *text, size_t length, struct civil *civil);
/* Writes RFC 3339 without fraction into TEXT (at least CIVIL_TEXT bytes). Offset 0 is written as +00:00. */
enum { CIVIL_TEXT = 32 };
void civil_print(const struct civil *civil, char *text);

#endif
