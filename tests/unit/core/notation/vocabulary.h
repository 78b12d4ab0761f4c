/*
 * What the words of a folded text are, for readers that look at that first.
 */
#ifndef TESTS_UNIT_CORE_NOTATION_VOCABULARY_H
#define TESTS_UNIT_CORE_NOTATION_VOCABULARY_H

#include "core/notation/words.h"

static inline struct vocabulary vocabulary_of(struct span folded)
{
    struct vocabulary vocabulary = {.classes = 0};

    while (folded.length != 0) {
        const struct span word = span_take(&folded, ' ');

        vocabulary_add(&vocabulary, word, notation_meaning(word));
    }
    return vocabulary;
}

#endif
