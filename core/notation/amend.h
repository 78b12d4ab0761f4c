/*
 * Corrections in which people say first that something was wrong, or how it went: "typo, was 85", "scratch the last
 * pull up set i only got 8", "delete the last one, wrong machine", "that was a grinder, rpe 9.5".
 */
#ifndef CORE_NOTATION_AMEND_H
#define CORE_NOTATION_AMEND_H

#include "core/notation/aim.h"
#include "core/notation/words.h"

/* FOLDED, which has WORDS, is one. AIM is what is right of which set: the last one where it names none; or, where its
 * piece is empty, EXERCISE is the one that it was. Both empty: it is to be taken back, for a reason that is told. */
bool amend_read(struct span folded, const struct vocabulary *words, const struct exercise_names *own, struct aim *aim,
                struct span *exercise);

/* FOLDED, which reads as sets, begins with that a set is to be taken back: "delete the last entry, bench 100x6". AIM's
 * name is whose; SETS stand behind, which it is to be where it REPLACES them: "scratch that, 80x8". */
bool amend_takes_back(struct span folded, const struct exercise_names *own, struct aim *aim, struct span *sets,
                      bool *replaces);

#endif
