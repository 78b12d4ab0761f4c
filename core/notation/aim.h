/*
 * Which of the sets that were said already somebody corrects: "set 2 was only 7", "the hack squats were 130", "that was
 * incline, not flat".
 */
#ifndef CORE_NOTATION_AIM_H
#define CORE_NOTATION_AIM_H

#include "core/lift/exercise.h"
#include "core/notation/words.h"

enum { AIM_SETS_MAX = 9, AIM_MIDDLE, AIM_LAST, AIM_BEFORE /* the last one */ };

struct aim {
    int set;           /* which of the exercise's, from 1 on, or AIM_BEFORE; 0: the newest, or not said */
    bool within;       /* of the sets of the last message: "der erste davon"; `set` may be AIM_MIDDLE or AIM_LAST */
    bool newest;       /* the one that was done last: "beim letzten" */
    struct span name;  /* the exercise whose sets it is about, or a load that was lifted; empty: not said. Lent */
    struct span piece; /* what it was, for piece_read(); or for spare_read(), where `left`. Lent */
    bool left;
};

/* Whether a text of WORDS has one that such a correction has, too: most of what is said has none. */
static inline bool aim_may_correct(const struct vocabulary *words)
{
    return (words->traits & TRAIT_MEANT) != 0;
}

/* Takes "set 2", "the second one", "satz davor" off TEXT: AIM's set is which. */
bool aim_take_set(struct span *text, struct aim *aim);
/* Takes the name of an exercise, the longest that stands in front, off TEXT. */
bool aim_take_name(struct span *text, const struct exercise_names *own, struct span *name);

/* Whether TEXT, folded, is a piece of a set, and doesn't count sets. */
bool aim_is_piece(struct span text);

/* FOLDED says of which set it is, and a piece of one. */
bool aim_read(struct span folded, const struct exercise_names *own, struct aim *aim);

/* "first fly set prob", "last one was": takes it off TEXT; what it was stands behind. AIM's set may be AIM_LAST. */
bool aim_take_which(struct span *text, const struct exercise_names *own, struct aim *aim);

/* "beim letzten ging nix mehr", "the last one was 7": FOLDED says a piece of the set that was done last. */
bool aim_newest(struct span folded, struct aim *aim);

/* FOLDED says that the last sets were of another exercise: NAME are the words that say which, or only in what it
 * differs from the one that was said: "incline". */
bool aim_exercise(struct span folded, const struct exercise_names *own, struct span *name);
/* The same of what stands behind "those were": a name, and maybe what they weren't. */
bool aim_other_exercise(struct span text, const struct exercise_names *own, struct span *name);

#endif
