/*
 * Sentences that say that a set went to its end: "went to failure on that", "der ging bis nix mehr ging".
 */
#ifndef CORE_NOTATION_ENDED_H
#define CORE_NOTATION_ENDED_H

#include "core/notation/aim.h"

/* FOLDED, which has WORDS, is one, of the set that was done last, or of AIM's name; its piece says how it ended. */
bool ended_read(struct span folded, const struct vocabulary *words, const struct exercise_names *own, struct aim *aim);

#endif
