/*
 * Forecasts: the chart and rules by hand, what the belief in a lifter does with sets, and what a distribution must be.
 */
#include "tests/unit/unit.h"

#include <math.h>
#include <string.h>

#include "core/base/civil.h"
#include "core/effort/forecast.h"

static const int64_t day_ms = CIVIL_DAY_MS;

/* A lifter on one exercise. */
struct lift {
    struct forecast_lifter lifter;
    struct forecast_exercise exercise;
    int64_t at_ms;
};

static void begin(struct lift *lift)
{
    memset(lift, 0, sizeof(*lift));
    forecast_lifter_init(&lift->lifter, &policy_default);
    forecast_exercise_init(&lift->exercise, &policy_default, catalogue_by_id("bench-press"));
    lift->at_ms = 1000 * day_ms;
}

static void learn(struct lift *lift, double load_kg, int reps, double rir)
{
    struct seen_set seen;
    struct set set;

    set_init(&set);
    set.reps = reps;
    set.rir = rir;
    lift->at_ms += 150 * 1000;
    if (forecast_see(&lift->lifter, &lift->exercise, &set, load_kg, lift->at_ms, &seen))
        forecast_learn(&lift->lifter, &lift->exercise, &seen);
}

static double reps_at(const struct lift *lift, double load_kg)
{
    struct outlook outlook;

    return capacity_ask(&policy_default, &lift->exercise.capacity, load_kg, lift->at_ms + day_ms, &outlook)
               ? outlook.reps
               : (double)NAN;
}

static void near(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%g, not %g", value, expected);
}

/* science.md, section 2: 8 reps at RPE 8 are 10 to failure, 73.9 %. */
static void the_chart(void **state)
{
    (void)state;
    near(guess_chart_percent(1), 100, 1e-9);
    near(guess_chart_percent(10), 73.9, 1e-9);
    near(guess_chart_percent(1.25), 98.9, 1e-9);
    near(guess_chart_reps(100), 1, 1e-9);
    near(guess_chart_reps(86.3), 5, 1e-9);
    near(guess_chart_reps(84.35), 5.75, 1e-9);
    assert_true(guess_chart_reps(130) == 0);
    for (double n = 1; n < 40; n += 0.25)
        near(guess_chart_reps(guess_chart_percent(n)), n, 1e-9);
}

static void nothing_is_known_before_the_first_set(void **state)
{
    struct forecast forecast;
    struct lift lift;

    (void)state;
    begin(&lift);
    assert_false(forecast_make(&lift.lifter, &lift.exercise, 80, NAN, lift.at_ms, &forecast));
    learn(&lift, 80, 8, NAN); /* nor after one without RIR */
    assert_false(forecast_make(&lift.lifter, &lift.exercise, 80, NAN, lift.at_ms, &forecast));
    learn(&lift, 80, 8, 2);
    assert_true(forecast_make(&lift.lifter, &lift.exercise, 80, NAN, lift.at_ms, &forecast));
}

/* After 80 kg x 8 at RIR 2, fresh: about 10 at 80 kg, and at 90 kg 1 + 31 (80 (1 + 9/31) / 90 - 1) = 5.56. */
static void the_curve(void **state)
{
    struct lift lift;

    (void)state;
    begin(&lift);
    learn(&lift, 80, 8, 2);
    near(reps_at(&lift, 80), 10, 0.05);
    near(reps_at(&lift, 90), 5.56, 0.05);
    assert_true(reps_at(&lift, 1000) == 0);
}

static void a_better_set_raises_and_a_bound_never_lowers(void **state)
{
    struct lift lift, better, bound, low;

    (void)state;
    begin(&lift);
    for (int i = 0; i < 5; i++, lift.at_ms += 3 * day_ms)
        learn(&lift, 80, 8, 2);
    better = bound = low = lift;
    learn(&better, 80, 10, 2);
    assert_true(reps_at(&better, 80) > reps_at(&lift, 80) + 0.3);
    learn(&bound, 80, 12, NAN); /* at least 12 */
    assert_true(reps_at(&bound, 80) > reps_at(&lift, 80) + 0.3);
    learn(&low, 80, 4, NAN); /* stopped early: proves nothing */
    near(reps_at(&low, 80), reps_at(&lift, 80), 0.25);
    learn(&low, 80, 4, 5); /* 9 at least */
    assert_true(reps_at(&low, 80) > reps_at(&lift, 80) - 0.3);
}

