/*
 * Picks one exercise's working sets out of the log.
 */
#include "core/effort/session.h"

#include <math.h>
#include <string.h>

#include "core/base/civil.h"
#include "core/effort/policy.h"
#include "core/effort/ramp.h"
#include "core/effort/strength.h"

enum { AHEAD_MS = CIVIL_DAY_MS }; /* no clock runs ahead by more */

bool session_other_side(enum set_side a, enum set_side b)
{
    return (a == SIDE_LEFT && b == SIDE_RIGHT) || (a == SIDE_RIGHT && b == SIDE_LEFT);
}

bool session_is_slip(const struct effort_input *input, const struct logged_set *logged)
{
    return logged->at_ms > input->now_ms + AHEAD_MS;
}

double session_bodyweight(const struct effort_input *input)
{
    double bodyweight_kg = input->profile->bodyweight_kg;

    return isnan(bodyweight_kg) ? policy_of(input)->strength.bodyweight_kg : bodyweight_kg;
}

int64_t session_day(const struct effort_input *input, int64_t at_ms)
{
    return (int64_t)floor((double)(at_ms - input->day_start_ms) / CIVIL_DAY_MS);
}

size_t session_first_since(const struct logged_set *log, size_t count, int64_t from_ms)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (log[middle].at_ms < from_ms)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void session_bout(const struct session *session, struct bout *bout, const struct logged_set *logged)
{
    bout->set = &logged->set;
    bout->reach = scale_reach(&session->policy->strength, &logged->set);
    bout->load_kg = strength_effective(&logged->set, session->bodyweight_kg);
    bout->fatigue = 0;
    bout->at_ms = logged->at_ms;
}

static bool belongs(const struct effort_input *input, const struct logged_set *logged)
{
    const char *id = input->exercise->id;

    /* Most sets differ in the first letter: a call less, over the whole log. */
    return logged->set.exercise[0] == id[0] && strcmp(logged->set.exercise, id) == 0 &&
           logged->set.type != SET_WARMUP && !session_is_slip(input, logged);
}

/* Indexes of the exercise's sets, newest first. Counts this session's by side besides. */
static size_t pick(const struct effort_input *input, size_t log_count, size_t *picked, int *sides)
{
    size_t count = 0;

    for (size_t i = log_count; i-- > 0 && count < SESSION_BOUTS;) {
        const struct logged_set *logged = &input->log[i];

        if (!belongs(input, logged))
            continue;
        if (logged->at_ms >= input->day_start_ms)
            sides[logged->set.side]++;
        if (count == 0 || !session_other_side(logged->set.side, input->log[picked[0]].set.side))
            picked[count++] = i;
    }
    return count;
}

static int count_done(const int *sides)
{
    return sides[SIDE_NONE] + sides[SIDE_EACH] +
           (sides[SIDE_LEFT] > sides[SIDE_RIGHT] ? sides[SIDE_LEFT] : sides[SIDE_RIGHT]);
}

/* Index of the first bout of the session whose last one is before END. */
static size_t begins(const struct session *session, size_t end)
{
    int64_t gap_ms = (int64_t)(session->policy->fatigue.session_gap_s * 1000);
    size_t first = end - 1;

    while (first > 0 && session->bouts[first].at_ms - session->bouts[first - 1].at_ms <= gap_ms)
        first--;
    return first;
}

/* A plan that says loads may step up to the heaviest, and may be of a lighter day. */
static bool plans_load(const struct effort_input *input)
{
    return input->target != NULL && !isnan(input->target->load_kg);
}

/* The set that this session is to come to: the heaviest of the session before, which is what is advised from, if that
 * isn't long ago and nothing says that today is to be lighter. False: none is known. */
static bool expect(const struct session *session, const struct effort_input *input, struct bout *expected)
{
    int64_t idle_ms = (int64_t)(session->policy->strength.idle_days * CIVIL_DAY_MS);
    size_t before = session_before(session);

    if (plans_load(input) || input->profile->phase == PHASE_DELOAD || input->profile->pain_muscles != 0 ||
        session->today == session->count || before == session->count ||
        session->bouts[session->today].at_ms - session->bouts[session->today - 1].at_ms > idle_ms)
        return false;
    *expected = session->bouts[before];
    for (size_t i = before; i < session->today; i++)
        if (session->bouts[i].load_kg > expected->load_kg)
            *expected = session->bouts[i];
    return true;
}

