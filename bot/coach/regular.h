/*
 * What is said to a lifter by itself when its day comes round, beside the check-in and where that is asked: Monday's
 * budget, the review of a month. Each day once, over downtime and journeys; on until the lifter says otherwise.
 */
#ifndef BOT_COACH_REGULAR_H
#define BOT_COACH_REGULAR_H

#include "bot/coach/checkin_plan.h"

enum regular_kind { REGULAR_BUDGET, REGULAR_REVIEW, REGULARS };

struct regular {
    bool off;
    bool told;       /* how to end it has been said */
    int minute;      /* of the day */
    int64_t day;     /* that it is planned for, since 1970-01-01; 0: it isn't */
    int64_t settled; /* the last day that it was due for: said then or left out, and not due again */
};

/* A lifter of whom sets are known was met at PLAN's place: it begins. MOVED: which is another one than before. */
int regular_follow(struct turn *turn, const struct checkin_plan *plan, bool moved, struct err *err);
/* The lifter's clock is another one. */
int regular_again(struct turn *turn, const struct checkin_plan *plan, struct err *err);
/* Its job has come: where it is to be said, SAY does (1 it did, 0 there is nothing to say, -1), and the first time how
 * to end it is said too: ENDS. */
int regular_due(struct turn *turn, enum regular_kind kind, const struct coach_job *job,
                int (*say)(struct turn *turn, struct err *err), enum text_key ends, struct err *err);

/* "off", "on", "6:30", folded: 1 when that was arranged, 0 when it is none of them, -1. */
int regular_arrange(struct turn *turn, enum regular_kind kind, struct span typed, struct regular *regular,
                    struct err *err);

#endif
