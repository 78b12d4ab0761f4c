/*
 * The filter; see capacity.h. Predict in time, then one scalar update for each set.
 */
#include "core/effort/capacity.h"

#include <math.h>
#include <string.h>

#include "core/base/civil.h"
#include "core/effort/scale.h"
#include "core/effort/strength.h"

/* What a set is held against: ln load = row * state + constant. */
struct view {
    double row[CAPACITY_STATES];
    double expected; /* ln kg */
    double noise;    /* variance */
};

static double slope(const struct capacity *capacity)
{
    return exp(capacity->mean[CAPACITY_SLOPE]);
}

/* d ln g(n) / d ln k, with its sign turned. */
static double slope_share(double k, double n)
{
    return (n - 1) / (k + n - 1);
}

void capacity_init(struct capacity *capacity, double k, double decline)
{
    memset(capacity, 0, sizeof(*capacity));
    capacity->mean[CAPACITY_SLOPE] = log(k);
    capacity->decline = decline;
    capacity->suspect_kg = capacity->last_kg = capacity->last_n = NAN;
    capacity->last_at_ms = INT64_MIN;
}

/* The first measured set: where it all starts. */
static void begin(const struct policy_capacity *policy, struct capacity *capacity, double load_kg, double n)
{
    memset(capacity->cov, 0, sizeof(capacity->cov));
    capacity->mean[CAPACITY_LEVEL] = log(load_kg);
    capacity->mean[CAPACITY_DRIFT] = capacity->mean[CAPACITY_DAY] = 0;
    capacity->cov[CAPACITY_LEVEL][CAPACITY_LEVEL] = policy->sd_level * policy->sd_level;
    capacity->cov[CAPACITY_DRIFT][CAPACITY_DRIFT] = policy->sd_drift * policy->sd_drift;
    capacity->cov[CAPACITY_SLOPE][CAPACITY_SLOPE] = policy->sd_slope * policy->sd_slope;
    capacity->pivot = capacity->usual = n;
    capacity->measured = true;
}

/* The pivot follows the lifter's usual reps. */
static void move_pivot(const struct policy_capacity *policy, struct capacity *capacity)
{
    double k = slope(capacity), to = fmax(1, capacity->usual);
    double cross = slope_share(k, to) - slope_share(k, capacity->pivot);

    if (fabs(to - capacity->pivot) <= policy->pivot_move * capacity->pivot)
        return;
    capacity->mean[CAPACITY_LEVEL] += log(strength_grow(k, capacity->pivot) / strength_grow(k, to));
    for (size_t i = 0; i < CAPACITY_STATES; i++)
        capacity->cov[CAPACITY_LEVEL][i] += cross * capacity->cov[CAPACITY_SLOPE][i];
    for (size_t i = 0; i < CAPACITY_STATES; i++)
        capacity->cov[i][CAPACITY_LEVEL] += cross * capacity->cov[i][CAPACITY_SLOPE];
    capacity->pivot = to;
}

/* Weeks pass: the level drifts, the drift fades, and after a long pause some is lost. */
static void pass_weeks(const struct policy *policy, struct capacity *capacity, double weeks)
{
    const struct policy_capacity *own = &policy->capacity;
    double idle = weeks - policy->strength.idle_days / policy->gate.days_week, fade = pow(own->drift_keep, weeks);
    double level = own->level_week * own->level_week * weeks, drift = own->drift_week * own->drift_week * weeks;

    weeks = fmin(weeks, own->weeks_most);
    capacity->mean[CAPACITY_LEVEL] += weeks * capacity->mean[CAPACITY_DRIFT];
    for (size_t i = 0; i < CAPACITY_STATES; i++)
        capacity->cov[CAPACITY_LEVEL][i] += weeks * capacity->cov[CAPACITY_DRIFT][i];
    for (size_t i = 0; i < CAPACITY_STATES; i++)
        capacity->cov[i][CAPACITY_LEVEL] += weeks * capacity->cov[i][CAPACITY_DRIFT];
    capacity->mean[CAPACITY_DRIFT] *= fade;
    for (size_t i = 0; i < CAPACITY_STATES; i++) {
        capacity->cov[CAPACITY_DRIFT][i] *= fade;
        capacity->cov[i][CAPACITY_DRIFT] *= fade;
    }
    capacity->cov[CAPACITY_LEVEL][CAPACITY_LEVEL] += level + drift * weeks * weeks / 3;
    capacity->cov[CAPACITY_DRIFT][CAPACITY_DRIFT] += drift;
    if (idle > 0)
        capacity->mean[CAPACITY_LEVEL] -= policy->strength.idle_loss * idle;
}

static void new_day(const struct policy_capacity *policy, struct capacity *capacity)
{
    capacity->mean[CAPACITY_DAY] = 0;
    for (size_t i = 0; i < CAPACITY_STATES; i++)
        capacity->cov[CAPACITY_DAY][i] = capacity->cov[i][CAPACITY_DAY] = 0;
    capacity->cov[CAPACITY_DAY][CAPACITY_DAY] = policy->sd_day * policy->sd_day;
    capacity->tired = 0;
    capacity->last_kg = capacity->last_n = NAN;
}

