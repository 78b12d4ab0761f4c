/*
 * A set as it was done and written: the value that everything is about. Plain data; copy it.
 */
#ifndef CORE_LIFT_SET_H
#define CORE_LIFT_SET_H

#include <math.h>
#include <stdint.h>

#include "core/lift/exercise.h"
#include "core/lift/units.h"

enum load_mode { LOAD_EXTERNAL, LOAD_BODYWEIGHT, LOAD_ADDED, LOAD_ASSISTED };
enum set_type { SET_WORKING, SET_WARMUP, SET_AMRAP, SET_DROP, SET_MYO, SET_REST_PAUSE, SET_CLUSTER };
enum set_failure { FAILURE_NONE, FAILURE_MOMENTARY, FAILURE_TECHNICAL, FAILURE_MISSED };
enum set_side { SIDE_NONE, SIDE_EACH, SIDE_LEFT, SIDE_RIGHT };

enum { SET_SEGMENTS = 8, SET_NOTE_SIZE = 96, REPS_UNKNOWN = -1 };

struct segment {
    double load_kg; /* NAN: not said */
    int reps;
};

struct set {
    char exercise[EXERCISE_ID_SIZE]; /* "": the text names none */
    double load_kg; /* NAN: not said. What is added or taken off by LOAD_ADDED and LOAD_ASSISTED; 0 by bodyweight */
    enum load_mode load_mode;
    enum unit unit; /* how the load was written */
    int reps;       /* completed ones; REPS_UNKNOWN when not said */
    double seconds; /* NAN unless a hold */
    double rir;     /* reps in reserve; NAN: not said. May be fractional */
    double percent; /* of the e1RM when the load was given so; NAN */
    enum set_type type;
    enum set_failure failure;
    enum set_side side;
    bool cheat;    /* the word "cheat": no record and no measurement (R72) */
    int64_t at_ms; /* when it was done, absolute date given; -1: not said (now) */
    struct segment segments[SET_SEGMENTS];
    int segment_count;
    char note[SET_NOTE_SIZE]; /* cut at a character's border; "" */
};

/* An empty set: nothing said. */
void set_init(struct set *set);

const char *load_mode_name(enum load_mode mode);     /* "external"… as in the JSON of the contract */
const char *set_type_name(enum set_type type);       /* "working"… */
const char *set_failure_name(enum set_failure kind); /* NULL, "momentary"… */
const char *set_side_name(enum set_side side);       /* NULL, "each"… */

#endif
