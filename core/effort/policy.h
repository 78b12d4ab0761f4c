/*
 * The policy of effort as data: every number that a rule or a paper gives stands in config/effort.policy with its
 * source beside it, compiled in, or in a file that takes its place. Code asks the policy of its input and holds no
 * number of its own: policy_of(input)->gate.years.
 *
 * A new number is a field of a struct here and a row of config/effort.policy, no more.
 */
#ifndef CORE_EFFORT_POLICY_H
#define CORE_EFFORT_POLICY_H

#include "core/base/err.h"
#include "core/base/span.h"
#include "core/effort/effort.h"

enum level { LEVEL_BEGINNER, LEVEL_INTERMEDIATE, LEVEL_ADVANCED, LEVEL_UNKNOWN };
enum position { POSITION_EARLY, POSITION_LAST }; /* of the set among the planned ones of its exercise */

enum { POLICY_ANY = -1, POLICY_RULES = 4 };
enum { POLICY_EFFORT_ROWS = 64, POLICY_REPS_ROWS = 24, POLICY_REST_ROWS = 8, POLICY_PHASES = PHASE_FAILURE_BLOCK + 1 };

/* Reps in reserve to aim at. The first row that fits counts; POLICY_ANY fits all. */
struct policy_effort {
    int goal, phase, level, effort, position;
    int open;                        /* 1: the failure gate is open, 0: closed */
    double target;                   /* what load and reps aim at */
    double rir_min, rir_max;         /* what is asked for */
    double accept_min, accept_max;   /* what is taken; under accept_min is an overshoot (R95) */
    const char *rules[POLICY_RULES]; /* static, as all rules here; NULL behind the last */
    const char *cited[POLICY_RULES]; /* that the row keeps, too, but aren't reasons of an advice */
};

/* What a row of effort is looked up by. */
struct policy_case {
    enum goal goal;
    enum phase phase;
    enum level level;
    enum effort_class effort;
    enum position position;
    bool open;
};

struct policy_phase {
    double rir_add;                  /* on top of the targets */
    bool failure;                    /* may the gate open at all */
    bool one_a_session;              /* R29; without it the 20 % alone count (R16-R18, D5) */
    const char *rules[POLICY_RULES]; /* none: an ordinary week */
};

/* Reps of a set where neither a plan nor the lifter's habit says. */
struct policy_reps {
    int goal, effort;
    int low, high;
    const char *rules[POLICY_RULES];
};

struct policy_rest {
    int compound;
    int hard; /* 1: few reps or close to failure; 0 */
    double min_s, max_s;
    const char *rules[POLICY_RULES];
};

struct policy_hard {
    int hard_reps;   /* up to so many reps a set is hard */
    double hard_rir; /* and down to so few in reserve */
};

struct policy_level {
    double beginner_months, intermediate_months; /* contract, "Experience": under it */
};

/* Where failure closes (contract, "Failure gate"; D5-D7). */
struct policy_gate {
    double years;                  /* R38, D7 */
    double compound_weeks;         /* D7 */
    double bias_reps;              /* D7 */
    int bias_sets;                 /* D7 */
    double sleep_h;                /* R40 */
    double sleep_holds_h;          /* contract, "How long things hold" */
    double weekly_sets;            /* R65 */
    double share;                  /* R44 */
    double share_at_least;         /* contract, "Failure gate" */
    int session_sets;              /* R29 */
    int exercise_week_sets;        /* R27 */
    int compound_week_sets;        /* R36 */
    int long_reps;                 /* D10 */
    int block_days;                /* R18 */
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
    double jump;            /* contract, "Jump" */
    double gate_closed_rir; /* a plan can't ask for less while the gate is closed */
    double overshoot_slack; /* no report is finer than this */
    double ramp_most;       /* a warm-up is lighter than this share of what it leads to */
    double ramp_reserve;    /* and left so many reps */
};

struct policy_bias {
    double days, load_share, reps_max; /* failure sets whose RIR was predictable */
    int newest;                        /* predictable failure sets that count */
    double prior_sets;                 /* shrinks the bias: m / (m + this) */
};

