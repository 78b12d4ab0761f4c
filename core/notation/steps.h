/*
 * Where the load went from the set before: "up 5", "20 kg weniger", "back down to 40", "at 80kg".
 */
#ifndef CORE_NOTATION_STEPS_H
#define CORE_NOTATION_STEPS_H

#include <stdbool.h>

#include "core/base/span.h"
#include "core/lift/set.h"

/* Whether TEXT (folded, right behind LAST) begins so. Takes that, and what joins it to the reps: "for", ", got". *LOAD:
 * in LAST's unit. */
bool steps_take(struct span *text, const struct set *last, double *load);

#endif
