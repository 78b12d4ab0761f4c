/*
 * The effort core: from a lifter's log, the next set. Values in, values out; the same input gives the same answer on
 * every machine. Nothing is kept: the log is the truth and everything here is derived from it.
 */
#ifndef CORE_EFFORT_EFFORT_H
#define CORE_EFFORT_EFFORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/lift/language.h"
#include "core/lift/plates.h"
#include "core/lift/set.h"

enum goal { GOAL_HYPERTROPHY, GOAL_STRENGTH, GOAL_FITNESS };
enum phase { PHASE_NORMAL, PHASE_DELOAD, PHASE_LOW_VOLUME, PHASE_ISOLATION, PHASE_FAILURE_BLOCK };
enum stress { STRESS_UNKNOWN, STRESS_LOW, STRESS_NORMAL, STRESS_HIGH };
enum form { FORM_UNKNOWN, FORM_GOOD, FORM_LEARNING };

struct profile {
    enum goal goal;
    enum phase phase;
    double experience_months; /* NAN: unknown */
    enum form form;
    enum stress stress;
    bool safeties;
    bool deficit;
    double slept_h;        /* NAN: not known to hold now (36 hours) */
    uint32_t pain_muscles; /* bits of muscles that hurt or are injured now */
    double bodyweight_kg;  /* NAN: unknown */
    int64_t
        fresh_ms; /* when the last deload was begun, or ended by `phase normal`: what was lost before is dealt with */
    struct equipment equipment;
};

/* One set of the log, in the order it was done. */
struct logged_set {
    struct set set;
    int64_t at_ms;
};

/* A check-in: five answers, 1 bad to 5 good (McLean's items); NAN: not answered. It may lower effort and never raises a
 * load. */
enum checkin_item { CHECKIN_FATIGUE, CHECKIN_SLEEP, CHECKIN_SORENESS, CHECKIN_STRESS, CHECKIN_MOOD, CHECKIN_ITEMS };
struct checkin {
    double score[CHECKIN_ITEMS];
    bool dread;    /* of training (R51) */
    bool aches;    /* something hurts (R50) */
    bool declined; /* the lifter wants nothing changed by it: it counts for later ones alone */
    int64_t at_ms;
};

/* A target that was set before training (R94), by the lifter's plan or a coach. Unset fields are NAN or REPS_UNKNOWN or
 * 0. */
struct target {
    double load_kg; /* as it is written: what is added to the body where the body is moved */
    bool assisted;  /* or taken off it */
    int reps_min, reps_max;
    double rir_min, rir_max;
    int sets; /* planned working sets of this exercise today; 0: not planned, three are assumed */
};

struct policy;
struct prospects;
struct warnings;

struct effort_input {
    const struct policy *policy; /* lent; NULL: the one that is compiled in */
    const struct profile *profile;
    const struct exercise *exercise;  /* that is asked about; NULL where the whole week is */
    const struct target *target;      /* of the next set; NULL: none */
    const struct target *last_target; /* of this session's newest set where that was another; NULL: `target` */
    int also_planned;                 /* working sets of other exercises that this session's plan still holds */
    /* The lifter's live sets of all exercises, by time; the last 8 weeks in which something was logged if there are:
     * what counts logged weeks (D7) sees no more than this. */
    const struct logged_set *log;
    size_t log_count;
    /* The lifter's own exercises, which the catalogue doesn't know; NULL and 0: none. */
    const struct exercise *own;
    size_t own_count;
    const struct checkin *checkins; /* the last months' ones, by time; NULL and 0: none */
    size_t checkin_count;
    const struct warnings *warnings; /* warnings_read() of this input; NULL: nothing warns */
    struct prospects *prospects;     /* what was played of this log before, see prospect.h; NULL: all is played */
    int64_t now_ms;
    int64_t day_start_ms; /* midnight in the lifter's time zone: sets since then are this session's */
};

enum advice_action {
    ACTION_NEXT_SET,
    ACTION_LAST_SET,
    ACTION_STOP_EXERCISE,
    ACTION_NEXT_EXERCISE,
    ACTION_REST_DAY,
    ACTION_DELOAD,
    ACTION_RESET
};
const char *advice_action_name(enum advice_action action); /* "next-set"… */

