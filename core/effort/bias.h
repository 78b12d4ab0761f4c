/*
 * How far a lifter's RIR is off, learnt only where the truth was seen: sets to momentary failure whose reps could be
 * told from the sets before (science.md, section 3).
 */
#ifndef CORE_EFFORT_BIAS_H
#define CORE_EFFORT_BIAS_H

#include "core/effort/effort.h"
#include "core/effort/guess.h"

enum { BIAS_REPORTS = 16, BIAS_NEWEST_MAX = 64 };

/* The newest reported sets of an exercise: what a set to failure is held against. */
struct bias_memory {
    double k; /* slope of the exercise's curve */
    struct bias_report {
        double load_kg;
        double fresh; /* reps to failure that it would have had without fatigue */
        int64_t at_ms;
    } reports[BIAS_REPORTS];
    size_t count; /* of all; the newest are kept */
};

/* What sets to failure went beyond the reports before them, where those said; of all exercises. What is known stays
 * until something newer is. */
struct bias_record {
    double beyond[BIAS_NEWEST_MAX]; /* reps */
    size_t count;                   /* of all; the newest are kept */
};

struct bias {
    int measured;  /* sets to momentary failure that were predictable; the newest ones */
    double mean;   /* reps done beyond what the reports said; positive: the lifter stops early. NAN */
    double shrunk; /* the same drawn to 0 while sets are few; NAN */
};

void bias_memory_init(struct bias_memory *memory, double k);
/* Reps that SET, to failure, went beyond what the reports of about its load and not too long ago say; NAN where there
 * are none. FATIGUE: share of the fresh reps that was gone before it. */
double bias_beyond(const struct policy *policy, const struct bias_memory *memory, const struct seen_set *set,
                   double fatigue);
/* A set of the exercise for what follows; what is no report is passed over. */
void bias_remember(const struct policy *policy, struct bias_memory *memory, const struct seen_set *set, double fatigue);

/* BEYOND NAN says nothing. */
void bias_count(struct bias_record *record, double beyond);
void bias_sum(const struct policy *policy, const struct bias_record *record, struct bias *bias);

/* Of the first LOG_COUNT sets of INPUT's log. */
void bias_read(struct bias *bias, const struct effort_input *input, size_t log_count);

#endif
