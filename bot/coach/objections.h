/*
 * Which rules what a coach asks would break, for each of those whom it is asked of; named to the coach at once.
 */
#ifndef BOT_COACH_OBJECTIONS_H
#define BOT_COACH_OBJECTIONS_H

#include "bot/coach/coaching.h"
#include "core/effort/breach.h"

enum { OBJECTIONS = 12, OBJECTIONS_SAID = 2 };

struct objection {
    struct breach breach;
    char names[COACH_NAME_SIZE]; /* of those whom it concerns */
};
struct objections {
    struct objection at[OBJECTIONS];
    size_t count;
};

/* Adds what stands against ITEM for MEMBER, as far as the coach may know. */
int objections_add(struct objections *objections, struct turn *turn, const struct roster *roster,
                   const struct coach_member *member, const struct plan_item *item, struct err *err);
/* Says the gravest, and that advice keeps to the rules; NAMED: with whom each concerns. */
void objections_say(struct turn *turn, const struct objections *objections, bool named);

#endif
