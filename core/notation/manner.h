/*
 * How a set that was said already was done: "that set before was paused", "der letzte war mit Gürtel".
 */
#ifndef CORE_NOTATION_MANNER_H
#define CORE_NOTATION_MANNER_H

#include "core/notation/aim.h"

/* FOLDED, which has WORDS, says that and nothing else. AIM's set is which, AIM_BEFORE or the newest; its piece are the
 * words. */
bool manner_read(struct span folded, const struct vocabulary *words, struct aim *aim);

#endif
