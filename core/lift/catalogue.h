/*
 * The catalogue's names as words with numbers: what exercise_find() and its guesses look things up in. For core/lift
 * alone.
 */
#ifndef CORE_LIFT_CATALOGUE_H
#define CORE_LIFT_CATALOGUE_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/span.h"

enum {
    FORM_SIZE = 32,         /* longest spelling with its NUL */
    FORM_WORDS = 6,         /* that one spelling stands for */
    CATALOGUE_WORDS = 1024, /* more numbers than there are words */
    WORD_UNKNOWN = 0xFFFF   /* a word of no name in the catalogue */
};

/* One spelling: "flyes", "db", "pushups", "ohp". */
struct word_form {
    char text[FORM_SIZE];
    uint8_t length;
    uint8_t count;
    uint16_t words[FORM_WORDS]; /* what it stands for; none for "the" */
    uint32_t letters;           /* bits 1 << 1 for 'a' … 1 << 26 for 'z', 1 for anything else */
};

/* One name of an exercise: a set of words. */
struct name_key {
    uint16_t first; /* place of its first word */
    uint8_t count;
    uint8_t weight; /* of all its words */
    uint16_t exercise;
};

/* The form that is spelt TEXT, or NULL. */
const struct word_form *catalogue_form(struct span text);
/* The forms that begin with LETTER, *COUNT of them; with '\0' all. */
const struct word_form *catalogue_forms(char letter, size_t *count);
/* 4 to 8: how much a word tells. */
unsigned catalogue_word_weight(uint16_t word);

/* The exercise that has exactly these words, sorted, as a name: its index, or -1. */
int catalogue_by_words(const uint16_t *words, size_t count);
/* The names as they stand in the catalogue, without those that follow from them. NULL past the end. */
const struct name_key *catalogue_name(size_t index);
const uint16_t *catalogue_name_words(const struct name_key *key);

#endif
