/*
 * Units of load: one factor each.
 */
#include "core/lift/units.h"

static const struct {
    const char *name;
    double kg;
} units[] = {
    [UNIT_KG] = {"kg", 1.0},
    [UNIT_LB] = {"lb", KG_PER_LB},
    [UNIT_ST] = {"st", LB_PER_ST *KG_PER_LB},
};

double unit_to_kg(double value, enum unit unit)
{
    return value * units[unit].kg;
}

double unit_from_kg(double kg, enum unit unit)
{
    return kg / units[unit].kg;
}

const char *unit_name(enum unit unit)
{
    return units[unit].name;
}
