/*
 * Loads that can be made. All steps are multiplied in the unit that the plates are marked in, so that 90 lb is the very
 * number that a person who writes "90 lb" gets.
 */
#include "core/lift/plates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

/* Of a step; far more than the error of a division, far less than anybody's plates. */
#define ROUNDING_SLACK 1e-6

/* What a gym has when nothing is said: added load hangs by plates, kettlebells grow by 4 kg. */
static const struct {
    double kg;
    double lb;
} default_steps[] = {
    [EQUIPMENT_BARBELL] = {2.5, 5}, [EQUIPMENT_DUMBBELL] = {2, 5},     [EQUIPMENT_MACHINE] = {2.5, 5},
    [EQUIPMENT_CABLE] = {2.5, 5},   [EQUIPMENT_BODYWEIGHT] = {2.5, 5}, [EQUIPMENT_KETTLEBELL] = {4, 5},
    [EQUIPMENT_BAND] = {2.5, 5},    [EQUIPMENT_OTHER] = {2.5, 5},
};

/* Nobody's plates are marked in stones: where people weigh themselves in stones, they lift pounds. */
static enum unit plate_unit(const struct equipment *equipment)
{
    return equipment->unit == UNIT_KG ? UNIT_KG : UNIT_LB;
}

/* In plate_unit(). */
static double step_in_unit(const struct equipment *equipment, const struct exercise *exercise)
{
    double own = equipment->step_kg[exercise->equipment];

    if (own > 0)
        return unit_from_kg(own, plate_unit(equipment));
    return plate_unit(equipment) == UNIT_KG ? default_steps[exercise->equipment].kg
                                            : default_steps[exercise->equipment].lb;
}

double equipment_step(const struct equipment *equipment, const struct exercise *exercise)
{
    return unit_to_kg(step_in_unit(equipment, exercise), plate_unit(equipment));
}

double equipment_round(const struct equipment *equipment, const struct exercise *exercise, double load_kg,
                       bool round_down)
{
    double bar_kg = exercise->equipment == EQUIPMENT_BARBELL ? equipment->bar_kg : 0;
    double step = step_in_unit(equipment, exercise), bar = unit_from_kg(bar_kg, plate_unit(equipment));
    double steps = (unit_from_kg(load_kg, plate_unit(equipment)) - bar) / step;

    if (isnan(load_kg))
        return load_kg;
    steps = round_down ? floor(steps + ROUNDING_SLACK) : round(steps);
    return unit_to_kg(bar + fmax(steps, 0) * step, plate_unit(equipment));
}

/* ---------------------------------------------------------------- plates on a bar */

/* Plates are counted in hundredths; half of what a bar holds hangs on each side. */
enum { GRAINS = 100, SIDE_MAX = 600, NO_WAY = UINT16_MAX };

/* What hangs in a gym, finest last. Those that the barbell's step is no multiple of aren't taken to be there. */
static const double usual_kg[] = {25, 20, 15, 10, 5, 2.5, 2, 1.5, 1.25, 1, 0.5, 0.25};
static const double usual_lb[] = {45, 35, 25, 10, 5, 2.5, 1.25, 1, 0.5, 0.25};

/* Fewest plates for each weight of a side, in steps of `grain`. */
struct plate_rack {
    enum unit unit;
    double bar;
    int kinds;
    int plate[PLATES_KINDS]; /* hundredths, heaviest first */
    int grain;               /* hundredths: the plates' greatest common divisor */
    int steps;
    uint16_t *fewest; /* by steps, from 0 */
    uint8_t *last;    /* the kind that was hung last */
};

