/*
 * How sets, loads, times and exercises are written in replies.
 */
#ifndef BOT_COACH_WORDING_H
#define BOT_COACH_WORDING_H

#include "bot/coach/turn.h"
#include "core/base/buf.h"
#include "core/lift/set.h"
#include "core/notation/reading.h"

/* What a line of a reply is made for, and how many of them it has in the ordinary case. */
enum { PHONE_COLUMNS = 40, PHONE_LINES = 4 };

/* TEXT, broken between words, or whatever stands BETWEEN (" ", ", "), where a phone's line ends. */
void wording_wrap(const char *text, const char *between, struct buf *out);

/* In the turn's lifter's unit and language. */
/* Of what is lifted and advised; a set that was written in the other one keeps that. */
enum unit wording_unit(const struct turn *turn);
struct notation_style wording_style(const struct turn *turn);
/* "bench press", "Bankdrücken": as the notation writes it. The lifter's names must be loaded. */
void wording_exercise(const struct turn *turn, const char *id, struct buf *out);
/* What was TYPED for an exercise or a part of the body, by its name: "beine" is "Bein", "rdl" its exercise's. */
void wording_part(const struct turn *turn, struct span typed, struct buf *out);
/* "3 sets", "1 set". */
void wording_sets_count(const struct texts *texts, size_t count, struct buf *out);
/* Sets in canonical notation on one line, equal ones together: "squat 3x5 100kg @2", "bench press 80x8 @2, 80x7 @1". */
void wording_sets(const struct turn *turn, const struct set *sets, size_t count, bool with_name, struct buf *out);
/* The same to look back on, in the unit that the lifter wants: a load that was written in another one is rounded. */
void wording_shown(const struct turn *turn, const struct set *sets, size_t count, bool with_name, struct buf *out);
/* That as a list: one line for each exercise that was not interrupted by another. */
void wording_list(struct turn *turn, const struct set *sets, size_t count);
/* "80 kg", "175 lb", "bw+10 kg", "bw". */
void wording_load(const struct turn *turn, enum load_mode mode, double load_kg, struct buf *out);
/* "80 kg x 7", "bw x 8"; "x 7" where LOAD_KG is NAN. */
void wording_work(const struct turn *turn, enum load_mode mode, double load_kg, int reps, struct buf *out);
/* "106.5 kg", "1898 kg": a computed weight, rounded to DECIMALS, 0 or 1. */
void wording_weight(const struct turn *turn, double kg, int decimals, struct buf *out);
/* "82.5", "82,5"; rounded to DECIMALS, 0 or 1. */
void wording_number(const struct turn *turn, double value, struct buf *out);
void wording_rounded(const struct turn *turn, double value, int decimals, struct buf *out);
/* What was measured, never more than it was: "6.5", "23"; nothing for NAN. */
void wording_measure(const struct turn *turn, double value, struct buf *out);
/* "1-3", "2". */
void wording_range(const struct turn *turn, double low, double high, struct buf *out);
/* "2:30". */
void wording_rest(int seconds, struct buf *out);
/* "18:05": MINUTE of the day. */
void wording_time(int minute, struct buf *out);
/* "5 Jan". */
void wording_day(const struct texts *texts, int64_t day, struct buf *out);
/* "Mon 5 Jan". */
void wording_date(const struct texts *texts, int64_t day, struct buf *out);

#endif
