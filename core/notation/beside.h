/*
 * What stands behind a piece of a set and says nothing of its own.
 */
#ifndef CORE_NOTATION_BESIDE_H
#define CORE_NOTATION_BESIDE_H

#include <stdbool.h>

#include "core/base/span.h"

/* Whether TEXT, up to its end, is such: "sorry", "on it", "actually, same reps". *TOLD is set where it says that the
 * piece is of a set that was done: "6 that was", "182.5 lagen drauf", "6 on the last one"; what is the same as in that
 * ("6 on the last one, same weight") is another's. */
bool beside_says_nothing(struct span text, bool *told);

/* "on both", "auf beiden Seiten" */
bool beside_says_both(struct span text);

#endif
