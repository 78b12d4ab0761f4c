/*
 * The numbers under the advice, against published tables and formulas worked out by hand.
 */
#include "tests/unit/core/effort/scene.h"

#include "core/base/buf.h"
#include "core/effort/bias.h"
#include "core/effort/fatigue.h"
#include "core/effort/policy.h"
#include "core/effort/prospect.h"
#include "core/effort/scale.h"
#include "core/effort/standing.h"
#include "core/effort/strength.h"
#include "core/effort/week.h"

static void near(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.6f, expected %.6f", value, expected);
}

/* R59, R72, D9; contract, "Failure words". */
static void sets_measure_what_they_can(void **state)
{
    static const struct {
        const char *set;
        enum measure measure;
        double n;
    } rows[] = {
        {"b:80x8@2", MEASURE_EXACT, 10},  {"b:80x8@3.5", MEASURE_EXACT, 11.5}, {"b:80x8@0", MEASURE_EXACT, 8},
        {"b:80x8", MEASURE_BOUND, 8},     {"b:80x8@4", MEASURE_BOUND, 12},     {"b:80x8@9", MEASURE_BOUND, 12},
        {"b:80x8m", MEASURE_EXACT, 8},    {"b:80x8x", MEASURE_EXACT, 8.5},     {"b:80x0x", MEASURE_EXACT, 0.5},
        {"b:80x8t", MEASURE_BOUND, 8},    {"b:80x8@1t", MEASURE_BOUND, 8},     {"b:80x8@1c", MEASURE_NONE, NAN},
        {"b:80x8@1w", MEASURE_NONE, NAN}, {"b:80x8@0d", MEASURE_BOUND, 8},
    };
    static struct scene scene;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct reach reach;

        scene_read(&scene, "", "b", rows[i].set);
        reach = scale_reach(&policy_default.strength, &scene.log[0].set);
        assert_int_equal(reach.measure, rows[i].measure);
        if (!isnan(rows[i].n))
            near(reach.n, rows[i].n, 1e-12);
    }
    /* Science 3: (0.6 + 0.35 r)(1 + 0.05 (n - 12)+). */
    near(scale_noise(&policy_default.strength, 2, 10), 1.3, 1e-12);
    near(scale_noise(&policy_default.strength, 0, 16), 0.72, 1e-12);
}

/* Nuzzo 2024, main table: with k = 31 the largest error of ln load is 0.042 (science 2, "Choice"). */
static void the_curve_follows_the_published_table(void **state)
{
    static const struct {
        double percent, reps;
    } table[] = {{90, 4.94}, {85, 7.15}, {80, 9.75}, {75, 12.37}, {70, 14.80}, {65, 17.11}, {60, 19.53}};

    (void)state;
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        near(log(100 / strength_grow(31, table[i].reps) / table[i].percent), 0, 0.0425);
    near(strength_grow(31, 1), 1, 0);
    for (int n = 1; n < 30; n++)
        near(strength_reps(38, strength_grow(38, n)), n, 1e-9);
}

static void curves_by_exercise(void **state)
{
    (void)state;
    near(policy_curve(&policy_default, scene_exercise('b')), 31, 0);
    near(policy_curve(&policy_default, scene_exercise('s')), 31, 0);
    near(policy_curve(&policy_default, scene_exercise('c')), 31, 0);
    near(policy_curve(&policy_default, scene_exercise('e')), 38, 0);
    near(policy_curve(&policy_default, scene_exercise('l')), 45, 0);
    near(policy_curve(&policy_default, scene_exercise('p')), 31, 0);
}

