/*
 * How much something hurts, said behind it: "like 2 out of 3", "nicht schlimm, 1", "maybe a 2".
 */
#ifndef CORE_NOTATION_SEVERITY_H
#define CORE_NOTATION_SEVERITY_H

#include <stdbool.h>

#include "core/base/span.h"

struct severity {
    int level; /* 0 to 3; of ten where OF_TEN */
    bool of_ten;
    bool plain; /* a number, of which no word says that it is of a pain */
};

/* Whether FOLDED says that and nothing else. */
bool severity_read(struct span folded, struct severity *severity);

#endif
