/*
 * Inside of the reader. A line is read item by item; an item is a name and products ("80x8", "3x5", "100kg", "8/4/2")
 * with what is said about each (effort, failure, side…). `shape` makes sets of the products once the item is whole.
 * Where a text can be read in more ways than one, the reader asks notation_fork() which way to go; the message is then
 * read once for each way, and the results are the options of the question.
 */
#ifndef CORE_NOTATION_PARSER_H
#define CORE_NOTATION_PARSER_H

#include "core/notation/lexer.h"
#include "core/notation/reading.h"

enum verdict {
    VERDICT_GO,       /* understood so far */
    VERDICT_TALK,     /* not notation */
    VERDICT_ERROR,    /* reading->error and hint are set */
    VERDICT_QUESTION, /* reading->question is set and nothing can be offered */
};

enum role {
    ROLE_NUMBER,  /* says nothing about itself */
    ROLE_LOAD,    /* with a unit, a decimal, or "bw" */
    ROLE_PERCENT, /* of the e1RM */
    ROLE_REPS,    /* "8 reps" */
    ROLE_SETS,    /* "3 sets" */
    ROLE_TIME,    /* value in seconds */
    ROLE_MISSED,  /* "x": no rep */
    ROLE_UNKNOWN, /* "?", "feel" */
    ROLE_TICKS,   /* "vvvv" */
    ROLE_EMPTY,   /* what stands before the cross of "x8" */
};

struct term {
    double value;
    uint8_t role; /* enum role */
    uint8_t unit; /* enum unit */
    uint8_t mode; /* enum load_mode */
    uint8_t decimals;
    bool unit_said;
    bool relative;    /* "+2.5": to the last load, or added to the body */
    bool suffix_s;    /* "20s": seconds, or a pair of twenties */
    bool plus;        /* "5+" */
    bool partial;     /* "~7" */
    bool each;        /* "40e" */
    bool plates;      /* the value counts plates a side */
    bool rounds;      /* "3 rounds": sets of several exercises */
    bool bar;         /* "just the bar" */
    bool of_bar;      /* "the bar", whatever is said of it */
    uint8_t distance; /* "40m": of what unit, in distance.c; 0: none */
    bool bare;        /* "no weight": the body's, of which nobody says what it is */
};

enum {
    OP_ARROW = 'a',   /* "80x8 -> 60x8": a drop, but not where it goes up */
    OP_DROPPED = 'd', /* "…, then dropped to 45x8" */
    OP_THEN = 't'     /* "… to failure, then 45x8" */
};
enum { NO_TYPE = 0xFF, EFFORTS_MAX = 64, TERMS_MAX = 192, PRODUCTS_MAX = 64, CROSS_MAX = 3 };

/* SPOKEN: in a sentence, which is a remark where a number is typed beside it. TOTAL: what the reps would have been. */
enum effort_kind { EFFORT_BARE, EFFORT_RIR, EFFORT_RPE, EFFORT_SPOKEN, EFFORT_TOTAL };
struct effort_entry {
    double value; /* as written */
    uint8_t kind;
    bool felt; /* "@2, felt like @1": the second of them */
};

/* What is said about a product, or before all of them. */
struct marks {
    uint8_t effort_first, effort_count; /* into the item's efforts */
    uint8_t failure;                    /* enum set_failure */
    uint8_t missed;                     /* which rep was: "failed on the 6th"; 0: it isn't said */
    bool missed_one;                    /* "third missed": it may be a set's number */
    uint8_t side;                       /* enum set_side */
    uint8_t type;                       /* enum set_type or NO_TYPE */
    bool amrap;
    bool cheat;
    char note[SET_NOTE_SIZE];
};

struct product {
    uint8_t first, count;             /* terms that a cross joins */
    uint8_t chain_first, chain_count; /* that follow the last one: "8+4+2", "5-3-2", "8|7" */
    char chain;                       /* '+', '-', '|' or NUL */
    char op;   /* what joins it to the product before: ' ' , / : @ > f(or) o(f) d(ropped) t(hen) */
    bool open; /* "5x": a cross and nothing behind it */
    struct marks marks;
};

/* Of which of an item's sets something is said: all, or so many at one of its ends: ends.c. */
enum item_end { ITEM_FIRST, ITEM_LAST, ITEM_ALL };
struct item_end_marks {
    uint8_t sets; /* 0: nothing is, and the rest holds none */
    int16_t reps; /* or REPS_UNKNOWN */
    struct marks marks;
};

