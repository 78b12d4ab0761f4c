/*
 * Counts the week; see week.h.
 */
#include "core/effort/week.h"

#include <math.h>
#include <string.h>

#include "core/base/civil.h"
#include "core/effort/policy.h"

enum { WEEKS_SEEN = 64 }; /* one bit each */

const struct exercise *week_exercise(const struct effort_input *input, const char *id)
{
    if (input->exercise != NULL && strcmp(input->exercise->id, id) == 0)
        return input->exercise;
    for (size_t i = 0; i < input->own_count; i++)
        if (strcmp(input->own[i].id, id) == 0)
            return &input->own[i];
    return catalogue_by_id(id);
}

static void count_failure(struct week *week, const struct effort_input *input, const struct logged_set *logged,
                          const struct exercise *exercise, double hours)
{
    double needed = week->policy->hours;

    week->failure_sets++;
    week->failure_spent += exercise != NULL && exercise->effort == EFFORT_ALLOWED ? week->policy->allowed_cost : 1;
    week->failures_session += logged->at_ms >= input->day_start_ms;
    week->failures_exercise += input->exercise != NULL && strcmp(logged->set.exercise, input->exercise->id) == 0;
    if (exercise == NULL)
        return;
    week->failures_compound += exercise->effort >= EFFORT_CAUTION;
    if (exercise->compound && exercise->lower_body)
        needed = week->policy->hours_lower_compound;
    for (int m = 0; m < MUSCLE_COUNT; m++) {
        if ((exercise->primary & (UINT32_C(1) << m)) == 0)
            continue;
        if (needed - hours > week->hours_needed[m] - week->hours_since[m]) {
            week->hours_needed[m] = needed;
            week->hours_since[m] = hours;
        }
    }
}

static void count_muscles(struct week *week, const struct exercise *exercise, double sets)
{
    for (int m = 0; m < MUSCLE_COUNT; m++) {
        uint32_t bit = UINT32_C(1) << m;

        if ((exercise->primary & bit) != 0)
            week->sets[m] += sets;
        else if ((exercise->secondary & bit) != 0)
            week->sets[m] += sets * week->policy->secondary;
    }
}

/* What the last week alone is asked for. */
static void count_recent(struct week *week, const struct effort_input *input, const struct logged_set *logged,
                         const struct exercise *exercise, double sets, int64_t age_ms)
{
    week->working += sets;
    if (exercise != NULL)
        count_muscles(week, exercise, sets);
    if (logged->set.failure != FAILURE_NONE)
        count_failure(week, input, logged, exercise, fmax(0, (double)age_ms / CIVIL_HOUR_MS));
}

double week_share(const struct set *set)
{
    return set->side == SIDE_LEFT || set->side == SIDE_RIGHT ? 0.5 : 1;
}

void week_read(struct week *week, const struct effort_input *input, size_t log_count, int64_t now_ms)
{
    const struct policy_gate *policy = &policy_of(input)->gate;
    const int64_t week_ms = (int64_t)(policy->days_week * CIVIL_DAY_MS);
    const struct exercise *exercise = NULL;
    const char *known = NULL;
    int64_t since_ms = now_ms - week_ms;
    uint64_t weeks = 0;
    int age = 0; /* whole weeks; the log is by time, so that it only grows */

    memset(week, 0, sizeof(*week));
    week->policy = policy;
    for (int m = 0; m < MUSCLE_COUNT; m++)
        week->hours_since[m] = INFINITY;
    for (size_t i = log_count; i-- > 0;) {
        const struct logged_set *logged = &input->log[i];
        double sets = week_share(&logged->set);

        for (; age < WEEKS_SEEN && logged->at_ms <= since_ms; since_ms -= week_ms)
            age++;
        if (age == WEEKS_SEEN)
            break;
        if (logged->set.type == SET_WARMUP)
            continue;
        weeks |= UINT64_C(1) << age;
        if (age < policy->weeks_usual)
            week->usual += sets / policy->weeks_usual;
        if (age > 0)
            continue;
        if (known == NULL || strcmp(known, logged->set.exercise) != 0) {
            known = logged->set.exercise;
            exercise = week_exercise(input, known);
        }
        count_recent(week, input, logged, exercise, sets, now_ms - logged->at_ms);
    }
    week->logged_weeks = __builtin_popcountll(weeks);
}

double week_budget(const struct week *week, int remaining)
{
    double sets = fmax(week->usual, week->working + remaining);

    return fmax(week->policy->share_at_least, floor(week->policy->share * sets));
}
