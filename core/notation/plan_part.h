/*
 * Inside of the reader of plans: a piece while it is read, and what is taken into it. For plan.c and plan_part.c alone.
 */
#ifndef CORE_NOTATION_PLAN_PART_H
#define CORE_NOTATION_PLAN_PART_H

#include "core/notation/plan_scan.h"

enum { PLAN_BARES = 2, PLAN_EFFORTS = 8 };

struct plan_effort {
    double low, high; /* RIR */
    bool ask;
};

/* A piece, while it is read. */
struct plan_work {
    struct plan_item item;
    struct span name;        /* "": none */
    struct span note;        /* a parenthesis right behind it, which may belong to it */
    double bare[PLAN_BARES]; /* numbers that say nothing about themselves */
    size_t bare_count;
    bool crossed, timed_alone;
    int list[PLAN_SETS];
    size_t list_count;
    struct plan_effort efforts[PLAN_EFFORTS];
    size_t effort_count;
};

struct plan_reader {
    const struct plan_options *options;
    struct plan *plan;
    struct plan_error *error;
    struct plan_scan scan;
    char before;       /* the separator in front of the piece; NUL at the start */
    size_t list_first; /* items of "3x12, 10, 8": the first of them, while more numbers may come; SIZE_MAX */
    int list_total;    /* its sets */
};

/* All return 0, or -1 with the error set. */
int plan_fail(struct plan_reader *reader, enum plan_problem problem, struct span part);
int plan_fail_from(struct plan_reader *reader, enum plan_problem problem, size_t from); /* to the piece's end */

/* FROM: where what is taken began, for the error. */
int plan_take_load(struct plan_reader *reader, struct plan_work *work, size_t from, const struct plan_term *term);
int plan_take_reps(struct plan_reader *reader, struct plan_work *work, size_t from, const struct plan_term *term);

/* Takes what stands here: numbers, a word or a name, or a sign. */
int plan_read_product(struct plan_reader *reader, struct plan_work *work);
int plan_read_word(struct plan_reader *reader, struct plan_work *work);
int plan_read_sign(struct plan_reader *reader, struct plan_work *work);

#endif