/* An exercise's name, or a part of the line that may be one. */
struct item_name {
    bool present;
    bool filler;                   /* "i did" stood before it */
    bool told;                     /* "did" stood behind it: "ben did" */
    bool behind;                   /* it stands behind products */
    size_t first, last;            /* tokens */
    size_t rest_first, rest_count; /* and of the rest that stands behind the products: "bench 30x10 dumbbells" */
    size_t held_first, held_count; /* and of what is lifted, behind its load: "bench 30kg dumbbells x10", */
    bool at_chest;                 /* which is held there: "squat 16kg kettlebell in front of my chest" */
};

struct item {
    size_t begin; /* its first token */
    struct item_name name;
    struct marks lead; /* holds for all products */
    struct product products[PRODUCTS_MAX];
    size_t product_count;
    struct term terms[TERMS_MAX];
    size_t term_count;
    struct effort_entry efforts[EFFORTS_MAX];
    size_t effort_count;
    bool each;    /* per hand or per side, anywhere */
    bool sided;   /* per side or leg, which counts reps where it stands at a number alone */
    uint8_t mode; /* "assisted", "weighted" anywhere: enum load_mode, LOAD_EXTERNAL when not said */
    bool join;    /* all products are parts of one set: "drop 80x8, 60x6" */
    bool planned; /* an effort was a plan: "@8+" */
    bool all;     /* what is said now is said of each product: "all @1" */
    uint8_t end;  /* or of the sets at one end: enum item_end */
    struct item_end_marks ends[ITEM_ALL];
    bool tail;                       /* there are words of their own: notation_tail() */
    bool tail_bare;                  /* some with nothing that parts them from the set, */
    bool tail_reported;              /* or that tell how it was */
    bool tail_with;                  /* or with what it was done */
    size_t note_first, note_end;     /* tokens of the note in words that was taken last, */
    size_t note_kept;                /* behind so many bytes of others */
    bool noted;                      /* words, not parentheses, were taken as a note */
    uint8_t next_side;               /* of the product to come: enum set_side */
    bool ramp;                       /* "up to 145": not the sets themselves */
    bool fell_short;                 /* "only 6", "6, failed": a number alone is reps */
    bool same_load;                  /* "same bell 12": so it is */
    bool walked;                     /* "40m": so far */
    bool placed;                     /* "15 holding the chair": where, or by what it was held */
    bool label;                      /* "Set 1:" of a shared workout */
    bool warm_letters, next_warm;    /* "w 20x10": there are such; the product to come is one */
    int unit;                        /* said anywhere in the item, or -1 */
    char exercise[EXERCISE_ID_SIZE]; /* what the name, or the heading, turned out to be */
    const struct exercise *known;    /* of the catalogue; NULL for none and for a lifter's own */
};

/* What was guessed last: a message that is read in several ways has one unknown name as a rule, and guessing costs. */
struct guessed {
    char name[64]; /* "" for nothing */
    struct name_result found;
};

/* The day that the message says so far: what of the reading the conversation resolves, or a date. */
struct said {
    int days_back, weekday, month, day; /* as in struct reading */
    bool before_today;
    int64_t at_ms; /* of a date with its year: noon of that day in UTC; else -1 */
};

/* What is in doubt: one of the habits, something of this message alone, or from FORK_NAME on a name, by where it
 * stands. All but names are decided once for a message. */
enum fork_place {
    FORK_EFFORT = HABIT_COUNT, /* which of those that were said */
    FORK_FAILURE,
    FORK_TICKS,
    FORK_SECONDS,
    FORK_STEP,
    FORK_TAKEN_OFF,
    FORK_PAIR_OF,
    FORK_PAIR_HELD,
    FORK_REPS_ALONE,
    FORK_LIST_LOAD,
    FORK_HOLD_REST,
    FORK_IS_REST,
    FORK_SECONDS_OR_PAIR,
    FORK_RAMP,
    FORK_DROPPED,
    FORK_SETS_BEHIND,
    FORK_DROP_OF,
    FORK_TIME_OR_REPS,
    FORK_MISSED_SET,
    FORK_DEAD,
    FORK_DISTANCE,
    FORK_ROUNDS,
    FORK_AGAIN,
    FORK_TOTAL,
    FORK_SAME_REPS,
    FORK_LEFT,
    FORK_NAME
};

enum { FORKS_MAX = READING_HABITS };
struct fork {
    uint8_t about;  /* enum question_about */
    uint16_t place; /* enum fork_place */
    uint8_t way;
};
struct forks {
    struct fork taken[FORKS_MAX]; /* ways that are set for this run */
    size_t count;
    bool asked; /* a way was needed that is not set: */
    struct fork question;
    uint8_t ways;
    char text[READING_TEXT_SIZE];
    struct guessed *guessed; /* of all ways */
};

