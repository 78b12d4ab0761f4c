/*
 * The trend of a lift by hand, and what its alarm notices of simulated losses.
 */
#include "tests/unit/core/effort/losses.h"

#include "core/effort/trend.h"

static void near(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.6f is not %.6f", value, expected);
}

/* One set of bench a session, DAYS apart, the last one a day ago. */
static void train(struct scene *scene, const double *loads, int count, double days, double rir)
{
    scene_init(scene);
    for (int i = 0; i < count; i++)
        scene_add(scene, 'b', loads[i], 5, rir,
                  scene->input.now_ms - scene_day - (int64_t)((count - 1 - i) * days * (double)scene_day));
}

static void read_bench(const struct scene *scene, struct trend *trend)
{
    trend_read(trend, &scene->input, scene_exercise('b'), scene->input.day_start_ms);
}

/* The usual tables of Student's t. */
static void students_distribution(void **state)
{
    static const struct {
        double value, p;
        int freedom;
    } table[] = {{6.314, 0.95, 1},  {3.078, 0.90, 1},  {1.886, 0.90, 2},   {2.920, 0.95, 2},
                 {1.638, 0.90, 3},  {2.132, 0.95, 4},  {2.015, 0.95, 5},   {1.812, 0.95, 10},
                 {2.764, 0.99, 10}, {1.697, 0.95, 30}, {-1.812, 0.05, 10}, {0, 0.5, 7}};

    (void)state;
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        near(trend_student(table[i].value, table[i].freedom), table[i].p, 2e-4);
}

/* Least squares over weeks 0 to 3: (-1.5 y0 - .5 y1 + .5 y2 + 1.5 y3) / 5. The noise is the prior's, 8 x .03^2 over 8 +
 * 4
 * - 2 degrees, and what the points are off the line, which is nothing: .0268; over sqrt(5) .0120. */
static void the_slope_by_hand(void **state)
{
    static struct scene scene;
    struct trend trend;
    double slow[] = {100, 99, 98, 97}, fast[] = {100, 97, 94, 91};

    (void)state;
    train(&scene, slow, 4, 7, 2);
    read_bench(&scene, &trend);
    assert_int_equal(trend.sessions, 4);
    near(trend.weeks, 3, 1e-9);
    near(trend.slope, (-1.5 * log(100) - 0.5 * log(99) + 0.5 * log(98) + 1.5 * log(97)) / 5, 1e-12);
    near(trend.p_falling, 0.79, 0.01); /* t = .846, 10 degrees */
    assert_false(trend.slope_alarm);
    assert_int_equal(trend.way, TREND_UNSURE);
    train(&scene, fast, 4, 7, 2);
    read_bench(&scene, &trend);
    near(trend.p_falling, 0.987, 0.003); /* -.0314 a week: t = 2.62 */
    assert_true(trend.slope_alarm);
    assert_int_equal(trend.way, TREND_FALLING);
}

static void too_little_says_nothing(void **state)
{
    static struct scene scene;
    struct trend trend;
    double loads[] = {100, 97, 94, 91, 88, 85};

    (void)state;
    train(&scene, loads, 3, 14, 2); /* three sessions */
    read_bench(&scene, &trend);
    assert_true(isnan(trend.slope) && trend.way == TREND_UNKNOWN && !trend.slope_alarm);
    train(&scene, loads, 6, 4, 2); /* 20 days */
    read_bench(&scene, &trend);
    assert_true(isnan(trend.slope));
    train(&scene, loads, 6, 7, NAN); /* nobody says how near to failure: lighter may be easier */
    read_bench(&scene, &trend);
    assert_int_equal(trend.sessions, 0);
    train(&scene, loads, 6, 7, 4); /* nor does a deload tell */
    read_bench(&scene, &trend);
    assert_int_equal(trend.sessions, 0);
    train(&scene, loads, 6, 7, 2);
    for (size_t i = 0; i < scene.count; i++)
        scene.log[i].set.cheat = true;
    read_bench(&scene, &trend);
    assert_int_equal(trend.sessions, 0);
}

