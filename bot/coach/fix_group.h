/*
 * Sets of one exercise that are corrected together, whichever messages they came in.
 */
#ifndef BOT_COACH_FIX_GROUP_H
#define BOT_COACH_FIX_GROUP_H

#include "bot/coach/fix.h"

/* What is corrected: sets of one exercise in this session, as they stand, and as they are to be. */
struct fix_group {
    const struct turn *turn;
    char exercise[EXERCISE_ID_SIZE];
    bool named;                     /* somebody said which */
    bool warmups;                   /* belong to it */
    VEC(struct coach_set_row) rows; /* by time */
    VEC(struct set) right;          /* of each row */
    VEC(bool) chosen;
    size_t broken; /* rows before that have sets of other exercises behind them */
    bool breaks;
};

/* The sets of the exercise NAME in this session; empty: of the last one, if what was done last is one's own. Where
 * there is none the group stays empty. 1, 0 nobody knows which exercise that is, or it is another's, and that is said,
 * -1. */
int fix_group_load(struct turn *turn, struct fix_group *group, struct span name, struct err *err);
void fix_group_release(struct fix_group *group);
/* The row that set AT begins with: one by each side is two rows. */
size_t fix_group_first_row(const struct fix_group *group, size_t at);
/* Chooses the COUNT last or first ones. False: there are no such. */
bool fix_group_choose(struct fix_group *group, size_t count, bool first);
/* Whether set AT is what it is to be. */
bool fix_group_is_right(const struct fix_group *group, size_t at);
/* Of how many messages the chosen ones are: 0, 1, or 2 where there are more. */
int fix_group_messages(const struct fix_group *group);
/* Makes the chosen ones what they are to be. What is right already stays; where all is, all is said. */
int fix_group_change(struct turn *turn, struct fix_group *group, struct err *err);
/* Takes the chosen ones back, in one step. */
int fix_group_remove(struct turn *turn, const struct fix_group *group, struct err *err);
/* GONE is about to be taken back: what leaned on it for its exercise, up to where that is named again, is of that all
 * the same. */
int fix_group_keep(struct turn *turn, const struct coach_set_row *gone, struct err *err);

#endif
