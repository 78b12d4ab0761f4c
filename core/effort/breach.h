/*
 * Which rules a target breaks for a lifter as they are: named to whoever sets it (R94). What is advised keeps to the
 * rules whatever is asked for; this says why it will be less.
 */
#ifndef CORE_EFFORT_BREACH_H
#define CORE_EFFORT_BREACH_H

#include "core/effort/effort.h"

/* What a breach tells of the lifter, for those who may not know everything. */
enum breach_about {
    BREACH_TARGET, /* nothing: the target and its exercise alone */
    BREACH_LIFTER, /* how long they have trained, what for, which phase they are in */
    BREACH_LOG,    /* what they have done */
    BREACH_STATE   /* how they are: pain, sleep, stress, check-ins */
};

struct breach {
    const char *rule; /* "R66"; static */
    enum breach_about about;
    double value, limit; /* what was compared; NAN */
};

enum { BREACHES = 16 };
struct breaches {
    struct breach at[BREACHES]; /* no rule twice, the gravest first */
    size_t count;
};

/* Of INPUT's target, of its exercise, in a session that begins now. */
void breach_read(struct breaches *breaches, const struct effort_input *input);
/* The target's load allows fewer reps than it asks for, as far as the log tells (R70): it isn't to be advised. */
bool breach_load(const struct effort_input *input, struct breach *breach);

#endif
