/*
 * Who is in a room that trains together, whom a name means there, and what may be shown of whom.
 */
#ifndef BOT_COACH_ROSTER_H
#define BOT_COACH_ROSTER_H

#include "bot/coach/turn.h"

enum { ROSTER_POWER = 50 /* a moderator, in the Matrix specification's defaults */ };

struct roster {
    struct coach_group group;
    VEC(struct coach_member) members; /* by identity, those too who are away or have left. Strings are its own */
};

/* A roster that is zeroed can be released. */
void roster_release(struct roster *roster);
/* All of GROUP. */
int roster_load(const struct coach_store *store, const struct coach_group *group, struct roster *roster,
                struct err *err);
/* The training room that ROOM is: 1, 0 it is none, -1. ROSTER is zeroed. */
int roster_load_room(const struct coach_store *store, const char *transport, const char *room, struct roster *roster,
                     struct err *err);
/* A member whose strings are its own, to be dropped. */
void roster_copy(const struct coach_member *member, struct coach_member *copy);
void roster_drop_copy(struct coach_member *copy);
/* The turn's room, in a direct chat the only one where its lifter is: 1 when the sender is in it; 0 and it is said why
 * not (no training room, several, somebody from outside), -1. To be released whatever it returned. */
int roster_open(struct turn *turn, struct roster *roster, struct err *err);
/* A command's run, where it is about the room that it is typed in: RUN gets that one's roster. */
int roster_run(struct turn *turn, struct span arguments,
               int (*run)(struct turn *turn, const struct roster *roster, struct span arguments, struct err *err),
               struct err *err);

/* The member of that number; NULL. Also who has left. */
const struct coach_member *roster_member(const struct roster *roster, int64_t lifter);
/* The member whom TYPED means: "@ben", "ben" (the local part of an id, on IRC an account or a nick, if there is one
 * such member), or a whole id, which mentions become. Nobody who has left. NULL, and then it is said why. */
const struct coach_member *roster_find(struct turn *turn, const struct roster *roster, struct span typed);
/* "ben" of "@ben:x"; on IRC the NAME, as nobody can have another's there. */
struct span roster_short(const char *transport, const char *identity, const char *name);
/* How a line calls MEMBER: "ben", or the whole id where that is somebody else, too. */
void roster_name(const struct roster *roster, const struct coach_member *member, struct buf *out);

/* Whether NAME, without an '@', is a short name of MEMBER's, of which several may be called the same. */
bool roster_calls(const struct roster *roster, const struct coach_member *member, struct span name);
/* "ben" of "@ben:x"; where addresses have no such form, all of it. */
struct span roster_local_part(const char *identity);

/* Whether the turn's sender may say how the room is run. Not whether they are in it. */
bool roster_rules(const struct turn *turn, const struct coach_group *group);
/* The same of the turn's room, whether it was set up or not: 1, 0, -1. */
int roster_rules_room(struct turn *turn, struct err *err);

/*
 * Whether the answer to this turn may show everything of WHOSE. If not: the sets that they wrote in the room
 * (coach_store.sets_in_room), and of who has left nothing at all. It goes by who reads the answer: in a room everybody
 * there, coach or not; in a direct chat the sender, who must be in the room.
 */
bool roster_shows(const struct turn *turn, const struct roster *roster, const struct coach_member *whose);

#endif