static bool is_first(const struct policy *policy, const struct capacity *capacity, int64_t at_ms)
{
    return capacity->last_at_ms == INT64_MIN ||
           at_ms - capacity->last_at_ms > (int64_t)(policy->fatigue.session_gap_s * 1000);
}

/* The belief as it stands when a set is done at AT_MS. */
static void forward(const struct policy *policy, struct capacity *capacity, int64_t at_ms)
{
    double drift = policy->capacity.day_set * policy->capacity.day_set;

    if (!is_first(policy, capacity, at_ms)) {
        capacity->cov[CAPACITY_DAY][CAPACITY_DAY] += drift;
        return;
    }
    if (capacity->last_at_ms != INT64_MIN)
        pass_weeks(policy, capacity, (double)(at_ms - capacity->last_at_ms) / CIVIL_WEEK_MS);
    new_day(&policy->capacity, capacity);
    move_pivot(&policy->capacity, capacity);
}

static double variance(const struct capacity *capacity, const double *row)
{
    double sum = 0;

    for (size_t i = 0; i < CAPACITY_STATES; i++)
        for (size_t j = 0; j < CAPACITY_STATES; j++)
            sum += row[i] * capacity->cov[i][j] * row[j];
    return sum;
}

/* How a set that could go to N fresh reps is seen. SD in reps. */
static void look(const struct capacity *capacity, double n, double sd, double load_noise, struct view *view)
{
    double k = slope(capacity), step = sd / (k + n - 1);

    view->row[CAPACITY_LEVEL] = view->row[CAPACITY_DAY] = 1;
    view->row[CAPACITY_DRIFT] = 0;
    view->row[CAPACITY_SLOPE] = slope_share(k, n) - slope_share(k, capacity->pivot);
    view->expected = capacity->mean[CAPACITY_LEVEL] + capacity->mean[CAPACITY_DAY] +
                     log(strength_grow(k, capacity->pivot) / strength_grow(k, n));
    view->noise = step * step + load_noise * load_noise;
}

/* Moves the belief by SHIFT standard deviations of what VIEW sees, and narrows it by SHRINK of what it could. */
static void update(struct capacity *capacity, const struct view *view, double total, double shift, double shrink)
{
    double gain[CAPACITY_STATES];

    for (size_t i = 0; i < CAPACITY_STATES; i++) {
        gain[i] = 0;
        for (size_t j = 0; j < CAPACITY_STATES; j++)
            gain[i] += capacity->cov[i][j] * view->row[j];
    }
    for (size_t i = 0; i < CAPACITY_STATES; i++) {
        capacity->mean[i] += gain[i] * shift / sqrt(total);
        for (size_t j = 0; j < CAPACITY_STATES; j++)
            capacity->cov[i][j] -= gain[i] * gain[j] * shrink / total;
    }
}

static double share_of_fatigue(const struct policy_fatigue *policy, const struct capacity *capacity)
{
    double ratio = capacity->expected > 0 ? fmin(fmax(capacity->seen / capacity->expected, 0), policy->ratio_max) : 1;

    return (policy->prior_pairs + capacity->pairs * ratio) / (policy->prior_pairs + capacity->pairs);
}

double capacity_tired(const struct policy *policy, const struct capacity *capacity, int64_t at_ms)
{
    return is_first(policy, capacity, at_ms)
               ? 0
               : fmin(policy->fatigue.cap, capacity->tired * share_of_fatigue(&policy->fatigue, capacity));
}

bool capacity_ask(const struct policy *policy, const struct capacity *capacity, double load_kg, int64_t at_ms,
                  struct outlook *outlook)
{
    struct capacity now = *capacity;
    double k, tired, fresh, report;
    struct view view;

    if (!capacity->measured)
        return false;
    tired = capacity_tired(policy, &now, at_ms);
    forward(policy, &now, at_ms);
    k = slope(&now);
    outlook->fresh_kg = exp(now.mean[CAPACITY_LEVEL] + now.mean[CAPACITY_DAY]) * strength_grow(k, now.pivot);
    fresh = fmin(fmax(0, strength_reps(k, outlook->fresh_kg / load_kg)), policy->capacity.reps_most);
    outlook->reps = fresh * (1 - tired);
    look(&now, fmax(1, fresh), 0, policy->strength.noise_load, &view);
    report = scale_noise(&policy->strength, 2, outlook->reps);
    outlook->sd = sqrt((k + fresh) * (k + fresh) * (variance(&now, view.row) + view.noise) + report * report);
    return true;
}

