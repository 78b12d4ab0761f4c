/*
 * Warning signs; see warning.h.
 */
#include "core/effort/warning.h"

#include <math.h>
#include <string.h>

#include "core/base/civil.h"
#include "core/base/mem.h"
#include "core/effort/policy.h"
#include "core/effort/session.h"
#include "core/effort/trend.h"
#include "core/effort/week.h"

enum { LIFTS = 48 };

/* The first set of the last DAYS, as far as they weren't dealt with. */
static size_t recent(const struct effort_input *input, double days)
{
    int64_t from_ms = input->day_start_ms - (int64_t)(days * CIVIL_DAY_MS);

    return session_first_since(input->log, input->log_count,
                               from_ms > input->profile->fresh_ms ? from_ms : input->profile->fresh_ms);
}

static void add(struct warnings *warnings, const char *rule, const char *exercise, double value)
{
    struct warning *sign;

    for (size_t i = 0; i < warnings->count; i++)
        if (strcmp(warnings->signs[i].rule, rule) == 0)
            return;
    if (warnings->count == WARNING_SIGNS)
        return;
    sign = &warnings->signs[warnings->count++];
    *sign = (struct warning){.rule = rule, .value = value};
    strncpy(sign->exercise, exercise, sizeof(sign->exercise) - 1);
}

/* ---------------------------------------------------------------- strength */

/* Exercises of the sets before COUNT that were done since FROM, each once. */
static size_t lifts(const struct effort_input *input, size_t from, size_t count, const struct exercise **found)
{
    size_t known = 0;

    for (size_t i = from; i < count && known < LIFTS; i++) {
        const char *id = input->log[i].set.exercise;
        size_t at = 0;

        while (at < known && strcmp(found[at]->id, id) != 0)
            at++;
        if (at == known && (found[known] = week_exercise(input, id)) != NULL)
            known++;
    }
    return known;
}

/* (a) and (b), of the lift that shows the most: with many lifts some slope falls somewhere by chance, and another
 * lift's sum is no second sign of it. */
static void read_strength(struct warnings *warnings, const struct effort_input *input, size_t count)
{
    const struct exercise *found[LIFTS];
    size_t from =
        session_first_since(input->log, input->log_count,
                            input->day_start_ms - (int64_t)(policy_of(input)->trend.holds_days * CIVIL_DAY_MS));
    size_t known = lifts(input, from, count, found);
    int most = 0;

    for (size_t i = 0; i < known; i++) {
        struct trend trend;

        trend_read(&trend, input, found[i], input->day_start_ms);
        if (trend.last_ms < input->profile->fresh_ms)
            continue;
        most = trend.slope_alarm + trend.cusum_alarm > most ? trend.slope_alarm + trend.cusum_alarm : most;
        if (trend.slope_alarm || trend.cusum_alarm)
            add(warnings, "R48", found[i]->id, trend.slope);
    }
    warnings->grade += most;
}

/* ---------------------------------------------------------------- sessions that went too far */

static bool drops_at(const struct effort_input *input, size_t from, size_t index)
{
    const struct logged_set *now = &input->log[index];
    double reps_before, reps_now;
    struct session known;
    struct bout a, b;

    session_begin(&known, input);
    if (now->set.type == SET_WARMUP)
        return false;
    for (size_t i = index; i-- > from;) {
        const struct logged_set *before = &input->log[i];

        if (before->set.type == SET_WARMUP || strcmp(before->set.exercise, now->set.exercise) != 0 ||
            session_other_side(before->set.side, now->set.side))
            continue;
        session_bout(&known, &a, before);
        session_bout(&known, &b, now);
        return session_sharp_drop(&known, &a, &b, &reps_before, &reps_now);
    }
    return false;
}

int warnings_drops(const struct effort_input *input, size_t from, size_t to)
{
    int drops = 0;

    for (size_t i = from; i < to; i++) {
        bool again = false;

        if (!drops_at(input, from, i))
            continue;
        for (size_t j = from; j < i; j++)
            again |= strcmp(input->log[j].set.exercise, input->log[i].set.exercise) == 0 && drops_at(input, from, j);
        drops += !again;
    }
    return drops;
}

/* Sessions with a sharp drop, lately. */
static void read_drops(struct warnings *warnings, const struct effort_input *input, size_t count)
{
    size_t next, from = recent(input, policy_of(input)->warning.drop_days);
    int sessions = 0;

    for (; from < count; from = next) {
        for (next = from;
             next < count && session_day(input, input->log[next].at_ms) == session_day(input, input->log[from].at_ms);)
            next++;
        sessions += warnings_drops(input, from, next) > 0;
    }
    if (sessions >= policy_of(input)->warning.drop_sessions)
        add(warnings, "R85", "", sessions);
}