/* When strength is said to rise, to stand or to fall (science.md, section 7). */
struct policy_trend {
    int sessions;                    /* that a slope is read from, at least */
    double weeks;                    /* between the first and the last of them */
    double window_weeks;             /* how far back a slope looks */
    double p;                        /* how sure it has to be */
    double noise;                    /* day-to-day SD of ln capacity before the lifter's own is known */
    int noise_sessions;              /* its weight */
    double cusum_slack, cusum_alarm; /* k and h, in SD */
    double level_gain;               /* how fast the level that it is held against follows */
    double outlier;                  /* a day counts for no more than so many SD */
    double holds_days;               /* an alarm is old after so many days without a measured session */
    int plateau_sessions;            /* R42 */
    double plateau_weeks;
};

/* Warning signs, and what follows from how many (science.md, section 7). */
struct policy_warning {
    int deload_from;     /* so many: a deload is proposed, and until then */
    double rir_add;      /* so many more in reserve */
    int overshoots;      /* R95: in a week, on compounds */
    int drop_sessions;   /* R85: sessions with a sharp drop */
    double drop_days;    /* within so many days */
    int rest_drops;      /* exercises that dropped in one session: enough for the day */
    double grind_rir;    /* R95: an accessory grinds at or below */
    double grind_share;  /* with so many of its sets */
    double score_low;    /* a check-in's item is low at or below */
    int own_checkins;    /* earlier ones that make the lifter's own scale */
    double own_mads;     /* low there: so many median absolute deviations under the median */
    double own_least;    /* but no less than this under it */
    int low_items;       /* that make a check-in low; twice running a warning */
    int easier_items;    /* that make the next sessions easier at once */
    double checkin_days; /* how long a check-in holds */
};

/* From session to session (D1, R81; science.md, section 7). */
struct policy_progress {
    int reset_sessions;    /* with misses at the same load, running: rebuild */
    double reset;          /* lighter by, as a share */
    double reset_rir;      /* and so many more in reserve */
    double deload_sets;    /* fewer by, as a share */
    int calibration_weeks; /* D8: logged, before failure is proposed as a test */
};

/* Rep ranges of double progression by their tops; each begins behind the one before. */
struct policy_range {
    int top_1, top_2, top_3, top_4, top_5, top_6;
};

/* k of w * (1 + (n - 1) / k) */
struct policy_curve {
    double usual, lower_machine_compound, lower_machine;
};

/* What a forecast is drawn from before the lifter's own sets tell (forecast.h). */
struct policy_forecast {
    double ewma; /* weight of the newest set in the mean of the e1RM */
    double spread_first_same, spread_first_changed, spread_later_same, spread_later_changed; /* mean error, reps */
    double spread_rir;                             /* the same of RIR, load and reps given */
    double spread_sets;                            /* sets that these count for */
    double forget;                                 /* of a rule's running score, by set */
    double spread_least;                           /* no rule is held to be better than this */
    double score_habit, score_last, score_formula; /* log odds of the kinds of rules, before the lifter's sets tell */
    double recall_age, recall_first;               /* what makes a remembered set count as further off, in ln load */
    double chance_least;                           /* of what a rule called impossible */
    double bound_weight;                           /* of what a set without RIR says, against one with it */
    double halves;                                 /* share of reports that are half steps */
    int other_sets;                                /* of other exercises that a forecast looks at */
    double widest;                                 /* 80 % range, in reps, that is still an answer */
    double load_most;                              /* kg, where a load is looked for */
    double ramp_share; /* lighter than this share of the session before and without RIR: a warm-up */
    double coverage_early;
    double coverage_step; /* how fast the ranges' widths follow what they missed */
};

