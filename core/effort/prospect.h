/*
 * Forecasts for a lifter's log as advice needs them: the log played through, and the state of one exercise at its end.
 * A log grows at its end, so that the next question need play the new sets alone.
 */
#ifndef CORE_EFFORT_PROSPECT_H
#define CORE_EFFORT_PROSPECT_H

#include "core/effort/forecast.h"

struct prospect {
    struct forecast_lifter lifter;
    struct forecast_exercise exercise;
    /* Mean error of reps to failure, by stratum, as it stood before the newest set of the exercise: that set's own
     * surprise must not make the next load lower when the set was a better one. */
    double error[STRATUM_COUNT];
    double bodyweight_kg; /* that loads were computed with */
};

/* Plays INPUT's log: all sets of its exercise, and of the others' the newest, which tell what this lifter goes by. What
 * INPUT's `prospects` remember is not played again; the answer is the same without them. */
void prospect_read(struct prospect *prospect, const struct effort_input *input);

/* For one lifter: what was played for the exercises that were asked about last. */
struct prospects *prospects_new(void);
void prospects_free(struct prospects *prospects);
/* The log has changed, and not only by sets behind its end. */
void prospects_forget(struct prospects *prospects);

/* A set of LOAD_KG (effective) at AT_MS. False: not enough is known, or it is too uncertain to be said. */
bool prospect_reps(const struct prospect *prospect, double load_kg, int64_t at_ms, struct forecast *forecast);
/* The load that can be done N times, and those that N is as likely to be too much and too little for as the 80 % range
 * says: effective kg. */
struct prospect_load {
    double load_kg, low_kg, high_kg;
};
bool prospect_load(const struct prospect *prospect, double n, int64_t at_ms, struct prospect_load *load);

/* A forecast as it is answered. */
struct foretold {
    char exercise[EXERCISE_ID_SIZE];
    double load_kg; /* as it is written */
    double reps, low80, high80;
};

#endif
