/*
 * What a lifter's equipment can make: the smallest change of load by kind and the empty bar, as a list "barbell 5 kg,
 * dumbbell 2.5 kg, bar 20 kg".
 */
#ifndef BOT_COACH_EQUIPMENT_H
#define BOT_COACH_EQUIPMENT_H

#include <stdbool.h>

#include "core/base/buf.h"
#include "core/base/span.h"
#include "core/lift/plates.h"

/*
 * Writes OLD with what TYPED (folded) says into OUT: "dumbbells 2.5", "barbell 5, machines 10lb"; "plates 20 10 5 1.25"
 * hang in pairs, so that the smallest make the barbell's step, as "plates 1.25" alone say; "bar 15" is the empty bar; 0
 * is the default again. UNIT is that of bare numbers. False when TYPED says nothing of the kind, or OUT is full.
 */
bool equipment_list_put(const char *old, struct span typed, enum unit unit, struct buf *out);

/* Fills in what LIST has. */
void equipment_list_apply(const char *list, struct equipment *equipment);

#endif
