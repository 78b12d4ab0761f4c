/*
 * A simulated lifter: what they can really do, and what they say about it. Nothing in here is the model's: the rep
 * curve is Mayhew's, fatigue and recovery have their own constants, and RIR is judged with a bias and noise.
 */
#ifndef TESTS_SIM_LIFTER_H
#define TESTS_SIM_LIFTER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/effort/effort.h"

enum { SIM_LIFTS = 6 };

/* In the catalogue's words. */
extern const char *const sim_lifts[SIM_LIFTS];

struct sim_lifter {
    uint64_t seed;
    double one_rm[SIM_LIFTS]; /* fresh, on a usual day */
    double begun[SIM_LIFTS];  /* the same in the beginning */
    double endurance;         /* reps at a load, against the curve's */
    double bias, noise;       /* of what they call RIR: they stop BIAS reps early */
    double day;               /* ln, today */
    double debt;              /* ln, what hard work of the last days still costs */
    double tired;             /* share of the reps that is gone before the next set */
    int lift;                 /* that TIRED is of */
};

double sim_uniform(struct sim_lifter *lifter);
double sim_normal(struct sim_lifter *lifter);

void sim_begin(struct sim_lifter *lifter, uint64_t seed);
/* DAYS have passed; a bad night costs. */
void sim_new_day(struct sim_lifter *lifter, double days, bool bad_night);
/* REST_S before the next set of LIFT. */
void sim_rest(struct sim_lifter *lifter, int lift, double rest_s);

struct sim_set {
    int reps;
    double rir_true;
    double rir_said; /* whole reps */
    bool missed;     /* a rep was begun and not finished */
};
/* Lifts LOAD_KG for REPS, but stops as soon as it feels like less than RIR_STOP would be left, and goes on while it
 * feels like more than RIR_GO. Grows by it. */
struct sim_set sim_lift(struct sim_lifter *lifter, int lift, double load_kg, int reps, double rir_stop, double rir_go);

#endif
