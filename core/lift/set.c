/*
 * The empty set, and the words of the contract for its fields.
 */
#include "core/lift/set.h"

#include <string.h>

static const char *const load_modes[] = {
    [LOAD_EXTERNAL] = "external",
    [LOAD_BODYWEIGHT] = "bodyweight",
    [LOAD_ADDED] = "added",
    [LOAD_ASSISTED] = "assisted",
};
static const char *const types[] = {
    [SET_WORKING] = "working", [SET_WARMUP] = "warmup",         [SET_AMRAP] = "amrap",     [SET_DROP] = "drop",
    [SET_MYO] = "myo",         [SET_REST_PAUSE] = "rest-pause", [SET_CLUSTER] = "cluster",
};
static const char *const failures[] = {
    [FAILURE_NONE] = NULL,
    [FAILURE_MOMENTARY] = "momentary",
    [FAILURE_TECHNICAL] = "technical",
    [FAILURE_MISSED] = "missed",
};
static const char *const sides[] = {
    [SIDE_NONE] = NULL,
    [SIDE_EACH] = "each",
    [SIDE_LEFT] = "left",
    [SIDE_RIGHT] = "right",
};

void set_init(struct set *set)
{
    memset(set, 0, sizeof(*set));
    set->load_kg = NAN;
    set->reps = REPS_UNKNOWN;
    set->seconds = NAN;
    set->rir = NAN;
    set->percent = NAN;
    set->at_ms = -1;
}

const char *load_mode_name(enum load_mode mode)
{
    return load_modes[mode];
}

const char *set_type_name(enum set_type type)
{
    return types[type];
}

const char *set_failure_name(enum set_failure kind)
{
    return failures[kind];
}

const char *set_side_name(enum set_side side)
{
    return sides[side];
}
