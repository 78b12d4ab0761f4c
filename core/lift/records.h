/*
 * Personal records of one exercise, and a strength score that is fair across body weight. Whoever walks the log hands
 * over valid sets with their e1RM; which those are is said by record_counts().
 */
#ifndef CORE_LIFT_RECORDS_H
#define CORE_LIFT_RECORDS_H

#include "core/lift/set.h"

/* The words of the JSON: "load", "rep", "e1rm", "volume". */
enum record_kind {
    RECORD_LOAD, /* the heaviest load */
    RECORD_REPS, /* the most reps at a load */
    RECORD_E1RM,
    RECORD_VOLUME, /* load x reps of one day */
    RECORD_KINDS
};
const char *record_kind_name(enum record_kind kind);

struct record {
    double value;   /* kg; NAN: none yet. Of RECORD_LOAD and RECORD_REPS as it was written, help negative */
    double load_kg; /* of the set that set it, as written */
    enum load_mode load_mode;
    int reps;
    int64_t at_ms;
};

enum { RECORD_LOADS = 96 };

struct records {
    struct record best[RECORD_KINDS]; /* RECORD_REPS: the set of the latest rep record */
    struct {
        double load_kg;
        int reps;
    } at_load[RECORD_LOADS]; /* the most reps at each load; once full the lightest make room */
    size_t load_count;
    double volume;      /* of the day so far */
    bool volume_beaten; /* it is a record already */
    int64_t day;
    bool earlier; /* there was a day before this one */
    bool any;
};

void records_init(struct records *records);

/* Warm-ups, cheated and missed sets, holds and what has no load or no reps set no record (R06, R72). */
bool record_counts(const struct set *set);

/*
 * Takes the next set, by time: SET counts, DAY is a number that grows from day to day, MOVED_KG its load, the body
 * counted in; MOVED_KG and E1RM_KG may be NAN. Which records it set, as bits 1 << enum record_kind; on the first day of
 * an exercise there are none to beat.
 */
unsigned records_take(struct records *records, const struct set *set, double moved_kg, double e1rm_kg, int64_t at_ms,
                      int64_t day);

/* Which coefficients of the score: they differ by the sexes' records. */
enum score_table { SCORE_MEN, SCORE_WOMEN };
/* DOTS (Tim Konertz 2019; body weights beyond the formula's range count as its ends): points for KG lifted. NAN where
 * either is unknown. */
double score_dots(enum score_table table, double bodyweight_kg, double kg);

#endif
