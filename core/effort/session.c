/*
 * Picks one exercise's working sets out of the log.
 */
#include "core/effort/session.h"

#include <math.h>
#include <string.h>

#include "core/effort/policy.h"
#include "core/effort/strength.h"

/* A set that is dated later than this is a slip of the date, not a clock that runs ahead. */
static const int64_t ahead_ms = 24 * 3600 * (int64_t)1000;

static bool is_other_side(enum set_side a, enum set_side b)
{
    return (a == SIDE_LEFT && b == SIDE_RIGHT) || (a == SIDE_RIGHT && b == SIDE_LEFT);
}

static void bout_read(struct bout *bout, const struct logged_set *logged, double bodyweight_kg)
{
    bout->set = &logged->set;
    bout->reach = scale_reach(&logged->set);
    bout->load_kg = strength_effective(&logged->set, bodyweight_kg);
    bout->fatigue = 0;
    bout->at_ms = logged->at_ms;
}

void session_read(struct session *session, const struct effort_input *input, size_t log_count)
{
    size_t picked[SESSION_BOUTS], count = 0;
    int both = 0, left = 0, right = 0;

    session->bodyweight_kg =
        isnan(input->profile->bodyweight_kg) ? policy_strength.bodyweight_kg : input->profile->bodyweight_kg;
    for (size_t i = log_count; i-- > 0 && count < SESSION_BOUTS;) {
        const struct logged_set *logged = &input->log[i];

        if (logged->set.type == SET_WARMUP || strcmp(logged->set.exercise, input->exercise->id) != 0 ||
            logged->at_ms > input->now_ms + ahead_ms)
            continue;
        if (logged->at_ms >= input->day_start_ms) {
            left += logged->set.side == SIDE_LEFT;
            right += logged->set.side == SIDE_RIGHT;
            both += logged->set.side != SIDE_LEFT && logged->set.side != SIDE_RIGHT;
        }
        if (count == 0 || !is_other_side(logged->set.side, input->log[picked[0]].set.side))
            picked[count++] = i;
    }
    session->done = both + (left > right ? left : right);
    session->count = session->today = count;
    session->last_index = count > 0 ? picked[0] : 0;
    for (size_t i = 0; i < count; i++) {
        struct bout *bout = &session->bouts[i];

        bout_read(bout, &input->log[picked[count - 1 - i]], session->bodyweight_kg);
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
    int64_t gap_ms = (int64_t)(policy_fatigue.session_gap_s * 1000);

    if (first == 0)
        return session->count;
    for (first--; first > 0; first--)
        if (session->bouts[first].at_ms - session->bouts[first - 1].at_ms > gap_ms)
            break;
    return first;
}

bool session_same_load(const struct bout *a, const struct bout *b)
{
    return fabs(a->load_kg - b->load_kg) < policy_load.same_kg;
}