static void e1rm_by_hand(void **state)
{
    static const struct {
        const char *set;
        double e1rm;
    } rows[] = {
        {"b:80x8@1", 80 * (1 + 8.0 / 31)},
        {"b:100x1@0", 100},
        {"l:200x10@2", 200 * (1 + 11.0 / 45)},
        {"b:80x8", 80 * (1 + 7.0 / 31)},
        {"b:80x8@7", 80 * (1 + 11.0 / 31)},
        {"b:100x4x", 100 * (1 + 3.0 / 31)},
        {"u:bw+10x6@2", 90 * (1 + 7.0 / 31)},
        {"u:bw-20x6@2", 60 * (1 + 7.0 / 31)},
        {"u:bwx6@2", 80 * (1 + 7.0 / 31)},
        {"b:100x0x", NAN},
        {"b:80x8@1w", NAN},
        {"b:80x8@1c", NAN},
        {"b:0.0x8@1", NAN},
        {"u:bw-90x6@2", NAN},
    };
    static struct scene scene;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        double e1rm;

        scene_read(&scene, "", "b", rows[i].set);
        e1rm = effort_e1rm(NULL, scene_exercise(rows[i].set[0]), &scene.log[0].set, 80);
        if (isnan(rows[i].e1rm))
            assert_true(isnan(e1rm));
        else
            near(e1rm, rows[i].e1rm, 1e-9);
    }
    scene_read(&scene, "", "u", "u:bw+10x6@2");
    assert_true(isnan(effort_e1rm(NULL, scene_exercise('u'), &scene.log[0].set, NAN)));
    scene.log[0].set.reps = REPS_UNKNOWN;
    assert_true(isnan(effort_e1rm(NULL, scene_exercise('u'), &scene.log[0].set, 80)));
    scene.log[0].set.reps = 6;
    scene.log[0].set.load_kg = NAN;
    assert_true(isnan(effort_e1rm(NULL, scene_exercise('u'), &scene.log[0].set, 80)));
}

/* 80 x 8 with 1 in reserve: n = 9, k = 31, g = 39/31. The slope's part is (8/31)/g x 0.3 = 0.0615385, that of the
 * report (0.6 + 0.35)/31/g = 0.0243590, that of the load 0.01: together 0.0669353. */
static void an_e1rm_knows_how_uncertain_it_is(void **state)
{
    struct scene scene;

    (void)state;
    scene_read(&scene, "", "b", "b:80x8@1");
    near(strength_e1rm_sd(NULL, scene_exercise('b'), &scene.log[0].set), 0.0669353, 1e-6);
    scene.log[0].set.rir = NAN;
    assert_true(isinf(strength_e1rm_sd(NULL, scene_exercise('b'), &scene.log[0].set)));
    scene.log[0].set.rir = 5;
    assert_true(isinf(strength_e1rm_sd(NULL, scene_exercise('b'), &scene.log[0].set)));
}

/* Science 5: reps kept over sets to failure at one load; the model is within 0.05 for sets 2-3 at 2-5 min, within 0.10
 * elsewhere. */
static void fatigue_follows_the_published_table(void **state)
{
    static const struct {
        double rest_s, kept[3];
    } table[] = {
        {60, {0.55, 0.38, 0.28}}, {120, {0.72, 0.55, 0.45}}, {180, {0.78, 0.65, 0.52}}, {300, {0.90, 0.82, 0.75}}};
    static struct scene scene;
    struct fatigue fatigue = {.policy = &policy_default.fatigue, .decline = 1, .rest_usual_s = 150};

    (void)state;
    scene_read(&scene, "", "b", "b:80x8m");
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        struct bout bout = {.set = &scene.log[0].set,
                            .reach = scale_reach(&policy_default.strength, &scene.log[0].set)};

        for (int set = 0; set < 3; set++) {
            bout.fatigue = fatigue_after(&fatigue, &bout, table[i].rest_s);
            near(1 - bout.fatigue, table[i].kept[set], table[i].rest_s >= 120 && set < 2 ? 0.05 : 0.10);
        }
    }
}

static void fatigue_rests_back(void **state)
{
    static struct scene scene;
    struct fatigue fatigue = {.policy = &policy_default.fatigue, .decline = 0.8, .rest_usual_s = 105};
    struct bout bout;

    (void)state;
    scene_read(&scene, "", "c", "c:20x10@1");
    bout = (struct bout){
        .set = &scene.log[0].set, .reach = scale_reach(&policy_default.strength, &scene.log[0].set), .fatigue = 0.1};
    near(fatigue_after(&fatigue, &bout, fatigue_rest(&fatigue, &bout, 0.15)), 0.15, 1e-12);
    near(fatigue_rest(&fatigue, &bout, 0.9), 0, 0);
    assert_true(isinf(fatigue_rest(&fatigue, &bout, 0.06))); /* 0.6 * 0.1 stays however long the rest */
    /* Unknown effort counts as 2 in reserve, as many reps as possible as none: 1 / 3 and 1 / 1. */
    bout.fatigue = 0;
    bout.reach.rir = NAN;
    near(fatigue_after(&fatigue, &bout, 0), 0.65 * 0.8 / 3, 1e-12);
    scene.log[0].set.type = SET_AMRAP;
    near(fatigue_after(&fatigue, &bout, 0), 0.65 * 0.8, 1e-12);
    bout.fatigue = 5;
    near(fatigue_after(&fatigue, &bout, 0), 0.8, 0);
}

