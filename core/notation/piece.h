/*
 * A piece of a set: what somebody says who changes a set that was said already: "110", "4 reps", "@1".
 */
#ifndef CORE_NOTATION_PIECE_H
#define CORE_NOTATION_PIECE_H

#include <math.h>
#include <stdbool.h>

#include "core/base/span.h"
#include "core/lift/set.h"
#include "core/notation/words.h"

struct piece {
    double load_kg;     /* NAN: not said */
    enum unit unit;     /* that it was said in */
    double number;      /* a load or reps; NAN: none */
    bool plus;          /* "+15": added to the body, or a step from the last load */
    int reps;           /* REPS_UNKNOWN */
    double seconds;     /* of a hold; NAN */
    bool short_seconds; /* "65s": of what isn't held, what the hands held */
    struct span effort; /* as it is read behind a set; empty: not said. Lent */
    int more;           /* "1 more rep": than the set has; 0: not said */
    bool more_alone;    /* "1 more", of which nobody says that it is reps */
    int sets;           /* "2 sets", "2 more sets": so many like it; 0: not said */
    bool instead;       /* "7 not 8": what it isn't is said, too: */
    double denied;      /* that number; NAN */
    bool unit_alone;    /* "in lbs": the load's number was of `unit` */
    bool last;          /* "last one was 4", "6 that was": of which set is said */
    bool both;          /* "9 on both": of both sides */
    bool merely;        /* "only 6": fewer than was said, or than was meant to be */
    int missed;         /* "failed on the 6th": which rep was; 0: not said */
    int type;           /* "a warm-up", "no warm-up": enum set_type; -1: not said */
};

/* The bytes of the effort that FOLDED begins with: "@1", "rir 1", "rpe 8.5", "1 rir", "2 left in the tank"; 0. */
size_t piece_effort(struct span folded);

/* Whether a text of WORDS may be a piece that says of itself what it is of: an effort, how few reps there were, of
 * which set it is, what it wasn't. A number alone says nothing of that. */
bool piece_may_correct(const struct vocabulary *words);
/* FOLDED is that and nothing else, but for "that was" in front of it. */
bool piece_read(struct span folded, enum unit unit, struct piece *piece);

/* It says how many sets, and nothing else: "4 sets". */
bool piece_is_sets(const struct piece *piece);
/* It says an effort alone: "@1", "had one more in me", "letzter bis zum versagen". */
bool piece_is_effort(const struct piece *piece);

/* As near to LOAD, of the same unit, or to REPS as people change them. */
static inline bool piece_near_load(double value, double load)
{
    return fabs(value - load) <= 0.4 * load;
}
static inline bool piece_near_reps(double value, double reps)
{
    return value == floor(value) && fabs(value - reps) <= fmax(3, 0.5 * reps);
}

/* It is a step from the load of SET, and no load: "+2.5". */
static inline bool piece_is_step(const struct piece *piece, const struct set *set)
{
    return piece->plus && set->load_mode == LOAD_EXTERNAL;
}

/* Makes SET what PIECE says, but for the effort, which is taken off where another is said. False: the number might be
 * the load or the reps, or is neither. */
bool piece_apply(struct piece piece, struct set *set);
/* The numbers of SET's loads were of the piece's unit. */
void piece_convert(struct piece piece, struct set *set);

#endif
