/*
 * The way up to a working load. By hand: 40, 60, 80 and 90 % of it, each moved by at most 5 % of it to where the fewest
 * plates hang.
 */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdio.h>

#include "core/base/mem.h"
#include "core/lift/warmup.h"

static void print_ramp(const struct equipment *equipment, const char *exercise, double load, bool heavy, char *out,
                       size_t size)
{
    enum unit unit = equipment->unit;
    struct warmup_set sets[WARMUP_SETS];
    int count = warmup_ramp(equipment, catalogue_by_id(exercise), unit_to_kg(load, unit), heavy, sets);
    size_t length = 0;

    out[0] = '\0';
    for (int i = 0; i < count; i++)
        length += (size_t)snprintf(out + length, size - length, "%s%gx%d", i != 0 ? " " : "",
                                   round(unit_from_kg(sets[i].load_kg, unit) * 1e6) / 1e6, sets[i].reps);
    for (int i = 0; i < count; i++)
        assert_int_equal(sets[i].bar, i == 0 && catalogue_by_id(exercise)->equipment == EQUIPMENT_BARBELL);
}

static void ramps_are_those_that_people_hang(void **state)
{
    static const struct equipment kg = {.unit = UNIT_KG}, lb = {.unit = UNIT_LB};
    static const struct equipment thin = {
        .unit = UNIT_KG, .bar_kg = 15, .plate_kg = {20, 10, 5, 2.5}, .plate_count = 4, .step_kg = {5}};
    static const struct {
        const struct equipment *equipment;
        const char *exercise;
        double load;
        bool heavy;
        const char *ramp;
    } cases[] = {
        {&kg, "bench-press", 100, false, "20x8 40x5 60x3 80x2"},
        {&kg, "bench-press", 100, true, "20x8 40x5 60x3 80x2 90x1"},
        /* 33: 30 by one plate; 49.5: 50 by one; 66: 70 by one */
        {&kg, "bench-press", 82.5, false, "20x8 30x5 50x3 70x2"},
        /* 24: 25, too near to the bar; 36: 35 by two plates, 37.5 by three; 48: 50 by one */
        {&kg, "bench-press", 60, false, "20x8 35x3 50x2"},
        {&kg, "squat", 22, false, "20x8"},
        {&kg, "squat", 20, false, ""},
        {&kg, "squat", 10, true, ""},
        /* 90: 95 by a pair of 25s; 135 by 45s; 180: 185 by 45 and 25 */
        {&lb, "squat", 225, false, "45x8 95x5 135x3 185x2"},
        /* 35, 55 and 75 by one or two plates, where 40, 60 and 80 aren't made at all */
        {&thin, "bench-press", 100, false, "15x8 35x5 55x3 75x2"},
        {&kg, "dumbbell-bench-press", 30, false, "12x8 18x5 24x3"},
        {&kg, "dumbbell-bench-press", 40, true, "16x8 24x5 32x3 36x1"},
        {&kg, "leg-press", 200, false, "80x8 120x5 160x3"},
        {&kg, "lateral-raise", 8, false, ""},
        {&kg, "pull-up", 0, false, ""},
        {&kg, "pull-up", 20, false, "0x5 10x3"},
        {&kg, "pull-up", 5, false, "0x5"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        char ramp[128];

        print_ramp(cases[i].equipment, cases[i].exercise, cases[i].load, cases[i].heavy, ramp, sizeof(ramp));
        if (strcmp(ramp, cases[i].ramp) != 0)
            fail_msg("%s %g: %s, not %s", cases[i].exercise, cases[i].load, ramp, cases[i].ramp);
    }
}

/* Whatever the load: each set heavier and no longer than the one before, all lighter than the working load. */
static void a_ramp_goes_up(void **state)
{
    static const char *const exercises[] = {"squat", "dumbbell-curl", "leg-press", "cable-fly", "pull-up", "snatch"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(exercises); i++) {
        for (double load = 0; load < 520; load += 1.25) {
            const struct equipment equipment = {.unit = UNIT_KG};
            struct warmup_set sets[WARMUP_SETS];
            int count = warmup_ramp(&equipment, catalogue_by_id(exercises[i]), load, true, sets);

            assert_true(count >= 0 && count <= WARMUP_SETS);
            for (int j = 0; j < count; j++) {
                assert_true(sets[j].load_kg < load);
                assert_true(j == 0 || (sets[j].load_kg > sets[j - 1].load_kg && sets[j].reps <= sets[j - 1].reps));
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ramps_are_those_that_people_hang),
        cmocka_unit_test(a_ramp_goes_up),
    };

    return RUN_TESTS(tests);
}