static double learnt(const char *log)
{
    static struct scene scene;
    struct session session;
    struct fatigue fatigue;

    scene_read(&scene, "", "b", log);
    session_read(&session, &scene.input, scene.count);
    fatigue_fill(&fatigue, &session, scene.input.exercise);
    return fatigue.decline;
}

/* Weight m / (m + 2.6) on the lifter's own decline. Who keeps all reps has ratio 0: with one pair 2.6 / 3.6 of the
 * table's 1. The newest set doesn't teach. */
static void decline_is_drawn_to_the_person(void **state)
{
    (void)state;
    near(learnt(""), 1, 0);
    near(learnt("b:80x8@1 b:80x8@1"), 1, 0);
    near(learnt("b:80x8@1 b:80x8@1 b:80x2@0"), 2.6 / 3.6, 1e-9);
    /* n 10 to 6 where f = .65 e^-1.125 / 3 = .0703 is expected: 5.7 times, believed up to 1.5. */
    near(learnt("b:80x8@2 b:80x5@1 b:80x5@1"), (2.6 + 1.5) / 3.6, 1e-9);
    near(learnt("b:80x8@2 b:75x8@2 b:80x5@1"), 1, 0);           /* other loads don't tell */
    near(learnt("b:80x8@2 b:80x8 b:80x5@1"), 1, 0);             /* nor sets without RIR */
    near(learnt("-50h b:80x8@2 -30m b:80x8@2 b:80x5@1"), 1, 0); /* nor another day */
}

/* What TASK's exercise stands at; TOP: by the top set of the session before, whose base is NULL where it had none. */
static struct standing stands_by(const char *task, const char *log, bool top)
{
    static struct scene scene;
    static struct session session;
    struct standing standing = {.base = NULL};
    struct fatigue fatigue;

    scene_read(&scene, "", task, log);
    session_read(&session, &scene.input, scene.count);
    fatigue_fill(&fatigue, &session, scene.input.exercise);
    if (top)
        standing_read_top(&standing, &session, scene.input.exercise, scene.input.now_ms);
    else
        standing_read(&standing, &session, scene.input.exercise, scene.input.now_ms);
    return standing;
}

static struct standing stands(const char *task, const char *log)
{
    return stands_by(task, log, false);
}

/* A top set is further up than is advised between two sets (5 %). */
static void a_top_set_stands_for_itself(void **state)
{
    const double tired = 0.65 * exp(-1.125) / 3; /* before the second set */

    (void)state;
    near(stands_by("b", "-3d b:80x8@2 b:90x8@2", true).base->load_kg, 90, 0);
    near(stands_by("b", "-3d b:80x8@2 b:90x8@2", true).one_rm, 90 * (1 + (10 / (1 - tired) - 1) / 31), 1e-9);
    /* It proves less than the first: (4 / .9297 - 1) / 31 of 90 kg. */
    near(stands_by("b", "-3d b:80x8@2 b:90x2@2", true).one_rm, 80 * (1 + 9.0 / 31), 1e-9);
    /* Reps alone raise what is known, and measure nothing by themselves. */
    near(stands_by("b", "-3d b:80x8@2 b:90x12", true).one_rm, 90 * (1 + (12 / (1 - tired) - 1) / 31), 1e-9);
    assert_false(stands_by("b", "-3d b:80x8 b:90x5", true).measured);
    near(stands_by("b", "-3d b:80x8 b:90x5", true).base->load_kg, 90, 0);
    assert_null(stands_by("b", "-3d b:80x8@2 b:82.5x9@2", true).base);
    assert_null(stands_by("b", "-3d b:90x8@2 b:80x9@2", true).base);
    assert_null(stands_by("b", "b:80x8@2 b:90x8@2", true).base); /* the session goes on from its last set */
}

