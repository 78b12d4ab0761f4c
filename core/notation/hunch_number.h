/*
 * The numbers of a sentence that may tell of one more set, each by the words around it.
 */
#ifndef CORE_NOTATION_HUNCH_NUMBER_H
#define CORE_NOTATION_HUNCH_NUMBER_H

#include <stdbool.h>

#include "core/base/span.h"
#include "core/lift/set.h"
#include "core/notation/words.h"

enum { BARE_MOST = 2 };

/* What the word before a bare number, or behind it, says that it is. */
enum hint {
    HINT_NONE,
    HINT_LOAD,
    HINT_GOAL, /* "to 140", "at 80": the load, or nothing of a set: "back at 8" */
    HINT_REPS
};

struct hunch {
    const struct set *last;
    double bar;                 /* what it weighs, in the set's unit; 0: none was lifted */
    double load, reps, seconds; /* NAN */
    double bare[BARE_MOST];     /* numbers that may be any of these */
    enum hint hints[BARE_MOST];
    int bares;
    int sets;         /* "two more of those"; 0 */
    struct span tail; /* how it was */
    bool onward;      /* a word says that they went on */
    bool each;        /* "per arm" */
    bool step;        /* "added", "drauf": a number may be more than before */
    bool held;        /* "the 16 kilo dumbbell": its load is said in full */
    bool final;       /* "for the last one": may be of the set before */
    bool those;       /* "of those" */
    bool went, still; /* "gingen", "noch": both of them tell what was left */
    bool tried;       /* "tried 170" */
    bool more;        /* "10 more, 6": the first number may be a step */
    bool amrap;
    bool body, hung;  /* "bw again": nothing is added any more; "dropped the weight" */
    bool moved, hole; /* "one plate more", "pin down one": the load, which nobody knows */
    bool sided;       /* "5 on each side" */
    bool told;        /* a word or a unit says which number is the load, or it is what it was */
    bool again;       /* "same weight again" */
    bool then;        /* "then 6" */
    bool vague;       /* a word stands there that isn't known here, or says that it may not be of one set */
    bool other;       /* it is of something else, or holds what isn't known here */
};

/* Where the walk is. */
struct place {
    struct span text; /* from the word that is looked at */
    struct span word, before, rest;
    struct word_meaning meaning;
    double value;
    char sign;
    int words;
    bool in, plus; /* "in 5": a time; "plus 10" */
};

/* Takes the word at TEXT's front, which PLACE is then at, off it. */
void hunch_take_word(struct span *text, struct place *place);

/* PLACE's number, with TEXT behind it: takes what is of the number. */
void hunch_take_number(struct hunch *hunch, const struct place *place, struct span *text);

/* "7 people", "2 more exercises": PLACE's number, with TEXT behind it, counts what isn't known here. */
bool hunch_counts_things(const struct hunch *hunch, const struct place *place, struct span text);

/* "added", "drauf", "plus" */
bool hunch_adds(struct word_meaning meaning);

/* "4 abgebrochen schulter": WORD, right behind the reps, says that no more were tried. */
bool hunch_stops(struct span word);

/* WORD, right behind a number, says that this comes now: "70 next, 8", "32 once more, 10". */
bool hunch_comes_now(struct span word);

/* What was said before the number, or stands first: it is a load. */
static inline bool hint_is_load(enum hint hint)
{
    return hint == HINT_LOAD || hint == HINT_GOAL;
}

/* The load of SET in the unit that it was said in. */
static inline double hunch_load_of(const struct set *set)
{
    return set->load_kg / unit_to_kg(1, set->unit);
}

#endif
