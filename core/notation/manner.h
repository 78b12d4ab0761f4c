/*
 * How a set that was said already was done: "that set before was paused", "der letzte war mit Gürtel".
 */
#ifndef CORE_NOTATION_MANNER_H
#define CORE_NOTATION_MANNER_H

#include "core/notation/aim.h"

/* Whether a text of WORDS may say that. */
static inline bool manner_may_be(const struct vocabulary *words)
{
    return (words->says & SAYS_MANNER) != 0;
}

/* FOLDED says that and nothing else. AIM's set is which, AIM_BEFORE or the newest; its piece are the words. */
bool manner_read(struct span folded, struct aim *aim);

#endif
