/*
 * The words of a sentence in which somebody tells a fact about themselves, and the amounts in it.
 */
#ifndef BOT_CHAT_FACT_WORD_H
#define BOT_CHAT_FACT_WORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/span.h"
#include "core/lift/exercise.h"

/* What a word is in such a sentence: rows of config/facts.tsv, which says what each does; a word may have several. */
enum fact_role {
    ROLE_LIGHT,
    ROLE_SLEEP,
    ROLE_SLEEPS,
    ROLE_NIGHT,
    ROLE_ROUGH,  /* how a night is */
    ROLE_GOODLY, /* how one sleeps, which may be denied: "didn't sleep great, 6h" */
    ROLE_DENY,
    ROLE_WEIGH,
    ROLE_WEIGHS,
    ROLE_MYSELF,
    ROLE_NOW,
    ROLE_DAILY, /* a weight, which is the writer's own where it is of */
    ROLE_TODAY,
    ROLE_PAIN,
    ROLE_STIFF, /* of a joint that is pain, of a muscle it follows training */
    ROLE_SORE,  /* as muscles are after training */
    ROLE_JOINT,
    ROLE_ODD, /* as something feels that hurts a little, where it has a level */
    ROLE_PAINS,
    ROLE_EASED,
    ROLE_TRAIN,
    ROLE_TRAINS,
    ROLE_DOING, /* what somebody does so long, "been at it 5 years" */
    ROLE_START,
    ROLE_AGO,
    ROLE_SINCE,
    ROLE_FUTURE, /* right before an amount of time: it is to come */
    ROLE_ANEW,   /* behind a break: how long one has trained isn't told */
    ROLE_PLATE,
    ROLE_BAR,
    ROLE_HAND, /* what is held */
    ROLE_HAVE,
    ROLE_ONLY,
    ROLE_IS,
    ROLE_LEAST,
    ROLE_EQUIPS,
    ROLE_STRESS,
    ROLE_HIGH,
    ROLE_LITTLE, /* stress that is hardly there */
    ROLE_STRESSES,
    ROLE_DIET,
    ROLE_DIETS,
    ROLE_AGED, /* behind an amount: how old somebody is, or how often something was */
    ROLE_KIN,  /* before the fact: it may be theirs */
    ROLE_HOURS,
    ROLE_MINUTES,
    ROLE_KILOS,
    ROLE_POUNDS,
    ROLE_STONES,
    ROLE_YEARS,
    ROLE_MONTHS,
    ROLE_WEEKS,
    ROLE_CALORIES,
    ROLE_HALF,
    ROLE_OPERATED, /* a part of the body: it may be an injury */
    ROLE_ARTICLE,
    ROLE_RANGE,
    ROLE_OUT,
    ROLE_PLACE, /* a part of the body: a row of config/phrases.tsv, */
    ROLE_SIDE,  /* like this one */
    /* in no row */
    ROLE_EXERCISE, /* of an exercise's name */
    ROLE_THIS_WEEK,
    ROLE_TELLING, /* tells of others, of other times, or that it isn't so */
    ROLE_BARE     /* of amounts: without a unit */
};
#define FACT(role) (UINT64_C(1) << ROLE_##role)

enum { FACT_WORDS = 30, FACT_AMOUNTS = 4 };

struct fact_word {
    struct span text; /* without the signs around it */
    uint64_t roles;   /* bits */
    bool ends;        /* a clause ends behind it */
};

/* "6h30", "7 and a half hours", "12 stone 4", "2 out of 3", "6-7 h" */
struct fact_amount {
    size_t first, end; /* its words */
    double low, value; /* the same but for "6-7" */
    double of;         /* "2 of 3"; 0: not said */
    double pounds;     /* behind stones */
    uint64_t unit;     /* bit of a role; 0: it is of something else */
};

struct fact_text {
    struct fact_word words[FACT_WORDS];
    size_t count;
    uint64_t roles; /* of all of them */
    struct fact_amount amounts[FACT_AMOUNTS];
    size_t amount_count;
};

/* The words of FOLDED. False: it has too many words or amounts, or asks. */
bool fact_take(struct span folded, struct fact_text *text);
/* Which of them are exercises, and what they are among the others: that takes as long as all else, and most texts are
 * told from facts without. */
void fact_relate(struct span folded, const struct exercise_names *own, struct fact_text *text);

#endif
