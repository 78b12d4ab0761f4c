/*
 * What stands in the fields of exports: numbers with a point or a comma, and times as apps write them in several
 * languages.
 */
#ifndef BOT_EXCHANGE_FIELD_H
#define BOT_EXCHANGE_FIELD_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/span.h"

/* "82.5", "82,5", " 5 ": false for anything else and for an empty field. */
bool field_number(struct span text, double *value);

/* "2026-01-05 18:00:00", "14 Sep 2026, 17:29", "Jun 11, 2026, 1:01 PM", "28 Abr 2026, 07:34". No time zone is written:
 * milliseconds since the epoch as if it were UTC. */
bool field_time(struct span text, int64_t *at_ms);

/* Whether a spreadsheet takes a field that begins with FIRST for a formula, and runs it (CWE-1236). In our own exports
 * such a text has a quote before it, by which they know text; so has one that begins with the quote itself. */
bool field_is_formula(char first);

#endif
