/*
 * Where one lift is going, within the lifter: a slope with how sure it is, and a one-sided CUSUM that watches for a
 * loss (science.md, section 7). Only sets that measure count; their best makes the session.
 */
#ifndef CORE_EFFORT_TREND_H
#define CORE_EFFORT_TREND_H

#include "core/effort/effort.h"

enum trend_way {
    TREND_UNKNOWN, /* too few measured sessions */
    TREND_UNSURE,
    TREND_RISING,
    TREND_PLATEAU, /* R42: noticed and said; opens and closes nothing */
    TREND_FALLING
};

struct trend {
    enum trend_way way;
    int sessions;                  /* measured ones within the slope's window */
    double weeks;                  /* from the first to the last of them */
    double slope;                  /* ln capacity a week; NAN when unknown */
    double p_falling;              /* P(slope < 0); NAN when unknown */
    double cusum;                  /* in SD, from 0 to policy's alarm */
    double change;                 /* ln: the last session against the level that was held before; NAN */
    int64_t last_ms;               /* of the newest measured session */
    bool slope_alarm, cusum_alarm; /* a loss by (a), by (b); recent enough to hold */
};

/* EXERCISE as INPUT's log shows it before BEFORE_MS; input's own exercise isn't looked at. */
void trend_read(struct trend *trend, const struct effort_input *input, const struct exercise *exercise,
                int64_t before_ms);

/* P(T < VALUE) of Student's distribution with FREEDOM degrees of it, at least 1. */
double trend_student(double value, int freedom);

#endif