static void capacity_by_hand(void **state)
{
    (void)state;
    assert_null(stands("b", "").base);
    assert_false(stands("b", "b:80x8").measured);
    near(stands("b", "b:80x8@2").one_rm, 80 * (1 + 9.0 / 31), 1e-9);
    /* f before the second = .65 e^-1.125 / 3; 9 reps to failure then were 9 / (1 - f) fresh. */
    near(stands("b", "b:80x8@2 b:80x7@2").one_rm, 80 * (1 + (9 / (1 - 0.65 * exp(-1.125) / 3) - 1) / 31), 1e-9);
    near(stands("b", "-3d b:80x8@2 b:80x5@0").one_rm, 80 * (1 + 9.0 / 31), 1e-9); /* the first, not the last */
    near(stands("b", "b:80x8@2 b:80x12").one_rm, 80 * (1 + (12 / (1 - 0.65 * exp(-1.125) / 3) - 1) / 31),
         1e-9); /* raised to what was proved */
    near(stands("b", "b:80x8@2 b:80x4").one_rm, 80 * (1 + 9.0 / 31), 1e-9);
    near(stands("b", "b:40x28@2").one_rm_load, 40 * (1 + 19.0 / 31), 1e-9); /* no load from more than 20 reps */
    near(stands("b", "b:40x28@2").one_rm, 40 * (1 + 29.0 / 31), 1e-9);
    near(stands("u", "u:bw+20x8@2").one_rm, 100 * (1 + 9.0 / 31), 1e-9);
    near(stands("b", "-35d b:80x8@2").one_rm, 80 * (1 + 9.0 / 31) * exp(-0.02), 1e-9); /* two weeks beyond 21 days */
}

/* The chance is the forecast's own: what it gives to fewer reps than are advised. With a first error of 1.2 reps before
 * the first set of a session a squat (1 in 25 may fail, risk.avoid) keeps 1.2 ln 12.5 = 3.03, as the range ends 3 in
 * reserve, a bench (1 in 10, risk.trap) 1.2 ln 5 = 1.93: the target of 2. */
static void chance_of_failure_by_hand(void **state)
{
    static struct scene scene;
    struct prospect prospect;
    struct forecast forecast;
    struct advice advice;

    (void)state;
    scene_read(&scene, "adv", "b", "-3d b:80x8@2");
    effort_advise(&scene.input, &advice);
    prospect_read(&prospect, &scene.input);
    near(prospect.error[STRATUM_FIRST_SAME], 1.2, 1e-12);
    assert_true(forecast_make(&prospect.lifter, &prospect.exercise, 80, NAN, scene.input.now_ms, &forecast));
    near(advice.p_failure, forecast_below(&forecast, advice.reps), 1e-12);
    assert_int_equal(advice.reps, floor(forecast.middle - 2 + 0.5));
    scene_read(&scene, "adv", "s", "-3d s:80x8@2");
    effort_advise(&scene.input, &advice);
    prospect_read(&prospect, &scene.input);
    assert_true(forecast_make(&prospect.lifter, &prospect.exercise, 80, NAN, scene.input.now_ms, &forecast));
    assert_int_equal(advice.reps, floor(forecast.middle - 3 + 0.5));
}

static void bias_from_failure_alone(void **state)
{
    static struct scene scene;
    struct bias bias;
    double f = 0.65 * 0.8 * exp(-1.125) / 3; /* 3 minutes after RIR 2 */

    (void)state;
    scene_read(&scene, "", "c", "-9d c:20x8@2 c:20x12m -5d c:20x8@2 c:20x12m c:20x6@0");
    bias_read(&bias, &scene.input, scene.count);
    assert_int_equal(bias.measured, 2);
    /* By the second time the first has taught that this lifter doesn't decline: 2.6 / 3.6 of the table's. */
    near(bias.mean, (12 - 10 * (1 - f) + 12 - 10 * (1 - f * 2.6 / 3.6)) / 2, 1e-9);
    near(bias.shrunk, bias.mean * 2 / 5, 1e-12); /* m / (m + 3) */
    scene_read(&scene, "", "c", "c:20x12m");
    bias_read(&bias, &scene.input, scene.count);
    assert_int_equal(bias.measured, 0);
    assert_true(isnan(bias.mean));
    /* Another load, too many reps, too long ago, a missed rep: nothing to hold it against. */
    scene_read(&scene, "", "c",
               "-30d c:20x8@2 -15d c:20x12m -14d c:10x20@2 c:10x25m -9d c:30x8@2 c:20x9m -5d e:50x8@2 e:50x9x");
    bias_read(&bias, &scene.input, scene.count);
    assert_int_equal(bias.measured, 0);
}

