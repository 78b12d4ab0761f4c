/*
 * A sentence that may put right a set that was said before: "i counted wrong, there were 9 of those", "the bar is only
 * 15 here so it's 75". By that set, what its numbers would be; whether it was meant so is for whoever wrote it to say.
 */
#ifndef CORE_NOTATION_QUALM_H
#define CORE_NOTATION_QUALM_H

#include "core/base/buf.h"
#include "core/base/span.h"
#include "core/lift/set.h"
#include "core/notation/aim.h"

enum { QUALM_VALUES = 4 };

enum qualm_kind { QUALM_BARE, QUALM_LOAD, QUALM_REPS, QUALM_SECONDS };

struct qualm_value {
    double number;
    enum qualm_kind kind;
    int unit;    /* enum unit, of a load; -1: not said */
    bool denied; /* "not 8", "8 ->": it isn't so */
};

/* What was said, before it is known of which set. */
struct qualm {
    struct aim aim; /* its set: 0, that which was done last */
    struct qualm_value values[QUALM_VALUES];
    int count;
    struct span effort; /* Lent */
    double rir;         /* the same in other words; NAN */
    bool sure;          /* a word says that something was wrong */
    int unknown;        /* words that nobody knows */
};

/* Whether FOLDED may be one: a word of it says that something was otherwise, or how many reps were left, and none that
 * it is of something else. */
bool qualm_read(struct span folded, struct qualm *qualm);

/* What QUALM says that SET was, for piece_read(), into OUT. False: its numbers fit in no way, in several, or change
 * nothing. */
bool qualm_settle(const struct qualm *qualm, const struct set *set, struct buf *out);

#endif
