/*
 * A message clause by clause: "I'm 67, been lifting 15 years", "slept 7 hours, no pain".
 */
#ifndef BOT_CHAT_CLAUSE_H
#define BOT_CHAT_CLAUSE_H

#include <stdbool.h>

#include "core/base/buf.h"
#include "core/base/span.h"
#include "core/lift/exercise.h"

/* Takes the first clause off TEXT, with the sign or the "and" behind it. False: nothing is left. */
bool clause_next(struct span *text, struct span *clause);
/* "slept 7h,", "slept 7h and": TEXT without the sign or the "and" behind it. */
struct span clause_without_and(struct span text);
/* Whether TEXT has more than one, or something around it. */
bool clause_are_several(struct span text);
/* "I'm 34", "67 Jahre alt". */
bool clause_is_age(struct span clause);
/* Whether who writes speaks of themselves in it, or says which day it is, "push day", so that what follows without a
 * subject is theirs, too. SCRATCH is overwritten. */
bool clause_is_own(struct span clause, struct buf *scratch);
/* "that was 82.5, heavier today": takes the clauses behind a number off TEXT, where they have none, name no exercise,
 * and tell of nobody else and of no other time or set. SCRATCH is overwritten. */
bool clause_take_comment(struct span *text, const struct exercise_names *own, struct buf *scratch);

#endif
