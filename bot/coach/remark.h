/*
 * What lifters say beside their sets that is neither a command nor nothing.
 */
#ifndef BOT_COACH_REMARK_H
#define BOT_COACH_REMARK_H

#include "core/base/err.h"
#include "core/base/span.h"

struct turn;

/* TEXT says how the last set was, "felt heavy": how much was left is asked where that isn't known, else what comes next
 * is said again. 1 it was answered, 0 it says no such thing, or there is no set, -1. */
int remark_felt(struct turn *turn, struct span text, struct err *err);

#endif
