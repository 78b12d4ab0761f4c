/*
 * Spotter leads through a plan: the set that it names next, and how the last one stood against it (R94).
 */
#ifndef BOT_COACH_LEAD_H
#define BOT_COACH_LEAD_H

#include "bot/coach/advise.h"
#include "bot/coach/planned.h"

/* False where PLANNED has nothing to say about EXERCISE. */
bool lead_targets(const struct turn *turn, const struct planned *planned, const struct exercise *exercise,
                  int64_t at_ms, struct lead_targets *targets);

/* ITEM as the core takes it. */
void lead_target_of(const struct turn *turn, const struct exercise *exercise, const struct plan_item *item,
                    int64_t at_ms, struct target *target);

/* Fills in the turn's lead: the planned set that comes after one of LAST (NULL: none was done) by the plan's order, in
 * a superset by turns; none where LAST itself goes on unplanned. ASK is open. */
void lead_find(struct turn *turn, struct advise_case *ask, const struct planned *planned, const char *last);
/* Whether the plan has the word after a set of LAST that got ACTION: an exercise beside the plan goes on until it is
 * done. */
bool lead_goes_on(const struct planned *planned, const char *last, enum advice_action action);
/* The same as it stands at AT_MS, if a plan is there. ONLY_BEGUN: and under way. */
int lead_now(struct turn *turn, int64_t at_ms, bool only_begun, struct err *err);

/* The same whatever is done beside the plan. */
int lead_plan(struct turn *turn, int64_t at_ms, struct err *err);
/* EXERCISE's own planned set, if one is left. */
int lead_of(struct turn *turn, const char *exercise, int64_t at_ms, struct err *err);

/* "Next: bench press set 2 of 4:", line end, "80 kg x 6-8, RIR 2, rest 2:00"; one line where it fits. */
void lead_print(const struct turn *turn, bool with_rest, struct buf *out);
/* How the turn's last set stood against the plan: "On target."; nothing where that isn't known. */
void lead_print_standing(const struct turn *turn, struct buf *out);

#endif
