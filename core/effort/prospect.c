/*
 * Playing a log; see prospect.h.
 */
#include "core/effort/prospect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/map.h"
#include "core/base/mem.h"
#include "core/effort/session.h"
#include "core/effort/strength.h"
#include "core/effort/week.h"

enum {
    PROSPECTS_KEPT = 3, /* exercises: a superset's */
    OTHERS_STEP = 64    /* the window of other exercises' sets moves by so many, so that what was played stays good */
};

/* What is asked, as far as it decides what is played. */
struct question {
    const struct policy *policy;
    double bodyweight_kg;
    enum set_side side; /* of the newest set of the exercise */
    size_t first_other; /* sets of other exercises count from this one on */
    int64_t begins_ms;  /* the log's first set */
};

/* How far a log was played, and for which question. */
struct play {
    struct prospect prospect;
    struct question question;
    struct map *others; /* struct forecast_exercise by id; NULL: nothing was played */
    char exercise[EXERCISE_ID_SIZE];
    size_t played;   /* sets of the log */
    int64_t ends_ms; /* the last one of those */
    bool slips;      /* some were left out that a later question may want */
    uint64_t used;
};

struct prospects {
    struct play plays[PROSPECTS_KEPT];
    uint64_t clock;
};

static void play_release(struct play *play)
{
    map_free(play->others, free);
    *play = (struct play){0};
}

struct prospects *prospects_new(void)
{
    return mem_zero(1, sizeof(struct prospects));
}

void prospects_forget(struct prospects *prospects)
{
    for (size_t i = 0; i < PROSPECTS_KEPT; i++)
        play_release(&prospects->plays[i]);
}

void prospects_free(struct prospects *prospects)
{
    if (prospects == NULL)
        return;
    prospects_forget(prospects);
    free(prospects);
}

/* ---------------------------------------------------------------- playing */

static bool is_asked(const struct play *play, const struct set *set)
{
    return strcmp(set->exercise, play->exercise) == 0;
}

static bool may_be_newest(const struct effort_input *input, const char *exercise, const struct logged_set *logged)
{
    return strcmp(logged->set.exercise, exercise) == 0 && logged->set.type != SET_WARMUP &&
           !session_is_slip(input, logged);
}

/* The exercise's state, or another's; NULL for what nobody knows. */
static struct forecast_exercise *state_of(struct play *play, const struct effort_input *input, const struct set *set)
{
    struct forecast_exercise *state;
    const struct exercise *exercise;

    if (is_asked(play, set))
        return &play->prospect.exercise;
    state = map_get(play->others, set->exercise);
    if (state != NULL)
        return state;
    exercise = week_exercise(input, set->exercise);
    if (exercise == NULL)
        return NULL;
    state = mem_zero(1, sizeof(*state));
    forecast_exercise_init(state, play->question.policy, exercise);
    map_put(play->others, set->exercise, state);
    return state;
}

static void take_errors(struct prospect *prospect)
{
    for (size_t s = 0; s < STRATUM_COUNT; s++)
        prospect->error[s] = forecast_error(&prospect->lifter, (enum stratum)s);
}

static void play_set(struct play *play, const struct effort_input *input, const struct logged_set *logged)
{
    struct prospect *prospect = &play->prospect;
    double load_kg = strength_effective(&logged->set, prospect->bodyweight_kg);
    struct forecast_exercise *state;
    struct seen_set seen;

    if (may_be_newest(input, play->exercise, logged))
        take_errors(prospect);
    if (session_is_slip(input, logged))
        play->slips = true;
    /* The other side's sets tire another arm. */
    if (session_is_slip(input, logged) ||
        (is_asked(play, &logged->set) && session_other_side(logged->set.side, play->question.side)))
        return;
    state = state_of(play, input, &logged->set);
    if (state != NULL && forecast_see(&prospect->lifter, state, &logged->set, load_kg, logged->at_ms, &seen))
        forecast_learn(&prospect->lifter, state, &seen);
}

static void play_begin(struct play *play, const struct question *question, const struct exercise *exercise)
{
    play_release(play);
    memcpy(play->exercise, exercise->id, strnlen(exercise->id, sizeof(play->exercise) - 1));
    play->question = *question;
    play->others = map_new(0);
    play->prospect.bodyweight_kg = question->bodyweight_kg;
    forecast_lifter_init(&play->prospect.lifter, question->policy);
    play->prospect.lifter.reps_only = true;
    forecast_exercise_init(&play->prospect.exercise, question->policy, exercise);
    take_errors(&play->prospect);
}

static void play_on(struct play *play, const struct effort_input *input)
{
    for (; play->played < input->log_count; play->played++) {
        const struct logged_set *logged = &input->log[play->played];

        if (play->played >= play->question.first_other || is_asked(play, &logged->set))
            play_set(play, input, logged);
        play->ends_ms = logged->at_ms;
    }
}

/* ---------------------------------------------------------------- remembering */

