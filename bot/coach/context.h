/*
 * What the log says about what a message leaves out. All of it is derived from the live sets, so after an edit or undo
 * it is as if it had always been so. Settings, names and log are loaded.
 */
#ifndef BOT_COACH_CONTEXT_H
#define BOT_COACH_CONTEXT_H

#include "bot/coach/turn.h"
#include "core/base/civil.h"

enum { CONTEXT_HOLDS_MS = CIVIL_HOUR_MS / 2 }; /* a set that was logged so long ago tells nothing of a bare number */

/* Whether what was done at AT_MS is of the session that BEFORE_MS is in; INT64_MAX: any. */
bool context_same_session(const struct turn *turn, int64_t before_ms, int64_t at_ms);
/* The last set of the session that AT_MS is in: NULL when there is none. */
const struct logged_set *context_moment(const struct turn *turn, int64_t at_ms);
/* The last set of EXERCISE that has a load: of this session, or ever (as far as the log goes). NULL. */
const struct logged_set *context_load(const struct turn *turn, const char *exercise, int64_t at_ms, bool this_session);
/* The last set of EXERCISE by AT_MS; NULL. */
const struct logged_set *context_last(const struct turn *turn, const char *exercise, int64_t at_ms);
/* The last exercises, latest first: how many. */
int context_recent(const struct turn *turn, int64_t at_ms, char (*ids)[EXERCISE_ID_SIZE], int maximum);
/* The best e1RM of EXERCISE before BEFORE_MS; NAN. */
double context_best(const struct turn *turn, const struct exercise *exercise, double bodyweight_kg, int64_t before_ms);
/* PERCENT of that of AT_MS, as it can be loaded; NAN. */
double context_percent(const struct turn *turn, const struct exercise *exercise, double percent, int64_t at_ms);
/* The heaviest load of EXERCISE in the session that AT_MS is in; NAN. */
double context_top(const struct turn *turn, const char *exercise, int64_t at_ms);
/* The same as context_best(), from all of the store's history, as far as the lifter is known here. */
int context_best_ever(struct turn *turn, const struct exercise *exercise, double bodyweight_kg, int64_t before_ms,
                      double *best, struct err *err);
/* The lifter's body weight now; NAN. */
double context_bodyweight(const struct turn *turn, int64_t at_ms);

#endif
