/*
 * What holds for every history: thousands of them, from a generator with a fixed seed, a part of them wild. Limits are
 * computed here again, by the plainest loops, from rules.md and the contract.
 */
#include "tests/unit/core/effort/scene.h"

#include "core/effort/warning.h"

#include <stdlib.h>

#include "core/effort/fatigue.h"
#include "core/effort/standing.h"

/* How many histories: HISTORIES of the environment (`make properties` asks for a million), or enough for every day. */
static uint64_t histories(void)
{
    const char *asked = getenv("HISTORIES");
    unsigned long count = asked != NULL ? strtoul(asked, NULL, 10) : 0;

    return count > 0 ? count : 20000;
}

static uint64_t random_next(uint64_t *seed)
{
    uint64_t z = (*seed += UINT64_C(0x9e3779b97f4a7c15)); /* splitmix64 */

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static int pick(uint64_t *seed, int count)
{
    return (int)(random_next(seed) % (uint64_t)count);
}

static bool one_in(uint64_t *seed, int count)
{
    return pick(seed, count) == 0;
}

static void random_profile(struct scene *scene, uint64_t *seed)
{
    static const double months[] = {6, 18, 24, 48, 48, 48, NAN};
    struct profile *who = &scene->profile;

    who->goal = one_in(seed, 3) ? (enum goal)pick(seed, 3) : GOAL_HYPERTROPHY;
    who->phase = one_in(seed, 2) ? (enum phase)pick(seed, 5) : PHASE_NORMAL;
    who->experience_months = months[pick(seed, 7)];
    who->form = one_in(seed, 4) ? FORM_LEARNING : FORM_GOOD;
    who->stress = one_in(seed, 8) ? STRESS_HIGH : STRESS_UNKNOWN;
    who->safeties = one_in(seed, 2);
    who->deficit = one_in(seed, 8);
    who->slept_h = one_in(seed, 8) ? 6 : NAN;
    who->pain_muscles = one_in(seed, 8) ? UINT32_C(1) << pick(seed, MUSCLE_COUNT) : 0;
    who->bodyweight_kg = one_in(seed, 4) ? NAN : 60 + pick(seed, 50);
    who->equipment.unit = one_in(seed, 3) ? UNIT_LB : UNIT_KG;
    scene->input.exercise = &scene->input.own[pick(seed, SCENE_EXERCISES)];
    if (!one_in(seed, 4))
        return;
    scene->input.target = &scene->target;
    scene->target.sets = pick(seed, 5);
    if (one_in(seed, 2))
        scene->target.reps_min = 3 + pick(seed, 10);
    if (one_in(seed, 2))
        scene->target.reps_max = scene->target.reps_min + pick(seed, 4);
    if (one_in(seed, 2)) {
        scene->target.rir_min = pick(seed, 4);
        scene->target.rir_max = scene->target.rir_min + pick(seed, 3);
    }
    if (one_in(seed, 4))
        scene->target.load_kg = 2.5 * pick(seed, 60);
}

static void random_effort(struct set *set, uint64_t *seed)
{
    static const enum set_failure failures[] = {FAILURE_MOMENTARY, FAILURE_MOMENTARY, FAILURE_MISSED,
                                                FAILURE_TECHNICAL};

    if (!one_in(seed, 4))
        set->rir = pick(seed, 13) / 2.0;
    if (one_in(seed, 10)) {
        set->failure = failures[pick(seed, 4)];
        set->rir = set->failure == FAILURE_TECHNICAL ? (double)NAN : 0;
    }
    if (one_in(seed, 12))
        set->type = SET_WARMUP;
    if (one_in(seed, 20))
        set->type = (enum set_type)pick(seed, SET_CLUSTER + 1);
    set->cheat = one_in(seed, 30);
    if (one_in(seed, 20))
        set->side = one_in(seed, 2) ? SIDE_LEFT : SIDE_RIGHT;
}

/* What no reader lets through, or hardly. */
static void make_wild(struct logged_set *logged, uint64_t *seed)
{
    static const double loads[] = {NAN, 0, 0.01, 500, 1500, 200};

    if (one_in(seed, 2))
        logged->set.load_kg = loads[pick(seed, 6)];
    if (one_in(seed, 2))
        logged->set.reps = one_in(seed, 2) ? REPS_UNKNOWN : pick(seed, 101);
    if (one_in(seed, 3))
        logged->set.rir = 10;
    if (one_in(seed, 10))
        logged->at_ms += 400 * scene_day;
}

static void random_log(struct scene *scene, uint64_t *seed, bool wild)
{
    int others = pick(seed, 24), todays = pick(seed, 4), usual = 3 + pick(seed, 12);
    double load = 2.5 * (2 + pick(seed, 60));
    char letter = 'b';

    for (size_t i = 0; i < SCENE_EXERCISES; i++)
        if (strcmp(scene_table[i].exercise.id, scene->input.exercise->id) == 0)
            letter = scene_table[i].letter;
    for (int i = 0; i < others + todays; i++) {
        bool today = i >= others;
        int64_t age = today ? pick(seed, 3600) : pick(seed, one_in(seed, 2) ? 7 * 24 * 3600 : 70 * 24 * 3600);
        char which = today || one_in(seed, 2) ? letter : scene_table[pick(seed, SCENE_EXERCISES)].letter;
        struct set *set = scene_add(scene, which, load + 2.5 * (pick(seed, 5) - 2), usual + pick(seed, 5) - 2, NAN,
                                    scene->input.now_ms - age * 1000);

        if (one_in(seed, 2))
            set->load_kg = load;
        if (scene->input.exercise->bodyweight && which == letter) {
            set->load_mode = (enum load_mode)(1 + pick(seed, 3));
            set->load_kg = set->load_mode == LOAD_BODYWEIGHT ? 0 : 2.5 * pick(seed, 10);
        }
        random_effort(set, seed);
        if (wild && one_in(seed, 3))
            make_wild(&scene->log[scene->count - 1], seed);
    }
    if (one_in(seed, 4))
        for (int i = pick(seed, 25); i-- > 0;)
            scene_add(scene, 'f', 50, 12, 2, scene->input.now_ms - 5 * scene_day + i);
    if (one_in(seed, 2))
        for (int i = 10; i-- > 0;)
            scene_add(scene, 'f', 50, 12, 2, scene->input.now_ms - i * 7 * scene_day - scene_day);
    qsort(scene->log, scene->count, sizeof(scene->log[0]), scene_by_time);
}

/* One history in four stands under warnings; the same number gives the same ones. */
static void random_warnings(struct scene *scene, uint64_t *seed)
{
    static struct warnings warnings;

    memset(&warnings, 0, sizeof(warnings));
    if (!one_in(seed, 4))
        return;
    warnings.grade = pick(seed, 4);
    warnings.low_checkin = one_in(seed, 2);
    if (warnings.grade > 0)
        warnings.signs[warnings.count++] = (struct warning){.rule = "R48", .value = -0.01};
    scene->input.warnings = &warnings;
}

static bool warned(const struct scene *scene)
{
    return scene->input.warnings != NULL && scene->input.warnings->grade > 0;
}

static bool felt_low(const struct scene *scene)
{
    return scene->input.warnings != NULL && scene->input.warnings->low_checkin;
}

static void random_history(struct scene *scene, uint64_t number)
{
    uint64_t seed = number * 7919 + 1;

    scene_init(scene);
    random_profile(scene, &seed);
    random_log(scene, &seed, number % 5 == 0);
    random_warnings(scene, &seed);
}

/* The newest working set of the exercise; NULL. */
static struct logged_set *newest(struct scene *scene)
{
    for (size_t i = scene->count; i-- > 0;)
        if (strcmp(scene->log[i].set.exercise, scene->input.exercise->id) == 0 &&
            scene->log[i].set.type != SET_WARMUP && scene->log[i].at_ms <= scene->input.now_ms + scene_day)
            return &scene->log[i];
    return NULL;
}

static double effective(const struct scene *scene, double load_kg, enum load_mode mode)
{
    double body = isnan(scene->profile.bodyweight_kg) ? 75 : scene->profile.bodyweight_kg;

    if (mode == LOAD_EXTERNAL)
        return load_kg;
    return mode == LOAD_ASSISTED ? body - load_kg : mode == LOAD_ADDED ? body + load_kg : body;
}

/* ---- no failure for those who must not, within recovery, beyond the budget */

static void expect_person_may_fail(const struct scene *scene)
{
    const struct profile *who = &scene->profile;
    const struct exercise *exercise = scene->input.exercise;

    assert_true(who->experience_months >= 24);
    assert_int_equal(who->form, FORM_GOOD);
    assert_true(who->phase != PHASE_DELOAD && who->goal != GOAL_STRENGTH);
    assert_true(who->stress != STRESS_HIGH && !who->deficit && !(who->slept_h < 7));
    assert_int_equal(who->pain_muscles & (exercise->primary | exercise->secondary), 0);
    assert_int_not_equal(exercise->effort, EFFORT_AVOID);
    assert_true(exercise->effort != EFFORT_TRAP || who->safeties);
    if (exercise->effort == EFFORT_CAUTION || exercise->effort == EFFORT_TRAP)
        assert_int_equal(who->goal, GOAL_HYPERTROPHY);
}

static const struct exercise *exercise_of(const struct scene *scene, const struct set *set)
{
    for (size_t i = 0; i < scene->input.own_count; i++)
        if (strcmp(scene->input.own[i].id, set->exercise) == 0)
            return &scene->input.own[i];
    return NULL;
}

static void expect_budget_left(const struct scene *scene, const struct advice *advice)
{
    const struct exercise *exercise = scene->input.exercise;
    double sets = 0, month = 0, muscle[MUSCLE_COUNT] = {0}, spent = 0,
           cost = exercise->effort == EFFORT_ALLOWED ? 2 : 1;
    int today = 0, same = 0;

    for (size_t i = 0; i < scene->count; i++) {
        const struct logged_set *logged = &scene->log[i];
        const struct exercise *done = exercise_of(scene, &logged->set);
        double hours = fmax(0, (double)(scene->input.now_ms - logged->at_ms) / 3600000);
        double part = logged->set.side == SIDE_LEFT || logged->set.side == SIDE_RIGHT ? 0.5 : 1;

        if (logged->set.type == SET_WARMUP)
            continue;
        month += hours < 28 * 24 ? part : 0;
        if (hours >= 7 * 24)
            continue;
        sets += part;
        for (int m = 0; m < MUSCLE_COUNT; m++)
            muscle[m] += (done->primary >> m & 1) != 0 ? part : (done->secondary >> m & 1) != 0 ? part / 2 : 0;
        if (logged->set.failure == FAILURE_NONE)
            continue;
        spent += done->effort == EFFORT_ALLOWED ? 2 : 1;
        today += logged->at_ms >= scene->input.day_start_ms;
        same += done == exercise;
        if ((done->primary & exercise->primary) != 0)
            assert_true(hours >= (done->compound && done->lower_body ? 72 : 48));
    }
    sets = fmax(sets + advice->sets_planned - advice->sets_done, month / 4);
    assert_true(spent == 0 || spent + cost <= floor(0.2 * sets));
    assert_true(same < 2);
    if (scene->profile.phase == PHASE_NORMAL)
        assert_int_equal(today, 0);
    for (int m = 0; m < MUSCLE_COUNT; m++)
        if ((exercise->primary >> m & 1) != 0)
            assert_true(muscle[m] < 20);
}

static void failure_is_never_offered_wrongly(void **state)
{
    static struct scene scene;
    int offered = 0;

    (void)state;
    for (uint64_t i = 0; i < histories(); i++) {
        struct advice advice;

        random_history(&scene, i);
        effort_advise(&scene.input, &advice);
        if (!advice.failure_ok)
            continue;
        offered++;
        assert_int_equal(advice.action, ACTION_LAST_SET);
        assert_false(warned(&scene));
        expect_person_may_fail(&scene);
        expect_budget_left(&scene, &advice);
    }
    assert_in_range(offered, histories() / 200, histories()); /* and it is offered at all */
}

/* ---- loads */

static bool hurts(const struct scene *scene)
{
    return (scene->profile.pain_muscles & (scene->input.exercise->primary | scene->input.exercise->secondary)) != 0;
}

/* Did the exercise ever fail? Then more than the clamp may come off. */
static bool ever_failed(const struct scene *scene)
{
    for (size_t i = 0; i < scene->count; i++)
        if (scene->log[i].set.failure != FAILURE_NONE)
            return true;
    return false;
}

static void expect_load_within_limits(struct scene *scene, const struct advice *advice)
{
    const struct logged_set *last = newest(scene);
    bool planned = scene->input.target != NULL && !isnan(scene->target.load_kg);
    double before, now;

    if (last == NULL || isnan(advice->load_kg) || last->set.load_mode != advice->load_mode)
        return;
    /* A warm-up that nobody called so says nothing of the first working set. */
    if (last->at_ms >= scene->input.day_start_ms && advice->sets_done == 0)
        return;
    before = effective(scene, last->set.load_kg, last->set.load_mode);
    now = effective(scene, advice->load_kg, advice->load_mode);
    if (!(before > 0))
        return;
    if (hurts(scene) || felt_low(scene) || last->set.failure == FAILURE_MISSED)
        assert_true(now <= before + 1e-6);
    /* A reset or deload begins the next session, and goes on from more than the last set. */
    if (last->at_ms < scene->input.day_start_ms || advice->action == ACTION_RESET || advice->action == ACTION_DELOAD)
        return;
    assert_true(now <= before * 1.05 + 1e-6);
    if (last->set.failure == FAILURE_TECHNICAL && advice->action != ACTION_DELOAD) /* that is of another day */
        assert_true(now <= before * 0.95 + 1e-6);
    if (!planned && !hurts(scene) && !ever_failed(scene) && advice->action != ACTION_DELOAD)
        assert_true(now >= before * 0.85 - 1e-6);
}

static void expect_sense(const struct advice *advice)
{
    bool ahead = advice->action == ACTION_RESET || advice->action == ACTION_DELOAD; /* of the next session */
    bool advised = advice->action == ACTION_NEXT_SET || advice->action == ACTION_LAST_SET || ahead;

    assert_true(advice->sets_done >= 0 && advice->sets_planned > 0);
    assert_int_equal(advised, !isnan(advice->rir_min));
    if (!advised) {
        assert_true(isnan(advice->load_kg) && advice->reps == REPS_UNKNOWN && isnan(advice->rir_max));
        assert_true(!advice->failure_ok && advice->rest_s == 0 && advice->reason_count > 0);
        return;
    }
    assert_true(advice->rir_min <= advice->rir_target && advice->rir_target <= advice->rir_max);
    assert_true(advice->reps == REPS_UNKNOWN || (advice->reps >= 1 && advice->reps <= 100));
    assert_true(advice->rest_s == 0 || (advice->rest_s >= 90 && advice->rest_s <= 300));
    assert_true(isnan(advice->p_failure) || (advice->p_failure >= 0 && advice->p_failure <= 1));
    assert_true(isnan(advice->load_kg) || advice->load_kg >= 0);
    assert_true(advice->failure_ok || advice->rir_min >= 1);
}

static void expect_reasons(const struct advice *advice)
{
    bool gate = false;

    for (size_t i = 0; i < advice->reason_count; i++) {
        assert_non_null(rule_by_id(advice->reasons[i].rule));
        gate |= advice->reasons[i].closed_gate || strcmp(advice->reasons[i].rule, "R22") == 0;
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(advice->reasons[i].rule, advice->reasons[j].rule);
    }
    if (advice->failure_ok)
        assert_false(gate);
    else if (!isnan(advice->rir_min))
        assert_true(gate || advice->reason_count > 0);
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void expect_same(const struct advice *a, const struct advice *b)
{
    assert_true(a->action == b->action && a->load_mode == b->load_mode && same(a->load_kg, b->load_kg));
    assert_true(a->reps == b->reps && a->rest_s == b->rest_s && same(a->p_failure, b->p_failure));
    assert_true(same(a->rir_min, b->rir_min) && same(a->rir_max, b->rir_max) && same(a->rir_target, b->rir_target));
    assert_true(a->failure_ok == b->failure_ok && a->overshoot == b->overshoot);
    assert_true(same(a->last_rir_min, b->last_rir_min) && same(a->last_rir_max, b->last_rir_max));
    assert_true(a->sets_done == b->sets_done && a->sets_planned == b->sets_planned);
    assert_int_equal(a->reason_count, b->reason_count);
    for (size_t i = 0; i < a->reason_count; i++) {
        assert_string_equal(a->reasons[i].rule, b->reasons[i].rule);
        assert_true(same(a->reasons[i].value, b->reasons[i].value) && same(a->reasons[i].limit, b->reasons[i].limit));
        assert_int_equal(a->reasons[i].closed_gate, b->reasons[i].closed_gate);
    }
}

static void advice_stays_within_its_limits(void **state)
{
    static struct scene scene;

    (void)state;
    for (uint64_t i = 0; i < histories(); i++) {
        struct advice advice, again;

        random_history(&scene, i);
        memset(&advice, 0x5a, sizeof(advice));
        memset(&again, 0xa5, sizeof(again));
        effort_advise(&scene.input, &advice);
        effort_advise(&scene.input, &again);
        expect_same(&advice, &again);
        expect_sense(&advice);
        expect_reasons(&advice);
        expect_load_within_limits(&scene, &advice);
    }
}

/* More reps, or more of them in reserve from 0 to 3, never lower the load. */
static void a_better_set_never_lowers_the_load(void **state)
{
    static struct scene scene;
    int compared = 0;

    (void)state;
    for (uint64_t i = 0; i < histories(); i++) {
        struct advice before, after;
        struct logged_set *last;

        random_history(&scene, i);
        effort_advise(&scene.input, &before);
        last = newest(&scene);
        if (last == NULL || isnan(before.load_kg))
            continue;
        if (i % 2 == 0 && last->set.rir >= 0 && last->set.rir <= 2.5 && last->set.failure == FAILURE_NONE)
            last->set.rir += 0.5;
        else if (last->set.reps >= 0 && last->set.reps < 100)
            last->set.reps++;
        effort_advise(&scene.input, &after);
        /* One rep more may make work of what was a warm-up; and what that says of the load isn't less than nothing. */
        if (isnan(after.load_kg) || after.load_mode != before.load_mode || after.sets_done != before.sets_done)
            continue;
        compared++;
        if (effective(&scene, after.load_kg, after.load_mode) <
            effective(&scene, before.load_kg, before.load_mode) - 1e-6)
            fail_msg("history %d: %g, but %g after a better set", (int)i, before.load_kg, after.load_kg);
    }
    assert_true(compared > (int)(histories() / 4));
}

/* The same log with every load in another unit stands the same, in that unit. */
static void capacity_knows_no_unit(void **state)
{
    static struct scene scene;
    const double factor = 1 / KG_PER_LB;

    (void)state;
    for (uint64_t i = 0; i < histories() / 4; i++) {
        struct session session;
        struct standing kg, lb;
        struct fatigue fatigue;

        random_history(&scene, i * 5 + 1);
        scene.profile.bodyweight_kg = 80;
        session_read(&session, &scene.input, scene.count);
        fatigue_fill(&fatigue, &session, scene.input.exercise);
        standing_read(&kg, &session, scene.input.exercise, scene.input.now_ms);
        for (size_t s = 0; s < scene.count; s++)
            scene.log[s].set.load_kg *= factor;
        scene.profile.bodyweight_kg *= factor;
        session_read(&session, &scene.input, scene.count);
        fatigue_fill(&fatigue, &session, scene.input.exercise);
        standing_read(&lb, &session, scene.input.exercise, scene.input.now_ms);
        assert_int_equal(kg.measured, lb.measured);
        if (kg.measured)
            assert_true(fabs(kg.one_rm * factor - lb.one_rm) < 1e-9 * lb.one_rm);
    }
}

/* R06: warm-ups, wherever they stand, change nothing. */
static void warmups_never_count(void **state)
{
    static struct scene scene, warmed;

    (void)state;
    for (uint64_t i = 0; i < histories() / 4; i++) {
        uint64_t seed = i;
        struct advice with, without;
        const char *id;

        random_history(&scene, i);
        effort_advise(&scene.input, &without);
        random_history(&warmed, i);
        id = warmed.input.exercise->id;
        for (int w = 0; w < 5; w++) {
            struct set *set = scene_add(&warmed, 'b', 20 + 20 * w, 5, 0, warmed.input.now_ms - pick(&seed, 9000000));

            set->type = SET_WARMUP;
            set->failure = FAILURE_MOMENTARY;
            snprintf(set->exercise, sizeof(set->exercise), "%s", id);
        }
        qsort(warmed.log, warmed.count, sizeof(warmed.log[0]), scene_by_time);
        effort_advise(&warmed.input, &with);
        expect_same(&with, &without);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failure_is_never_offered_wrongly),
        cmocka_unit_test(advice_stays_within_its_limits),
        cmocka_unit_test(a_better_set_never_lowers_the_load),
        cmocka_unit_test(capacity_knows_no_unit),
        cmocka_unit_test(warmups_never_count),
    };

    return RUN_TESTS(tests);
}
