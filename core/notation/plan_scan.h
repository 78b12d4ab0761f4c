/*
 * Inside of the reader of plans: words, numbers and what stands behind them. For plan.c alone.
 */
#ifndef CORE_NOTATION_PLAN_SCAN_H
#define CORE_NOTATION_PLAN_SCAN_H

#include "core/notation/plan.h"
#include "core/notation/words.h"

struct plan_scan {
    struct span text; /* one item, folded */
    size_t at;
    enum unit unit; /* of a load that has none */
};

/* What a number says about itself by what follows it. */
enum plan_term_kind { PLAN_BARE, PLAN_LOAD, PLAN_PERCENT, PLAN_TIME, PLAN_SET_COUNT, PLAN_REPS, PLAN_RESERVE };

struct plan_term {
    double low, high;    /* the same unless it is a range */
    size_t list_count;   /* 0: it is no list */
    int list[PLAN_SETS]; /* "8/8/6", "5-3-2": reps of each set */
    enum plan_term_kind kind;
    enum load_mode mode; /* of PLAN_LOAD */
    enum unit unit;
    bool plus;  /* "5+" */
    bool amrap; /* the word; low and high are 0 */
    bool rpe;   /* of PLAN_RESERVE */
};

char plan_peek(const struct plan_scan *scan, size_t offset); /* NUL behind the end */
struct span plan_rest_of(const struct plan_scan *scan, size_t from);
void plan_skip_spaces(struct plan_scan *scan);
/* Bytes of the word that stands here, hyphens inside it and digits at its end included; 0: none does. */
size_t plan_word_length(const struct plan_scan *scan);
/* What the letters that stand here mean; LENGTH their bytes. */
enum word plan_word(const struct plan_scan *scan, size_t *length);
/* Takes "x" or "*" that joins two terms. */
bool plan_cross(struct plan_scan *scan);
/* Takes "82.5" or "82,5". */
bool plan_number(struct plan_scan *scan, double *value);
/* Takes a number or a range, a list, a load or "amrap"; false: none stands here. */
bool plan_term(struct plan_scan *scan, struct plan_term *term);
/* Takes "3:00", "90s", "2 min", "2" (minutes), "90". */
bool plan_time(struct plan_scan *scan, int *seconds);
/* Whether the comma at AT of TEXT is a decimal one. */
bool plan_decimal_comma(struct span text, size_t at);

#endif
