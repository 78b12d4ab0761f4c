/*
 * What the words of a folded text are, for readers that look at that first.
 */
#ifndef TESTS_UNIT_CORE_NOTATION_VOCABULARY_H
#define TESTS_UNIT_CORE_NOTATION_VOCABULARY_H

#include "core/notation/words.h"

static inline struct vocabulary vocabulary_of(struct span folded)
{
    struct vocabulary vocabulary = {.classes = 0};

    while (folded.length != 0)
        vocabulary_add(&vocabulary, span_take(&folded, ' '));
    return vocabulary;
}

#endif
