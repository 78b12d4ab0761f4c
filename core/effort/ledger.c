/*
 * The shown week; see ledger.h.
 */
#include "core/effort/ledger.h"

#include <math.h>
#include <string.h>

#include "core/base/civil.h"
#include "core/effort/policy.h"
#include "core/effort/scale.h"
#include "core/effort/session.h"
#include "core/effort/warning.h"
#include "core/effort/week.h"

/* ---------------------------------------------------------------- sets */

static void count_effort(struct ledger *ledger, const struct policy *policy, const struct set *set)
{
    double rir = scale_reach(&policy->strength, set).rir, sets = week_share(set);

    ledger->working += sets;
    ledger->failures += set->failure != FAILURE_NONE ? sets : 0;
    ledger->technical += set->failure == FAILURE_TECHNICAL ? sets : 0;
    if (isnan(rir))
        return;
    ledger->known += sets;
    ledger->bands[BAND_ZERO] += rir == 0 ? sets : 0;
    ledger->bands[BAND_CLOSE] += rir <= 1 ? sets : 0;
    ledger->bands[BAND_ASKED] += rir >= 1 && rir <= 3 ? sets : 0;
    ledger->bands[BAND_FAR] += rir >= 4 ? sets : 0;
}

static void count_muscles(struct ledger *ledger, const struct policy *policy, const struct exercise *exercise,
                          const struct set *set)
{
    for (int m = 0; m < MUSCLE_COUNT; m++) {
        uint32_t bit = UINT32_C(1) << m;

        if ((exercise->primary & bit) != 0) {
            ledger->muscles[m].sets += week_share(set);
            ledger->muscles[m].failures += set->failure != FAILURE_NONE ? week_share(set) : 0;
        } else if ((exercise->secondary & bit) != 0) {
            ledger->muscles[m].sets += week_share(set) * policy->gate.secondary;
        }
    }
}

static struct ledger_lift *lift_of(struct ledger *ledger, const struct exercise *exercise)
{
    for (size_t i = 0; i < ledger->lift_count; i++)
        if (ledger->lifts[i].exercise == exercise)
            return &ledger->lifts[i];
    if (ledger->lift_count == LEDGER_LIFTS)
        return NULL;
    ledger->lifts[ledger->lift_count] = (struct ledger_lift){.exercise = exercise};
    return &ledger->lifts[ledger->lift_count++];
}

static void count_lift(struct ledger *ledger, const struct effort_input *input, const struct exercise *exercise,
                       size_t index)
{
    struct ledger_lift *lift = lift_of(ledger, exercise);

    if (lift == NULL)
        return;
    lift->sets += week_share(&input->log[index].set);
    lift->overshoots += exercise->compound && warnings_overshot(input, index);
}

/* ---------------------------------------------------------------- failure */

/* Sessions and exercises of the last 7 x 24 hours, as far as they cap what may fail. */
static double count_caps(const struct effort_input *input, double *exercises)
{
    const struct policy_gate *policy = &policy_of(input)->gate;
    int64_t from_ms = input->now_ms - (int64_t)(policy->days_week * CIVIL_DAY_MS), day = INT64_MIN;
    const char *known[LEDGER_LIFTS];
    double sessions = 0;
    size_t count = 0;

    for (size_t i = input->log_count; i-- > 0 && input->log[i].at_ms > from_ms;) {
        const struct logged_set *logged = &input->log[i];
        int64_t on = session_day(input, logged->at_ms);
        size_t at = 0;

        if (logged->set.type == SET_WARMUP)
            continue;
        sessions += on != day;
        day = on;
        while (at < count && strcmp(known[at], logged->set.exercise) != 0)
            at++;
        if (at == count && count < LEDGER_LIFTS)
            known[count++] = logged->set.exercise;
    }
    *exercises = (double)count;
    return sessions;
}

/* The smallest of all caps (D5): nothing where failure is out of the question for the lifter as a whole. */
static double budget(const struct effort_input *input, const struct week *week)
{
    const struct policy *policy = policy_of(input);
    const struct policy_phase *phase = policy_phase(policy, input->profile->phase);
    double exercises, sessions = count_caps(input, &exercises);
    double sets = week_budget(week, 0);

    if (!phase->failure || policy_level(policy, input->profile->experience_months) == LEVEL_BEGINNER)
        return 0;
    if (phase->one_a_session)
        sets = fmin(sets, fmax(1, sessions) * policy->gate.session_sets);
    return fmin(sets, fmax(1, exercises) * policy->gate.exercise_week_sets);
}

