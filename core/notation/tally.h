/*
 * How often the last set was done, as people say it behind it: "did that 3 times", "two more of those".
 */
#ifndef CORE_NOTATION_TALLY_H
#define CORE_NOTATION_TALLY_H

#include <stdbool.h>

#include "core/notation/words.h"

struct tally {
    int sets;
    bool more; /* so many were done besides */
};

/* Whether FOLDED, which has WORDS, says that and nothing else. */
bool tally_read(struct span folded, const struct vocabulary *words, struct tally *tally);

#endif
