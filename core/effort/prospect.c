/*
 * Playing a log; see prospect.h.
 */
#include "core/effort/prospect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/map.h"
#include "core/base/mem.h"
#include "core/effort/strength.h"
#include "core/effort/week.h"

enum {
    PROSPECTS_KEPT = 3, /* exercises: a superset's */
    OTHERS_STEP = 64    /* the window of other exercises' sets moves by so many, so that what was played stays good */
};

/* How far a log was played, and for which question. */
struct play {
    struct prospect prospect;
    struct map *others; /* struct forecast_exercise by id */
    const struct policy *policy;
    char exercise[EXERCISE_ID_SIZE];
    enum set_side side; /* of the newest set of the exercise */
    size_t first_other; /* sets of other exercises count from this one on */
    int64_t begins_ms;  /* the log's first set */
    size_t played;      /* sets of the log */
    int64_t ends_ms;    /* the last one of those */
    bool slips;         /* some were left out that a later question may want */
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

/* Later ones are slips of the date. */
static bool is_slip(const struct effort_input *input, const struct logged_set *logged)
{
    return logged->at_ms > input->now_ms + INT64_C(24) * 3600 * 1000;
}

static bool may_be_newest(const struct play *play, const struct effort_input *input, const struct logged_set *logged)
{
    return is_asked(play, &logged->set) && logged->set.type != SET_WARMUP && !is_slip(input, logged);
}

static enum set_side newest_side(const struct play *play, const struct effort_input *input)
{
    for (size_t i = input->log_count; i-- > 0;)
        if (may_be_newest(play, input, &input->log[i]))
            return input->log[i].set.side;
    return SIDE_NONE;
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
    forecast_exercise_init(state, play->policy, exercise);
    map_put(play->others, set->exercise, state);
    return state;
}

/* The other side's sets tire another arm. */
static bool is_other_side(const struct play *play, const struct set *set)
{
    return is_asked(play, set) && ((set->side == SIDE_LEFT && play->side == SIDE_RIGHT) ||
                                   (set->side == SIDE_RIGHT && play->side == SIDE_LEFT));
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

    if (may_be_newest(play, input, logged))
        take_errors(prospect);
    if (is_slip(input, logged))
        play->slips = true;
    if (is_slip(input, logged) || is_other_side(play, &logged->set))
        return;
    state = state_of(play, input, &logged->set);
    if (state != NULL && forecast_see(&prospect->lifter, state, &logged->set, load_kg, logged->at_ms, &seen))
        forecast_learn(&prospect->lifter, state, &seen);
}

/* The question of INPUT, nothing played yet. OTHERS is the play's from then on. */
static void play_begin(struct play *play, const struct effort_input *input)
{
    const struct policy *policy = policy_of(input);
    double bodyweight_kg = input->profile->bodyweight_kg;
    size_t others = (size_t)policy->forecast.other_sets;

    memcpy(play->exercise, input->exercise->id, strnlen(input->exercise->id, sizeof(play->exercise) - 1));
    play->policy = policy;
    play->others = map_new(0);
    play->prospect.bodyweight_kg = isnan(bodyweight_kg) ? policy->strength.bodyweight_kg : bodyweight_kg;
    play->first_other = input->log_count > others ? (input->log_count - others) / OTHERS_STEP * OTHERS_STEP : 0;
    play->side = newest_side(play, input);
    play->begins_ms = input->log_count != 0 ? input->log[0].at_ms : 0;
    forecast_lifter_init(&play->prospect.lifter, policy);
    play->prospect.lifter.reps_only = true;
    forecast_exercise_init(&play->prospect.exercise, policy, input->exercise);
    take_errors(&play->prospect);
}

static void play_on(struct play *play, const struct effort_input *input)
{
    for (; play->played < input->log_count; play->played++) {
        const struct logged_set *logged = &input->log[play->played];

        if (play->played >= play->first_other || is_asked(play, &logged->set))
            play_set(play, input, logged);
        play->ends_ms = logged->at_ms;
    }
}

/* ---------------------------------------------------------------- remembering */

/* Whether INPUT asks what PLAY was begun for, of a log that has only grown since. */
static bool goes_on(const struct play *play, const struct play *asked, const struct effort_input *input)
{
    return play->others != NULL && !play->slips && play->policy == asked->policy && play->side == asked->side &&
           play->first_other == asked->first_other && play->begins_ms == asked->begins_ms &&
           play->prospect.bodyweight_kg == asked->prospect.bodyweight_kg && play->played <= input->log_count &&
           (play->played == 0 ||
            (input->log[play->played - 1].at_ms == play->ends_ms && !is_slip(input, &input->log[play->played - 1])));
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
    struct play asked = {0};
    struct play *play = input->prospects != NULL ? find_play(input->prospects, input->exercise->id) : NULL;

    play_begin(&asked, input);
    if (play != NULL && strcmp(play->exercise, asked.exercise) == 0 && goes_on(play, &asked, input)) {
        play_on(play, input);
        *prospect = play->prospect;
        play_release(&asked);
    } else {
        play_on(&asked, input);
        *prospect = asked.prospect;
        if (play != NULL) {
            play_release(play);
            *play = asked;
        } else {
            play_release(&asked);
        }
    }
    if (play != NULL)
        play->used = ++input->prospects->clock;
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
