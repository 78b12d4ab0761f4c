/*
 * Check-ins in words: the questions, and what follows from the answers.
 */
#ifndef BOT_COACH_CHECKIN_SAY_H
#define BOT_COACH_CHECKIN_SAY_H

#include "bot/coach/checkin_plan.h"

/* The questions; the first time with how to end them. */
void checkin_say_questions(struct turn *turn, const struct checkin_plan *plan);
/* The first item of MISSING is asked as a poll, after what is said, where PLAN has them. */
bool checkin_ask_poll(struct turn *turn, const struct checkin_plan *plan, unsigned missing);
/* "soreness, stress": the items of ITEMS. */
void checkin_print_items(const struct turn *turn, unsigned items, struct buf *out);
/* "4 3 4 5 4, knee 2": what ROW says, as it can be typed. */
void checkin_print(const struct turn *turn, const struct coach_checkin *row, struct buf *out);
/* " ▅▅▆▂": the means of the last ones of COUNT; nothing for a single one. */
void checkin_print_chart(const struct checkin *checkins, size_t count, struct buf *out);
/* "Sun 18 Jan, 18:00". */
void checkin_print_time(const struct turn *turn, int64_t at_ms, struct buf *out);

/* What the last check-in comes to, together with the log: two numbers, what is low, what to do. 1 when it has
 * consequences itself, which can be declined, 0, -1. */
int checkin_say_result(struct turn *turn, struct err *err);

#endif
