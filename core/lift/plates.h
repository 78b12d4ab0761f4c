/*
 * What loads the equipment can make: steps by kind of equipment and unit, and the bar that plates hang on.
 */
#ifndef CORE_LIFT_PLATES_H
#define CORE_LIFT_PLATES_H

#include "core/lift/exercise.h"
#include "core/lift/units.h"

enum { PLATES_KINDS = 12 };

struct equipment {
    enum unit unit;                      /* whose plates: kg or lb */
    double step_kg[EQUIPMENT_OTHER + 1]; /* smallest change by kind; 0: the default (barbell 2.5 kg or 5 lb…) */
    double bar_kg;                       /* of the empty bar, the least that a barbell weighs; 0: not said */
    double plate_kg[PLATES_KINDS];       /* the lifter's own plates, of one side */
    int plate_count;                     /* 0: what a gym has, down to half a barbell's step */
};

/* The smallest change of load for EXERCISE, in kilograms. */
double equipment_step(const struct equipment *equipment, const struct exercise *exercise);
/* The nearest load that can be made at or below LOAD_KG (round_down) or nearest to it; never negative, and never less
 * than the empty bar. */
double equipment_round(const struct equipment *equipment, const struct exercise *exercise, double load_kg,
                       bool round_down);

/* A barbell as it is loaded; weights are in `unit`, which is that of the plates. */
struct plate_stack {
    enum unit unit;
    double load, bar;
    int kinds;
    double plate[PLATES_KINDS]; /* on each side, heaviest first */
    int count[PLATES_KINDS];
};

enum plates_result {
    PLATES_EXACT,   /* BELOW and ABOVE are the load */
    PLATES_BETWEEN, /* they are the nearest ones that can be made */
    PLATES_UNDER,   /* less than the bar, which ABOVE is */
    PLATES_OVER     /* more than any bar holds */
};

/* Bar and plates, worked out once for any number of loads: which of them can be made, by how few plates. */
struct plate_rack;
struct plate_rack *plates_new(const struct equipment *equipment);
void plates_free(struct plate_rack *rack);
/* The fewest plates that make LOAD_KG; a bar of 20 kg or 45 lb where none was said. */
enum plates_result plates_find(const struct plate_rack *rack, double load_kg, struct plate_stack *below,
                               struct plate_stack *above);

/* The empty bar: the lifter's, or 20 kg or 45 lb. */
double plates_bar(const struct equipment *equipment);
/* How many plates STACK has on each side. */
int plates_hung(const struct plate_stack *stack);

#endif
