/*
 * The sets of one exercise, oldest first, as numbers: today's session and what came before it.
 */
#ifndef CORE_EFFORT_SESSION_H
#define CORE_EFFORT_SESSION_H

#include "core/effort/effort.h"
#include "core/effort/scale.h"

enum { SESSION_BOUTS = 64 };

/* A working set. */
struct bout {
    const struct set *set; /* lent from the log */
    struct reach reach;
    double load_kg; /* effective, the body counted in; an unknown body weight is policy's */
    double fatigue; /* share of the fresh reps that was gone before it; fatigue_fill() */
    int64_t at_ms;
};

struct session {
    const struct policy *policy;
    struct bout bouts[SESSION_BOUTS]; /* the newest ones */
    size_t count;
    size_t today;         /* index of the first of this session; count when there is none */
    int done;             /* working sets of this session; left and right make one */
    bool ramp;            /* the newest set of this session was a warm-up that nobody called so */
    double bodyweight_kg; /* that the loads were computed with */
    size_t last_index;    /* of the newest bout, in the log */
};

/* Reads the first LOG_COUNT sets of INPUT's log. Warm-ups never count (R06), whether or not they were called so
 * (ramp.h); of one-sided sets only those of the newest one's side are kept, as the other side's tire another arm. */
void session_read(struct session *session, const struct effort_input *input, size_t log_count);

/* The newest set of this session; NULL before the first. */
const struct bout *session_last(const struct session *session);
/* Index of the first bout of the session that came before today's; count when there is none. */
size_t session_before(const struct session *session);
bool session_same_load(const struct session *session, const struct bout *a, const struct bout *b);

/* Policy and body weight, without any set. */
void session_begin(struct session *session, const struct effort_input *input);
void session_bout(const struct session *session, struct bout *bout, const struct logged_set *logged);
/* R85 from set A to B, the next one: reps to failure fell sharply at the same load, from BEFORE to NOW. */
bool session_sharp_drop(const struct session *session, const struct bout *a, const struct bout *b, double *before,
                        double *now);
bool session_other_side(enum set_side a, enum set_side b);
/* A set that is dated after the question by more than a clock may run ahead: a slip of the date. */
bool session_is_slip(const struct effort_input *input, const struct logged_set *logged);
/* The lifter's, or the one that stands in for an unknown one. */
double session_bodyweight(const struct effort_input *input);
/* Days from this session's day to that of AT_MS: before it they are negative. */
int64_t session_day(const struct effort_input *input, int64_t at_ms);
/* Index of the first of COUNT sets, by time, that isn't older than FROM_MS. */
size_t session_first_since(const struct logged_set *log, size_t count, int64_t from_ms);

#endif
