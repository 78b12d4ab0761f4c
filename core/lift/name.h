/*
 * A typed name taken apart into words, and guesses at what it was meant to be. For core/lift alone.
 */
#ifndef CORE_LIFT_NAME_H
#define CORE_LIFT_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/span.h"
#include "core/lift/exercise.h"

/* Of NAME_COMPOUND_LEAST letters or more a word may be two of the catalogue's. */
enum { NAME_SIZE = 96, NAME_WORDS = 12, NAME_COMPOUND_LEAST = 7 };

struct name_word {
    uint16_t word;    /* its number in the catalogue, or WORD_UNKNOWN */
    struct span text; /* as it was typed, folded; compared for unknown words alone */
};

/* Its words, each once, sorted. Holds pointers into itself: not to be copied. */
struct name {
    char text[NAME_SIZE];
    struct name_word words[NAME_WORDS];
    size_t count;
    size_t unknown; /* how many of them; they stand last */
};

/* The order of a name's words. Neither stands before the other: they are the same word. */
bool name_word_before(const struct name_word *a, const struct name_word *b);

/* FOLDED as text_fold() leaves it; -1 when it is too long, or has too many words, for a name. */
int name_read(struct name *name, struct span folded);

/* Fills RESULT with what is near to NAME, best first: NAME_NEAR or NAME_NONE. */
void name_guess(const struct exercise_names *own, const struct name *name, struct name_result *result);

#endif
