/*
 * From products to sets: parts are products that know whether they are a load, reps or both.
 */
#ifndef CORE_NOTATION_SHAPE_H
#define CORE_NOTATION_SHAPE_H

#include "core/notation/parser.h"

/* Bits, so that one may ask for several. */
enum part_kind {
    PART_NUMBER = 1 << 0, /* a bare number */
    PART_LOAD = 1 << 1,
    PART_REPS = 1 << 2,  /* also lists and pairs of reps */
    PART_CROSS = 1 << 3, /* two bare numbers */
    PART_FULL = 1 << 4,  /* load and reps */
    PART_SETS = 1 << 5,
    PART_TIME = 1 << 6
};

struct part {
    enum part_kind kind;
    const struct product *product;
    const struct term *load; /* NULL when it has none */
    const struct term *reps; /* of PART_TIME the seconds */
    const struct term *sets; /* "x3"; NULL when not said */
    char op;
    bool bar;          /* its load is the bar alone */
    size_t begin, end; /* the sets that it became */
};

/* From here "AxB" is a load and reps, up to there; and up to where a small number counts sets. */
enum { LOAD_LIKE = 15, REPS_LIKE = 30, SETS_LIKE = 10, TIMES_MOST = 5, EFFORT_MAX = 10 };

struct shape {
    struct parser *parser;
    struct part parts[PRODUCTS_MAX];
    size_t count;
    size_t begin;            /* the item's first set */
    const struct term *sets; /* "3 sets of" */
    bool effort;             /* is said somewhere */
    bool named;
};

/* part.c: "16s x10" behind a name of several words: a pair of those, or seconds. */
bool notation_pair(const struct shape *shape);
/* part.c: "push ups amrap 32" */
bool notation_most_done(const struct parser *parser, const struct part *part);
/* part.c: takes the item's products apart. */
int notation_parts(struct parser *parser, struct shape *shape);
/* part.c: a CROSS that stands alone becomes FULL, or sets of reps, by the rules and, where they are silent, a fork. */
int notation_cross(struct parser *parser, struct part *part);

/* "8 kg 15x3": a cross behind its load is sets of reps, but nobody does fifteen: as load x reps x sets (contract). */
void notation_turn_many(struct part *part);

/* "55x9" of "row 50 2x12, then 55x9": nobody does so many sets, and the load before has its own. PART isn't the first.
 */
bool notation_next_set(const struct part *part);

/* Whether a part is of one of KINDS; whether all from FIRST on are. */
bool notation_has(const struct shape *shape, unsigned kinds);
bool notation_only(const struct shape *shape, size_t first, unsigned kinds);
/* Whether the numbers from FIRST on, to the end, are reps in a row: "82.5x5 5 5 4". One alone may be anything. */
bool notation_row_of_reps(const struct shape *shape, size_t first);
/* PART is reps; in "27.5 15, then 20 for 12" what stands before is a load of their own. */
void notation_reps_for(struct shape *shape, struct part *part);
/* A number becomes a load. */
void notation_make_load(struct part *part);
void notation_drop(struct shape *shape, size_t index);

/* group.c: makes one part of sets and their load where they stand behind a set of another load. */
void notation_group(struct shape *shape);
/* find.c: "36 10/10" where one side is trained by itself: so many on each, or two sets. */
void notation_both_sides(struct shape *shape);
/* find.c: finds the load among bare numbers. */
int notation_find_load(struct shape *shape);
/* part.c: whether PRODUCT, "3x" or "3 times", counts the sets of the load and reps before it: TIMES are few. */
bool notation_times_whole(const struct parser *parser, const struct product *product, double times);
/* find.c: LOAD is one of at least LEAST and, behind a space or a "for", fewer reps. */
bool notation_is_pair(const struct part *load, double least);
/* find.c: whether the parts are loads and reps by turns, "110 for 1, 90 for 5". */
bool notation_all_load_for(const struct shape *shape);
/* find.c: whether PART is the "80" of "4 sets 80: 8 8 7 6". */
bool notation_leads_list(const struct shape *shape, const struct part *part);
/* NUMBER stands where reps do, and may be a load: asks. */
int notation_ask_load(struct parser *parser, double number);
/* "180 2 sets of 12", "3 sets of 12 leg press 200": and the one beside sets of so many reps. */
void notation_load_beside_sets(struct shape *shape);
/* "leg press 4 plates a side 360 x 12": what they weigh in all is told, too. */
int notation_settle_plates(struct shape *shape);

/* emit.c: adds the sets of PART with LOAD, which may be NULL; then what is said about them. */
int notation_emit(struct shape *shape, struct part *part, const struct term *load);
int notation_apply(struct shape *shape, const struct marks *marks, size_t begin, size_t end, bool uniform);
/* bar.c: one set with the bar alone, of which no effort is told, is a warm-up of what more is lifted in. */
void notation_bar_warms(const struct shape *shape);
/* ends.c: and what is said of its first or last sets alone. */
int notation_apply_ends(struct shape *shape);
int notation_finish(struct shape *shape);
/* A new set of the item's exercise; NULL with an error when there are too many. */
struct set *notation_add_set(struct parser *parser);
/* A whole number of reps in [0, 100], 0 only when MISSED. */
int notation_reps(struct parser *parser, const struct term *term, bool missed, int *reps);

/* hold.c: times. Returns 1 when the item is done. */
int notation_hold(struct shape *shape);
/* distance.c: makes "40m" once so far, with a note, which is asked. Whether there was such. */
bool notation_distance(struct shape *shape);
/* more.c: part INDEX counts warm-ups, or stands between others, "50x5 3 sets, then 40x8": of the load and reps beside
 * it. Whether it was taken. */
bool notation_sets_of_part(struct shape *shape, size_t index);
/* rounds.c: notes that PART, the FIRST of its item or not, says how many sets there are, which may be rounds. */
void notation_rounds_said(struct parser *parser, const struct part *part, bool first);
/* segment.c: drop sets, myo-reps, rest-pause, clusters. */
bool notation_segmented(struct shape *shape);
int notation_segments(struct shape *shape);

#endif
