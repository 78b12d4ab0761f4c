/*
 * Unicode text made comparable: compatibility forms, case, accents and odd spaces folded away; '×' becomes 'x', '½'
 * ".5" (as a number's tail), typographic minus and dashes '-'. The only room of the core that uses utf8proc.
 */
#ifndef CORE_TEXT_FOLD_H
#define CORE_TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buf.h"
#include "core/base/span.h"

/*
 * Appends TEXT folded to OUT. Spaces are kept, one for one; the newline (and U+2028, U+2029 as newline) is the only
 * control character that is left, every other one, NUL and tab too, becomes a space. ASCII takes a path of its own
 * without utf8proc. -1, with OUT as long as it was, when TEXT is not valid UTF-8 or OUT is full.
 */
int text_fold(struct span text, struct buf *out);

/* How many bytes of TEXT, which is valid, fold to FOLDED bytes; what folds to nothing behind them is among them. */
size_t text_unfolded(struct span text, size_t folded);

bool text_valid_utf8(struct span text);

/* Columns on a terminal or phone (East Asian wide 2, combining 0). Invalid bytes count 1. */
size_t text_width(struct span text);

/* The longest prefix of at most MAXIMUM bytes that does not cut a character. */
size_t text_cut(struct span text, size_t maximum);
/* The same, that does not part what is seen as one character (grapheme clusters, UAX #29), unless the first is longer.
 */
size_t text_cut_grapheme(struct span text, size_t maximum);

#endif
