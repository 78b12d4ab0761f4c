/*
 * A lifter's log as a file: CSV as in RFC 4180, in UTF-8, one row for each set. Where Hevy has a column it is named and
 * filled as Hevy does, so that what imports Hevy's exports, `spotter evaluate` among it, reads this; what Hevy can't
 * say stands in further columns, so that nothing is lost.
 */
#ifndef BOT_EXCHANGE_EXPORT_H
#define BOT_EXCHANGE_EXPORT_H

#include "core/base/buf.h"
#include "core/lift/set.h"

/* Adds SET, done at AT_MS, to OUT, with the header first where that is empty. EXERCISE is the set's; NULL: not known
 * any more. Times are of OFFSET_S east of UTC. */
void export_set(const struct set *set, const struct exercise *exercise, int64_t at_ms, int offset_s, struct buf *out);

#endif
