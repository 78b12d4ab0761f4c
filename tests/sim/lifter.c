/*
 * A simulated lifter; see lifter.h.
 */
#include "tests/sim/lifter.h"

#include <math.h>
#include <string.h>

const char *const sim_lifts[SIM_LIFTS] = {"squat",         "bench-press",         "barbell-row",
                                          "leg-extension", "chest-press-machine", "cable-curl"};

double sim_uniform(struct sim_lifter *lifter)
{
    lifter->seed ^= lifter->seed << 13;
    lifter->seed ^= lifter->seed >> 7;
    lifter->seed ^= lifter->seed << 17;
    return ((double)(lifter->seed >> 11) + 0.5) / 9007199254740992.0;
}

double sim_normal(struct sim_lifter *lifter)
{
    double radius = sqrt(-2 * log(sim_uniform(lifter)));

    return radius * cos(6.283185307179586 * sim_uniform(lifter));
}

void sim_begin(struct sim_lifter *lifter, uint64_t seed)
{
    static const double usual[SIM_LIFTS] = {120, 90, 85, 70, 100, 40};

    memset(lifter, 0, sizeof(*lifter));
    lifter->seed = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
    for (int i = 0; i < 16; i++)
        sim_uniform(lifter);
    for (int i = 0; i < SIM_LIFTS; i++)
        lifter->one_rm[i] = lifter->begun[i] = usual[i] * exp(0.2 * sim_normal(lifter));
    lifter->endurance = exp(0.15 * sim_normal(lifter));
    lifter->bias = 0.6 + 0.8 * sim_normal(lifter); /* science.md, section 3, at 2 in reserve */
    lifter->noise = 0.7;
    lifter->lift = -1;
}

void sim_new_day(struct sim_lifter *lifter, double days, bool bad_night)
{
    lifter->debt *= exp(-days / 4);
    lifter->day = 0.03 * sim_normal(lifter) - (bad_night ? 0.05 : 0);
    lifter->tired = 0;
    if (days > 10) /* strength that isn't used goes slowly */
        for (int i = 0; i < SIM_LIFTS; i++)
            lifter->one_rm[i] *= exp(-0.0015 * (days - 10));
}

void sim_rest(struct sim_lifter *lifter, int lift, double rest_s)
{
    if (lift != lifter->lift)
        lifter->tired *= 0.3;
    lifter->lift = lift;
    lifter->tired *= 0.35 + 0.65 * exp(-rest_s / 150);
}

/* Reps to failure by share of the 1RM: the means of 269 studies (Nuzzo 2024), every 5 % from 60 to 100. */
static const double means[] = {19.53, 17.11, 14.80, 12.37, 9.75, 7.15, 4.94, 2.85, 1};

static double reps_at(double share)
{
    double place = (share - 0.60) / 0.05;
    int at = (int)fmin(fmax(floor(place), 0), 7);

    return fmin(means[at] + (means[at + 1] - means[at]) * (place - at), 40);
}

static double reps_of(const struct sim_lifter *lifter, int lift, double load_kg)
{
    double share = load_kg / (lifter->one_rm[lift] * exp(lifter->day - lifter->debt));

    return (1 + (reps_at(share) - 1) * lifter->endurance) * (1 - lifter->tired);
}

/* Half of the credit beyond 3 in reserve, none beyond 5; the stronger, the slower. */
static void grow(struct sim_lifter *lifter, int lift, double rir)
{
    double credit = rir <= 3.5 ? 1 : rir <= 5.5 ? 0.5 : 0;

    lifter->one_rm[lift] *= 1 + 0.0004 * credit * lifter->begun[lift] / lifter->one_rm[lift];
}

struct sim_set sim_lift(struct sim_lifter *lifter, int lift, double load_kg, int reps, double rir_stop, double rir_go)
{
    double most = reps_of(lifter, lift, load_kg), felt;
    struct sim_set set = {0, 0, 0, false};

    /* What they think that they could do, and stop by. */
    felt = most - lifter->bias + lifter->noise * sim_normal(lifter);
    if (reps > felt - rir_stop)
        reps = (int)fmax(1, floor(felt - rir_stop + 0.5));
    else if (reps < felt - rir_go)
        reps = (int)floor(felt - rir_go + 0.5);
    set.missed = reps > most;
    set.reps = set.missed ? (int)fmax(0, floor(most)) : reps;
    set.rir_true = set.missed ? 0 : most - set.reps;
    /* Behind the set they know it a little better. */
    felt = set.rir_true - lifter->bias * (set.rir_true < 1.5 ? 0.4 : 1) + 0.5 * sim_normal(lifter);
    set.rir_said = set.missed ? 0 : fmax(0, floor(felt + 0.5));
    lifter->tired = fmin(0.6, lifter->tired + 0.3 / (1 + set.rir_true));
    lifter->debt += set.missed || set.rir_true < 0.5 ? 0.006 : 0.001;
    grow(lifter, lift, set.rir_true);
    return set;
}
