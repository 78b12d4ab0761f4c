/*
 * The answer to a check-in, read: numbers in their order, or words with numbers in any.
 */
#ifndef BOT_COACH_CHECKIN_READ_H
#define BOT_COACH_CHECKIN_READ_H

#include "bot/coach/store_port.h"
#include "core/base/span.h"

/* The items that are answered: bits 1 << enum checkin_item. */
#define CHECKIN_ALL ((1U << CHECKIN_ITEMS) - 1)
unsigned checkin_answered(const struct coach_checkin *checkin);

/* Nothing said. */
void checkin_clear(struct coach_checkin *checkin);
/* What LATER says goes before what CHECKIN says. */
void checkin_merge(struct coach_checkin *checkin, const struct coach_checkin *later);

struct checkin_said {
    int numbers[CHECKIN_ITEMS], count; /* bare ones, 1 to 5, in front or behind words that say nothing */
    struct coach_checkin words;
};

/* "4 3 4 5 4", "sleep 2 mood 4", "4 3 4 5 4, slept 6,5h, pain knee 2, no dread". False: TEXT is no answer, or not as a
 * whole. */
bool checkin_read(struct span text, struct checkin_said *said);
/* The bare numbers stand for the items of MISSING, all of them, in order; false: there are more or fewer. */
bool checkin_take(const struct checkin_said *said, unsigned missing, struct coach_checkin *checkin);

#endif
