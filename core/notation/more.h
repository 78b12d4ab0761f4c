/*
 * Several sets in one saying: rounds of exercises, "same again", "singles: 60 65 70", a total of reps, and of which of
 * them something is said.
 */
#ifndef CORE_NOTATION_MORE_H
#define CORE_NOTATION_MORE_H

#include "core/notation/parser.h"

/* more.c: takes "same again" behind a set and a comma: one more such set. */
bool notation_same_again(struct parser *parser);
/* more.c: takes "singles: 60 65 70" behind a name: each load so often. */
int notation_singles_listed(struct parser *parser);
/* more.c: at the words of "2 warm-up sets" behind the number of TERM, which counts them; goes to their last one. */
bool notation_warmups_counted(struct parser *parser, struct term *term);
/* total.c: takes "verteilt auf" of "30 push-ups verteilt auf 2 Sätze", and makes the number that of one set. 1, or 0
 * when it isn't here, or -1. */
int notation_total(struct parser *parser);
/* The same at WORD: whether it is here. */
bool notation_total_ahead(const struct parser *parser, const struct token *word);
/* sayings.c: "bank 95 auf 4": German gyms lift so much for so many; "80 auf 85" is a step. */
bool notation_is_for(const struct parser *parser);
/* name_among.c: "puhs ups 15", "burpes 15 12", "lat zug 65 12 11": nothing but a name and a few reps, before which a
 * load may stand. */
bool notation_name_and_reps(const struct parser *parser);
/* rounds.c: whether WORD is "superset". */
bool notation_says_superset(const struct parser *parser, const struct token *word);
/* rounds.c: the line is read: as many sets of the others as rounds were said. */
int notation_rounds(struct parser *parser);
/* bar.c: whether WORD may begin "empty bar", "just the bar" in front of a name; takes that as the load: 0, or -1 with a
 * verdict. */
static inline bool notation_bar_may_lead(const struct token *word)
{
    return token_is_word(word, WORD_BAR) || token_is_word(word, WORD_THE) || token_has(word, TRAIT_MERELY);
}
int notation_bar_first(struct parser *parser);

#endif
