/*
 * Reps lost from set to set: f <- 0.6 f + 0.65 e^(-t / 160 s) c / (1 + RIR) (science.md, section 5).
 */
#ifndef CORE_EFFORT_FATIGUE_H
#define CORE_EFFORT_FATIGUE_H

#include "core/effort/session.h"

struct fatigue {
    const struct policy_fatigue *policy;
    double decline;      /* c: of the exercise, drawn towards the lifter's own decline */
    double rest_usual_s; /* assumed where the log doesn't tell */
};

/* Fills in each bout's fatigue and learns c from pairs of sets at the same load. The newest bout teaches nothing: it is
 * what the next advice is drawn from, and must not judge itself. */
void fatigue_fill(struct fatigue *fatigue, struct session *session, const struct exercise *exercise);

/* Before the next set, REST_S after BOUT. */
double fatigue_after(const struct fatigue *fatigue, const struct bout *bout, double rest_s);

/* The shortest rest after BOUT that brings the fatigue down to LIMIT; INFINITY when none does. */
double fatigue_rest(const struct fatigue *fatigue, const struct bout *bout, double limit);

#endif
