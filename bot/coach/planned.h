/*
 * What is planned, and how far it is done: read from the steps of the lifter's plans and the log, so that after an edit
 * or undo it is as if it had always been so. A plan waits until one of its exercises is logged, for a week at most;
 * `start` begins it at once. Then it ends with the session.
 */
#ifndef BOT_COACH_PLANNED_H
#define BOT_COACH_PLANNED_H

#include "bot/coach/turn.h"
#include "core/notation/plan.h"

struct planned {
    bool there;                   /* a plan waits or is under way */
    bool begun;                   /* it is under way */
    int64_t from_ms;              /* sets since then count */
    struct plan plan;             /* with what coaches ask of its exercises */
    const char *by;               /* the coach who assigned it; NULL: nobody did. Lent by the lifter's steps */
    int64_t by_ms;                /* when, */
    bool by_hidden;               /* and in a room that isn't the turn's */
    int sets[PLAN_ITEMS];         /* to be done of each item, where the plan says none the policy's */
    int done[PLAN_ITEMS];         /* working sets that count for it; skipped single sets, too */
    int skipped_sets[PLAN_ITEMS]; /* single ones, among `done` */
    bool skipped[PLAN_ITEMS];     /* what was left of it */
};

/* As it stands at AT_MS. Log, names and steps are loaded. */
void planned_at(const struct turn *turn, int64_t at_ms, struct planned *planned);
/* Sets of ITEM that are still to do. */
int planned_left(const struct planned *planned, size_t item);
/* Sets of all other exercises than EXERCISE that are still to do. */
int planned_elsewhere(const struct planned *planned, const char *exercise);
/* The item of EXERCISE that is to be done next, else its last one; `plan.count` when it isn't planned. */
size_t planned_item(const struct planned *planned, const char *exercise);
/* Working sets of EXERCISE from FROM_MS to AT_MS, as the core counts them; TARGET: what is planned of it. */
int planned_done(const struct turn *turn, const char *exercise, const struct target *target, int64_t from_ms,
                 int64_t at_ms);
/* All sets of EXERCISE, skipped ones left out, and those that were done. */
void planned_count(const struct planned *planned, const char *exercise, int *sets, int *done);

/* What a coach asks of EXERCISE at AT_MS, by a target or by the plan that they assigned: the newer one. */
bool planned_asked(const struct turn *turn, const struct planned *planned, const char *exercise, int64_t at_ms,
                   struct instructed *asked);

/* Reads a text that was kept. */
void planned_read(const char *text, struct plan *plan);

#endif