/* R42: a plateau is noticed, and is no loss. */
static void ways(void **state)
{
    static struct scene scene;
    struct trend trend;
    double up[] = {100, 103, 106, 109}, level[] = {100, 100, 100, 100, 100, 100},
           lately[] = {100, 98, 99, 98, 100.5, 98};

    (void)state;
    train(&scene, up, 4, 7, 2);
    read_bench(&scene, &trend);
    assert_int_equal(trend.way, TREND_RISING);
    train(&scene, level, 6, 7, 2);
    read_bench(&scene, &trend);
    assert_int_equal(trend.way, TREND_PLATEAU);
    train(&scene, level, 5, 7, 2); /* too few for one */
    read_bench(&scene, &trend);
    assert_int_equal(trend.way, TREND_UNSURE);
    train(&scene, lately, 6, 7, 2); /* the newer half holds the best */
    read_bench(&scene, &trend);
    assert_int_equal(trend.way, TREND_UNSURE);
}

/* Nine sessions at one level: the noise is 8 x .03^2 over 8 + 8 degrees, .0212, and with how unsure a mean of nine is,
 * sqrt(1 + 1/9), .02236. A tenth at -.06 is -2.683 off; less the slack of .5 the sum stands at 2.183. */
static void the_cusum_by_hand(void **state)
{
    static struct scene scene;
    struct trend trend;
    double loads[12];

    (void)state;
    for (int i = 0; i < 12; i++)
        loads[i] = i < 9 ? 100 : 100 * exp(-0.06);
    train(&scene, loads, 9, 4, 2);
    read_bench(&scene, &trend);
    near(trend.cusum, 0, 1e-12);
    train(&scene, loads, 10, 4, 2);
    read_bench(&scene, &trend);
    near(trend.cusum, 2.183, 0.001);
    near(trend.change, -0.06, 1e-9);
    assert_false(trend.cusum_alarm);
    train(&scene, loads, 12, 4, 2);
    read_bench(&scene, &trend);
    near(trend.cusum, 4, 1e-12); /* held at the alarm */
    assert_true(trend.cusum_alarm);
    assert_int_equal(trend.way, TREND_FALLING);
    scene.input.now_ms += 8 * scene_day; /* the last session is more than 8 days before the day */
    scene.input.day_start_ms += 8 * scene_day;
    read_bench(&scene, &trend);
    assert_false(trend.cusum_alarm || trend.slope_alarm);
}

/* After three weeks and a day away the level is what comes then. */
static void a_pause_begins_afresh(void **state)
{
    static struct scene scene;
    struct trend trend;
    double loads[] = {100, 100, 100, 100, 100, 100, 85, 85, 85};

    (void)state;
    train(&scene, loads, 9, 4, 2);
    for (int i = 0; i < 6; i++)
        scene.log[i].at_ms -= 18 * scene_day;
    read_bench(&scene, &trend);
    near(trend.cusum, 0, 1e-12);
    assert_false(trend.cusum_alarm);
}

/* Issue 4, "It must hold", as the alarm's own target: a loss of 6 % warns within 6 sessions in 80 % of cases, and fewer
 * than two deloads a year are proposed for nothing, at a day-to-day SD of 3 %. */
static void losses_are_noticed_and_wolf_is_not_cried(void **state)
{
    struct losses_result all = losses_measure(60, 0.03, true), one = losses_measure(60, 0.03, false);

    (void)state;
    assert_true(all.noticed >= 0.8 && all.noticed_deload >= 0.8);
    assert_true(one.noticed >= 0.8);
    assert_true(all.deloads < 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(students_distribution),
        cmocka_unit_test(the_slope_by_hand),
        cmocka_unit_test(too_little_says_nothing),
        cmocka_unit_test(ways),
        cmocka_unit_test(the_cusum_by_hand),
        cmocka_unit_test(a_pause_begins_afresh),
        cmocka_unit_test(losses_are_noticed_and_wolf_is_not_cried),
    };

    return RUN_TESTS(tests);
}
