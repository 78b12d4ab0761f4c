/*
 * What `spotter evaluate` counts, and how it is printed.
 */
#ifndef BOT_EVALUATE_TALLY_H
#define BOT_EVALUATE_TALLY_H

#include <stdio.h>

#include "core/effort/forecast.h"

/* Of one forecaster in one situation. Where RIR isn't known an error is a forecast under the reps that were done. */
struct tally {
    double n, error, bias, log_score, inside[FORECAST_RANGES];
};

enum {
    TALLY_SITUATIONS = 2 * STRATUM_COUNT,               /* by stratum: RIR known, then RIR unknown */
    TALLY_MODELS = EXPERT_PATTERN + 1 - EXPERT_CAPACITY /* that foretell RIR */
};

/* The forecast with load and reps given, the same from the load alone, the rules, and the models by themselves. */
struct situation {
    struct tally forecast, from_load, rules[GUESS_COUNT];
    struct tally models[TALLY_MODELS];
};

struct tallies {
    struct situation at[TALLY_SITUATIONS];
    size_t lifters, sets, unforeseen; /* unforeseen: before any set of the exercise whose RIR was known */
};

/* A set of N reps to failure, POINT of them foretold. */
void tally_known(struct tally *tally, const struct forecast *forecast, double point, double n);
/* A set of REPS reps whose RIR nobody knows. */
void tally_bound(struct tally *tally, const struct forecast *forecast, double point, double reps);

void tallies_print(const struct tallies *tallies, FILE *out);
/* One object for each situation, a line each. */
void tallies_print_json(const struct tallies *tallies, FILE *out);

#endif
