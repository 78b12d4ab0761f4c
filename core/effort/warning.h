/*
 * Warning signs from the log and from check-ins, graded: one takes the failure allowance (R53, R110), two add a RIR and
 * propose a deload (science.md, section 7). They are read as the session began, so that they stand still within it.
 */
#ifndef CORE_EFFORT_WARNING_H
#define CORE_EFFORT_WARNING_H

#include "core/effort/effort.h"
#include "core/effort/readiness.h"

enum { WARNING_SIGNS = 8 };

struct warning {
    const char *rule;                /* "R48"; static */
    char exercise[EXERCISE_ID_SIZE]; /* that it was seen on; "" */
    double value;                    /* what was measured; NAN */
};

struct warnings {
    struct warning signs[WARNING_SIGNS]; /* the gravest first */
    size_t count;
    int grade;        /* how many count: 0, 1, 2 and more */
    bool low_checkin; /* the newest one, while it holds: no load goes up, and nothing to failure */
    struct readiness readiness;
};

/* Of what was before this session's day, and of the newest check-in: the same all day as long as none is added. INPUT's
 * warnings and exercise aren't looked at. */
void warnings_read(struct warnings *warnings, const struct effort_input *input);

/* Lighter and easier from now on? Not while a deload is under way. */
bool warnings_deload(const struct effort_input *input);

/* What that comes to, the mildest first: each does what the ones before it do. */
enum warnings_verdict {
    VERDICT_CARRY_ON,
    VERDICT_NO_FAILURE,
    VERDICT_EASIER, /* so many more in reserve, too (policy's warning.rir_add); a deload is easier already */
    VERDICT_DELOAD  /* a lighter week is proposed */
};
enum warnings_verdict warnings_verdict(const struct effort_input *input);

/* Exercises that dropped sharply (R85) among the sets FROM up to TO of the log, which are of one day. */
int warnings_drops(const struct effort_input *input, size_t from, size_t to);
/* Set INDEX of the log went harder than its exercise and place in the session allow (R95). */
bool warnings_overshot(const struct effort_input *input, size_t index);
/* At or beyond the reserve where an accessory grinds (R95); its RIR is known. */
bool warnings_grinds(const struct policy *policy, const struct set *set);

#endif
