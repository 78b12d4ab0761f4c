/*
 * Corrections in sentences of any shape: a word that says that something was otherwise ("actually", "gelogen"), one
 * value of which it is clear what it is of, and around them only words that say nothing: "Das war falsch, ich hatte 40
 * kg eingestellt", "i put 80 but it was 85", "more like a 9".
 */
#ifndef CORE_NOTATION_RETOLD_H
#define CORE_NOTATION_RETOLD_H

#include "core/notation/aim.h"
#include "core/notation/words.h"

enum { RETOLD_PIECE_SIZE = 64 };

struct retold {
    struct aim aim; /* its piece is that below */
    bool all;       /* "alle mit 82,5": of all sets of the exercise */
    char piece[RETOLD_PIECE_SIZE];
};

/* FOLDED, which has WORDS, is one. */
bool retold_read(struct span folded, const struct vocabulary *words, struct retold *retold);

#endif