/* Whether another set of this exercise followed on the same day. */
static bool is_last(const struct effort_input *input, size_t index)
{
    const struct logged_set *set = &input->log[index];

    for (size_t i = index + 1; i < input->log_count; i++) {
        if (session_day(input, input->log[i].at_ms) != session_day(input, set->at_ms))
            break;
        if (strcmp(input->log[i].set.exercise, set->set.exercise) == 0)
            return false;
    }
    return true;
}

bool warnings_overshot(const struct effort_input *input, size_t index)
{
    const struct set *set = &input->log[index].set;
    const struct exercise *exercise = week_exercise(input, set->exercise);
    const struct profile *profile = input->profile;
    const struct policy *policy = policy_of(input);
    struct reach reach = scale_reach(&policy->strength, set);
    const struct policy_effort *row;
    bool last, experienced;

    if (exercise == NULL || set->type == SET_WARMUP || set->cheat || isnan(reach.rir))
        return false;
    last = is_last(input, index);
    /* Which phase it was of isn't known: a deload that has begun since accuses no set of before. The final set may have
     * been allowed to fail: what the gate said then is not asked again. */
    experienced = profile->form == FORM_GOOD && profile->experience_months / 12 >= policy_of(input)->gate.years;
    row = policy_effort(
        policy, &(struct policy_case){profile->goal, PHASE_NORMAL, policy_level(policy, profile->experience_months),
                                      exercise->effort, last ? POSITION_LAST : POSITION_EARLY, last && experienced});
    return reach.rir <= row->accept_min - policy->load.overshoot_slack - 1e-9;
}

bool warnings_grinds(const struct policy *policy, const struct set *set)
{
    return scale_reach(&policy->strength, set).rir <= policy->warning.grind_rir;
}

static void read_overshoots(struct warnings *warnings, const struct effort_input *input, size_t count)
{
    size_t from = recent(input, policy_of(input)->gate.days_week);
    int overshoots = 0;

    for (size_t i = from; i < count; i++) {
        const struct exercise *exercise = week_exercise(input, input->log[i].set.exercise);

        overshoots += exercise != NULL && exercise->compound && warnings_overshot(input, i);
    }
    if (overshoots >= policy_of(input)->warning.overshoots)
        add(warnings, "R95", "", overshoots);
}

/* ---------------------------------------------------------------- check-ins */

static void read_checkins(struct warnings *warnings, const struct effort_input *input)
{
    static const struct {
        unsigned signs;
        const char *rule;
    } rows[] = {{1U << CHECKIN_FATIGUE | 1U << CHECKIN_STRESS | 1U << CHECKIN_MOOD, "R49"},
                {1U << CHECKIN_SLEEP, "R52"},
                {1U << CHECKIN_SORENESS | READINESS_ACHES, "R50"},
                {READINESS_DREAD, "R51"}};
    struct readiness *readiness = &warnings->readiness;

    readiness_read(readiness, input);
    warnings->low_checkin = readiness_low(readiness, policy_of(input));
    if (!warnings->low_checkin || !readiness->low_before)
        return;
    warnings->grade++;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
        if ((readiness->low & rows[i].signs) != 0)
            add(warnings, rows[i].rule, "", readiness->lowest);
}

/* ---------------------------------------------------------------- all of them */

void warnings_read(struct warnings *warnings, const struct effort_input *input)
{
    size_t count = session_first_since(input->log, input->log_count, input->day_start_ms);

    memset(warnings, 0, sizeof(*warnings));
    read_strength(warnings, input, count);
    read_checkins(warnings, input);
    read_drops(warnings, input, count);
    read_overshoots(warnings, input, count);
    /* What went too far in sessions takes failure away (R53), but alone proposes no deload. */
    if (warnings->grade == 0 && warnings->count > 0)
        warnings->grade = 1;
    if (warnings->grade > 0)
        add(warnings, "R110", "", NAN);
}

bool warnings_deload(const struct effort_input *input)
{
    return input->warnings != NULL && input->warnings->grade >= policy_of(input)->warning.deload_from &&
           input->profile->phase != PHASE_DELOAD;
}

enum warnings_verdict warnings_verdict(const struct effort_input *input)
{
    const struct warnings *warnings = input->warnings;

    if (warnings == NULL)
        return VERDICT_CARRY_ON;
    if (warnings_deload(input))
        return VERDICT_DELOAD;
    if (readiness_easier(&warnings->readiness, policy_of(input)) && input->profile->phase != PHASE_DELOAD)
        return VERDICT_EASIER;
    return warnings->grade > 0 || warnings->low_checkin ? VERDICT_NO_FAILURE : VERDICT_CARRY_ON;
}