/* Too good by more than what a lifter gains: a slip of the keys until a second set says the same. */
static bool quarantined(const struct policy_capacity *policy, struct capacity *capacity, const struct view *view,
                        double load_kg, double days)
{
    double limit = policy->typo + policy->typo_day * days, above = log(load_kg) - view->expected;

    if (above <= limit) {
        capacity->suspect_kg = NAN;
        return false;
    }
    if (!isnan(capacity->suspect_kg) && fabs(log(load_kg) - view->expected - log(capacity->suspect_kg)) < limit) {
        capacity->cov[CAPACITY_LEVEL][CAPACITY_LEVEL] += above * above;
        capacity->suspect_kg = NAN;
        return false;
    }
    capacity->suspect_kg = exp(above);
    return true;
}

/* How much fewer reps than in the set before at the same load: what fatigue costs this lifter. */
static void learn_decline(const struct policy *policy, struct capacity *capacity, double load_kg, double n)
{
    double expected = 1 - (1 - capacity->tired) / (1 - capacity->last_tired);

    if (isnan(capacity->last_n) || fabs(load_kg - capacity->last_kg) >= policy->load.same_kg || capacity->last_n < 1 ||
        expected < policy->fatigue.decline_min)
        return;
    capacity->seen += 1 - n / capacity->last_n;
    capacity->expected += expected;
    capacity->pairs++;
}

static void learn_measured(const struct policy *policy, struct capacity *capacity, double load_kg, double n, double rir,
                           double days)
{
    const struct policy_capacity *own = &policy->capacity;
    double tired = fmin(policy->fatigue.cap, capacity->tired * share_of_fatigue(&policy->fatigue, capacity));
    double fresh = fmax(1, n / (1 - tired));
    double scale = (own->residual_sets + capacity->residual) / (own->residual_sets + capacity->residuals);
    struct view view;
    double total, z;

    if (!capacity->measured)
        begin(own, capacity, load_kg, fresh);
    look(capacity, fresh, scale_noise(&policy->strength, rir, n) * sqrt(scale), policy->strength.noise_load, &view);
    if (tired > own->slope_tired || rir > own->slope_rir) {
        double k_noise = view.row[CAPACITY_SLOPE] * view.row[CAPACITY_SLOPE];

        view.noise += k_noise * capacity->cov[CAPACITY_SLOPE][CAPACITY_SLOPE];
        view.row[CAPACITY_SLOPE] = 0;
    }
    if (quarantined(own, capacity, &view, load_kg, days))
        return;
    learn_decline(policy, capacity, load_kg, n);
    total = variance(capacity, view.row) + view.noise;
    z = (log(load_kg) - view.expected) / sqrt(total);
    capacity->residual = capacity->residual * own->residual_keep + fmin(z * z, own->huber * own->huber);
    capacity->residuals = capacity->residuals * own->residual_keep + 1;
    update(capacity, &view, total, fmin(fmax(z, -own->huber), own->huber), 1);
    capacity->usual += own->usual_step * (fresh - capacity->usual);
    capacity->last_kg = load_kg;
    capacity->last_n = n;
    capacity->last_tired = capacity->tired;
}

/* At least N reps were there: moments of a normal cut off from below. */
static void learn_bound(const struct policy *policy, struct capacity *capacity, double load_kg, double n)
{
    struct view view;
    double total, sd, alpha, above, ratio;

    if (!capacity->measured || n < 1)
        return;
    look(capacity, n, policy->strength.noise_base, policy->strength.noise_load, &view);
    view.row[CAPACITY_SLOPE] = 0;
    total = variance(capacity, view.row) + view.noise;
    sd = sqrt(total);
    alpha = (log(load_kg) - view.expected) / sd;
    if (alpha < -6 || alpha > policy->capacity.bound_most)
        return;
    above = erfc(alpha / sqrt(2)) / 2;
    ratio = exp(-alpha * alpha / 2) / sqrt(2 * M_PI) / above;
    update(capacity, &view, total, ratio, ratio * (ratio - alpha));
}

static void tire(const struct policy *policy, struct capacity *capacity, const struct seen_set *set)
{
    const struct policy_fatigue *own = &policy->fatigue;
    double rir = !isnan(set->rir) ? set->rir : !isnan(set->n) ? set->n - set->reps : own->assumed_rir;

    /* Rests are rarely written down: the usual one. */
    capacity->tired = own->carry * capacity->tired +
                      own->size * capacity->decline / (1 + rir) * exp(-policy->capacity.rest_s / own->tau_s);
}

void capacity_learn(const struct policy *policy, struct capacity *capacity, const struct seen_set *set, double bias)
{
    double days =
        capacity->last_at_ms == INT64_MIN ? 0 : (double)(set->at_ms - capacity->last_at_ms) / CIVIL_WEEK_MS * 7;
    double rir = isnan(set->rir) ? set->n - set->reps : set->rir;

    forward(policy, capacity, set->at_ms);
    if (!isnan(set->n) && rir < policy->strength.rir_bound)
        learn_measured(policy, capacity, set->load_kg, scale_failed(set->failure) ? fmax(1, set->n - bias) : set->n,
                       rir, days);
    else
        learn_bound(policy, capacity, set->load_kg, isnan(set->n) ? set->reps : set->reps + policy->strength.rir_bound);
    tire(policy, capacity, set);
    capacity->last_at_ms = set->at_ms;
}
