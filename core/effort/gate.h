/*
 * May the next set go to failure? Every condition of the contract's "Failure gate" is a row, each with its rule.
 */
#ifndef CORE_EFFORT_GATE_H
#define CORE_EFFORT_GATE_H

#include "core/effort/bias.h"
#include "core/effort/policy.h"
#include "core/effort/week.h"

struct gate_case {
    const struct policy *policy; /* gate_read() */
    const struct effort_input *input;
    enum level level;
    enum position position;
    int remaining;    /* planned sets of this session that are still to come, this one included */
    size_t log_count; /* sets of the log before the one that is asked about */
    int64_t now_ms;
    struct week week;
    struct bias bias; /* read when it is first asked for: it costs more than all the rest */
    bool bias_read;
};

/* Input, level, position, remaining, log_count and now_ms have to be filled in before. */
void gate_read(struct gate_case *gate);

bool gate_open(struct gate_case *gate);
/* A condition that fails, by the first of its rules. */
struct gate_closed {
    const char *rule;    /* static */
    double value, limit; /* what was compared; NAN */
};
enum { GATE_CONDITIONS = 24 };
/* All that fail: how many. */
size_t gate_closed(struct gate_case *gate, struct gate_closed closed[GATE_CONDITIONS]);
/* Adds a reason for each condition that fails. */
void gate_explain(struct gate_case *gate, struct advice *advice);

/* How right the lifter's RIR is; read once. */
const struct bias *gate_bias(struct gate_case *gate);

/* Does it hurt there? */
bool gate_pain(const struct effort_input *input);

#endif
