/*
 * What a number may be, by the set before it: its load is in the unit that this one was written in.
 */
#ifndef CORE_NOTATION_FITS_H
#define CORE_NOTATION_FITS_H

#include <stdbool.h>

#include "core/lift/set.h"

/* Whether it counts something, MOST of that. */
bool fits_count(double value, double most);
/* As near to LAST's reps as sets behind each other are, and not to be taken for its load. */
bool fits_reps(const struct set *last, double value);
bool fits_load(const struct set *last, double value);
bool fits_seconds(const struct set *last, double value);

#endif
