/*
 * The lifter's own pattern: how the next report departs from a simple rule's, as a sum of reasons whose weights are
 * learnt from this lifter alone, in each situation (recursive least squares with a prior). With a few sets it is the
 * rule; with many it is whatever mixture of habit and capacity this lifter goes by.
 */
#ifndef CORE_EFFORT_PATTERN_H
#define CORE_EFFORT_PATTERN_H

#include "core/effort/capacity.h"

enum { PATTERN_REASONS = 7 };

/* Weights of the reasons. */
struct pattern {
    double weight[PATTERN_REASONS];
    double cov[PATTERN_REASONS][PATTERN_REASONS];
};

/* What is usual on one exercise: of first and later sets. */
struct pattern_memory {
    double rir[2], n[2]; /* running means; NAN */
    double last_reps;    /* of the last set whose RIR was reported; NAN */
    double silent_reps;  /* of the last set, where its RIR wasn't; NAN */
    double silent_kg;    /* that it was done with */
    int sets;            /* of this session */
};

/* How the next set departs from a rule, reason by reason; the rule itself. */
struct pattern_case {
    double base;
    double reasons[PATTERN_REASONS];
};

/* Before any set: of RIR with load and reps given, or of reps from the load alone. */
void pattern_init(const struct policy *policy, struct pattern *pattern, bool rir, bool first);
void pattern_memory_init(struct pattern_memory *memory);

/* REPS NAN: how many there are; else how many in reserve, as reps to failure again. OUTLOOK NULL: there is none. */
void pattern_read(const struct policy *policy, const struct pattern_memory *memory, const struct guess_memory *before,
                  const double guesses[GUESS_COUNT], const struct outlook *outlook, const struct seen_set *next,
                  struct pattern_case *at);
double pattern_ask(const struct pattern *pattern, const struct pattern_case *at);
void pattern_learn(const struct policy *policy, struct pattern *pattern, const struct pattern_case *at, double n);
void pattern_remember(const struct policy *policy, struct pattern_memory *memory, const struct seen_set *set,
                      bool first);

#endif
