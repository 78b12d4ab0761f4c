/*
 * The policy of effort as data: every number that a rule or a paper gives stands in a table of policy.c with its source
 * beside it. Code asks here and holds no number of its own.
 */
#ifndef CORE_EFFORT_POLICY_H
#define CORE_EFFORT_POLICY_H

#include "core/effort/effort.h"

enum level { LEVEL_BEGINNER, LEVEL_INTERMEDIATE, LEVEL_ADVANCED, LEVEL_UNKNOWN };
enum position { POSITION_EARLY, POSITION_LAST }; /* of the set among the planned ones of its exercise */

enum { POLICY_ANY = -1, POLICY_RULES = 4 };

/* Reps in reserve to aim at. The first row that fits counts; POLICY_ANY fits all. */
struct policy_effort {
    int goal, level, effort, position;
    int open;                      /* 1: the failure gate is open, 0: closed */
    double target;                 /* what load and reps aim at */
    double rir_min, rir_max;       /* what is asked for */
    double accept_min, accept_max; /* what is taken; under accept_min is an overshoot (R95) */
    const char *rules[POLICY_RULES];
};

struct policy_phase {
    double rir_add;     /* on top of the targets */
    bool failure;       /* may the gate open at all */
    bool one_a_session; /* R29; without it the 20 % alone count (R16-R18, D5) */
    const char *rule;   /* NULL: an ordinary week */
};

/* Reps of a set where neither a plan nor the lifter's habit says. */
struct policy_reps {
    int goal, effort;
    int low, high;
};

struct policy_rest {
    bool compound;
    int hard; /* 1: few reps or close to failure; 0 */
    double min_s, max_s;
};

/* Where failure closes (contract, "Failure gate"; D5-D7). */
struct policy_gate {
    double years;                  /* R38, D7 */
    double compound_weeks;         /* D7 */
    double bias_reps;              /* D7 */
    int bias_sets;                 /* D7 */
    double sleep_h;                /* R40 */
    double weekly_sets;            /* R65 */
    double share;                  /* R44 */
    double share_at_least;         /* contract, "Failure gate" */
    int session_sets;              /* R29 */
    int exercise_week_sets;        /* R27 */
    int compound_week_sets;        /* R36 */
    double hours_lower_compound;   /* R28, D6 */
    double hours;                  /* D6 */
    double allowed_cost;           /* D4: counts double */
    double secondary;              /* an indirect muscle's share of a set */
    double days_week, weeks_usual; /* the week is 7 x 24 hours; the usual week is the mean of four */
};

struct policy_fatigue {
    double carry, size, tau_s, cap;
    double prior_pairs;   /* weight of the table against the lifter's own pairs of sets */
    double ratio_max;     /* a lifter's own decline, as a multiple of the table's, is believed up to here */
    double decline_min;   /* pairs for which the table expects less teach nothing */
    double assumed_rir;   /* of a set that doesn't say */
    double rest_read_s;   /* shorter gaps are several sets told at once, not a rest */
    double session_gap_s; /* a longer pause begins afresh */
};

struct policy_strength {
    double reps_load_max;         /* above, reps are advised but no load derived */
    double rir_bound;             /* from here on RIR is only a lower bound */
    double missed_reps;           /* how much of the missed rep was there */
    double noise_base, noise_rir; /* SD of a reported RIR, in reps */
    double noise_long, noise_long_from;
    double noise_load;           /* SD of ln load that no report explains */
    double noise_fatigue;        /* SD of the fatigue estimate, as a share of it */
    double idle_days, idle_loss; /* after so many days capacity is taken to fall, ln a week */
    double bodyweight_kg;        /* stands in for an unknown one, in advice only */
};

struct policy_load {
    double set_up, set_down;              /* from set to set, as shares */
    double session_up_main, session_up;   /* from session to session: compounds, others */
    int habit_reps;                       /* the lifter's usual reps, give or take */
    int habit_sets;                       /* sets that make the habit */
    double technical_drop, technical_rir; /* contract, "Failure words" */
    double technical_rir_width;
    double same_kg;               /* loads that differ by less are the same */
    double drop_reps, drop_share; /* R85 */
    int sets_assumed;             /* without a plan */
    double rest_round_s;
    double reps_max;        /* contract: more is no set */
    double gate_closed_rir; /* a plan can't ask for less while the gate is closed */
    double overshoot_slack; /* no report is finer than this */
};

struct policy_bias {
    double days, load_share, reps_max; /* failure sets whose RIR was predictable */
    int newest;                        /* failure sets that are looked at */
    double prior_sets;                 /* shrinks the bias: m / (m + this) */
};

extern const struct policy_gate policy_gate;
extern const struct policy_fatigue policy_fatigue;
extern const struct policy_strength policy_strength;
extern const struct policy_load policy_load;
extern const struct policy_bias policy_bias;

enum level policy_level(double experience_months);
const struct policy_effort *policy_effort(enum goal goal, enum level level, enum effort_class effort,
                                          enum position position, bool open);
const struct policy_phase *policy_phase(enum phase phase);
const struct policy_reps *policy_reps(enum goal goal, enum effort_class effort);
const struct policy_rest *policy_rest(bool compound, int reps, double rir);
double policy_rest_usual(bool compound);                /* seconds */
double policy_curve(const struct exercise *exercise);   /* k of w * (1 + (n - 1) / k) */
double policy_decline(const struct exercise *exercise); /* c of the fatigue model */

/* For tests: the rows of effort. NULL past the end. */
const struct policy_effort *policy_effort_at(size_t index);

#endif
