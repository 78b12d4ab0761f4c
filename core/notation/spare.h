/*
 * What was left in the set before, as people say it who don't count it: "more like 2 left", "da gingen noch 2".
 */
#ifndef CORE_NOTATION_SPARE_H
#define CORE_NOTATION_SPARE_H

#include <stdbool.h>

#include "core/notation/words.h"

enum { SPARE_MOST = 5 /* as many in reserve as people tell apart */ };

/* Whether FOLDED, which has WORDS (NULL: they aren't known), says that and nothing else. *RIR: reps in reserve; NAN:
 * nobody says how many, or whether it is reps that were left: "could've done more", "2 left". */
bool spare_read(struct span folded, const struct vocabulary *words, double *rir);

/* Whether FOLDED may say that, among words that aren't known: *RIR would be how many. */
bool spare_guess(struct span folded, double *rir);

/* Whether FOLDED says how a set was, and nothing else: "that was hard", "felt heavy today". */
bool spare_felt(struct span folded);

#endif
