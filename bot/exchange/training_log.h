/*
 * A lifter's log as other apps export it: Strong (all of its dialects since 2015) and Hevy; and our own export, of
 * which nothing is lost.
 */
#ifndef BOT_EXCHANGE_TRAINING_LOG_H
#define BOT_EXCHANGE_TRAINING_LOG_H

#include <stdbool.h>
#include <stdio.h>

#include "core/base/err.h"
#include "core/base/vec.h"
#include "core/effort/effort.h"

enum { TRAINING_LOG_ROWS = 200000, TRAINING_LOG_OWN = 1000 /* exercises that are not in the catalogue */ };

/* Where a set stands, and what is known of its time: other exports name no zone, and theirs is as if it were UTC. */
struct training_log_origin {
    size_t row; /* the header being 1 */
    bool zoned;
    int offset_s; /* east of UTC, where it is */
};

struct training_log {
    VEC(struct logged_set)
    sets; /* by time on their own clock; those of one workout a millisecond apart, as no export tells when a set was */
    VEC(struct training_log_origin) origins; /* of each */
    VEC(struct exercise) own; /* what the catalogue doesn't know: called as it stands there, by our id if that does */
    bool unit_guessed;        /* the file doesn't say which unit a load is in */
    size_t rows;              /* without the header */
    size_t skipped;           /* rests, notes and cardio */
    size_t without_reps;      /* of those: the file calls them sets */
    size_t bad;               /* rows that can't be right */
    size_t first_bad;         /* number of the first of them, the header being 1 */
    const char *first_reason; /* static */
};

/* UNIT is taken for loads where the file doesn't say. -1: no such export, or too big; what a row can't say is counted.
 */
int training_log_read(struct training_log *log, FILE *in, enum unit unit, struct err *err);
/* What ID of one of its sets names; NULL: nothing. */
const struct exercise *training_log_exercise(const struct training_log *log, const char *id);
void training_log_release(struct training_log *log);

#endif
