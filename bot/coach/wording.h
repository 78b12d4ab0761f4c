/*
 * How sets, loads, times and exercises are written in replies.
 */
#ifndef BOT_COACH_WORDING_H
#define BOT_COACH_WORDING_H

#include "bot/chat/texts.h"
#include "bot/coach/lifter.h"
#include "core/base/buf.h"
#include "core/lift/set.h"

/* "bench press": as the notation writes it. The lifter's names must be loaded. */
void wording_exercise(const struct lifter *lifter, const char *id, struct buf *out);
/* "3 sets", "1 set". */
void wording_sets_count(const struct texts *texts, size_t count, struct buf *out);
/* Sets in canonical notation on one line, equal ones together: "squat 3x5 100kg @2", "bench press 80x8 @2, 80x7 @1". */
void wording_sets(const struct set *sets, size_t count, enum unit unit, bool with_name, struct buf *out);
/* "80 kg", "175 lb", "bw+10 kg", "bw". */
void wording_load(enum load_mode mode, double load_kg, enum unit unit, struct buf *out);
/* What was measured, never more than it was: "6.5", "23"; nothing for NAN. */
void wording_measure(double value, struct buf *out);
/* "1-3", "2". */
void wording_range(double low, double high, struct buf *out);
/* "2:30". */
void wording_rest(int seconds, struct buf *out);
/* "Mon 5 Jan". */
void wording_date(const struct texts *texts, int64_t day, struct buf *out);

#endif
