/*
 * Steps of a lifter's plans, and how plans are said. Shared by the commands that plan.
 */
#ifndef BOT_COACH_PLAN_H
#define BOT_COACH_PLAN_H

#include "bot/coach/planned.h"

enum { PLAN_KEPT_MAX = 8 * PLAN_TEXT_MAX }; /* bytes of a plan that is kept by ids */

/* Keeps a step of the turn's message: NAME and TEXT as in struct coach_step. */
int plan_step(struct turn *turn, enum coach_step_kind kind, const char *name, const char *text, struct err *err);
/* Reads TYPED as this lifter's plan; -1 and that is said where it is none. Names and settings are loaded. */
int plan_typed(struct turn *turn, struct span typed, struct plan *plan);
/* "cara: squat 3x5", typed in a room: it is planned for that member, or it is said why not. 1; 0: it names none; -1. */
int assign_plan(struct turn *turn, struct span text, struct err *err);
/* Lists PLAN's items; DONE says how far each is, NULL: nothing is. */
void plan_list(struct turn *turn, const struct plan *plan, const struct planned *done);
/* How many sets it holds: "7 sets". */
void plan_sets_count(const struct turn *turn, const struct plan *plan, struct buf *out);
/* The lifter's template that NAME means, as it is called and as it is kept: 1, 0 and that is said, -1. */
int template_find(struct turn *turn, struct span name, struct buf *found, struct buf *text, struct err *err);
/* Adds the lines of what comes next, or that all is done; nothing where no plan is there. */
int plan_say_next(struct turn *turn, struct err *err);
/* What STEP was, as its command is typed: "skip bench press". */
void plan_print_step(const struct turn *turn, const struct coach_step *step, struct buf *out);
/* Takes back the steps of INPUT and what else it said of its lifter, if there are any, by ACTION (0: one of KIND is
 * begun then); what they were goes to WORDS. */
int plan_withdraw(struct turn *turn, int64_t input, enum coach_action_kind kind, int64_t *action, struct buf *words,
                  struct err *err);

#endif
