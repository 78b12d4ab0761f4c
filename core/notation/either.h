/*
 * What may be said of the last set in two ways: "15 for the last one" is of the set that is booked or of one that isn't
 * yet, "make that a 9" is how many reps it had or how hard it was; and of more sets than that.
 */
#ifndef CORE_NOTATION_EITHER_H
#define CORE_NOTATION_EITHER_H

#include <stdbool.h>

#include "core/base/span.h"
#include "core/notation/words.h"

struct at_last {
    struct span piece; /* from the number on */
    bool further;      /* "and": besides what was said */
};

/* FOLDED, which has WORDS, is "15 for the last one", "und 15 beim letzten", and nothing else. */
bool either_at_last(struct span folded, const struct vocabulary *words, struct at_last *said);
/* The same of "make that a 9", "mach ne 8,5 draus": "a 9" is PIECE. */
bool either_rating(struct span folded, const struct vocabulary *words, struct span *piece);

/* The same of "was 12 not 12.5, all of them", which is of several sets: "12 not 12.5" is PIECE. */
bool either_of_all(struct span folded, const struct vocabulary *words, struct span *piece);

#endif