/* 800 kg for 80 is not believed; said again, it is. */
static void a_slip_of_the_keys(void **state)
{
    struct lift lift, slip;

    (void)state;
    begin(&lift);
    for (int i = 0; i < 5; i++, lift.at_ms += 3 * day_ms)
        learn(&lift, 80, 8, 2);
    slip = lift;
    learn(&slip, 100, 8, 2);
    near(reps_at(&slip, 80), reps_at(&lift, 80), 0.2);
    learn(&slip, 100, 8, 2);
    assert_true(reps_at(&slip, 100) > 8);
}

static void a_long_pause_costs(void **state)
{
    struct outlook soon, late;
    struct lift lift;

    (void)state;
    begin(&lift);
    for (int i = 0; i < 8; i++, lift.at_ms += 3 * day_ms)
        learn(&lift, 80, 8, 2);
    capacity_ask(&policy_default, &lift.exercise.capacity, 80, lift.at_ms + 20 * day_ms, &soon);
    capacity_ask(&policy_default, &lift.exercise.capacity, 80, lift.at_ms + 77 * day_ms, &late);
    /* 8 weeks and a day beyond the 21 days, 1 % each. */
    near(log(late.fresh_kg / soon.fresh_kg), -0.08, 0.01);
    assert_true(late.sd > soon.sd);
}

static void a_set_tires(void **state)
{
    struct outlook now, tomorrow;
    struct lift lift;

    (void)state;
    begin(&lift);
    learn(&lift, 80, 8, 0);
    capacity_ask(&policy_default, &lift.exercise.capacity, 80, lift.at_ms + 150 * 1000, &now);
    capacity_ask(&policy_default, &lift.exercise.capacity, 80, lift.at_ms + day_ms, &tomorrow);
    assert_true(now.reps < tomorrow.reps - 1);
}

static unsigned dice(uint64_t *seed, unsigned sides)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*seed >> 33) % sides;
}

/* Sets as wild as a log can hold. */
static void random_set(struct lift *lift, uint64_t *seed, double factor)
{
    static const double loads[] = {0.01, 20, 1500, 80};
    double load = dice(seed, 8) == 0 ? loads[dice(seed, 4)] : 60 + 2.5 * dice(seed, 12);

    if (dice(seed, 4) == 0)
        lift->at_ms += (int64_t)dice(seed, dice(seed, 9) == 0 ? 500 : 8) * day_ms;
    learn(lift, load * factor, 1 + (int)dice(seed, dice(seed, 9) == 0 ? 100 : 15),
          dice(seed, 4) == 0 ? NAN : dice(seed, 11) * 0.5);
}

static void expect_distribution(const struct forecast *forecast)
{
    double sum = 0;

    assert_in_range(forecast->bins, 1, FORECAST_BINS);
    for (int b = 0; b < forecast->bins; b++) {
        assert_true(forecast->chance[b] > 0 && forecast->chance[b] <= 1);
        sum += forecast->chance[b];
    }
    near(sum, 1, 1e-9);
    assert_true(forecast->median >= 0 && fmod(forecast->median, 0.5) == 0);
    near(forecast_below(forecast, forecast->from + 100), 1, 1e-9);
    assert_true(forecast_below(forecast, forecast->median) <= 0.5 + 1e-9);
    assert_true(forecast_below(forecast, forecast->median + 0.5) >= 0.5 - 1e-9);
    for (size_t r = 0; r < FORECAST_RANGES; r++)
        assert_true(forecast->low[r] <= forecast->high[r] && forecast->low[r] >= forecast->from - 0.5);
}

static void whatever_the_log_it_is_a_distribution(void **state)
{
    (void)state;
    for (uint64_t run = 1; run <= 200; run++) {
        uint64_t seed = run;
        struct lift lift;

        begin(&lift);
        for (int i = 0; i < 60; i++) {
            struct forecast forecast;

            random_set(&lift, &seed, 1);
            if (!forecast_make(&lift.lifter, &lift.exercise, 1 + dice(&seed, 200), NAN, lift.at_ms, &forecast))
                continue;
            expect_distribution(&forecast);
            if (isnan(lift.exercise.memory.last_rir))
                continue;
            assert_true(forecast_make(&lift.lifter, &lift.exercise, 80, 1 + dice(&seed, 30), lift.at_ms, &forecast));
            expect_distribution(&forecast);
            assert_true(forecast.median >= forecast.reps && forecast.median <= forecast.reps + 10);
        }
    }
}

