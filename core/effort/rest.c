/*
 * Rest; see rest.h.
 */
#include "core/effort/rest.h"

#include <math.h>

#include "core/effort/policy.h"
#include "core/effort/strength.h"

int rest_advise(const struct load_case *load, double effective_kg)
{
    const struct bout *last = session_last(load->session);
    const struct policy *policy = load->session->policy;
    const struct policy_rest *row;
    double rest_s;

    if (last == NULL)
        return 0;
    row = policy_rest(policy, load->input->exercise->compound, last->set->reps, last->reach.rir);
    rest_s = (row->min_s + row->max_s) / 2;
    if (load->standing->measured && effective_kg > 0) {
        double fresh = strength_reps(load->standing->k, load->standing->one_rm / effective_kg);

        rest_s = INFINITY;
        if (fresh > 0)
            rest_s = fatigue_rest(load->fatigue, last, 1 - (load->low + load->rir_target) / fresh);
    }
    rest_s = fmin(fmax(rest_s, row->min_s), row->max_s);
    return (int)(ceil(rest_s / policy->load.rest_round_s) * policy->load.rest_round_s);
}