/* "3 rounds" of a line's exercises, as one of its items says. */
struct rounds {
    uint8_t times;     /* 0: none are said */
    bool front;        /* before its name: of what follows; else of what stands before it */
    bool sure;         /* "rounds"; "3 times", "3 sets" may be its own alone */
    bool several;      /* more than one says so */
    size_t first, end; /* its sets */
};

struct parser {
    struct reading *reading;
    const struct reading_options *options;
    struct forks *forks;
    struct span text; /* the message as it came */
    struct span raw;  /* the line as it came */
    struct span line; /* and folded */
    struct tokens tokens;
    size_t at; /* the token to be read next */
    char op;   /* what will join the next product to those before */
    enum verdict verdict;
    struct span heading;             /* a line above that may be a name; raw */
    char exercise[EXERCISE_ID_SIZE]; /* of the sets above */
    struct said said;
    bool day_behind;  /* a line above has its day behind the sets, which counts for no other line */
    size_t line_sets; /* how many sets stand above this line */
    struct rounds rounds;
    bool free;  /* words that nobody knows are what people add to a set */
    bool stuck; /* the line was no notation because of what stands behind a set */
    struct item item;
};

/* ------------------------------------------------------------- tokens */

static inline const struct token *token_now(const struct parser *parser)
{
    return &parser->tokens.at[parser->at];
}

static inline const struct token *token_ahead(const struct parser *parser, size_t count)
{
    size_t at = parser->at + count;

    return &parser->tokens.at[at < parser->tokens.count ? at : parser->tokens.count];
}

/* SIGN is no bracket: all others but TOKEN_SIGN have NUL there. */
static inline bool token_is_sign(const struct token *token, char sign)
{
    return token->sign == sign;
}

/* What is no word is WORD_OTHER. */
static inline bool token_is_word(const struct token *token, enum word word)
{
    return token->word == word && (word != WORD_OTHER || token->kind == TOKEN_WORD);
}

/* One of TRAITS at least. */
static inline bool token_has(const struct token *token, unsigned traits)
{
    return (token->traits & traits) != 0;
}

/* "rd" at the number before it. */
static inline bool token_is_ordinal(const struct token *token)
{
    return token_has(token, TRAIT_ORDINAL) && !token->space;
}

static inline struct span token_text(const struct parser *parser, const struct token *token)
{
    return (struct span){parser->line.at + token->at, token->length};
}

/* Whether it is the word TEXT, whatever its class. */
static inline bool token_reads(const struct parser *parser, const struct token *token, const char *text)
{
    return token->kind == TOKEN_WORD && span_is(token_text(parser, token), text);
}

/* Whether it is one of WORDS, which NULL ends. */
static inline bool token_reads_one(const struct parser *parser, const struct token *token, const char *const *words)
{
    while (*words != NULL && !token_reads(parser, token, *words))
        words++;
    return *words != NULL;
}

/* ------------------------------------------------------------- questions and errors (question.c) */

/*
 * Which of WAYS ways to read what is in doubt at PLACE: what the run has set, else 0 with the question noted.
 */
unsigned notation_fork(struct parser *parser, enum question_about about, uint16_t place, unsigned ways,
                       const char *format, ...) __attribute__((format(printf, 5, 6)));
