/*
 * Units, the empty set and loads that can be made. Steps are the contract's.
 */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdio.h>

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

/* "bar + a side's plates": "20+25,15,1.25". */
static void print_stack(const struct plate_stack *stack, char *out, size_t size)
{
    size_t length = (size_t)snprintf(out, size, "%g+", stack->bar);

    for (int i = 0; i < stack->kinds; i++)
        for (int j = 0; j < stack->count[i]; j++)
            length += (size_t)snprintf(out + length, size - length, "%s%g", out[length - 1] == '+' ? "" : ",",
                                       stack->plate[i]);
}

/* By hand: half of what is above the bar, by the fewest plates, the heaviest first among equals. */
static void plates_are_the_fewest(void **state)
{
    static const struct {
        struct equipment equipment;
        double load; /* in the unit */
        enum plates_result result;
        const char *below, *above;
    } cases[] = {
        {{.unit = UNIT_KG}, 102.5, PLATES_EXACT, "20+25,15,1.25", "20+25,15,1.25"},
        {{.unit = UNIT_KG}, 20, PLATES_EXACT, "20+", "20+"},
        {{.unit = UNIT_KG}, 15, PLATES_UNDER, "20+", "20+"},
        {{.unit = UNIT_KG}, 101, PLATES_BETWEEN, "20+25,15", "20+25,15,1.25"},
        {{.unit = UNIT_KG}, 180, PLATES_EXACT, "20+25,25,25,5", "20+25,25,25,5"},
        {{.unit = UNIT_KG}, 1e6, PLATES_OVER, "20+", "20+"},
        {{.unit = UNIT_KG, .bar_kg = 15, .plate_kg = {20, 10, 5, 2.5}, .plate_count = 4, .step_kg = {5}},
         102.5,
         PLATES_BETWEEN,
         "15+20,20,2.5",
         "15+20,20,5"},
        {{.unit = UNIT_KG, .bar_kg = 15, .plate_kg = {2.5, 20, 5, 10}, .plate_count = 4, .step_kg = {5}},
         105,
         PLATES_EXACT,
         "15+20,20,5",
         "15+20,20,5"},
        /* greedy would hang 9 and 1, 1, 1: two sixes are fewer */
        {{.unit = UNIT_KG, .bar_kg = 20, .plate_kg = {9, 6, 1}, .plate_count = 3, .step_kg = {2}},
         44,
         PLATES_EXACT,
         "20+6,6",
         "20+6,6"},
        /* nothing between the bar and a pair of twenties */
        {{.unit = UNIT_KG, .plate_kg = {20}, .plate_count = 1}, 50, PLATES_BETWEEN, "20+", "20+20"},
        {{.unit = UNIT_KG, .step_kg = {1}}, 21, PLATES_EXACT, "20+0.5", "20+0.5"},
        {{.unit = UNIT_KG, .step_kg = {5}}, 22.5, PLATES_BETWEEN, "20+", "20+2.5"},
        {{.unit = UNIT_LB}, 225, PLATES_EXACT, "45+45,45", "45+45,45"},
        {{.unit = UNIT_LB}, 185, PLATES_EXACT, "45+45,25", "45+45,25"},
        {{.unit = UNIT_LB}, 136, PLATES_BETWEEN, "45+45", "45+45,2.5"},
        {{.unit = UNIT_ST}, 135, PLATES_EXACT, "45+45", "45+45"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        enum unit unit = cases[i].equipment.unit == UNIT_KG ? UNIT_KG : UNIT_LB;
        struct plate_rack *rack = plates_new(&cases[i].equipment);
        struct plate_stack below, above;
        char text[128];

        assert_int_equal(plates_find(rack, unit_to_kg(cases[i].load, unit), &below, &above), cases[i].result);
        print_stack(&below, text, sizeof(text));
        assert_string_equal(text, cases[i].below);
        print_stack(&above, text, sizeof(text));
        assert_string_equal(text, cases[i].above);
        if (cases[i].result == PLATES_EXACT)
            SAME(below.load, cases[i].load);
        plates_free(rack);
    }
}

static void odd_plates_are_taken_as_they_are(void **state)
{
    struct equipment mixed = {.unit = UNIT_KG, .plate_kg = {20.41165665, 10}, .plate_count = 2};
    struct plate_rack *rack = plates_new(&mixed);
    struct plate_stack below, above;

    (void)state;
    /* 20 + 2 x 20.41: a pair of 45 lb plates, to the hundredth */
    assert_int_equal(plates_find(rack, 60.82, &below, &above), PLATES_EXACT);
    assert_int_equal(plates_hung(&below), 1);
    assert_int_equal(plates_find(rack, NAN, &below, &above), PLATES_OVER);
    plates_free(rack);
    plates_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_are_exact),
        cmocka_unit_test(an_empty_set_says_nothing),
        cmocka_unit_test(steps_are_those_of_the_contract),
        cmocka_unit_test(what_can_be_made_stays),
        cmocka_unit_test(loads_are_rounded_to_steps),
        cmocka_unit_test(plates_are_the_fewest),
        cmocka_unit_test(odd_plates_are_taken_as_they_are),
    };

    return RUN_TESTS(tests);
}
