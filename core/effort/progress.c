/*
 * Progression; see progress.h.
 */
#include "core/effort/progress.h"

#include <math.h>

#include "core/effort/policy.h"

/* Index of the first bout of the session that bout END - 1 is of. */
static size_t first_of(const struct session *session, size_t end)
{
    int64_t gap_ms = (int64_t)(session->policy->fatigue.session_gap_s * 1000);
    size_t first = end - 1;

    while (first > 0 && first != session->today &&
           session->bouts[first].at_ms - session->bouts[first - 1].at_ms <= gap_ms)
        first--;
    return first;
}

/* The heaviest load that was missed in [FROM, TO); NAN. */
static double missed_load(const struct session *session, size_t from, size_t to)
{
    double load = NAN;

    for (size_t i = from; i < to; i++)
        if (session->bouts[i].set->failure == FAILURE_MISSED)
            load = fmax(load, session->bouts[i].load_kg);
    return load;
}

/* The load that the newest sessions missed one after the other, none of them at less than the one before; NAN. */
static double missed_again(const struct session *session)
{
    size_t end = session->count;
    double newest = NAN;

    for (int i = 0; i < session->policy->progress.reset_sessions; i++) {
        size_t first = end > 0 ? first_of(session, end) : 0;
        double load = missed_load(session, first, end);

        if (isnan(load) || (i > 0 && load > newest + session->policy->load.same_kg))
            return NAN;
        if (i == 0)
            newest = load;
        end = first;
    }
    return newest;
}

bool progress_resets(const struct session *session)
{
    return !isnan(missed_again(session));
}

/* Where the load goes up. */
static void settle_range(struct load_case *load)
{
    int low, high, usual = load_habit(load->session);

    if (load->planned_reps || usual == 0)
        return;
    load->progresses = true;
    policy_range(load->session->policy, usual, &low, &high);
    /* Reps that fall as the load goes up must not make a new, lower habit to raise it from. */
    if (load->input->profile->goal == GOAL_STRENGTH)
        high = usual > low + 1 ? usual : low + 1;
    load->high = high < load->high ? high : load->high;
    load->low = low < load->low ? low : load->low;
}

bool progress_prepare(struct load_case *load)
{
    double missed;

    if (session_last(load->session) != NULL || load->session->count == 0)
        return false;
    settle_range(load);
    missed = missed_again(load->session);
    if (isnan(missed))
        return false;
    load->at_most_kg = fmin(load->at_most_kg, missed * (1 - load->session->policy->progress.reset));
    load->reps_at_most = load->high;
    return true;
}