/* Eight count (bias.newest), and only those that could be predicted: the ninth before them, 9 reps beyond what was
 * said, no longer does, and what says nothing pushes none out. An hour is another session: no fatigue is left. */
static void the_newest_bias_counts(void **state)
{
    static struct scene scene;
    struct buf log = BUF_INIT(4096);
    struct bias bias;

    (void)state;
    buf_adds(&log, "-13d c:5x1@1 e:50x2@0 -300h e:50x11m");
    for (int i = 0; i < 8; i++)
        buf_addf(&log, " -%dh e:50x2@0 -%dh e:50x3m", 200 - 20 * i, 190 - 20 * i);
    buf_adds(&log, " -6h c:20x12m -3h s:100x5m");
    scene_read(&scene, "", "c", buf_text(&log));
    bias_read(&bias, &scene.input, scene.count);
    assert_int_equal(bias.measured, 8);
    near(bias.mean, 1, 1e-9);
    near(bias.shrunk, 8.0 / 11, 1e-9);
    buf_release(&log);
}

static void learn_log(struct forecast_lifter *lifter, struct forecast_exercise *exercise, const struct scene *scene)
{
    forecast_lifter_init(lifter, &policy_default);
    forecast_exercise_init(exercise, &policy_default, scene->input.exercise);
    for (size_t i = 0; i < scene->count; i++) {
        const struct logged_set *logged = &scene->log[i];
        struct seen_set seen;

        if (forecast_see(lifter, exercise, &logged->set, logged->set.load_kg, logged->at_ms, &seen))
            forecast_learn(lifter, exercise, &seen);
    }
}

/* What a forecast learns set by set is what the gate reads from the log. Sets to failure teach it whether or not their
 * RIR 0 was written, too; a missed rep doesn't (science.md, section 3). */
static void one_bias_for_forecasts_and_gates(void **state)
{
    static struct scene scene;
    struct forecast_exercise exercise;
    struct forecast_lifter lifter;
    struct bias running, read;

    (void)state;
    scene_read(&scene, "", "e", "-9d e:50x8@2 -8d e:50x12m -7d e:50x8@2 -6d e:50x11@0m -5d e:50x9@1 -4d e:50x14x");
    learn_log(&lifter, &exercise, &scene);
    bias_sum(&policy_default, &lifter.bias, &running);
    bias_read(&read, &scene.input, scene.count);
    assert_int_equal(running.measured, 2);
    near(running.mean, (2 + 1) / 2.0, 1e-9); /* 10 to failure were reported each time, days before */
    near(running.shrunk, 3.0 / 5, 1e-9);
    assert_int_equal(read.measured, running.measured);
    near(read.mean, running.mean, 1e-9);
    near(read.shrunk, running.shrunk, 1e-9);
}

static void the_week_by_hand(void **state)
{
    static struct scene scene;
    struct week week;

    (void)state;
    scene_read(&scene, "", "b",
               "-20d b:80x8@2 b:80x8@2 -8d b:80x8@2 -50h b:80x8@2 b:80x8m l:200x10t -30m c:20x10@2L c:20x10@2R "
               "b:60x5w b:80x8@2");
    week_read(&week, &scene.input, scene.count, scene.input.now_ms);
    near(week.working, 5, 0);
    near(week.usual, 8 / 4.0, 1e-12);
    near(week.sets[MUSCLE_CHEST], 3, 0);
    near(week.sets[MUSCLE_TRICEPS], 1.5, 0);
    near(week.sets[MUSCLE_BICEPS], 1, 0);
    near(week.sets[MUSCLE_QUADS], 1, 0);
    assert_int_equal(week.failure_sets, 2);
    near(week.failure_spent, 3, 0); /* the leg press counts double (D4) */
    assert_int_equal(week.failures_session, 0);
    assert_int_equal(week.failures_exercise, 1);
    assert_int_equal(week.failures_compound, 1);
    near(week.hours_since[MUSCLE_CHEST], 50 - 3 / 60.0, 1e-9);
    near(week.hours_needed[MUSCLE_CHEST], 48, 0);
    near(week.hours_needed[MUSCLE_QUADS], 72, 0);
    assert_true(isinf(week.hours_since[MUSCLE_TRICEPS]));
    assert_int_equal(week.logged_weeks, 3);
    /* The failure that holds longest, not the newest. */
    scene_read(&scene, "", "e", "-30h l:200x10m -20h e:50x10m");
    week_read(&week, &scene.input, scene.count, scene.input.now_ms);
    near(week.hours_since[MUSCLE_QUADS], 30, 1e-9);
    near(week.hours_needed[MUSCLE_QUADS], 72, 0);
    scene_read(&scene, "", "b", "volume=5");
    week_read(&week, &scene.input, scene.count, scene.input.now_ms);
    near(week_budget(&week, 0), 1, 0);
    near(week_budget(&week, 5), 2, 0);
}

