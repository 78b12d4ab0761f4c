/*
 * When a lifter is asked how they are, and where: one plan for each, carried out by one job.
 */
#ifndef BOT_COACH_CHECKIN_PLAN_H
#define BOT_COACH_CHECKIN_PLAN_H

#include "bot/coach/turn.h"
#include "bot/schedule/recurrence.h"

enum checkin_step {
    CHECKIN_STEP_ASK,   /* the week's questions */
    CHECKIN_STEP_AGAIN, /* the same ones, put off */
    CHECKIN_STEP_REMIND
};

struct checkin_plan {
    bool off;       /* the lifter wants none */
    bool paused;    /* left unanswered for long: nothing is said until the lifter does */
    bool chosen;    /* the lifter has said when: it needs no set to begin */
    bool announced; /* how to end it has been said */
    struct recurrence recurrence;
    enum checkin_step step; /* that is done next */
    int64_t next_ms;        /* when; 0: never */
    int64_t asked_ms;       /* the check-in that was asked last; 0: none that may be answered */
    bool completing;        /* what its first answer left out was asked for */
    int unanswered;         /* running */
    int64_t team_ms, team;  /* the check-in that a team asked for last, and that one's group; 0 */
    char asked_by[256];     /* what the questions answered, or their name: that a reaction on them is known by */
    char polls[64];         /* the transport on which the questions are asked as polls; "" none */
    /* The direct chat that was used last; all "" : none is known. */
    char transport[64], identity[256], name[256], room[256];
};

/* The default when none is kept. */
int checkin_plan_load(struct turn *turn, struct checkin_plan *plan, struct err *err);
/* Keeps it, with its job. */
int checkin_plan_store(struct turn *turn, const struct checkin_plan *plan, struct err *err);

/* Does KIND at DUE_MS where check-ins are asked, in place of the one that waits; 0: never. */
int checkin_plan_job(struct turn *turn, const struct checkin_plan *plan, enum coach_job_kind kind, int64_t due_ms,
                     struct err *err);

/* It is asked there from now on, where that can be kept: whether that is another place than before. */
bool checkin_plan_move(struct checkin_plan *plan, const char *transport, const char *room, const char *identity,
                       const char *name);

/* Plans the week's questions, the first after AFTER_MS; who never said when is asked when their team asks. */
void checkin_plan_week(const struct turn *turn, struct checkin_plan *plan, int64_t after_ms);
/* Plans STEP for the day after AT_MS, at the week's hour. */
void checkin_plan_tomorrow(const struct turn *turn, struct checkin_plan *plan, enum checkin_step step, int64_t at_ms);

/* One was asked and isn't answered yet. The settings are loaded. */
bool checkin_plan_waits(const struct turn *turn, const struct checkin_plan *plan);

/* Whether anything was ever logged: 1, 0, -1. */
int checkin_plan_has_sets(struct turn *turn, struct err *err);

/* A message has been heard: there is a plan from the first set on, for the chat that was used last. */
int checkin_plan_follow(struct turn *turn, struct err *err);
/* The lifter's names are others: the plan, if there is one, goes on where the turn's message was said. */
int checkin_plan_settle(struct turn *turn, struct err *err);
/* The lifter's clock is another one. */
int checkin_plan_again(struct turn *turn, struct err *err);

#endif
