/*
 * Sets, advice and what was said, as the JSON that contract and tests know.
 */
#ifndef BOT_CONSOLE_SHOW_H
#define BOT_CONSOLE_SHOW_H

#include "bot/json/writer.h"
#include "core/effort/effort.h"
#include "core/effort/ledger.h"
#include "core/effort/prospect.h"
#include "core/effort/warning.h"
#include "core/lift/records.h"
#include "core/lift/set.h"
#include "core/notation/reading.h"

/* OFFSET_S: the zone that `at` is written in. */
void show_set(struct json_writer *writer, const struct set *set, int offset_s);
void show_sets(struct json_writer *writer, const struct set *sets, size_t count, int offset_s);
/* ADVICE NULL writes null. */
void show_advice(struct json_writer *writer, const struct advice *advice, const char *exercise);
/* WEEK NULL writes null; DAY is its Monday. */
void show_forecast(struct json_writer *writer, const struct foretold *forecast);
void show_week(struct json_writer *writer, const struct ledger *week, int64_t day);
void show_records(struct json_writer *writer, unsigned records);
/* The ids of those of ADVICE's reasons that warn, and of WARNINGS. Both may be NULL. */
void show_warnings(struct json_writer *writer, const struct advice *advice, const struct warnings *warnings);
void show_question(struct json_writer *writer, const char *text, const struct reading_option *options, size_t count,
                   const struct set *sets, int offset_s);
void show_error(struct json_writer *writer, const char *text, const char *hint);

#endif
