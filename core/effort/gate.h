/*
 * May the next set go to failure? Every condition of the contract's "Failure gate" is a row, each with its rule.
 */
#ifndef CORE_EFFORT_GATE_H
#define CORE_EFFORT_GATE_H

#include "core/effort/bias.h"
#include "core/effort/policy.h"
#include "core/effort/week.h"

struct gate_case {
    const struct effort_input *input;
    enum level level;
    enum position position;
    int remaining; /* planned sets of this session that are still to come, this one included */
    struct week week;
    struct bias bias;
};

/* Reads what the first LOG_COUNT sets say at NOW_MS, for the set that comes next. */
void gate_read(struct gate_case *gate, const struct effort_input *input, size_t log_count, int64_t now_ms);

bool gate_open(const struct gate_case *gate);
/* Adds a reason for each condition that fails. */
void gate_explain(const struct gate_case *gate, struct advice *advice);

/* Does it hurt there? */
bool gate_pain(const struct effort_input *input);

#endif
