/*
 * A folded sentence word by word.
 */
#ifndef CORE_NOTATION_WALK_H
#define CORE_NOTATION_WALK_H

#include <stdbool.h>

#include "core/base/span.h"
#include "core/lift/exercise.h"
#include "core/notation/words.h"

/* TEXT up to the next space, without the colon, comma or stop at its end. */
struct span walk_word(struct span text);
/* TEXT behind its first word, and what stands at that. */
struct span walk_behind(struct span text);
/* What TEXT's first word means. */
struct word_meaning walk_meaning(struct span text);
/* Whether that is one of AMENDS, bits of enum word_amends. */
bool walk_amends(struct span text, unsigned amends);
/* "5 more reps to go", "noch 3 sätze zu machen": TEXT says of something that it is still to be done. */
bool walk_to_come(struct span text);
/* Takes all such words off TEXT's front. */
void walk_skip_amends(struct span *text, unsigned amends);
/* The same of ROLES, bits of enum word_role. */
void walk_skip_roles(struct span *text, unsigned roles);
/* The longest name of an exercise that TEXT begins with, of WORDS_MOST words; empty: none. */
struct span walk_name(struct span text, const struct exercise_names *own, int words_most);
/* The number that WORD is, of two digits at most, or as a word that has MEANING; 0: none. */
double walk_number(struct span word, struct word_meaning meaning);
/* Whether WORD is one of WORDS, ended by NULL. */
bool walk_is(struct span word, const char *const *words);
/* Takes all of WORDS off TEXT's front. */
void walk_skip(struct span *text, const char *const *words);

#endif