/* The other side warms up alike, though its sets aren't looked at. */
static void uncount(int *sides, enum set_side side)
{
    enum set_side other = side == SIDE_LEFT ? SIDE_RIGHT : SIDE_LEFT;

    sides[side]--;
    if ((side == SIDE_LEFT || side == SIDE_RIGHT) && sides[other] > sides[side])
        sides[other]--;
}

static void remove_bouts(struct session *session, size_t from, size_t length, int *sides)
{
    for (size_t i = from; i < from + length && from >= session->today; i++)
        uncount(sides, session->bouts[i].set->side);
    if (from < session->today)
        session->today -= length;
    memmove(&session->bouts[from], &session->bouts[from + length],
            (session->count - from - length) * sizeof(session->bouts[0]));
    session->count -= length;
}

/* From the newest session to the oldest, so that what was done in one is known before what came of it is judged. */
static void remove_ramps(struct session *session, const struct effort_input *input, int *sides)
{
    const double usual = session->policy->load.ramp_most;
    const double most = plans_load(input) ? session->policy->forecast.ramp_share : usual;
    struct bout expected;
    const struct bout *next = expect(session, input, &expected) ? &expected : NULL;
    size_t from = session->today, to = session->count;

    remove_bouts(session, from, ramp_length(session, input->exercise, from, to, next, most), sides);
    session->ramp = from < to && session->today == session->count;
    for (to = session->today; to > 0; to = from) {
        from = begins(session, to);
        remove_bouts(session, from, ramp_length(session, input->exercise, from, to, NULL, usual), sides);
    }
}

void session_begin(struct session *session, const struct effort_input *input)
{
    session->policy = policy_of(input);
    session->bodyweight_kg = session_bodyweight(input);
}

void session_read(struct session *session, const struct effort_input *input, size_t log_count)
{
    int sides[SIDE_RIGHT + 1] = {0};
    size_t picked[SESSION_BOUTS], count = pick(input, log_count, picked, sides);

    session_begin(session, input);
    session->count = session->today = count;
    session->last_index = count > 0 ? picked[0] : 0;
    for (size_t i = 0; i < count; i++) {
        struct bout *bout = &session->bouts[i];

        session_bout(session, bout, &input->log[picked[count - 1 - i]]);
        if (bout->at_ms >= input->day_start_ms && i < session->today)
            session->today = i;
    }
    remove_ramps(session, input, sides);
    session->done = count_done(sides);
}

const struct bout *session_last(const struct session *session)
{
    return session->today < session->count ? &session->bouts[session->count - 1] : NULL;
}

size_t session_before(const struct session *session)
{
    return session->today == 0 ? session->count : begins(session, session->today);
}

bool session_same_load(const struct session *session, const struct bout *a, const struct bout *b)
{
    return fabs(a->load_kg - b->load_kg) < session->policy->load.same_kg;
}

/* Reps to failure as they were told, for R85; NAN when they weren't. What a set without RIR has at least is enough for
 * the set before. */
static double told_reps(const struct policy *policy, const struct bout *bout, bool at_least)
{
    if (bout->reach.measure == MEASURE_NONE)
        return NAN;
    if (isnan(bout->reach.rir) ||
        (bout->reach.measure == MEASURE_BOUND && bout->reach.rir < policy->strength.rir_bound)) /* of a later segment */
        return at_least ? (double)bout->set->reps : (double)NAN;
    return bout->set->reps + bout->reach.rir;
}

bool session_sharp_drop(const struct session *session, const struct bout *a, const struct bout *b, double *before,
                        double *now)
{
    const struct policy_load *policy = &session->policy->load;

    *before = told_reps(session->policy, a, true);
    *now = told_reps(session->policy, b, false);
    return session_same_load(session, a, b) && *before - *now >= policy->drop_reps &&
           *before - *now > policy->drop_share * *before;
}
