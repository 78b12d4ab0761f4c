/*
 * What people say to the coach in words of their own: "how's my squat" is "last squat". config/phrases.tsv holds them.
 */
#ifndef BOT_CHAT_PHRASE_H
#define BOT_CHAT_PHRASE_H

#include <stdbool.h>

#include "core/base/buf.h"
#include "core/lift/exercise.h"
#include "core/notation/words.h"

enum { PHRASE_SIZE = 128, PHRASE_TEXT = 120, PHRASE_WORDS = 14 };

/* The words of a text that matter; none where it is too long for a phrase, or has no word of one. They point into
 * `folded`. */
struct phrase_words {
    struct span text; /* all of it, folded; empty where it is too long */
    struct span words[PHRASE_WORDS];
    struct word_meaning meanings[PHRASE_WORDS];
    uint16_t numbers[PHRASE_WORDS]; /* 0: no phrase has it */
    uint8_t kinds[PHRASE_WORDS];
    bool telling[PHRASE_WORDS];
    size_t count;
    uint64_t present, other;      /* bits of the numbers */
    struct vocabulary vocabulary; /* of all words of the text */
    char folded[4 * PHRASE_TEXT];
};

void phrase_take(struct phrase_words *said, struct span text);

/* Writes the command that the text of SAID is a phrase for, as it is typed, into COMMAND of PHRASE_SIZE bytes. OWN are
 * the lifter's names, or NULL. False: no phrase, and COMMAND is "". */
bool phrase_read(const struct phrase_words *said, const struct exercise_names *own, char *command);

/* The same where a few words that no phrase has may stand between, or, in what is said of oneself, behind it. Nothing
 * that books or takes back is found so. */
bool phrase_read_between(const struct phrase_words *said, const struct exercise_names *own, char *command);

/* Whether FOLDED has a word that tells too much to be passed over: another person, another time, a "not". */
bool phrase_tells_much(struct span folded);

/* Whether WORD, folded, is a part of the body. */
bool phrase_is_place(struct span word);

#endif
