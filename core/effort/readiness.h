/*
 * The newest check-in, held against the lifter's own ones (science.md, section 7): it may lower effort and never raises
 * a load.
 */
#ifndef CORE_EFFORT_READINESS_H
#define CORE_EFFORT_READINESS_H

#include "core/effort/effort.h"

/* In `low`, beside bits 1 << enum checkin_item. */
#define READINESS_DREAD (1U << CHECKIN_ITEMS)
#define READINESS_ACHES (1U << (CHECKIN_ITEMS + 1))

struct readiness {
    bool known;      /* there is one that still holds */
    bool declined;   /* and it is to change nothing */
    double mean;     /* of its answers; NAN: none */
    double usual;    /* the median of those before it; NAN: there are too few */
    double lowest;   /* of its answers; NAN: none */
    unsigned low;    /* what is bad by itself, or far under the lifter's own median */
    int low_count;   /* aches and soreness are one */
    bool low_before; /* the one before it was low, too */
};

void readiness_read(struct readiness *readiness, const struct effort_input *input);

/* The mean of the answers; NAN: there are none. */
double readiness_mean(const struct checkin *checkin);
/* It is to have consequences: no load goes up, nothing goes to failure. */
bool readiness_low(const struct readiness *readiness, const struct policy *policy);
/* So low that the next sessions are easier. */
bool readiness_easier(const struct readiness *readiness, const struct policy *policy);

#endif
