/*
 * What loads the equipment can make: steps by kind of equipment and unit, and the bar that plates hang on.
 */
#ifndef CORE_LIFT_PLATES_H
#define CORE_LIFT_PLATES_H

#include "core/lift/exercise.h"
#include "core/lift/units.h"

struct equipment {
    enum unit unit;                      /* whose plates: kg or lb */
    double step_kg[EQUIPMENT_OTHER + 1]; /* smallest change by kind; 0: the default (barbell 2.5 kg or 5 lb…) */
    double bar_kg;                       /* of the empty bar, the least that a barbell weighs; 0: not said */
};

/* The smallest change of load for EXERCISE, in kilograms. */
double equipment_step(const struct equipment *equipment, const struct exercise *exercise);
/* The nearest load that can be made at or below LOAD_KG (round_down) or nearest to it; never negative, and never less
 * than the empty bar. */
double equipment_round(const struct equipment *equipment, const struct exercise *exercise, double load_kg,
                       bool round_down);

#endif