/* A question that has no options. Sets the verdict; returns -1. */
int notation_ask(struct parser *parser, enum question_about about, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Sets the verdict to error; returns -1. */
int notation_error(struct parser *parser, const char *hint, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* german.c: what a question, an error or a hint is in German; NULL when it isn't known. */
const char *notation_german(const char *english);
/* Sets the verdict to talk; returns -1. */
int notation_talk(struct parser *parser);

/* ------------------------------------------------------------- parts of an item; each returns 0, or -1 with a verdict
 */

enum { STEP_WORDS = TRAIT_MORE | TRAIT_HEAVIER | TRAIT_LIGHTER }; /* behind a number they make a step of it */

/* load.c: reads one term. BEHIND_CROSS: words for reps may stand here. */
int notation_term(struct parser *parser, bool behind_cross, struct term *term);
/* load.c: whether "plus 5 kg" or "minus 2,5 x8" stands here, before all products. */
bool notation_spoken_step(const struct parser *parser);
/* load.c: how many words "no weight", "ohne Zusatzgewicht" are that begin at WORD; 0: it isn't that. */
size_t notation_no_weight(const struct token *word);
/* load.c: the number that "two" is; 0. */
int notation_count_word(const struct token *word);
/* number.c: makes numbers of the words of the line's tokens that are such: "eighty for eight". Whether any was. */
bool notation_numbers(struct parser *parser);
/* number.c: whether the line that was read speaks of sets, so that its number words weren't mere talk. */
bool notation_numbers_meant(const struct parser *parser);
/* load.c: whether a term starts at the token now. */
bool notation_term_starts(const struct parser *parser);
/* load.c: what TERM, of the item, puts on the bar: kilograms rounded as they were written, into SET. */
int notation_load(struct parser *parser, const struct term *term, struct set *set);

/* product.c: reads a product joined by OP. */
int notation_product(struct parser *parser, char op);
/* product.c: what a plus adds to the product that was read last: "50x15 myo-reps +5 +4". */
int notation_chain_behind(struct parser *parser);
/* product.c: a number of reps and nothing behind it, as a product. */
int notation_reps_alone(struct parser *parser, char op);
/* product.c: "twice", "dreimal" behind a set: so many of it. 1: taken; 0: it isn't here. */
int notation_times(struct parser *parser);
/* product.c: takes "got 9" behind "140x5+": the reps that it became. */
bool notation_reached(struct parser *parser);
/* product.c: takes "for a single", "single" of "100kg on bench for a single", "180 deadlift single", which are its
 * reps; "a double" of "100 for a triple, a double", which is one more set. */
bool notation_reps_by_name(struct parser *parser);
/* product.c: "single at 210" behind a name: the reps, before their load. */
int notation_single(struct parser *parser);
/* product.c: takes "3 singles" of "3 singles at 140" as sets and reps: 1, or 0 when it doesn't stand here. */
int notation_singles(struct parser *parser);
/* product.c: takes "3 more at", of TOKENS, as a number of sets. */
int notation_more_sets(struct parser *parser, size_t tokens);
/* product.c: a cross that stands for a rep that was missed, as a product of its own. */
int notation_missed(struct parser *parser);

/* spoken.c: whether the words before COUNT, in its clause, tell of somebody else: "my buddy had 2 left". */
bool notation_of_others(const struct parser *parser, const struct token *count);
/* spoken.c: the tokens from the one now on of "went up to", "my coach had me do" before a set; 0. */
size_t notation_leads_on(const struct parser *parser);
/* spoken.c: whether the clause from the token now on tells what others had left. */
bool notation_others_left(const struct parser *parser);
/* spoken.c: "noch 2" behind many more reps than that: no set of two. */
bool notation_still_left(const struct parser *parser, bool felt);
/* Takes the sign of "+2 reserve", "+1 in the tank" behind a set, which are no load. */
bool notation_plus_left(struct parser *parser);
/* "noch 4", "noch 3 Sätze": asks whether reps were left, or sets are to come. 1: taken; 0: it isn't here. */
int notation_left_or_set(struct parser *parser);
/* Whether it is here. */
bool notation_left_or_set_ahead(const struct parser *parser);
/* "2-3", "2 bis 3", "three or four": whether SIGN stands in it. */
bool notation_range(const struct parser *parser, const struct token *sign);
/* Of reps that weren't done are the number AT tokens on, "vielleicht noch eine", and what follows WORD, "could". */
bool notation_maybe_more(const struct parser *parser, size_t at);
bool notation_says_could(const struct parser *parser, const struct token *word);
/* "hätte 10 geschafft": the reps that the WORDS ahead count would have been all. */
bool notation_is_total(const struct parser *parser, size_t words);
/* spoken.c: takes a clause that says how many had still gone: "ging noch 2", "noch 2 gegangen". False: it is none. */
bool notation_went(struct parser *parser);

/* effort.c */
int notation_at(struct parser *parser); /* at '@', or the word */
/* Whether the words from FIRST to the token now say what was left, and no more: "nix mehr gegangen". They are taken as
 * that. */
bool notation_spare(struct parser *parser, size_t first);
/* spoken.c: "100 3x10, letzter am limit": from FIRST on something is said of the last set, and there are others before.
 */
bool notation_of_last_alone(const struct parser *parser, size_t first);
/* effort.c: takes WORDS words that say that nothing was left. */
bool notation_none_left(struct parser *parser, size_t words);
int notation_effort_word(struct parser *parser);         /* at "rir" or "rpe" */
bool notation_effort_ahead(const struct parser *parser); /* "2 rir", "1 in the tank" */
int notation_effort_number(struct parser *parser);
bool notation_about_effort(const struct parser *parser); /* at the first word of "about 2 rir" */
/* "could have done 2 more", at its first word. */
bool notation_more_ahead(const struct parser *parser);
/* Takes it: 1, or 0 when it doesn't stand here. */
int notation_more(struct parser *parser);
/* Where what is said ends: another clause, or the line. */
bool notation_clause_ends(const struct token *token);
/* Takes an effort of what was read last: its number stands NUMBER tokens on, with BEHIND of its words behind it. 1, or
 * 0 when NUMBER is -1. */
int notation_found_effort(struct parser *parser, int number, size_t behind, enum effort_kind kind);
/* Which of both scales numbers from LOW to HIGH are of that don't say it: EFFORT_BARE where that isn't sure. */
enum effort_kind notation_effort_kind(double low, double high);
extern const char notation_effort_hint[];
/* The RIR of what MARKS say, COUNT of them, into RIR; a single one fills RIR[0]. */
int notation_efforts(struct parser *parser, const struct marks *marks, double *rir, size_t *count);

/* rating.c: "felt like a 9", at its first word, or "9 out of 10". */
bool notation_rating_ahead(const struct parser *parser);
/* Takes it: 1, or 0 when it doesn't stand here. */
int notation_rating(struct parser *parser);
/* The same at the end of a set, where a half tells that it is no load: "425x3 again, 8.5". */
int notation_half_rpe(struct parser *parser);

/* group.c: "single" of "top single 180x1", at WORD: its reps are said behind it. */
bool notation_single_ahead(const struct token *word);
/* group.c: the tokens of "3 more at", "2 more sets of" before a set; 0: they aren't here. */
size_t notation_more_sets_ahead(const struct parser *parser);
/* group.c: skips what stands before the load of "…, then dropped to 45x8", "dann runter auf 45x8". */
bool notation_dropped(struct parser *parser);
/* group.c: whether "another" of "dropped to 20 for another 9" is the word now. */
bool notation_another(const struct parser *parser);
/* group.c: whether WORD says which sets they are: "backoffs", "working". */
bool notation_says_group(const struct parser *parser, const struct token *word);
/* group.c: in an item of warm-ups, skips "AS", "working sets:" where a set follows: what comes is none of those. */
bool notation_work_begins(struct parser *parser);
/* group.c: "70x10 sorry 72.5x10": takes the words, and back what stood before them. */
bool notation_slip(struct parser *parser);
/* group.c: whether "to 35, 8" is here behind "drop", at the front: a load and its reps, and no list of either. */
bool notation_drop_to_reps(const struct parser *parser);
/* group.c: takes the letter of "w 20x10, w 30x5": warm-ups. */
bool notation_warm_letter(struct parser *parser);
/* group.c: skips "top set", "back-offs:" before a set. */
bool notation_group_words(struct parser *parser);

/* ends.c: takes "last set" where an effort or a failure follows, which is said of that end then (item.end), and "last
 * set 6 reps" as a whole. */
enum end_taken { END_NOT, END_WHOLE, END_EFFORT };
enum end_taken notation_end_before(struct parser *parser);
/* What the ends say so far, and back to it: it was of words after all. */
struct ends_said {
    uint8_t sets[ITEM_ALL], efforts[ITEM_ALL];
    int16_t reps[ITEM_ALL];
};
void notation_ends_note(const struct item *item, struct ends_said *said);
void notation_ends_return(struct item *item, const struct ends_said *said);
/* Takes "on the second set" of "10 reps, 9 on the second set", whose reps are that set's: it is one more; "7 on the
 * last" behind "3x8" are those of one of them. */
bool notation_reps_of_set(struct parser *parser);
/* The other way round: takes "on the last set" behind what was said last, if it stands there. Before that there were
 * EFFORTS, and FAILURE in the marks. */
void notation_end_behind(struct parser *parser, size_t efforts, uint8_t failure);

/* nth.c: skips "set 2" of "set 2 bench 80x8", "set two 80x8" at the item's front; */
void notation_set_number_before_name(struct parser *parser);
/* that of "bench set 2: 80x8", of "1. Satz 100kg 8"; "50" of "50 pushups in 2 sets of 25", "both" of warmups. */
bool notation_set_number(struct parser *parser);
bool notation_skip_ordinal_set(struct parser *parser);
/* "2. Satz" of "100x5, 2. Satz leichter" behind sets, where no number follows: takes it as a note. */
bool notation_of_nth_set(struct parser *parser);
/* "for a set of 10", "ein Satz mit 10" before the reps: 1 when it was skipped. */
int notation_set_of(struct parser *parser);
/* "Set 1:", "W2:" of workouts that apps share. W is a warm-up, D a drop set, F one to failure. */
void notation_app_label(struct parser *parser);
/* "A1 bench 80x8 A2 row 70x10": 1: the letter begins the next item; -1: it was skipped; 0: none is here. */
int notation_letter(struct parser *parser);
/* Whether FIRST begins "A) bench 80x8", "2) bench 80x7". */
bool notation_is_bullet(const struct parser *parser, const struct token *first);

/* missed.c: takes "failed on the 6th" from its first word on. 0. */
int notation_fail(struct parser *parser);
/* Skips "5th rep" of "5th rep failed", takes "8th rep wouldn't go", "couldn't get the 8th": 1; else 0. */
int notation_ordinal(struct parser *parser);

/* sayings.c: how many words from WORD on say that the set went as far as it could: "bis nichts mehr ging"; 0. */
size_t notation_to_the_end(const struct parser *parser, const struct token *word);
/* sayings.c: the same of "to get warm", "zum Reinkommen", which say what a warm-up is for. */
size_t notation_to_warm(const struct parser *parser, const struct token *word);
/* sayings.c: the same of "as many as possible", */
size_t notation_as_many(const struct parser *parser, const struct token *word);
/* of what is said behind a rep that wasn't done: "ging nicht mehr", "wouldn't go up", and before it: "couldn't get". */
size_t notation_wont_go(const struct parser *parser, const struct token *word);
size_t notation_couldnt(const struct parser *parser, const struct token *word);

/* sayings.c: the same of "couldn't do another", "keine mehr geschafft": nothing was left. */
size_t notation_no_more(const struct parser *parser, const struct token *word);
/* sayings.c: takes "to finish", "zum Abschluss" behind a set as a note. */
bool notation_finisher(struct parser *parser);

/* sayings.c: skips the end of "only 5 this time". */
bool notation_this_time(struct parser *parser);

/* marks.c: how many tokens from FIRST on are words of COUNT classes; and skips those from the one now on. */
size_t notation_word_count(const struct token *first, const uint8_t *classes, size_t count);
size_t notation_skip_words(struct parser *parser, const uint8_t *classes, size_t count);

/* marks.c: takes "to get warm". */
bool notation_warm(struct parser *parser);
/* marks.c: words and parentheses that tell more about a set. */
int notation_mark(struct parser *parser);
/* Past a colon that something follows. */
void notation_skip_colon(struct parser *parser);
/* inside.c */
int notation_parenthesis(struct parser *parser);
/* Whether COUNT tokens from FIRST on are nothing but words and numbers that say something by themselves: "(RIR 1.5)".
 */
bool notation_speaks(const struct parser *parser, const struct token *first, size_t count);
/* note.c: takes "tempo 3-1-1", "t/3111". */
int notation_tempo_word(struct parser *parser);
/* note.c: takes "with the green band" before a set that names no exercise: a note on it. */
void notation_band(struct parser *parser);
/* note.c: takes "mit Band", "with the green band" behind reps: the exercise with one where there is such, else a note.
 */
bool notation_band_behind(struct parser *parser);
/* note.c: the same of "im Stehen". */
bool notation_posture(struct parser *parser);
/* note.c: takes "on the belt", "am Gurt" behind a load: where it hangs. */
bool notation_belt(struct parser *parser);
/* note.c: takes "3s pauses", "with 2 s pause at the bottom" behind reps, or before a load, as a note. */
bool notation_phase(struct parser *parser);
/* note.c: takes "60cm", "24 inch" behind a name and before its reps, how high a box is, as a note. */
bool notation_height(struct parser *parser);
bool notation_tempo_ahead(const struct parser *parser); /* "3-1-0" where "tempo" stands in the name */
int notation_tempo(struct parser *parser);
/* note.c: how many tokens "90 s", "2:30" are that begin at NUMBER; 0: no time. */
size_t notation_rest_time(const struct token *number);
bool notation_rest_ahead(const struct parser *parser); /* "2 min rest" */
int notation_rest(struct parser *parser);
struct marks *notation_marks(struct parser *parser); /* of the product that was read last, or of the whole item */
void notation_marks_init(struct marks *marks);
bool notation_marks_say(const struct marks *marks); /* anything at all */
/* Adds NOTE to what TO, of SET_NOTE_SIZE bytes, holds. */
void notation_note(char *to, struct span note);
struct span notation_inside(const struct parser *parser, const struct token *note); /* of a parenthesis */
struct span notation_raw(const struct parser *parser, size_t at, size_t length);    /* the bytes as they came */

/* "5 partials" behind a set, its number AHEAD: no reps of the set's own, and no other set. Takes it as a note. */
bool notation_partials_ahead(const struct parser *parser, size_t ahead);
int notation_partials(struct parser *parser);
/* The last of a note's words, which began at FIRST, is none of them where it begins an effort: "grinder nothing left".
 */
void notation_leave_effort(struct parser *parser, size_t first);
/* Notes the words from token FIRST to the one now; what goes on with the words before it is one note with them. */
int notation_note_since(struct parser *parser, size_t first);
/* Whether a note in words ends right before the token now. */
bool notation_goes_on(const struct parser *parser);

/* tail.c: takes words of people's own from the token now on as a note. */
int notation_tail(struct parser *parser);

/* Whether TIME, a token, is the end of "last time", "last week". */
bool notation_last_time(const struct parser *parser, const struct token *time);
/* Takes WORDS words, "close grip", "incline db", when with the name before the set they are an exercise's. */
bool notation_variant(struct parser *parser, size_t words);
/* Whether a clause of such words starts here. */
bool notation_prose(const struct parser *parser);
/* How many tokens of such words, and what ends them, stand before everything else: "shoulder hurts, bench 60x10"; 0. */
size_t notation_lead_words(const struct parser *parser);
/* tail.c: whether what stands beside a name that isn't known makes it less sure that it is one. */
bool notation_unsure_name(const struct item *item);
/* tail.c: "80x8 dead", "80x8 clean", "push-ups 8 against the wall": how many words from now on tell how it went or
 * where, though exercises are called so; 0. */
size_t notation_remark(struct parser *parser);
/* elsewhen.c: takes "last week 77.5x8", "up from 77.5x8", "plan was @2", which are of another set, as a note. */
bool notation_elsewhen(struct parser *parser);
bool notation_elsewhen_goes_on(const struct parser *parser, size_t first); /* "last week 8" of "last week 8, 7" */
/* tail.c: the note from FIRST on is empty, or says that the set may not have been done: "noch", "wären super". */
bool notation_undone(const struct parser *parser, size_t first);
/* tail.c: whether the word now goes with a note of words before it: "8 good ones", "form" behind a GOOD one. */
bool notation_goes_with_note(const struct parser *parser, bool good);
/* tail.c: "against the wall", "holding on to a chair", "an der Wand", "on my knees" at WORD: the tokens; 0. */
size_t notation_place(const struct parser *parser, const struct token *word);
/* label.c: skips the "right" of "right. arm row 16x10", "right then, curl 12x10", which is no side. */
void notation_well_then(struct parser *parser);
/* label.c: "squat day. 100x5" is called after its exercise: the word for the day says nothing from now on. */
void notation_day_of_exercise(struct parser *parser);
/* label.c: how many tokens from AT on call the session something, before a name: "push day:". 0: none. */
size_t notation_label(const struct parser *parser, size_t at);
/* label.c: "set 3 done:", "1st set", "one more set of": which one the set is, whose name follows; the tokens; 0. */
size_t notation_which_set(const struct parser *parser);
/* label.c: whether the words of the lead that ends before token END say what is trained: "did the blue thing, 20x10".
 */
bool notation_lead_is_thing(const struct parser *parser, size_t end);
/* label.c: whether the item's name is one behind "now": "now the blue thing, 20x10", whatever it may be. */
bool notation_announced(const struct parser *parser);
/* name_among.c: "squat with belt 140x3": how many words at the name's end tell what was worn. */
size_t notation_gear(const struct parser *parser);
/* Notes them where ID, which is the rest, is known, and returns that. */
const char *notation_name_with_gear(struct parser *parser, const char *id);
/* name_among.c: "245 lb x 4 dead": which exercise it was, and not how it went. Asks. */
bool notation_says_deadlift(struct parser *parser);
/* missed.c: "left x": whether a cross stands at the line's end behind a word. */
bool notation_ends_in_cross(const struct token *cross);
/* Takes such a one behind an effort, "2 left x": it is no missed rep. */
bool notation_signs_off(struct parser *parser);
/* Takes "on that one" behind "to failure"; 0. */
int notation_on_that(struct parser *parser);
/* held.c: whether WORD is what one holds: "dumbbells", "Weste". */
bool notation_is_held(const struct token *word);
/* Takes that behind a load, "16kg dumbbells 12 per leg", unless an exercise's name begins with it, or talk. */
void notation_held(struct parser *parser);
/* Takes it in front of a load that a name stands behind: "Hanteln 3 kg seitlich heben 10x". */
void notation_held_first(struct parser *parser);
/* Takes "total" behind a load that isn't two. */
void notation_in_all(struct parser *parser);
/* label.c: whether it is what one trains on, at the line's front: "the blue thing, 20x10". */
bool notation_begins_with_thing(const struct parser *parser);
/* label.c: takes "5/3/1" between a name and its sets, "squat 5/3/1: 90x5", which is no list of reps, as a note. */
bool notation_programme(struct parser *parser);
/* "135" of "135 bench 10/10/9", "315 squats 5x5", behind whose name the token now is: a load, as nobody does so many,
 * and reps stand behind. */
void notation_load_in_front(struct parser *parser);
/* "KH 200kg", "KB leere Stange": no dumbbell, and no kettlebell. */
bool notation_too_heavy(const struct item *item);
/* group.c: "80x8, 2 more to go", "80kg, 1 rep more than last time", "2 more x8", "then 2 drop sets": no reps of a set,
 * and no load. */
bool notation_counts_more(const struct parser *parser);
/* label.c: whether an exercise's name begins at token AT. */
bool notation_name_begins(const struct parser *parser, size_t at);
/* name.c: "3rd set", "2. Satz" at NUMBER: the tokens; 0: it isn't here. */
size_t notation_ordinal_set(const struct token *number);
/* Whether ITEM has what makes words behind it worth a look: a load and reps. */
bool notation_whole_set(const struct item *item);

/* name.c */
bool notation_says_most(const struct parser *parser, const struct token *word); /* "max" */
void notation_name_leading(struct parser *parser); /* at the item's start: takes a name if there is one */
/* "went up to 85", "dropped to 70", "runter auf 60": the tokens before the number; 0: none of that. */
size_t notation_moves_load(const struct parser *parser);
/* Behind a product: how many words from here are the name of an exercise; 0 when they are none. */
size_t notation_name_here(const struct parser *parser);
/* How sure the shape is to be a set without its name. */
enum strength {
    STRENGTH_NONE, /* only with a name that is known */
    STRENGTH_WEAK, /* with one that is nearly known too */
    STRENGTH_FULL
};
/* tail.c: whether the item may have words of people's own. */
bool notation_tail_fits(const struct parser *parser, enum strength strength);
/* The line from token FIRST to LAST. */
struct span notation_words(const struct parser *parser, size_t first, size_t last);
/* Whether WORD is an "ok", or leads to "next one": says nothing before a set or a name. */
bool notation_says_ok(const struct parser *parser, const struct token *word);
bool notation_says_next(const struct parser *parser, const struct token *word);
/* name_among.c: "again", "nochmal", "noch einmal", "noch einer", "one more set", or "instead": how many words that say
 * it begin at WORD; 0. */
size_t notation_again_words(const struct parser *parser, const struct token *word);
/* name_among.c: "plank again 45s", "liegestuetze bis nichts mehr ging 17": where the name ends that stands from FIRST
 * to END, before words that say how often or how far. */
size_t notation_end_before_manner(const struct parser *parser, size_t first, size_t end);
/* name_among.c: the exercise whose name stands among words that are none; NULL. */
const char *notation_name_among(struct parser *parser, enum strength strength);
/* name_among.c: whether the name is "anna squatted", what somebody did. */
bool notation_somebody_did(const struct parser *parser);
/* tail.c: "heute abend", "this evening" at TOKEN: mostly yet to come. */
bool notation_evening(const struct parser *parser, const struct token *token);
/* The exercise that the item names, if it is known; NULL. */
const char *notation_named(const struct parser *parser);
const struct exercise *notation_known(const struct parser *parser);
/* Whether it names one. */
bool notation_name_exact(const struct parser *parser);
/* Whether the exercise that the item names is done with a weight in each hand. */
bool notation_in_hands(const struct parser *parser);
/* The item's exercise, and that of the items below; "" for none. */
void notation_set_exercise(struct parser *parser, const char *id);
/* name_among.c: a weight in each hand, "bench 22s x 10": no barbell, where the same is done with dumbbells. */
void notation_in_pairs(struct parser *parser);
/* name.c: whether the COUNT tokens from FIRST are the name of an exercise. */
bool notation_is_name(const struct parser *parser, size_t first, size_t count);
/* Whether the word at AT is a part of an exercise's name: "figure eight". */
bool notation_in_name(const struct parser *parser, size_t at);
/* Settles which exercise the item is about. */
int notation_name_settle(struct parser *parser, enum strength strength);
/* Whether the item's name, if it has one, is known: else what is wrong with the item is no concern of ours. */
bool notation_name_known(const struct parser *parser);

/* day.c: none is said. */
extern const struct said notation_no_day;
/* day.c: takes "yesterday:", "tue:", "2026-01-31:" from the front of the line. */
int notation_day(struct parser *parser);
/* day.c: whether a day stands here, behind sets; and takes it. */
bool notation_day_ahead(const struct parser *parser);
int notation_day_behind(struct parser *parser);

/* shape.c: makes sets of the item. */
int notation_shape(struct parser *parser);

/* bar.c: takes "just the bar" behind what a bar weighs, "45x10": the load of that product, and no further one. */
bool notation_bar_behind(struct parser *parser);

/* item.c: reads one item up to its end, and its sets. */
int notation_item(struct parser *parser);

#endif