static enum set_side newest_side(const struct effort_input *input)
{
    for (size_t i = input->log_count; i-- > 0;)
        if (may_be_newest(input, input->exercise->id, &input->log[i]))
            return input->log[i].set.side;
    return SIDE_NONE;
}

static struct question question_of(const struct effort_input *input)
{
    const struct policy *policy = policy_of(input);
    size_t others = (size_t)policy->forecast.other_sets;

    return (struct question){
        .policy = policy,
        .bodyweight_kg = session_bodyweight(input),
        .side = newest_side(input),
        .first_other = input->log_count > others ? (input->log_count - others) / OTHERS_STEP * OTHERS_STEP : 0,
        .begins_ms = input->log_count != 0 ? input->log[0].at_ms : 0,
    };
}

/* Whether PLAY was begun for what is asked, of a log that has only grown since. */
static bool goes_on(const struct play *play, const struct question *question, const struct effort_input *input)
{
    const struct question *begun = &play->question;
    const struct logged_set *last =
        play->played != 0 && play->played <= input->log_count ? &input->log[play->played - 1] : NULL;

    return play->others != NULL && strcmp(play->exercise, input->exercise->id) == 0 && !play->slips &&
           begun->policy == question->policy && begun->bodyweight_kg == question->bodyweight_kg &&
           begun->side == question->side && begun->first_other == question->first_other &&
           begun->begins_ms == question->begins_ms &&
           (last != NULL ? last->at_ms == play->ends_ms && !session_is_slip(input, last) : play->played == 0);
}

static struct play *find_play(struct prospects *prospects, const char *exercise)
{
    struct play *oldest = &prospects->plays[0];

    for (size_t i = 0; i < PROSPECTS_KEPT; i++) {
        struct play *play = &prospects->plays[i];

        if (play->others != NULL && strcmp(play->exercise, exercise) == 0)
            return play;
        if (play->used < oldest->used)
            oldest = play;
    }
    return oldest;
}

void prospect_read(struct prospect *prospect, const struct effort_input *input)
{
    struct play alone = {0};
    struct play *play = input->prospects != NULL ? find_play(input->prospects, input->exercise->id) : &alone;
    struct question question = question_of(input);

    if (!goes_on(play, &question, input))
        play_begin(play, &question, input->exercise);
    play_on(play, input);
    *prospect = play->prospect;
    if (input->prospects != NULL)
        play->used = ++input->prospects->clock;
    play_release(&alone);
}

/* ---------------------------------------------------------------- asking */

/* What another load does is asked of the experts that a load tells something: the others repeat the lifter's habit. */
static void recentre(const struct prospect *prospect, double load_kg, int64_t at_ms, struct forecast *forecast)
{
    double shift = forecast_by_load(&prospect->lifter, &prospect->exercise, load_kg, at_ms) - forecast->middle;

    forecast->middle += shift;
    for (size_t r = 0; r < FORECAST_RANGES; r++) {
        forecast->low[r] = fmax(0, forecast->low[r] + shift);
        forecast->high[r] = fmax(0, forecast->high[r] + shift);
    }
}

bool prospect_reps(const struct prospect *prospect, double load_kg, int64_t at_ms, struct forecast *forecast)
{
    const struct policy *policy = prospect->lifter.policy;

    if (!(load_kg > 0) || !forecast_make(&prospect->lifter, &prospect->exercise, load_kg, NAN, at_ms, forecast) ||
        forecast->high[RANGE_80] - forecast->low[RANGE_80] > policy->forecast.widest)
        return false;
    if (forecast->stratum == STRATUM_FIRST_CHANGED || forecast->stratum == STRATUM_LATER_CHANGED)
        recentre(prospect, load_kg, at_ms, forecast);
    return true;
}

/* The load at which N are foretold by the experts that a load tells something. */
static double solve(const struct prospect *prospect, double n, int64_t at_ms)
{
    double low = 0, high = prospect->lifter.policy->forecast.load_most;

    for (int i = 0; i < 50; i++) {
        double middle = (low + high) / 2;

        if (forecast_by_load(&prospect->lifter, &prospect->exercise, middle, at_ms) >= n)
            low = middle;
        else
            high = middle;
    }
    return low;
}

bool prospect_load(const struct prospect *prospect, double n, int64_t at_ms, struct prospect_load *load)
{
    struct forecast forecast;

    if (isnan(prospect->exercise.memory.last.load_kg) || n < 1)
        return false;
    load->load_kg = solve(prospect, n, at_ms);
    if (!prospect_reps(prospect, load->load_kg, at_ms, &forecast))
        return false;
    load->low_kg = solve(prospect, n + fmax(0, forecast.middle - forecast.low[RANGE_80]), at_ms);
    load->high_kg = solve(prospect, fmax(1, n - fmax(0, forecast.high[RANGE_80] - forecast.middle)), at_ms);
    return true;
}
