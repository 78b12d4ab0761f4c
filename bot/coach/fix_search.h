/*
 * Which of the sets of this session somebody corrects or takes back.
 */
#ifndef BOT_COACH_FIX_SEARCH_H
#define BOT_COACH_FIX_SEARCH_H

#include "bot/coach/fix.h"

/* The sets of an exercise in this session; warm-ups aren't counted. */
struct fix_search {
    const struct turn *turn;
    const char *exercise; /* NULL: of any */
    double load;          /* as it was written; NAN: any */
    double reps;          /* where that isn't asked for; 0: any */
    double denied;        /* "172.5 not 170": what its load, or its reps, are said to have been; NAN: any */
    int64_t row;          /* that one; 0: any */
    int wanted;           /* which of them, from 1 on; 0: the last; AIM_BEFORE: that before it */
    bool warmups;         /* may be it, too */
    int count;
    struct coach_set_row found;
    bool alone; /* that one is meant, and no other of its message */
};

/* Loads what a search rests on. */
int fix_search_load(struct turn *turn, struct err *err);
/* Looks: SEARCH's count is how many there are; what was wanted is there where that isn't less. */
int fix_search_run(struct fix_search *search, struct err *err);
/* The same; a number that nobody lifted is of reps: "that 6 was @0". */
int fix_search_aimed(struct fix_search *search, struct err *err);
/* The message of the set that was found, and of those of that message the one. */
int fix_search_open(const struct fix_search *search, struct fixed *fixed, struct err *err);
/* Takes "#2" off NAME's end: which of the exercise's sets; 0 the newest. */
int fix_search_take_number(struct span *name);
/* NAME is an exercise, a load that was lifted, or both: "295 squat". False: neither, and that is said. */
bool fix_search_aim(struct turn *turn, struct fix_search *search, struct span name);

#endif
