/*
 * The simple rules that foretell a set from the sets before it: what any lifter could do in the head or with a chart.
 * They are the bar that a model has to pass, and part of every forecast.
 */
#ifndef CORE_EFFORT_GUESS_H
#define CORE_EFFORT_GUESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/effort/scale.h"

enum guess {
    GUESS_REPS,       /* persistence: as many reps to failure as in the last set */
    GUESS_RIR,        /* persistence: as many in reserve as in the last set, whatever the reps */
    GUESS_REPS_DRIFT, /* both, and what the lifter's sets usually differ from the ones before */
    GUESS_RIR_DRIFT,
    GUESS_EPLEY,       /* w (1 + n / 30) of the last set */
    GUESS_CHART,       /* the RTS chart on the last set */
    GUESS_CHART_FIRST, /* before a session's first set: the RTS chart on the first set of the session before */
    GUESS_EWMA,        /* exponentially weighted mean of the e1RM by Epley */
    GUESS_COUNT
};

/* The situation that a set is done in: errors differ between them by more than between lifters. */
enum stratum { STRATUM_FIRST_SAME, STRATUM_FIRST_CHANGED, STRATUM_LATER_SAME, STRATUM_LATER_CHANGED, STRATUM_COUNT };
const char *guess_name(enum guess guess);
const char *stratum_name(enum stratum stratum); /* "first-same"… */

/* A set as numbers. */
struct seen_set {
    double load_kg; /* effective */
    double reps;
    double rir; /* as reported; NAN: it wasn't */
    double n;   /* reps to failure: by the report, or seen at failure; NAN: not known */
    int64_t at_ms;
    enum set_failure failure;
    enum measure measure; /* of reps to failure */
};

/* What the rules remember of one exercise. */
struct guess_memory {
    struct seen_set last;                /* the last one whose reps to failure are known; load NAN: none */
    double last_rir;                     /* as last reported; NAN */
    struct seen_set first, first_before; /* of the session that the last set was in, and of the one before */
    double ewma;                         /* kg; NAN */
    double last_load_kg;                 /* of the last set, whether or not its RIR was known; NAN */
    int64_t last_at_ms;
};

/* And of the lifter: how sets differ from the ones before, by stratum. */
struct guess_drift {
    double reps[STRATUM_COUNT], reps_count[STRATUM_COUNT];
    double rir[STRATUM_COUNT], rir_count[STRATUM_COUNT];
};

void guess_init(struct guess_memory *memory);
/* A pause after which a set is the first of a session. */
bool guess_is_first(const struct policy *policy, const struct guess_memory *memory, int64_t at_ms);
enum stratum guess_stratum(const struct policy *policy, const struct guess_memory *memory, double load_kg,
                           int64_t at_ms);

/* Reps to failure of a set of LOAD_KG and REPS (NAN: not known: then those that need them give NAN), by each rule.
 * False when nothing was seen. */
bool guess_all(const struct policy *policy, const struct guess_memory *memory, const struct guess_drift *drift,
               const struct seen_set *next, double guesses[GUESS_COUNT]);
void guess_learn(const struct policy *policy, struct guess_memory *memory, struct guess_drift *drift,
                 const struct seen_set *set);

/* The RTS chart (science.md, section 2): % of 1RM that can be done N times, and back. */
double guess_chart_percent(double n);
double guess_chart_reps(double percent);

#endif
