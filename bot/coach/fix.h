/*
 * Correcting sets that were said already: those of one message take the place of what they were, as its edit would have
 * made them.
 */
#ifndef BOT_COACH_FIX_H
#define BOT_COACH_FIX_H

#include "bot/coach/turn.h"

struct piece;

enum { FIX_REPS_MOST = 30 }; /* a number alone is no more reps than that */

/* The sets of the message that is corrected, as they stand. */
struct fixed {
    VEC(struct set) sets;
    VEC(int64_t) ids;
    struct coach_set_row first;
    size_t index; /* which of them it is about; the last one, where nobody says otherwise */
    bool aimed;   /* somebody says which, */
    bool alone;   /* by its number, or that it was the last */
    bool further; /* "and 15 for the last one": of another than that */
};

/* For an each() of the store: adds ROW to a struct fixed. */
int fixed_add(void *fixed, const struct coach_set_row *row);
void fixed_release(struct fixed *fixed);

/* Makes that set what ARGUMENTS say, a piece or sets. */
int fix_by(struct turn *turn, struct fixed *fixed, struct span arguments, struct err *err);
/* The sets as they are in FIXED now, in place of what is booked; EFFORT stands behind the one that it is about. */
int fix_as(struct turn *turn, const struct fixed *fixed, struct span effort, struct err *err);
/* FIXED as that would make it, without booking it. False: it isn't sure what that is. */
bool fix_preview(struct turn *turn, struct fixed *fixed, struct span arguments);
/* "12 not 13" of a SET that had no 13: it is of another. */
bool fix_denies_other(const struct piece *piece, const struct set *set);
/* How hard EFFORT says that SET was. False: it says nothing of that. */
bool fix_take_effort(struct turn *turn, struct span effort, struct set *set);
/* fix_either.c: asks whether FIXED's set was PIECE, which counts reps, or one more is. */
int fix_ask_further(struct turn *turn, const struct fixed *fixed, const struct piece *piece, struct err *err);
/* fix_either.c: "a 9" of TEXT, said of FIXED's set, may be so many reps or how hard it was. 1: that was asked; 0: it is
 * no such; -1. */
int fix_ask_rating(struct turn *turn, struct fixed *fixed, struct span text, struct err *err);
/* One more set with PIECE's reps. */
int fix_next(struct turn *turn, const struct piece *piece, struct err *err);
/* Takes back what the newest message of this session says of EXERCISE, NULL: the newest set; what else it says stays.
 */
int fix_remove(struct turn *turn, const char *exercise, struct err *err);
/* The newest set, where the one before it was the same, into ROW: 1, 0 it wasn't, and that is said, -1. */
int fix_find_twin(struct turn *turn, struct coach_set_row *row, struct err *err);
/* The same for the newest set of this session that was what WANTED says: "bench #2: 80x8", each of these or none. */
int fix_find_one(struct turn *turn, struct span wanted, struct coach_set_row *row, struct err *err);
/* Takes back the set of ROW; what else its message says stays. */
int fix_remove_row(struct turn *turn, const struct coach_set_row *row, struct err *err);
/* Whether A and B are of the same exercise, and the same was lifted. */
bool fix_same_load(const struct set *a, const struct set *b);
/* Whether SET and the one BEFORE it are one, done by each side. */
bool fix_is_other_side(const struct set *before, const struct set *set);
/* What leans on what ACTION of KIND changed from FROM_MS on: other messages, the rest that is timed, the session. */
int fix_follow(struct turn *turn, int64_t from_ms, int64_t action, enum coach_action_kind kind, struct err *err);
/* "Instead of …": the COUNT sets that were corrected. */
void fix_say_instead(struct turn *turn, const struct set *old, size_t count);
/* Whether FIXED may be corrected here: its answer names the sets, and a file's aren't corrected by a line. 1, 0 it may
 * not, and that is said, -1. */
int fix_may(struct turn *turn, const struct fixed *fixed, struct err *err);
/* Whether the last sets are the lifter's own: 1, 0 they were written for somebody else, whose they are, and that is
 * said, -1. */
int fix_own(struct turn *turn, struct err *err);
/* The sets that the last step booked, into FIXED: 1, 0 there are none that may be corrected, and that is said, -1. The
 * names are loaded. */
int fix_last(struct turn *turn, struct fixed *fixed, struct err *err);

#endif
