/*
 * One person by several names: what of it the other files need.
 */
#ifndef BOT_COACH_LINK_H
#define BOT_COACH_LINK_H

#include "bot/coach/turn.h"

enum { LINK_DAYS = 7 }; /* so long unlinking gives each their own back */

/* A code that somebody shows to others links nobody any more: 1 and that is said, 0 MESSAGE shows none, -1. */
int link_overhear(struct coach *coach, const struct message *message, struct err *err);
/* Tells SIDE, who is LIFTER, in private and soon: WORD, one of link_due()'s, and OTHER. */
int link_tell(struct turn *turn, const struct link_side *side, int64_t lifter, const char *word, const char *other,
              struct err *err);
int link_due(struct turn *turn, const struct coach_job *job, struct err *err);
/* Who says the turn's message. False: they can't be linked, which is said. */
bool link_side_of(struct turn *turn, struct link_side *side);
/* "@anna:example.org on matrix" */
void link_print(const struct turn *turn, const struct link_side *side, struct buf *out);
bool link_same(const struct link_side *a, const struct link_side *b);

typedef VEC(struct link_name) link_names;
int link_names_load(struct turn *turn, int64_t lifter, link_names *names, struct err *err);

#endif
