/*
 * Picks one exercise's working sets out of the log.
 */
#include "core/effort/session.h"

#include <math.h>
#include <string.h>

#include "core/base/civil.h"
#include "core/effort/policy.h"
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

/* Indexes of the exercise's sets, newest first. Counts DONE besides. */
static size_t pick(const struct effort_input *input, size_t log_count, size_t *picked, int *done)
{
    int sides[SIDE_RIGHT + 1] = {0};
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
    *done = sides[SIDE_NONE] + sides[SIDE_EACH];
    *done += sides[SIDE_LEFT] > sides[SIDE_RIGHT] ? sides[SIDE_LEFT] : sides[SIDE_RIGHT];
    return count;
}

void session_begin(struct session *session, const struct effort_input *input)
{
    session->policy = policy_of(input);
    session->bodyweight_kg = session_bodyweight(input);
}

void session_read(struct session *session, const struct effort_input *input, size_t log_count)
{
    size_t picked[SESSION_BOUTS], count = pick(input, log_count, picked, &session->done);

    session_begin(session, input);
    session->count = session->today = count;
    session->last_index = count > 0 ? picked[0] : 0;
    for (size_t i = 0; i < count; i++) {
        struct bout *bout = &session->bouts[i];

        session_bout(session, bout, &input->log[picked[count - 1 - i]]);
        if (bout->at_ms >= input->day_start_ms && i < session->today)
            session->today = i;
    }
}

const struct bout *session_last(const struct session *session)
{
    return session->today < session->count ? &session->bouts[session->count - 1] : NULL;
}

size_t session_before(const struct session *session)
{
    size_t first = session->today;
    int64_t gap_ms = (int64_t)(session->policy->fatigue.session_gap_s * 1000);

    if (first == 0)
        return session->count;
    for (first--; first > 0; first--)
        if (session->bouts[first].at_ms - session->bouts[first - 1].at_ms > gap_ms)
            break;
    return first;
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
