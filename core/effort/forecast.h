/*
 * What the next set would be, as a distribution: reps to failure on the lifter's own scale (reps + the RIR that they
 * would report). Simple rules and a model of the lifter foretell it side by side; each is weighted by how well it has
 * foretold this lifter's sets in the same situation, in the open. All of it is derived from the log: learn the sets in
 * their order and the same state comes out.
 */
#ifndef CORE_EFFORT_FORECAST_H
#define CORE_EFFORT_FORECAST_H

#include "core/effort/bias.h"
#include "core/effort/pattern.h"
#include "core/effort/recall.h"

enum {
    EXPERT_CAPACITY = GUESS_COUNT, /* the model */
    EXPERT_PATTERN,                /* the lifter's own pattern */
    EXPERT_RECALL,                 /* what they did with about this load; of reps alone */
    EXPERT_COUNT,
    FORECAST_BINS = 48, /* half reps */
    RANGE_50 = 0,       /* central ranges, by index */
    RANGE_80,
    RANGE_95,
    FORECAST_RANGES
};

/* What is asked for: how many reps LOAD leaves, or how many in reserve LOAD and reps. */
enum forecast_mode { FORECAST_REPS, FORECAST_RIR, FORECAST_MODES };

/* A rule's record in one situation. */
struct expert {
    double score;       /* running log score against the others */
    double error, sets; /* sum of absolute errors, discounted; and how many */
};

struct forecast_record {
    struct expert experts[EXPERT_COUNT];
    double level[FORECAST_RANGES]; /* of the mixture's central range that holds what it should */
    double sets;                   /* that these learnt from */
    struct pattern pattern;
};

/* One for each lifter. */
struct forecast_lifter {
    const struct policy *policy; /* lent */
    bool reps_only;              /* how RIR is reported, load and reps given, isn't learnt: nobody will ask */
    struct forecast_record records[FORECAST_MODES][STRATUM_COUNT];
    struct guess_drift drift;
    struct bias_record bias;
    double halves, wholes; /* reports on half and on whole steps */
};

/* One for each lifter and exercise: under 2 KB. */
struct forecast_exercise {
    struct guess_memory memory;
    struct pattern_memory pattern;
    struct capacity capacity;
    struct bias_memory reports;
    struct recall recall;
    double session_top_kg, top_before_kg; /* heaviest sets of this session and the one before; 0 */
};

struct forecast {
    enum forecast_mode mode;
    enum stratum stratum;
    double reps; /* given, or NAN */
    double from; /* reps to failure of the first bin's middle */
    int bins;
    double chance[FORECAST_BINS];
    double median; /* reps to failure, a half step */
    double middle; /* the same between the steps */
    double low[FORECAST_RANGES], high[FORECAST_RANGES];
};

extern const double forecast_levels[FORECAST_RANGES]; /* what the ranges are meant to hold */

void forecast_lifter_init(struct forecast_lifter *lifter, const struct policy *policy);
void forecast_exercise_init(struct forecast_exercise *exercise, const struct policy *policy, const struct exercise *of);

/* A set of LOAD_KG (effective), at AT_MS, of REPS reps (NAN: as many as there are). False: nothing is known yet. */
bool forecast_make(const struct forecast_lifter *lifter, const struct forecast_exercise *exercise, double load_kg,
                   double reps, int64_t at_ms, struct forecast *forecast);

/* What one expert (an enum guess, EXPERT_CAPACITY…) alone would say of NEXT, with the errors that it made so far. */
bool forecast_by(const struct forecast_lifter *lifter, const struct forecast_exercise *exercise,
                 enum forecast_mode mode, size_t expert, const struct seen_set *next, struct forecast *forecast);

/* Mean error of reps to failure that is to be expected in STRATUM, by the experts as they weigh now. */
double forecast_error(const struct forecast_lifter *lifter, enum stratum stratum);
/* Reps to failure by those experts alone that never foretell more of a heavier load. NAN before anything was seen. */
double forecast_by_load(const struct forecast_lifter *lifter, const struct forecast_exercise *exercise, double load_kg,
                        int64_t at_ms);

/* That fewer than N reps are there. */
double forecast_below(const struct forecast *forecast, double n);
/* The chance of N, a half step. */
double forecast_chance(const struct forecast *forecast, double n);

/* A set for what follows. False: it says nothing (a warm-up, cheated, a drop set, no load). */
bool forecast_see(const struct forecast_lifter *lifter, const struct forecast_exercise *exercise, const struct set *set,
                  double load_kg, int64_t at_ms, struct seen_set *seen);
void forecast_learn(struct forecast_lifter *lifter, struct forecast_exercise *exercise, const struct seen_set *set);

#endif
