/*
 * What a file calls its exercises: those that the lifter knows, and those that are new to them.
 */
#ifndef BOT_COACH_IMPORT_NAMES_H
#define BOT_COACH_IMPORT_NAMES_H

#include "bot/coach/turn.h"
#include "core/base/map.h"
#include "core/base/vec.h"

struct import_fresh {
    char id[EXERCISE_ID_SIZE];
    char *name;
    bool used; /* by a set that isn't here */
};

/* What one of the file's names stands for; "": nothing. */
struct import_called {
    char id[EXERCISE_ID_SIZE];
};

struct import_names {
    struct turn *turn;
    VEC(struct import_called) called;
    struct map *called_at;          /* by the file's name: the index + 1 */
    VEC(struct import_fresh) fresh; /* exercises that were not known */
    struct map *fresh_at;           /* by id: the index + 1 */
};

/* The turn's names are loaded before the first is looked for. */
void import_names_init(struct import_names *names, struct turn *turn);
void import_names_release(struct import_names *names);
/* Which exercise NAME is to the lifter, lent until the next is looked for. NULL: it can be no name, or there are too
 * many. */
const char *import_names_find(struct import_names *names, const char *name);
/* A set of exercise ID is to be booked. */
void import_names_use(struct import_names *names, const char *id);
/* Those that are used and new are the lifter's from the turn's step on. */
int import_names_book(struct import_names *names, struct err *err);
/* The first few of them, as a text. */
void import_names_list(const struct import_names *names, struct buf *out);

#endif
