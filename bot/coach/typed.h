/*
 * Small pieces of what was typed: words, numbers, folded text.
 */
#ifndef BOT_COACH_TYPED_H
#define BOT_COACH_TYPED_H

#include <stdbool.h>

#include "core/base/buf.h"
#include "core/base/span.h"
#include "core/lift/units.h"

/* TYPED folded, with single spaces between its words. -1 when it is no UTF-8 or OUT is full. */
int typed_fold(struct span typed, struct buf *out);

/* The words of TYPED that FOLDED was made of, as they were written; FOLDED itself where they aren't found. */
void typed_as_written(struct span typed, const char *folded, struct buf *out);

/* Takes the next word off TEXT; the last one, and the spaces before it. */
struct span typed_word(struct span *text);
struct span typed_last_word(struct span *text);

/* Whether TEXT as a whole is one of WORDS, between commas. */
bool typed_is(struct span text, const char *words);
/* The same of TYPED, which isn't folded yet. */
bool typed_says(struct span typed, const char *words);

/* Whether each word of TEXT, which isn't folded yet, FITS; none does of what is longer than MOST. */
bool typed_all(struct span text, size_t most, bool (*fits)(struct span word));

/* Takes one of WORDS, between commas, off TEXT, if that begins with it. */
bool typed_skip(struct span *text, const char *words);

/* Takes the exercise off TEXT: what stands before the first word that is a number or a sign. Empty: none does. */
struct span typed_exercise(struct span *text);

/* Takes "6.5", "6,5", "82" off TEXT, and the spaces behind. */
bool typed_number(struct span *text, double *value);

/* WORD, folded, is kilograms or pounds, as sets name them: "kg", "kilos", "lbs". */
bool typed_unit(struct span word, enum unit *unit);

/* TEXT is a load, "80", "82.5 kg", "175lb", and nothing else: in kilograms, with the unit that it was written in (UNIT
 * where none is). */
bool typed_load(struct span text, enum unit unit, double *kg, enum unit *written);

#endif
