/*
 * Personal records: what a set that was just booked beat, and the walk through a lifter's history that finds them.
 */
#ifndef BOT_COACH_RECORD_H
#define BOT_COACH_RECORD_H

#include "bot/coach/day.h"
#include "bot/coach/turn.h"

/* Walks one exercise's sets by time. */
struct record_walk {
    const struct turn *turn;
    const struct exercise *exercise;
    double bodyweight_kg; /* NAN: unknown */
    struct day day;       /* of the last set */
    struct records records;
    int64_t since_ms; /* from then on it is noted */
    unsigned found;   /* which records were set: bits 1 << enum record_kind */
};

/* Nothing is noted. Settings and names are loaded. */
void record_walk_begin(struct record_walk *walk, const struct turn *turn, const struct exercise *exercise,
                       int64_t at_ms);
/* Hands everything that was done up to TO_MS to COUNT walks at once. */
int record_walk_all(struct turn *turn, struct record_walk *walks, size_t count, int64_t to_ms, struct err *err);
/* What WALK has noted is the turn's, too. */
void record_note(struct turn *turn, const struct record_walk *walk);

/* The e1RM of a set that counts; NAN where there is none, as beyond the reach of the curve (science.md, section 2). */
double record_e1rm(const struct turn *turn, const struct exercise *exercise, const struct set *set,
                   double bodyweight_kg);

/* The best e1RM of EXERCISE in INPUT's log of [FROM_MS, TO_MS); NAN. */
double record_best(const struct turn *turn, const struct effort_input *input, const struct exercise *exercise,
                   int64_t from_ms, int64_t to_ms);

/* Which records the turn's sets, just booked by a message of SENT_MS, have set: fills in the turn. */
int record_find(struct turn *turn, int64_t sent_ms, struct err *err);
/* The turn's records: "load 82.5 kg, e1RM 101.3 kg". */
void record_print(const struct turn *turn, struct buf *out);
/* "Record: e1RM 101.3 kg", where the reply has room for it. */
void record_say(struct turn *turn);

#endif