/* The log alone makes the state; and a log in pounds that of one in kilograms. */
static void the_same_log_makes_the_same_state(void **state)
{
    (void)state;
    for (uint64_t run = 1; run <= 50; run++) {
        uint64_t seeds[3] = {run, run, run};
        struct forecast kg, lb;
        struct lift a, b, pounds;

        begin(&a);
        begin(&b);
        begin(&pounds);
        for (int i = 0; i < 60; i++) {
            random_set(&a, &seeds[0], 1);
            random_set(&b, &seeds[1], 1);
            random_set(&pounds, &seeds[2], 1 / KG_PER_LB);
        }
        assert_memory_equal(&a, &b, sizeof(a));
        if (!forecast_make(&a.lifter, &a.exercise, 80, NAN, a.at_ms, &kg))
            continue;
        assert_true(forecast_make(&pounds.lifter, &pounds.exercise, 80 / KG_PER_LB, NAN, a.at_ms, &lb));
        near(lb.median, kg.median, 1e-9);
        for (int c = 0; c < kg.bins; c++)
            near(lb.chance[c], kg.chance[c], 1e-6);
    }
}

/* Every set at RIR 2 for months: that is what the next one will be. */
static void a_habit_is_learnt(void **state)
{
    struct forecast forecast;
    struct lift lift;

    (void)state;
    begin(&lift);
    for (int i = 0; i < 40; i++, lift.at_ms += 3 * day_ms) {
        learn(&lift, 80 + i % 3 * 2.5, 8 - i % 3, 2);
        learn(&lift, 80, 7, 2);
    }
    assert_true(forecast_make(&lift.lifter, &lift.exercise, 80, 8, lift.at_ms, &forecast));
    near(forecast.median, 10, 1e-9);
    assert_true(forecast_chance(&forecast, 10) > 0.7);
}

/* A set without RIR says that its reps were there, and no more: whoever held that likely is trusted as before, however
 * many such sets there are. */
static void silence_favours_nobody(void **state)
{
    const struct expert *experts;
    double before[EXPERT_COUNT];
    struct lift lift;

    (void)state;
    begin(&lift);
    for (int i = 0; i < 8; i++)
        learn(&lift, 100, i % 2 == 0 ? 8 : 9, i % 2 == 0 ? 2 : 1.5);
    experts = lift.lifter.records[FORECAST_REPS][STRATUM_LATER_SAME].experts;
    for (size_t i = 0; i < EXPERT_COUNT; i++)
        before[i] = experts[i].score;
    for (int i = 0; i < 500; i++)
        learn(&lift, 100, 7, NAN);
    for (size_t i = 0; i < EXPERT_COUNT; i++)
        for (size_t j = 0; j < EXPERT_COUNT; j++)
            if (i != GUESS_RIR && i != GUESS_RIR_DRIFT && j != GUESS_RIR && j != GUESS_RIR_DRIFT)
                assert_true(fabs(experts[i].score - experts[j].score) <= fabs(before[i] - before[j]) + 1e-6);
}

/* And whoever held it unlikely is trusted less than who didn't: after 100 kg x 8 at RIR 2 Epley has 4 left at 117 kg,
 * persistence 10, and 9 are done. */
static void silence_tells_against_too_few(void **state)
{
    const struct expert *experts;
    struct lift lift;
    double before;

    (void)state;
    begin(&lift);
    learn(&lift, 100, 8, 2);
    experts = lift.lifter.records[FORECAST_REPS][STRATUM_LATER_CHANGED].experts;
    before = experts[GUESS_EPLEY].score - experts[GUESS_REPS].score;
    learn(&lift, 117, 9, NAN);
    assert_true(experts[GUESS_EPLEY].score - experts[GUESS_REPS].score < before - 0.05);
}

static struct seen_set seen_at(double load_kg, double reps, double rir, int64_t at_ms)
{
    return (struct seen_set){.load_kg = load_kg, .reps = reps, .rir = rir, .n = reps + rir, .at_ms = at_ms};
}

/* 9 reps of a set without RIR, usually 1.5 in reserve later in a session: 10.5 to failure are 72.3 % on the chart, and
 * at 90 kg instead of 100 that is 65.07 %, between 65.3 (13) and 64.0 (13.5). First sets usually keep 2: 11, 70.7 %,
 * at 90 kg 63.63 %, between 64.0 (13.5) and 62.6 (14). */
