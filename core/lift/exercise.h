/*
 * What is trained: an exercise, its muscles, its equipment and how far effort may go on it; and the catalogue of them,
 * compiled in from config/exercises.tsv. A lifter's own exercises are of the same type.
 */
#ifndef CORE_LIFT_EXERCISE_H
#define CORE_LIFT_EXERCISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/span.h"
#include "core/lift/language.h"

enum { EXERCISE_ID_SIZE = 48 }; /* with the NUL */

enum muscle {
    MUSCLE_CHEST,
    MUSCLE_UPPER_BACK,
    MUSCLE_LATS,
    MUSCLE_TRAPS,
    MUSCLE_FRONT_DELTS,
    MUSCLE_SIDE_DELTS,
    MUSCLE_REAR_DELTS,
    MUSCLE_BICEPS,
    MUSCLE_TRICEPS,
    MUSCLE_FOREARMS,
    MUSCLE_QUADS,
    MUSCLE_HAMSTRINGS,
    MUSCLE_GLUTES,
    MUSCLE_ADDUCTORS,
    MUSCLE_CALVES,
    MUSCLE_ABS,
    MUSCLE_LOWER_BACK,
    MUSCLE_COUNT
};

enum equipment_kind {
    EQUIPMENT_BARBELL,
    EQUIPMENT_DUMBBELL,
    EQUIPMENT_MACHINE,
    EQUIPMENT_CABLE,
    EQUIPMENT_BODYWEIGHT,
    EQUIPMENT_KETTLEBELL,
    EQUIPMENT_BAND,
    EQUIPMENT_OTHER
};

/* How far a set may go (R33, R34, R88-R90; where the lists differ the most conservative one wins, D4). */
enum effort_class {
    EFFORT_SAFE,    /* isolation by machine, cable or dumbbell: the gate may open (R07, R33, R67, R88) */
    EFFORT_ALLOWED, /* compounds by machine or body weight: allowed, counts double (D4) */
    EFFORT_CAUTION, /* dumbbell presses, lunges, rows: close only on the final set (R89) */
    EFFORT_TRAP,    /* barbell bench without safeties: can trap the lifter (R90); `safeties on` relaxes it */
    EFFORT_AVOID    /* barbell squat, deadlift, overhead press, Olympic lifts: never (R34, R90) */
};

struct exercise {
    char id[EXERCISE_ID_SIZE]; /* "incline-dumbbell-press": the contract's habit */
    const char *name;          /* "Incline dumbbell press" */
    const char *german;        /* "Kurzhantel-Schrägbankdrücken"; NULL: as in English */
    uint32_t primary;          /* bits 1 << enum muscle; count 1 */
    uint32_t secondary;        /* bits; count 0.5 */
    enum equipment_kind equipment;
    enum effort_class effort;
    bool compound;
    bool lower_body;
    bool timed;      /* a hold: seconds, not reps */
    bool bodyweight; /* the lifter's own weight is the load; what is written is added or assisted */
    bool each_side;  /* usually done one side at a time */
    bool olympic;
    bool unloaded; /* nobody hangs a weight on it */
};

const char *muscle_name(enum muscle muscle); /* "front-delts" */
const char *exercise_name(const struct exercise *exercise, enum language language);

/* Whether it is done, and written, without a load: what a band pulls nobody knows. */
static inline bool exercise_needs_no_load(const struct exercise *exercise)
{
    return exercise->bodyweight || exercise->equipment == EQUIPMENT_BAND;
}

/* The compiled-in catalogue, in no order that means anything. */
const struct exercise *catalogue_at(size_t index);
size_t catalogue_count(void);
const struct exercise *catalogue_by_id(const char *id); /* NULL when there is none */

/* A lifter's own names: aliases of catalogue exercises, or exercises of their own. Lent; searched before the catalogue.
 */
struct exercise_alias {
    const char *folded; /* as text_fold() leaves it */
    char id[EXERCISE_ID_SIZE];
};
struct exercise_names {
    const struct exercise_alias *aliases;
    size_t alias_count;
};

enum name_match {
    NAME_NONE,  /* nothing near */
    NAME_EXACT, /* one exercise: an alias, or all of its words in any order */
    NAME_NEAR   /* guesses, best first: to be offered, never taken silently */
};
enum { NAME_CANDIDATES = 4 };
struct name_result {
    enum name_match match;
    size_t count; /* 1 when exact */
    char id[NAME_CANDIDATES][EXERCISE_ID_SIZE];
};

/*
 * Finds what NAME (any case, accents, plural, equipment words in any order: "db incline bench", "Bench Press
 * (Barbell)") means. OWN may be NULL. Allocates nothing; an exact name is found by one hash look-up.
 */
void exercise_find(const struct exercise_names *own, struct span name, struct name_result *result);
/* The exact half of it, for who has no use for guesses, which cost more: the exercise's id, lent, or NULL. */
const char *exercise_find_exact(const struct exercise_names *own, struct span name);
/* The same for a name that text_fold() was through already, as a whole line is before it is read. */
const char *exercise_find_folded(const struct exercise_names *own, struct span name);
/* Whether WORD, folded, is one of those that the catalogue's names are made of: "incline", "db". */
bool exercise_word(struct span word);
/* False: no name, of OWN or the catalogue's, has WORD, folded, in it. */
bool exercise_may_have(const struct exercise_names *own, struct span word);

#endif
