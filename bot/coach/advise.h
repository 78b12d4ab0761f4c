/*
 * The next set, and how it is said.
 */
#ifndef BOT_COACH_ADVISE_H
#define BOT_COACH_ADVISE_H

#include "bot/coach/day.h"
#include "bot/coach/turn.h"
#include "core/base/civil.h"

/* How far back the log is handed to the core: eight logged weeks, with gaps. */
enum { ADVISE_DAYS = 112 };

/* What the plan, or a coach, asks of an exercise's next set and of the one that was done last. */
struct lead_targets {
    bool by_plan; /* its session is the plan's */
    bool judges;  /* the last set had a target */
    struct target next, last;
    struct plan_item next_item, last_item;
    struct instructed asked, last_asked; /* by a coach, where that counts */
};

/* What the core is asked with. */
struct advise_case {
    struct lead_targets targets; /* that `input` points to, of the exercise that was asked about last */
    struct profile profile;
    struct effort_input input;
    struct day day;
};

/* Everything that is known at AT_MS, without an exercise; the turn's warnings are read. Settings, names and log are
 * loaded. */
int advise_open(struct turn *turn, int64_t at_ms, struct advise_case *ask, struct err *err);
/* "2026-01-11": the last day of a deload that begins today. */
void advise_deload_end(const struct turn *turn, char date[CIVIL_TEXT]);

struct planned;
/* What the core says about EXERCISE, by its plan where there is one (R94). ASK is open. */
void advise_exercise(struct turn *turn, struct advise_case *ask, const struct planned *planned,
                     const struct exercise *exercise, struct advice *advice);
/* How EXERCISE's next session begins: by what a coach asks of it, if they do. ASK is open. */
void advise_next_session(struct turn *turn, struct advise_case *ask, const struct exercise *exercise,
                         struct advice *advice);
/* Whether the newest set of EXERCISE was as hard as it should be: fills in ADVICE by effort_judge(). True when it was
 * easier. */
bool advise_judge(struct turn *turn, struct advise_case *ask, const struct planned *planned,
                  const struct exercise *exercise, double rir, struct advice *advice);

/* Fills in the turn's advice for EXERCISE as it stands at AT_MS. Settings, names and log are loaded. */
int advise(struct turn *turn, const char *exercise, int64_t at_ms, struct err *err);
/* The advice that the lifter's last set got: 1, 0 when there is no set, -1. */
int advise_last(struct turn *turn, struct err *err);

/* What is to be rested from the last set on, in seconds; 0. */
int advise_rest_s(const struct turn *turn);

/* "Next: 80 kg x 7, RIR 1-3", what is to be done instead, or where a plan goes on; the second as lines of the reply. */
void advise_print_next(const struct turn *turn, struct buf *out);
void advise_next_line(struct turn *turn);
/* "Next: 80 kg x 7, RIR 1-3, rest 2:30" and "Harder than planned: RIR 0, not 1-3.": the rest on a line of its own where
 * the first would be too long for a phone. */
void advise_say(struct turn *turn);

/* Makes the log cover what the advice of DAY needs. */
int advise_load(struct turn *turn, int64_t at_ms, struct err *err);

#endif