/* Every rule named in the policy exists, and every target lies within what is asked for and that within what is
 * accepted; no row but those behind an open gate asks for failure. */
static void the_policy_makes_sense(void **state)
{
    (void)state;
    for (size_t i = 0; i < policy_default.effort_count; i++) {
        const struct policy_effort *row = &policy_default.effort[i];

        assert_true(row->rir_min <= row->target && row->target <= row->rir_max);
        assert_true(row->accept_min <= row->rir_min && row->rir_max <= row->accept_max);
        assert_true(row->open == 1 || (row->rir_min >= 1 && row->accept_min >= 1));
        assert_non_null(row->rules[0]);
        for (int r = 0; r < POLICY_RULES && row->rules[r] != NULL; r++)
            assert_non_null(rule_by_id(row->rules[r]));
    }
}

/* Contract, "Experience": under 1 year, 1 to under 3, 3 and more. */
static void levels_by_years(void **state)
{
    (void)state;
    assert_int_equal(policy_level(&policy_default, 0), LEVEL_BEGINNER);
    assert_int_equal(policy_level(&policy_default, 11.9), LEVEL_BEGINNER);
    assert_int_equal(policy_level(&policy_default, 12), LEVEL_INTERMEDIATE);
    assert_int_equal(policy_level(&policy_default, 35.9), LEVEL_INTERMEDIATE);
    assert_int_equal(policy_level(&policy_default, 36), LEVEL_ADVANCED);
    assert_int_equal(policy_level(&policy_default, NAN), LEVEL_UNKNOWN);
}

/* R24, R68; science 5: c. */
static void ranges_and_declines(void **state)
{
    (void)state;
    assert_int_equal(policy_reps(&policy_default, GOAL_HYPERTROPHY, EFFORT_AVOID)->low, 5);
    assert_int_equal(policy_reps(&policy_default, GOAL_HYPERTROPHY, EFFORT_ALLOWED)->high, 15);
    assert_int_equal(policy_reps(&policy_default, GOAL_HYPERTROPHY, EFFORT_SAFE)->low, 5);
    assert_int_equal(policy_reps(&policy_default, GOAL_HYPERTROPHY, EFFORT_SAFE)->high, 30);
    near(policy_decline(&policy_default, scene_exercise('b')), 1, 0);
    near(policy_decline(&policy_default, scene_exercise('s')), 0.6, 0);
    near(policy_decline(&policy_default, scene_exercise('e')), 0.8, 0);
}

