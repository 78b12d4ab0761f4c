/*
 * Whether a set's note says that it hurt: "squat 100x5 knee pain". Where it hurts the exercise ends (R41, R112).
 */
#ifndef CORE_EFFORT_HURT_H
#define CORE_EFFORT_HURT_H

#include "core/lift/set.h"

/* Words of pain, unless they are denied: "no pain", "pain free". Soreness is none (R82). */
bool hurt_said(const struct set *set);

#endif
