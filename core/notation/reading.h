/*
 * What a line of a message says about sets. Reads without history: what is left out stays unknown, for the conversation
 * to fill.
 */
#ifndef CORE_NOTATION_READING_H
#define CORE_NOTATION_READING_H

#include <stdbool.h>

#include "core/base/buf.h"
#include "core/base/span.h"
#include "core/base/vec.h"
#include "core/lift/set.h"
#include "core/notation/habit.h"

enum reading_kind {
    READING_TALK,     /* not meant for us */
    READING_SETS,     /* `sets` */
    READING_QUESTION, /* ambiguous: `question`, `options` most likely first */
    READING_ERROR     /* meant as a set, but impossible: `error`, `hint` */
};

enum {
    READING_OPTIONS = 5,
    READING_SETS_MAX = 100,
    READING_TEXT_SIZE = 160,
    READING_INPUT_MAX = 4096,
    READING_HABITS = 6,
    /* What a set can be at most; the second load is that of a leg press or a sled. */
    READING_REPS_MAX = 100,
    READING_LOAD_KG_MAX = 500,
    READING_SLED_KG_MAX = 1500
};

/* What is asked, so that the conversation can answer from history before it bothers the person. */
enum question_about {
    ABOUT_ORDER,    /* load × reps or sets × reps */
    ABOUT_EXERCISE, /* the name is not known; options are the nearest, maybe none */
    ABOUT_LOAD,     /* load missing or relative: "+2.5 x6" */
    ABOUT_REPS,     /* "bench 80" */
    ABOUT_EFFORT,   /* "@5.5", "rir 2 rpe 9" */
    ABOUT_OTHER
};

struct reading_option {
    size_t first; /* into option_sets */
    size_t count;
    struct habit_answer habits[READING_HABITS]; /* what it takes the writer's habits to be */
    size_t habit_count;
};

/*
 * A question's options are whole readings of the message: what is not in doubt is in each of them. Options of an
 * ABOUT_LOAD for a step ("+2.5 x6", "-5 x8", "-10% x8") have the step as added or assisted load, or as a percentage,
 * and no exercise of the body's own weight. With an ABOUT_EXERCISE `sets` hold what was understood with the name left
 * out, for any other name that is answered.
 *
 * Sets that name no exercise may still turn out to be of one where the body is the load: then what is written is added,
 * and a load that isn't said is the body alone.
 */
struct reading {
    enum reading_kind kind;
    VEC(struct set) sets;
    bool bare; /* see reading_is_bare() */
    enum question_about about;
    VEC(struct set) option_sets;
    struct reading_option options[READING_OPTIONS];
    size_t option_count;
    char question[READING_TEXT_SIZE];
    char unknown_name[64]; /* ABOUT_EXERCISE: the name as typed (folded) */
    char error[READING_TEXT_SIZE];
    char hint[READING_TEXT_SIZE];
    int days_back;     /* "yesterday:" 1; relative dates are resolved by the conversation; 0 */
    int weekday;       /* "tue:" 0 Monday … 6; -1. A date is in each set's at_ms, as noon of that day in UTC: the
                          conversation puts in the time of day and the zone */
    bool before_today; /* "last friday": not today, though it may be Friday */
    int month, day;    /* "3.1.:", "Jan 3:": the last such day up to today; 0 */
    struct buf folded; /* scratch */
};

struct reading_options {
    const struct exercise_names *own;                                      /* the lifter's names; may be NULL */
    enum unit unit;                                                        /* what a bare number is */
    enum unit_order { ORDER_ASK, ORDER_LOAD_REPS, ORDER_SETS_REPS } order; /* what AxB can only be here */
    enum language language; /* of questions, errors and hints. Sets are read in all of them */
};

/* Whether it is one set of which no more is said than a number of reps, and effort: "8 @2". Not "x8 @2". */
static inline bool reading_is_bare(const struct reading *reading)
{
    return reading->kind == READING_SETS && reading->bare && reading->sets.at[0].exercise[0] == '\0';
}

void reading_init(struct reading *reading);
void reading_release(struct reading *reading);

/*
 * Reads TEXT (one message, maybe several lines; any bytes) into READING, which may be used again and again: memory is
 * kept. Never fails: what can't be read is talk, or an error that says what to type instead.
 */
void reading_read(struct reading *reading, struct span text, const struct reading_options *options);

/* For whom a set is written: its loads' unit, and the language of names and words with its decimal mark. */
struct notation_style {
    enum unit unit;
    enum language language;
};

/*
 * Writes SET in canonical notation ("bench press 82.5x8 @1", "Bankdrücken 82,5x8 @1"); read by someone with the style's
 * unit it gives the same set. A load of another unit keeps that one: "bench press 225 lb x5". WITH_NAME false leaves
 * the exercise and the date out; set at_ms to -1 to leave out the date alone.
 */
void notation_print(const struct set *set, struct notation_style style, bool with_name, struct buf *out);

/* " @1.5", " rir 6": reps in reserve behind a set. */
void notation_effort(double rir, enum language language, struct buf *out);

/* The name of the exercise with ID as it is read again: small letters, but German ones with their capitals. KNOWN is
 * the catalogue's; NULL for a lifter's own. */
void notation_name(const char *id, const struct exercise *known, enum language language, struct buf *out);

/* "80kg", "bw", "bw+10kg", "bw-20": VALUE with UNIT behind it, which may be "". */
void notation_weight(enum load_mode mode, double value, const char *unit, enum language language, struct buf *out);

/* Writes a number as people do: at most two decimals, none that are zero. */
void notation_number(double value, enum language language, struct buf *out);

/* Whether anybody lifts that. */
bool reading_load_is_possible(const char *exercise, double load_kg);

#endif
