/*
 * Units of load. Everything inside is kilograms; a unit is only how a person writes and reads it.
 */
#ifndef CORE_LIFT_UNITS_H
#define CORE_LIFT_UNITS_H

enum unit { UNIT_KG, UNIT_LB, UNIT_ST };

#define KG_PER_LB 0.45359237 /* exact, by the international yard and pound agreement of 1959 */
#define LB_PER_ST 14.0

double unit_to_kg(double value, enum unit unit);
double unit_from_kg(double kg, enum unit unit);
const char *unit_name(enum unit unit); /* "kg", "lb", "st" */

#endif