enum { ADVICE_REASONS = 40 };

/* Why the numbers are what they are: a rule ("R85", "D1") and the figure that it was applied to. */
struct reason {
    const char *rule; /* static */
    double value;     /* what was measured, e.g. hours since failure; NAN when there is none */
    double limit;     /* what it was held against; NAN */
    bool closed_gate; /* one of the gates that keep failure_ok false; else it shaped action, load, reps, RIR or rest */
};

struct advice {
    enum advice_action action;
    double load_kg;           /* NAN where nothing is advised; written as load_mode says */
    enum load_mode load_mode; /* of the set that it goes on from */
    int reps;                 /* REPS_UNKNOWN where nothing is advised, and for holds */
    double rir_min, rir_max;  /* NAN where nothing is advised */
    double rir_target;        /* what load and reps aim at, within those; NAN */
    int rest_s;               /* since the last set; 0 before the first one and where nothing is advised */
    bool failure_ok;
    double p_failure;                      /* that fewer reps than advised are there to be done; NAN without data */
    struct reason reasons[ADVICE_REASONS]; /* no rule twice; what shaped the numbers first, then the closed gates */
    size_t reason_count;
    bool overshoot;                    /* the last set went beyond its target (R95) */
    double last_rir_min, last_rir_max; /* what was accepted of the last set of this session; NAN */
    int sets_done, sets_planned;
};

/* The next set of INPUT's exercise in this session. */
void effort_advise(const struct effort_input *input, struct advice *advice);
/* Working sets of INPUT's exercise in this session: warm-ups don't count, left and right make one. */
int effort_sets_done(const struct effort_input *input);
/* How this session's newest set stood against its target, and nothing else: `overshoot`, `last_rir_min` and
 * `last_rir_max`; R95 and what sharpens it among the reasons. */
void effort_judge(const struct effort_input *input, struct advice *advice);
/* Whether a set of RIR was easier than `last_rir_max`, by as much as would be harder on the other side. */
bool effort_undershoots(const struct effort_input *input, const struct advice *advice, double rir);

enum rule_topic {
    TOPIC_TARGETS,
    TOPIC_FAILURE,
    TOPIC_DOSE,
    TOPIC_STOP,
    TOPIC_PROGRESS,
    TOPIC_WARNINGS,
    TOPIC_WORDS,
    TOPIC_EVIDENCE,
    TOPIC_MYTHS,
    TOPIC_DISAGREEMENTS,
    TOPIC_COUNT
};
const char *rule_topic_name(enum rule_topic topic, enum language language); /* "targets"… */

/* The first set of the exercise's next session, as if that began now: progression, back-off or a load rebuilt from
 * lower. */
void effort_next_session(const struct effort_input *input, struct advice *advice);

/* A rule as text (rules.md, in our own words): NULL when ID is unknown. */
struct rule {
    const char *id; /* "R22" */
    enum rule_topic topic;
    const char *text;   /* what it says, in one short sentence */
    const char *source; /* the article, "S1"…; for D1-D11 the rules that disagree */
    const char *hedge;  /* how sure: size and interval for evidence claims; "" */
};
const struct rule *rule_by_id(const char *id);
const struct rule *rule_at(size_t index); /* NULL past the end */
/* Its text and hedge in LANGUAGE. */
const char *rule_text(const struct rule *rule, enum language language);
const char *rule_hedge(const struct rule *rule, enum language language);
/* What the article is called or is, in a few words; "" for D1-D11. */
const char *rule_source_title(const struct rule *rule, enum language language);

/* Estimated one-repetition maximum, w * (1 + (n - 1) / k) with n = reps + RIR and k by exercise (RIR counts up to 4;
 * not said: what the completed reps alone prove). NAN when it can't be known: no load or reps, a warm-up, a cheated
 * set, body weight unknown where it is part of the load. POLICY NULL: the one that is compiled in. */
double effort_e1rm(const struct policy *policy, const struct exercise *exercise, const struct set *set,
                   double bodyweight_kg);

#endif
