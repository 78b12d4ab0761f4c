/*
 * What is planned before training (R94): exercises in order with their sets, reps, loads and effort, as a text and as a
 * value. "bench 4x6-8 @2, row 3x10 @1-2"; a plus joins a superset: "bench 3x8 + row 3x10".
 */
#ifndef CORE_NOTATION_PLAN_H
#define CORE_NOTATION_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buf.h"
#include "core/base/span.h"
#include "core/lift/set.h"

enum { PLAN_ITEMS = 32, PLAN_SETS = 20, PLAN_TEXT_MAX = 4096, PLAN_PART_SIZE = 64 };

/* Some planned sets of one exercise; several items of an exercise follow one another ("4x5, 1x5+"). */
struct plan_item {
    char exercise[EXERCISE_ID_SIZE];
    int sets;                        /* 0: not said */
    int reps_min, reps_max;          /* 0: not said */
    bool amrap;                      /* "5+": as many as go, `reps_min` at least; "amrap" alone says no reps */
    double seconds;                  /* of a hold; NAN */
    double load_kg;                  /* NAN: not said; 0 by bodyweight */
    enum load_mode load_mode;        /* as it was written */
    enum unit unit;                  /* that the load was written in */
    double percent_min, percent_max; /* of the e1RM; NAN */
    double rir_min, rir_max;         /* NAN: not said */
    bool ask;                        /* "@8+": how hard it was is asked */
    double drop;                     /* "@9-7%": after the first set the load falls by so many percent; 0 */
    int rest_s;                      /* 0: not said */
    bool joined;                     /* by a plus to the item before: they alternate */
};

struct plan {
    struct plan_item items[PLAN_ITEMS];
    size_t count;
};

struct plan_options {
    const struct exercise_names *own; /* the lifter's names; may be NULL */
    enum unit unit;                   /* of loads that are written without one */
    bool ids; /* "[bench-press] 4x6-8": a text of plan_print_ids(), names are ids as they stand */
};

enum plan_problem {
    PLAN_EMPTY,
    PLAN_NO_EXERCISE, /* `part` stands without one */
    PLAN_UNKNOWN,     /* exercise `part`; `near` are guesses */
    PLAN_UNCLEAR,     /* `part` can't be read */
    PLAN_EFFORT,      /* `part` is neither RIR nor RPE for sure: "@5.5", "@5-7" */
    PLAN_IMPOSSIBLE,  /* `part` is out of bounds */
    PLAN_TOO_LONG
};
struct plan_error {
    enum plan_problem problem;
    char part[PLAN_PART_SIZE]; /* folded, cut at a character's border */
    struct name_result near;
};

/* Reads TEXT (any bytes). -1 with ERROR. */
int plan_read(struct span text, const struct plan_options *options, struct plan *plan, struct plan_error *error);

/* On one line, in canonical notation: read again by someone with the same names, it is the same plan. Loads have the
 * unit that they were written in. */
void plan_print(const struct plan *plan, enum language language, struct buf *out);
/* "4x6-8 80kg @2 rest 3:00": an item without its name. */
void plan_print_item(const struct plan_item *item, enum language language, struct buf *out);
/* To be kept: read with `ids` it is the same plan whatever names mean by then. */
void plan_print_ids(const struct plan *plan, struct buf *out);

#endif
