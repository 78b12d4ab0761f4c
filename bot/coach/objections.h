/*
 * Which rules what a coach asks would break, for each of those whom it is asked of; named to the coach at once. One
 * that only follows from what they keep to themselves is held, too, but not named.
 */
#ifndef BOT_COACH_OBJECTIONS_H
#define BOT_COACH_OBJECTIONS_H

#include "bot/coach/coaching.h"
#include "core/effort/breach.h"

enum { OBJECTIONS = 12, OBJECTIONS_SAID = 2 };

struct objection {
    struct breach breach;        /* its rule is "": one of their own */
    char names[COACH_NAME_SIZE]; /* of those whom it concerns */
};
struct objections {
    struct objection at[OBJECTIONS];
    size_t count;
};

/* Adds what stands against ITEM for MEMBER, whom OTHER holds, all of them: 1, 0 they don't know the exercise, -1. */
int objections_add(struct objections *objections, struct turn *turn, const struct roster *roster,
                   const struct coach_member *member, struct other *other, const struct plan_item *item,
                   struct err *err);
/* Says the gravest, and that advice keeps to the rules; NAMED: with whom each concerns. */
void objections_say(struct turn *turn, const struct objections *objections, bool named);

#endif
