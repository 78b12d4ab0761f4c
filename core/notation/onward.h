/*
 * What somebody types right behind a set, and which only that set gives a meaning: "60 9", "and 9", "another 12, felt
 * easy", "220 fail".
 */
#ifndef CORE_NOTATION_ONWARD_H
#define CORE_NOTATION_ONWARD_H

#include "core/base/buf.h"
#include "core/lift/set.h"

/* TEXT, as it was typed, is one more set behind LAST: what would be written of it where nothing stood before. Whether
 * it reads as a set is for the reader to tell. False: nothing of that kind. */
bool onward_read(struct span text, const struct set *last, struct buf *out);

/* What TEXT, folded, leaves when the words at its end that say "again" are taken off: "beinbeuger" of "beinbeuger noch
 * einmal das gleiche". False: it doesn't say so. */
bool onward_again(struct span *text);

/* "50x12 @2 legs are shaking": writes TEXT with a comma between its effort and the words behind. False: there are none.
 */
bool onward_part(struct span text, struct buf *out);

#endif
