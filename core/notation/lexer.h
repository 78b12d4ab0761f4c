/*
 * Cuts one folded line into tokens: numbers, words with their class, the cross, parentheses as a whole, signs.
 */
#ifndef CORE_NOTATION_LEXER_H
#define CORE_NOTATION_LEXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/span.h"
#include "core/notation/words.h"

enum token_kind {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_WORD,
    TOKEN_CROSS, /* x or * */
    TOKEN_NOTE,  /* a parenthesis or bracket; `at` and `length` are the inside, whose tokens follow */
    TOKEN_CLOSE, /* its end */
    TOKEN_SIGN
};

struct token {
    uint8_t kind;     /* enum token_kind */
    char sign;        /* of TOKEN_SIGN; '(' or '[' of TOKEN_NOTE */
    bool space;       /* white space, or the line's start, stands before it */
    uint8_t word;     /* enum word, of TOKEN_WORD */
    uint8_t argument; /* that comes with the word */
    uint8_t digits;   /* before the point */
    uint8_t decimals; /* behind it */
    uint32_t traits;  /* of TOKEN_WORD: enum word_trait */
    uint16_t at;      /* bytes into the line */
    uint16_t length;
    uint16_t inside; /* of TOKEN_NOTE: how many tokens follow up to TOKEN_CLOSE */
    double value;    /* of TOKEN_NUMBER */
};

enum { TOKENS_MAX = 256, TOKENS_ENDS = 6 };

struct tokens {
    bool number_words;                         /* some words are numbers, */
    bool label_words;                          /* or stand in what a session is called */
    size_t count;                              /* without the TOKEN_ENDs that always follow, */
    struct token at[TOKENS_MAX + TOKENS_ENDS]; /* so that one may look at what comes next */
};

/* -1 when LINE can't be notation: too many tokens, a parenthesis that stays open. */
int notation_lex(struct span line, struct tokens *tokens);

#endif
