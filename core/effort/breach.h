/*
 * Which rules a target breaks for a lifter as they are: named to whoever sets it (R94). What is advised keeps to the
 * rules whatever is asked for; this says why it will be less. What isn't in the input can't be told by a rule.
 */
#ifndef CORE_EFFORT_BREACH_H
#define CORE_EFFORT_BREACH_H

#include "core/effort/effort.h"

struct breach {
    const char *rule;    /* "R66"; static */
    double value, limit; /* what was compared; NAN */
};

enum { BREACHES = 16 };
struct breaches {
    struct breach at[BREACHES]; /* no rule twice, the gravest first */
    size_t count;
};

/* Of INPUT's target, of its exercise, in a session that begins now. */
void breach_read(struct breaches *breaches, const struct effort_input *input);
/* Makes TARGET, of INPUT's exercise, what may be asked of the lifter by somebody else: a beginner keeps in reserve what
 * theirs accept, up to what is asked of them (R66), and a load that allows fewer reps than are asked for is left out
 * (R70; true: it was). */
bool breach_clip(const struct effort_input *input, struct target *target, struct breach *breach);

#endif