/* The filter of what a lifter can do (capacity.h). Standard deviations of ln load. */
struct policy_capacity {
    double sd_level, sd_drift, sd_slope; /* before the first set; drift a week */
    double sd_day, day_set;              /* of a day, and from set to set of it */
    double level_week, drift_week;       /* a week */
    double drift_keep;                   /* a week */
    double weeks_most;                   /* that a drift is carried on for */
    double pivot_move, usual_step;
    double slope_tired, slope_rir;       /* sets more tired or with more in reserve don't teach the slope */
    double huber;                        /* surprises beyond this many SD count as this */
    double residual_sets, residual_keep; /* prior of the residual's scale, and its memory */
    double typo, typo_day;               /* ln load above what was expected, and for each day since */
    double reps_most;                    /* the curve says nothing beyond */
    double bound_most;                   /* bounds that are further off, in SD, are slips too */
    double rest_s;                       /* where the log doesn't tell */
};

/* The lifter's own pattern (pattern.h). In reps. */
struct policy_pattern {
    double drift_set;                  /* reps fewer from set to set of a session */
    double weight_habit, weight_model; /* of a reason, before the lifter's sets tell */
    double sd_constant, sd_weight;     /* how sure of them */
    double reason_most, surprise_most;
    double noise, wander; /* of a report; of a weight by set */
    double usual_step;
};

/* c of the fatigue model */
struct policy_decline {
    double press, squat, isolation;
};

/* Chances that a load is chosen by. */
struct policy_risk {
    double miss;                                /* of less in reserve than is asked for */
    double safe, allowed, caution, trap, avoid; /* of failure that wasn't planned, by class of the exercise */
};

struct policy {
    struct policy_effort effort[POLICY_EFFORT_ROWS];
    size_t effort_count;
    struct policy_phase phase[POLICY_PHASES];
    struct policy_reps reps[POLICY_REPS_ROWS];
    size_t reps_count;
    struct policy_rest rest_rows[POLICY_REST_ROWS];
    size_t rest_count;
    struct policy_hard rest;
    struct policy_level level;
    struct policy_gate gate;
    struct policy_fatigue fatigue;
    struct policy_decline decline;
    struct policy_strength strength;
    struct policy_curve curve;
    struct policy_load load;
    struct policy_bias bias;
    struct policy_forecast forecast;
    struct policy_capacity capacity;
    struct policy_pattern pattern;
    struct policy_trend trend;
    struct policy_warning warning;
    struct policy_progress progress;
    struct policy_range range;
    struct policy_risk risk;
};

extern const struct policy policy_default; /* compiled in */

/* The policy that INPUT brings, or the one that is compiled in. */
const struct policy *policy_of(const struct effort_input *input);

enum level policy_level(const struct policy *policy, double experience_months);
const struct policy_effort *policy_effort(const struct policy *policy, const struct policy_case *of);
const struct policy_phase *policy_phase(const struct policy *policy, enum phase phase);
const struct policy_reps *policy_reps(const struct policy *policy, enum goal goal, enum effort_class effort);
const struct policy_rest *policy_rest(const struct policy *policy, bool compound, int reps, double rir);
/* The range of the lifter's usual REPS; the last one for more than all of them. */
void policy_range(const struct policy *policy, int reps, int *low, int *high);
double policy_rest_usual(const struct policy *policy, bool compound);                /* seconds */
double policy_curve(const struct policy *policy, const struct exercise *exercise);   /* k of w * (1 + (n - 1) / k) */
double policy_decline(const struct policy *policy, const struct exercise *exercise); /* c of the fatigue model */

/*
 * Reads TEXT, rows as config/effort.policy has them, into POLICY: what it leaves out stays as compiled in. -1 with one
 * line that names FILE, the line, the key and what is expected; POLICY is of no use then. Keeps nothing of TEXT.
 */
int policy_parse(const char *file, struct span text, struct policy *policy, struct err *err);

/* One number of the policy, for its reader and for who lists the rules' places. */
struct policy_key {
    const char *name; /* "gate.years" */
    size_t offset;    /* in struct policy */
    bool whole;       /* an int, else a double */
    double low, high;
    const char *rules[POLICY_RULES];
};
const struct policy_key *policy_key_at(size_t index); /* NULL past the end */

#endif
