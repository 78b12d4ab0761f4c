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

/* A log while it is played. */
struct play {
    struct prospect *prospect;
    const struct effort_input *input;
    struct map *others; /* struct forecast_exercise by id */
    enum set_side side; /* of the newest set of the exercise */
    size_t newest;      /* its index; SIZE_MAX */
    int64_t until_ms;   /* later ones are slips of the date */
};

static bool is_asked(const struct play *play, const struct set *set)
{
    return strcmp(set->exercise, play->input->exercise->id) == 0;
}

static void find_newest(struct play *play, size_t log_count)
{
    play->newest = SIZE_MAX;
    for (size_t i = log_count; i-- > 0 && play->newest == SIZE_MAX;) {
        const struct logged_set *logged = &play->input->log[i];

        if (is_asked(play, &logged->set) && logged->set.type != SET_WARMUP && logged->at_ms <= play->until_ms) {
            play->newest = i;
            play->side = logged->set.side;
        }
    }
}

/* The exercise's state, or another's; NULL for what nobody knows. */
static struct forecast_exercise *state_of(struct play *play, const struct set *set)
{
    struct forecast_exercise *state;
    const struct exercise *exercise;

    if (is_asked(play, set))
        return &play->prospect->exercise;
    state = map_get(play->others, set->exercise);
    if (state != NULL)
        return state;
    exercise = week_exercise(play->input, set->exercise);
    if (exercise == NULL)
        return NULL;
    state = mem_zero(1, sizeof(*state));
    forecast_exercise_init(state, play->prospect->lifter.policy, exercise);
    map_put(play->others, set->exercise, state);
    return state;
}

/* The other side's sets tire another arm. */
static bool is_other_side(const struct play *play, const struct set *set)
{
    return is_asked(play, set) && ((set->side == SIDE_LEFT && play->side == SIDE_RIGHT) ||
                                   (set->side == SIDE_RIGHT && play->side == SIDE_LEFT));
}

static void play_set(struct play *play, const struct logged_set *logged)
{
    struct prospect *prospect = play->prospect;
    double load_kg = strength_effective(&logged->set, prospect->bodyweight_kg);
    struct forecast_exercise *state;
    struct seen_set seen;

    if (logged->at_ms > play->until_ms || is_other_side(play, &logged->set))
        return;
    state = state_of(play, &logged->set);
    if (state != NULL && forecast_see(&prospect->lifter, state, &logged->set, load_kg, logged->at_ms, &seen))
        forecast_learn(&prospect->lifter, state, &seen);
}

static void take_errors(struct prospect *prospect)
{
    for (size_t s = 0; s < STRATUM_COUNT; s++)
        prospect->error[s] = forecast_error(&prospect->lifter, (enum stratum)s);
}

void prospect_read(struct prospect *prospect, const struct effort_input *input, size_t log_count)
{
    const struct policy *policy = policy_of(input);
    double bodyweight_kg = input->profile->bodyweight_kg;
    size_t others = (size_t)policy->forecast.other_sets;
    struct play play = {.prospect = prospect,
                        .input = input,
                        .others = map_new(0),
                        .until_ms = input->now_ms + INT64_C(24) * 3600 * 1000};

    prospect->bodyweight_kg = isnan(bodyweight_kg) ? policy->strength.bodyweight_kg : bodyweight_kg;
    forecast_lifter_init(&prospect->lifter, policy);
    prospect->lifter.reps_only = true;
    forecast_exercise_init(&prospect->exercise, policy, input->exercise);
    find_newest(&play, log_count);
    if (play.newest == SIZE_MAX)
        take_errors(prospect);
    for (size_t i = 0; i < log_count; i++) {
        if (i == play.newest)
            take_errors(prospect);
        if (i + others >= log_count || is_asked(&play, &input->log[i].set))
            play_set(&play, &input->log[i]);
    }
    map_free(play.others, free);
}

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
