/*
 * Loads that can be made. All steps are multiplied in the unit that the plates are marked in, so that 90 lb is the very
 * number that a person who writes "90 lb" gets.
 */
#include "core/lift/plates.h"

#include <math.h>

/* Of a step; far more than the error of a division, far less than anybody's plates. */
#define ROUNDING_SLACK 1e-6

/* What a gym has when nothing is said: added load hangs by plates, kettlebells grow by 4 kg. */
static const struct {
    double kg;
    double lb;
} default_steps[] = {
    [EQUIPMENT_BARBELL] = {2.5, 5}, [EQUIPMENT_DUMBBELL] = {2, 5},     [EQUIPMENT_MACHINE] = {2.5, 5},
    [EQUIPMENT_CABLE] = {2.5, 5},   [EQUIPMENT_BODYWEIGHT] = {2.5, 5}, [EQUIPMENT_KETTLEBELL] = {4, 5},
    [EQUIPMENT_BAND] = {2.5, 5},    [EQUIPMENT_OTHER] = {2.5, 5},
};

/* Nobody's plates are marked in stones: where people weigh themselves in stones, they lift pounds. */
static enum unit plate_unit(const struct equipment *equipment)
{
    return equipment->unit == UNIT_KG ? UNIT_KG : UNIT_LB;
}

/* In plate_unit(). */
static double step_in_unit(const struct equipment *equipment, const struct exercise *exercise)
{
    double own = equipment->step_kg[exercise->equipment];

    if (own > 0)
        return unit_from_kg(own, plate_unit(equipment));
    return plate_unit(equipment) == UNIT_KG ? default_steps[exercise->equipment].kg
                                            : default_steps[exercise->equipment].lb;
}

double equipment_step(const struct equipment *equipment, const struct exercise *exercise)
{
    return unit_to_kg(step_in_unit(equipment, exercise), plate_unit(equipment));
}

double equipment_round(const struct equipment *equipment, const struct exercise *exercise, double load_kg,
                       bool round_down)
{
    double bar_kg = exercise->equipment == EQUIPMENT_BARBELL ? equipment->bar_kg : 0;
    double step = step_in_unit(equipment, exercise), bar = unit_from_kg(bar_kg, plate_unit(equipment));
    double steps = (unit_from_kg(load_kg, plate_unit(equipment)) - bar) / step;

    if (isnan(load_kg))
        return load_kg;
    steps = round_down ? floor(steps + ROUNDING_SLACK) : round(steps);
    return unit_to_kg(bar + fmax(steps, 0) * step, plate_unit(equipment));
}
