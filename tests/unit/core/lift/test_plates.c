/*
 * Units, the empty set and loads that can be made. Steps are the contract's.
 */
#include "tests/unit/unit.h"

#include <math.h>

#include "core/base/mem.h"
#include "core/lift/plates.h"
#include "core/lift/set.h"

#define SAME(a, b) assert_true(fabs((a) - (b)) < 1e-12)

static void units_are_exact(void **state)
{
    (void)state;
    SAME(unit_to_kg(1, UNIT_LB), 0.45359237);
    SAME(unit_to_kg(1, UNIT_ST), 6.35029318);
    SAME(unit_to_kg(80, UNIT_KG), 80);
    SAME(unit_from_kg(unit_to_kg(225, UNIT_LB), UNIT_LB), 225);
    assert_string_equal(unit_name(UNIT_KG), "kg");
    assert_string_equal(unit_name(UNIT_LB), "lb");
    assert_string_equal(unit_name(UNIT_ST), "st");
}

static void an_empty_set_says_nothing(void **state)
{
    struct set set;

    (void)state;
    set_init(&set);
    assert_string_equal(set.exercise, "");
    assert_true(isnan(set.load_kg) && isnan(set.seconds) && isnan(set.rir) && isnan(set.percent));
    assert_int_equal(set.reps, REPS_UNKNOWN);
    assert_int_equal(set.at_ms, -1);
    assert_int_equal(set.segment_count, 0);
    assert_string_equal(load_mode_name(set.load_mode), "external");
    assert_string_equal(set_type_name(set.type), "working");
    assert_null(set_failure_name(set.failure));
    assert_null(set_side_name(set.side));
    assert_string_equal(load_mode_name(LOAD_ASSISTED), "assisted");
    assert_string_equal(set_type_name(SET_REST_PAUSE), "rest-pause");
    assert_string_equal(set_type_name(SET_CLUSTER), "cluster");
    assert_string_equal(set_failure_name(FAILURE_MISSED), "missed");
    assert_string_equal(set_side_name(SIDE_RIGHT), "right");
}

static void steps_are_those_of_the_contract(void **state)
{
    static const struct {
        enum equipment_kind kind;
        double kg, lb;
    } cases[] = {
        {EQUIPMENT_BARBELL, 2.5, 5},
        {EQUIPMENT_DUMBBELL, 2, 5},
        {EQUIPMENT_MACHINE, 2.5, 5},
        {EQUIPMENT_CABLE, 2.5, 5},
    };
    struct equipment kg = {.unit = UNIT_KG}, lb = {.unit = UNIT_LB}, st = {.unit = UNIT_ST};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct exercise exercise = {.equipment = cases[i].kind};

        SAME(equipment_step(&kg, &exercise), cases[i].kg);
        SAME(equipment_step(&lb, &exercise), cases[i].lb * 0.45359237);
        SAME(equipment_step(&st, &exercise), cases[i].lb * 0.45359237);
    }
    for (enum equipment_kind kind = EQUIPMENT_BARBELL; kind <= EQUIPMENT_OTHER; kind++)
        assert_true(equipment_step(&kg, &(struct exercise){.equipment = kind}) > 0);
}

/* No multiple of a step is lost or gained, whatever binary fractions do to the division. */
static void what_can_be_made_stays(void **state)
{
    static const double steps_kg[] = {0.1, 0.25, 0.5, 1, 1.25, 2, 2.5, 0.45359237, 1.133980925, 2.26796185};
    struct exercise exercise = {.equipment = EQUIPMENT_BARBELL};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(steps_kg); i++)
        for (enum unit unit = UNIT_KG; unit <= UNIT_LB; unit++)
            for (int n = 0; n <= 600; n++) {
                struct equipment equipment = {.unit = unit, .step_kg[EQUIPMENT_BARBELL] = steps_kg[i]};

                SAME(equipment_round(&equipment, &exercise, n * steps_kg[i], true), n * steps_kg[i]);
                SAME(equipment_round(&equipment, &exercise, n * steps_kg[i], false), n * steps_kg[i]);
            }
}

static void loads_are_rounded_to_steps(void **state)
{
    struct equipment kg = {.unit = UNIT_KG}, lb = {.unit = UNIT_LB};
    struct equipment fine = {.unit = UNIT_KG, .step_kg[EQUIPMENT_BARBELL] = 1};
    struct equipment bar = {.unit = UNIT_KG, .step_kg[EQUIPMENT_BARBELL] = 5, .bar_kg = 15};
    struct exercise barbell = {.equipment = EQUIPMENT_BARBELL}, dumbbell = {.equipment = EQUIPMENT_DUMBBELL};

    (void)state;
    SAME(equipment_round(&kg, &barbell, 82.5, true), 82.5);
    SAME(equipment_round(&kg, &barbell, 82.4, true), 80);
    SAME(equipment_round(&kg, &barbell, 82.4, false), 82.5);
    SAME(equipment_round(&kg, &barbell, 81.2, false), 80);
    SAME(equipment_round(&kg, &dumbbell, 23.9, true), 22);
    SAME(equipment_round(&kg, &dumbbell, 23.9, false), 24);
    SAME(equipment_round(&fine, &barbell, 82.4, false), 82);
    SAME(equipment_round(&kg, &barbell, 1, true), 0);
    SAME(equipment_round(&kg, &barbell, -20, true), 0);
    /* An empty bar of 15 kg and plates of 2.5 kg: 15, 20, 25…; dumbbells have no bar. */
    SAME(equipment_round(&bar, &barbell, 82.5, true), 80);
    SAME(equipment_round(&bar, &barbell, 83, false), 85);
    SAME(equipment_round(&bar, &barbell, 12, true), 15);
    SAME(equipment_round(&bar, &dumbbell, 12.9, true), 12);
    SAME(equipment_round(&kg, &barbell, -20, false), 0);
    assert_true(isnan(equipment_round(&kg, &barbell, NAN, true)));
    assert_true(equipment_round(&lb, &barbell, unit_to_kg(225, UNIT_LB), true) == unit_to_kg(225, UNIT_LB));
    SAME(equipment_round(&lb, &barbell, 100, true), 220 * 0.45359237);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_are_exact),
        cmocka_unit_test(an_empty_set_says_nothing),
        cmocka_unit_test(steps_are_those_of_the_contract),
        cmocka_unit_test(what_can_be_made_stays),
        cmocka_unit_test(loads_are_rounded_to_steps),
    };

    return RUN_TESTS(tests);
}