/* Every row of the effort table against rules.md and the contract: asked for, accepted. */
static void targets_by_rule(void **state)
{
    static const struct {
        enum goal goal;
        enum level level;
        enum effort_class class;
        enum position position;
        bool open;
        double target, min, max, accept_min, accept_max;
    } rows[] = {
        {GOAL_HYPERTROPHY, LEVEL_BEGINNER, EFFORT_SAFE, POSITION_LAST, false, 3.5, 3, 4, 2, 5},
        {GOAL_STRENGTH, LEVEL_BEGINNER, EFFORT_AVOID, POSITION_EARLY, false, 3.5, 3, 4, 2, 5},
        {GOAL_STRENGTH, LEVEL_ADVANCED, EFFORT_AVOID, POSITION_EARLY, false, 3, 2, 5, 2, 5},   /* D1 */
        {GOAL_FITNESS, LEVEL_UNKNOWN, EFFORT_ALLOWED, POSITION_EARLY, false, 2.5, 2, 3, 1, 4}, /* contract */
        {GOAL_FITNESS, LEVEL_ADVANCED, EFFORT_SAFE, POSITION_LAST, true, 2.5, 2, 3, 0, 4},     /* R93 */
        {GOAL_HYPERTROPHY, LEVEL_ADVANCED, EFFORT_SAFE, POSITION_EARLY, false, 2, 1, 3, 1, 3}, /* R05, D2 */
        {GOAL_HYPERTROPHY, LEVEL_ADVANCED, EFFORT_SAFE, POSITION_LAST, false, 1, 1, 2, 1, 3},  /* D2 */
        {GOAL_HYPERTROPHY, LEVEL_ADVANCED, EFFORT_SAFE, POSITION_LAST, true, 0, 0, 1, 0, 3},   /* D2 */
        {GOAL_HYPERTROPHY, LEVEL_ADVANCED, EFFORT_ALLOWED, POSITION_EARLY, false, 2, 1, 3, 1, 3},
        {GOAL_HYPERTROPHY, LEVEL_ADVANCED, EFFORT_ALLOWED, POSITION_LAST, false, 1, 1, 2, 1, 3}, /* R09 */
        {GOAL_HYPERTROPHY, LEVEL_ADVANCED, EFFORT_ALLOWED, POSITION_LAST, true, 1, 0, 2, 0, 3},  /* R87 */
        {GOAL_HYPERTROPHY, LEVEL_UNKNOWN, EFFORT_CAUTION, POSITION_LAST, false, 1, 1, 2, 1, 3},  /* R89, R99 */
        {GOAL_HYPERTROPHY, LEVEL_ADVANCED, EFFORT_CAUTION, POSITION_LAST, true, 1, 0, 2, 0, 3},
        {GOAL_HYPERTROPHY, LEVEL_ADVANCED, EFFORT_TRAP, POSITION_LAST, false, 2, 1, 3, 1, 3},
        {GOAL_HYPERTROPHY, LEVEL_ADVANCED, EFFORT_TRAP, POSITION_LAST, true, 2, 1, 3, 0, 3}, /* D3 */
        {GOAL_HYPERTROPHY, LEVEL_INTERMEDIATE, EFFORT_AVOID, POSITION_LAST, false, 2, 1, 3, 1, 3},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct policy_effort *row =
            policy_effort(&policy_default, &(struct policy_case){rows[i].goal, PHASE_NORMAL, rows[i].level,
                                                                 rows[i].class, rows[i].position, rows[i].open});

        near(row->target, rows[i].target, 0);
        near(row->rir_min, rows[i].min, 0);
        near(row->rir_max, rows[i].max, 0);
        near(row->accept_min, rows[i].accept_min, 0);
        near(row->accept_max, rows[i].accept_max, 0);
    }
}

static void actions_have_the_contracts_names(void **state)
{
    static const char *const names[] = {"next-set", "last-set", "stop-exercise", "next-exercise",
                                        "rest-day", "deload",   "reset"};

    (void)state;
    for (int i = 0; i <= ACTION_RESET; i++)
        assert_string_equal(advice_action_name((enum advice_action)i), names[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_measure_what_they_can),
        cmocka_unit_test(the_curve_follows_the_published_table),
        cmocka_unit_test(curves_by_exercise),
        cmocka_unit_test(e1rm_by_hand),
        cmocka_unit_test(an_e1rm_knows_how_uncertain_it_is),
        cmocka_unit_test(fatigue_follows_the_published_table),
        cmocka_unit_test(fatigue_rests_back),
        cmocka_unit_test(decline_is_drawn_to_the_person),
        cmocka_unit_test(capacity_by_hand),
        cmocka_unit_test(a_top_set_stands_for_itself),
        cmocka_unit_test(chance_of_failure_by_hand),
        cmocka_unit_test(bias_from_failure_alone),
        cmocka_unit_test(the_newest_bias_counts),
        cmocka_unit_test(one_bias_for_forecasts_and_gates),
        cmocka_unit_test(the_week_by_hand),
        cmocka_unit_test(the_policy_makes_sense),
        cmocka_unit_test(levels_by_years),
        cmocka_unit_test(ranges_and_declines),
        cmocka_unit_test(targets_by_rule),
        cmocka_unit_test(actions_have_the_contracts_names),
    };

    return RUN_TESTS(tests);
}