static void read_failures(struct ledger *ledger, const struct effort_input *input)
{
    struct week week;

    week_read(&week, input, input->log_count, input->now_ms);
    ledger->budget = budget(input, &week);
    ledger->spent = week.failure_spent;
    for (int m = 0; m < MUSCLE_COUNT; m++) {
        ledger->muscles[m].week_sets = week.sets[m];
        ledger->muscles[m].high_volume = week.sets[m] >= policy_of(input)->gate.weekly_sets;
        ledger->muscles[m].hours_gone = week.hours_since[m];
        ledger->muscles[m].hours_needed = week.hours_needed[m];
        ledger->muscles[m].hours_since = INFINITY;
    }
    for (size_t i = input->log_count; i-- > 0;) {
        const struct logged_set *logged = &input->log[i];
        const struct exercise *exercise = NULL;
        double hours = fmax(0, (double)(input->now_ms - logged->at_ms) / CIVIL_HOUR_MS);

        if (logged->set.failure != FAILURE_NONE && logged->set.type != SET_WARMUP)
            exercise = week_exercise(input, logged->set.exercise);
        for (int m = 0; m < MUSCLE_COUNT && exercise != NULL; m++)
            if ((exercise->primary & (UINT32_C(1) << m)) != 0)
                ledger->muscles[m].hours_since = fmin(ledger->muscles[m].hours_since, hours);
    }
}

bool ledger_holds(const struct ledger_muscle *muscle)
{
    return muscle->hours_gone < muscle->hours_needed;
}

/* ---------------------------------------------------------------- lifts */

/* R95: an accessory whose strength stands or falls while nearly every set that says its RIR grinds. */
static bool grinds(const struct effort_input *input, const struct ledger_lift *lift)
{
    const struct policy *policy = policy_of(input);
    double days = policy->trend.plateau_weeks * policy->gate.days_week;
    int64_t from_ms = input->now_ms - (int64_t)(days * CIVIL_DAY_MS);
    double known = 0, ground = 0;

    if (lift->exercise->compound || (lift->trend.way != TREND_PLATEAU && lift->trend.way != TREND_FALLING))
        return false;
    for (size_t i = input->log_count; i-- > 0 && input->log[i].at_ms > from_ms;) {
        const struct set *set = &input->log[i].set;

        if (strcmp(set->exercise, lift->exercise->id) != 0 || set->type == SET_WARMUP ||
            isnan(scale_reach(&policy->strength, set).rir))
            continue;
        known++;
        ground += warnings_grinds(policy, set);
    }
    return known > 0 && ground >= policy->warning.grind_share * known;
}

static void sort_lifts(struct ledger *ledger)
{
    for (size_t i = 1; i < ledger->lift_count; i++) {
        struct ledger_lift lift = ledger->lifts[i];
        size_t at = i;

        for (; at > 0 && strcmp(ledger->lifts[at - 1].exercise->name, lift.exercise->name) > 0; at--)
            ledger->lifts[at] = ledger->lifts[at - 1];
        ledger->lifts[at] = lift;
    }
}

void ledger_read(struct ledger *ledger, const struct effort_input *input, int64_t from_ms, int64_t to_ms)
{
    memset(ledger, 0, sizeof(*ledger));
    for (size_t i = 0; i < input->log_count; i++) {
        const struct logged_set *logged = &input->log[i];
        const struct exercise *exercise;

        if (logged->at_ms < from_ms || logged->at_ms >= to_ms || logged->set.type == SET_WARMUP)
            continue;
        count_effort(ledger, policy_of(input), &logged->set);
        exercise = week_exercise(input, logged->set.exercise);
        if (exercise == NULL)
            continue;
        count_muscles(ledger, policy_of(input), exercise, &logged->set);
        count_lift(ledger, input, exercise, i);
    }
    read_failures(ledger, input);
    for (size_t i = 0; i < ledger->lift_count; i++) {
        trend_read(&ledger->lifts[i].trend, input, ledger->lifts[i].exercise, to_ms);
        ledger->lifts[i].grinds = grinds(input, &ledger->lifts[i]);
    }
    sort_lifts(ledger);
}
