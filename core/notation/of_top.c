/*
 * Of what a percentage is, where the sentence says it.
 */
#include "core/notation/of_top.h"

#include <stddef.h>

/* Whether one of PHRASES, which NULL ends, stands in FOLDED where a word begins. */
static bool has_one(struct span folded, const char *const *phrases)
{
    for (size_t at = 0; at < folded.length; at++) {
        const struct span rest = {folded.at + at, folded.length - at};

        if (at != 0 && folded.at[at - 1] != ' ' && folded.at[at - 1] != '%')
            continue;
        for (const char *const *phrase = phrases; *phrase != NULL; phrase++)
            if (span_starts(rest, *phrase))
                return true;
    }
    return false;
}

bool notation_of_top(struct span folded)
{
    static const char *const top[] = {"backoff",    "back-off",    "back off",   "backed off",    "dropped to",
                                      "drop to",    "down to",     "runter auf", "reduziert auf", "of top",
                                      "of the top", "of my top",   "of that",    "of the last",   "of last set",
                                      "vom top",    "vom schwers", "davon",      "vom letzten",   NULL};
    static const char *const best[] = {"1rm", "e1rm", "max", "of my max", "tm", "training max", NULL};

    return has_one(folded, top) && !has_one(folded, best);
}