static void what_a_silent_set_leaves(void **state)
{
    const struct seen_set earlier = seen_at(100, 8, 2, 999 * day_ms), reported = seen_at(100, 8, 1.5, 1000 * day_ms);
    const struct seen_set silent = seen_at(100, 9, NAN, 1000 * day_ms + 1);
    const struct seen_set now = seen_at(90, NAN, NAN, 1000 * day_ms + 2);
    struct seen_set next_day = now;
    double guesses[GUESS_COUNT] = {[GUESS_CHART_FIRST] = 12};
    struct pattern_memory memory;
    struct guess_memory before;
    struct pattern_case at;

    (void)state;
    next_day.at_ms += day_ms;
    guess_init(&before);
    before.last_at_ms = silent.at_ms;
    pattern_memory_init(&memory);
    pattern_remember(&policy_default, &memory, &earlier, true);
    pattern_remember(&policy_default, &memory, &reported, false);
    pattern_read(&policy_default, &memory, &before, guesses, NULL, &now, &at);
    near(at.reasons[6], 0, 1e-9);
    pattern_remember(&policy_default, &memory, &silent, false);
    pattern_read(&policy_default, &memory, &before, guesses, NULL, &now, &at);
    near(at.reasons[6], 13 + 0.23 / 1.3 / 2 - 12, 1e-9);
    pattern_read(&policy_default, &memory, &before, guesses, NULL, &next_day, &at);
    near(at.reasons[6], 13.5 + 0.37 / 1.4 / 2 - 12, 1e-9);
    pattern_remember(&policy_default, &memory, &reported, false);
    pattern_read(&policy_default, &memory, &before, guesses, NULL, &now, &at);
    near(at.reasons[6], 0, 1e-9);
}

/* The nearest load's newest set; a later set counts as 5 % further off for a first one. */
static void what_was_done_with_this_load(void **state)
{
    const struct seen_set heavy = seen_at(100, 4, 1, 0), light = seen_at(80, 9, 2, 0), again = seen_at(80, 10, 2, 0);
    const struct seen_set later = seen_at(81, 7, 1, 0), silent = seen_at(100, 3, NAN, 0);
    struct recall recall = {.count = 0};

    (void)state;
    assert_true(isnan(recall_ask(&policy_default, &recall, 90, true)));
    recall_remember(&recall, &heavy, true);
    recall_remember(&recall, &light, true);
    recall_remember(&recall, &silent, true);
    near(recall_ask(&policy_default, &recall, 105, true), 5, 1e-12);
    near(recall_ask(&policy_default, &recall, 85, true), 11, 1e-12);
    recall_remember(&recall, &again, true);
    recall_remember(&recall, &later, false);
    near(recall_ask(&policy_default, &recall, 80, true), 12, 1e-12);
    near(recall_ask(&policy_default, &recall, 81, true), 12, 1e-12);
    near(recall_ask(&policy_default, &recall, 86, true), 12, 1e-12); /* 7.2 % off, and the other one 6.0 + 5 */
    near(recall_ask(&policy_default, &recall, 86, false), 8, 1e-12);
    near(recall_ask(&policy_default, &recall, 80, false), 8, 1e-12);
    for (int i = 0; i < RECALL_SETS; i++)
        recall_remember(&recall, &later, false);
    near(recall_ask(&policy_default, &recall, 100, true), 8, 1e-12); /* all that is older is forgotten */
}

/* Heavy fives and light twelves by turns, each always so: the other day's set and a curve mislead, what was done with
 * this load doesn't. */
static void heavy_and_light_days(void **state)
{
    struct forecast forecast;
    struct lift lift;

    (void)state;
    begin(&lift);
    for (int i = 0; i < 10; i++) {
        learn(&lift, 100, 5, 2);
        lift.at_ms += 3 * day_ms;
        learn(&lift, 70, 10, 2);
        lift.at_ms += 3 * day_ms;
    }
    assert_true(forecast_make(&lift.lifter, &lift.exercise, 100, NAN, lift.at_ms, &forecast));
    near(forecast.median, 7, 1e-9);
    assert_true(forecast.high[RANGE_80] < 8);
    learn(&lift, 100, 5, 2);
    lift.at_ms += 3 * day_ms;
    assert_true(forecast_make(&lift.lifter, &lift.exercise, 70, NAN, lift.at_ms, &forecast));
    near(forecast.median, 12, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_chart),
        cmocka_unit_test(nothing_is_known_before_the_first_set),
        cmocka_unit_test(the_curve),
        cmocka_unit_test(a_better_set_raises_and_a_bound_never_lowers),
        cmocka_unit_test(a_slip_of_the_keys),
        cmocka_unit_test(a_long_pause_costs),
        cmocka_unit_test(a_set_tires),
        cmocka_unit_test(whatever_the_log_it_is_a_distribution),
        cmocka_unit_test(the_same_log_makes_the_same_state),
        cmocka_unit_test(a_habit_is_learnt),
        cmocka_unit_test(silence_favours_nobody),
        cmocka_unit_test(silence_tells_against_too_few),
        cmocka_unit_test(what_a_silent_set_leaves),
        cmocka_unit_test(what_was_done_with_this_load),
        cmocka_unit_test(heavy_and_light_days),
    };

    return RUN_TESTS(tests);
}
