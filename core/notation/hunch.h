/*
 * A sentence that may tell of one more set: "ok I put it on 110 and got 10", "und noch einer mit 9 dann fertig". By the
 * set before it, what its numbers would be; whether it was meant so is for whoever wrote it to say.
 */
#ifndef CORE_NOTATION_HUNCH_H
#define CORE_NOTATION_HUNCH_H

#include "core/base/buf.h"
#include "core/base/span.h"
#include "core/lift/set.h"

enum hunch_kind {
    HUNCH_NONE,
    HUNCH_LIKELY, /* whoever wrote it is to be asked */
    HUNCH_CLEAR   /* nothing else can be meant */
};

/* TEXT, as it was typed, right behind LAST: the set that it may tell of, as it would be typed, into OUT, and what is
 * told of it into TOLD; BAR_KG: what the bar weighs that LAST was lifted with, 0 where it was none. HUNCH_NONE: no word
 * of it says that they went on, a word says that it is of something else, or its numbers fit in no way, or in several.
 */
enum hunch_kind hunch_read(struct span text, const struct set *last, double bar_kg, struct buf *out, struct buf *told);

/* FOLDED right behind LAST: "195", "next 205 kg" says a load and nothing more: it is *LOAD, in LAST's unit. False: it
 * says something else, or the number may be reps. */
bool hunch_load(struct span folded, const struct set *last, double *load);

#endif