static int divisor(int a, int b)
{
    while (b != 0) {
        int rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

static void add_kind(struct plate_rack *rack, double plate)
{
    int weight = (int)lround(plate * GRAINS), at = rack->kinds;

    for (int i = 0; i < rack->kinds; i++)
        if (rack->plate[i] == weight)
            return;
    if (weight <= 0 || weight > SIDE_MAX * GRAINS || rack->kinds == PLATES_KINDS)
        return;
    for (; at > 0 && rack->plate[at - 1] < weight; at--)
        rack->plate[at] = rack->plate[at - 1];
    rack->plate[at] = weight;
    rack->kinds++;
    rack->grain = divisor(weight, rack->grain);
}

static void add_usual(struct plate_rack *rack, const struct equipment *equipment)
{
    const struct exercise barbell = {.equipment = EQUIPMENT_BARBELL};
    bool kg = plate_unit(equipment) == UNIT_KG;
    const double *usual = kg ? usual_kg : usual_lb;
    size_t count = kg ? ARRAY_LENGTH(usual_kg) : ARRAY_LENGTH(usual_lb);
    double least = step_in_unit(equipment, &barbell) / 2;

    for (size_t i = 0; i < count; i++) {
        double times = usual[i] / least;

        if (times > 1 - ROUNDING_SLACK && fabs(times - round(times)) < ROUNDING_SLACK)
            add_kind(rack, usual[i]);
    }
    add_kind(rack, least);
}

static void fill(struct plate_rack *rack)
{
    rack->steps = SIDE_MAX * GRAINS / rack->grain + 1;
    rack->fewest = mem_alloc((size_t)rack->steps * sizeof(*rack->fewest));
    rack->last = mem_zero((size_t)rack->steps, sizeof(*rack->last));
    rack->fewest[0] = 0;
    for (int step = 1; step < rack->steps; step++) {
        rack->fewest[step] = NO_WAY;
        for (int kind = 0; kind < rack->kinds; kind++) {
            int before = step - rack->plate[kind] / rack->grain;

            if (before < 0 || rack->fewest[before] == NO_WAY || rack->fewest[before] + 1 >= rack->fewest[step])
                continue;
            rack->fewest[step] = (uint16_t)(rack->fewest[before] + 1);
            rack->last[step] = (uint8_t)kind;
        }
    }
}

/* The nearest weight that can be hung, from STEP on by WAY (1, -1); -1: none. */
static int nearest(const struct plate_rack *rack, int step, int way)
{
    while (step >= 0 && step < rack->steps && rack->fewest[step] == NO_WAY)
        step += way;
    return step >= 0 && step < rack->steps ? step : -1;
}

static void read_stack(const struct plate_rack *rack, int step, struct plate_stack *stack)
{
    stack->load = stack->bar + 2.0 * step * rack->grain / GRAINS;
    for (; step > 0; step -= rack->plate[rack->last[step]] / rack->grain) {
        double plate = (double)rack->plate[rack->last[step]] / GRAINS;

        if (stack->kinds == 0 || stack->plate[stack->kinds - 1] != plate)
            stack->plate[stack->kinds++] = plate;
        stack->count[stack->kinds - 1]++;
    }
}

double plates_bar(const struct equipment *equipment)
{
    if (equipment->bar_kg > 0)
        return equipment->bar_kg;
    return plate_unit(equipment) == UNIT_KG ? 20 : unit_to_kg(45, UNIT_LB);
}

struct plate_rack *plates_new(const struct equipment *equipment)
{
    struct plate_rack *rack = mem_zero(1, sizeof(*rack));

    rack->unit = plate_unit(equipment);
    rack->bar = unit_from_kg(plates_bar(equipment), rack->unit);
    for (int i = 0; i < equipment->plate_count; i++)
        add_kind(rack, unit_from_kg(equipment->plate_kg[i], rack->unit));
    if (rack->kinds == 0)
        add_usual(rack, equipment);
    fill(rack);
    return rack;
}

void plates_free(struct plate_rack *rack)
{
    if (rack == NULL)
        return;
    free(rack->fewest);
    free(rack->last);
    free(rack);
}

enum plates_result plates_find(const struct plate_rack *rack, double load_kg, struct plate_stack *below,
                               struct plate_stack *above)
{
    double steps = (unit_from_kg(load_kg, rack->unit) - rack->bar) / 2 * GRAINS / rack->grain;
    int down, up;

    *below = *above = (struct plate_stack){.unit = rack->unit, .load = rack->bar, .bar = rack->bar};
    if (steps < -ROUNDING_SLACK)
        return PLATES_UNDER;
    if (steps > rack->steps - 1)
        return PLATES_OVER;
    down = nearest(rack, (int)floor(steps + ROUNDING_SLACK), -1);
    up = nearest(rack, (int)ceil(steps - ROUNDING_SLACK), 1);
    if (up < 0)
        return PLATES_OVER;
    read_stack(rack, down, below);
    read_stack(rack, up, above);
    return down == up ? PLATES_EXACT : PLATES_BETWEEN;
}

int plates_hung(const struct plate_stack *stack)
{
    int hung = 0;

    for (int i = 0; i < stack->kinds; i++)
        hung += stack->count[i];
    return hung;
}
