/*
 * Percentages of the heaviest set of the session: "backoff 80% 2x8".
 */
#ifndef CORE_NOTATION_OF_TOP_H
#define CORE_NOTATION_OF_TOP_H

#include <stdbool.h>

#include "core/base/span.h"

/* Whether the percentages in FOLDED are of what was lifted before, and not of the best single. */
bool notation_of_top(struct span folded);

#endif
