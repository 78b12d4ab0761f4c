/*
 * Warm-up sets. 40 and 80 % of the training load are those of Ribeiro et al. 2020 (doi 10.3390/ijerph17186882), where
 * they served bench press and squat better than 40 % alone; the empty bar first, even jumps between, reps that taper
 * 5-3-2-1 and loads that are quick to hang are the practice that Rippetoe describes (Starting Strength, 3rd ed.).
 */
#include "core/lift/warmup.h"

#include <math.h>

#include "core/base/mem.h"

static const struct {
    double share;
    int reps;       /* after the empty bar */
    int reps_alone; /* without one there is less before it */
    bool heavy;     /* for heavy loads only */
} ramp[] = {{0.4, 5, 8, false}, {0.6, 3, 5, false}, {0.8, 2, 3, false}, {0.9, 1, 1, true}};

/* Without a bar, less than so many steps is light. */
enum { BAR_REPS = 8, LIGHT_STEPS = 5 };

/* A set is worth it when it is so much heavier than the one before, and lighter than the working load, as shares. */
static const double least_jump = 0.095, most_share = 0.925;
/* How far from its share a load may be for the sake of fewer plates. */
static const double window = 0.05;

/* The load nearest to AIM that hangs by the fewest plates. */
static double quick_to_hang(const struct plate_rack *rack, double step_kg, double aim_kg, double window_kg)
{
    const double half_kg = step_kg / 2;
    const int halves = (int)floor(2 * window_kg / half_kg) + 1;
    double best = NAN;
    int fewest = 0;

    for (int i = 0; i <= halves; i++) {
        struct plate_stack below, above;
        double load;
        int hung;

        if (plates_find(rack, aim_kg - window_kg + i * half_kg, &below, &above) > PLATES_BETWEEN)
            continue;
        load = unit_to_kg(below.load, below.unit);
        hung = plates_hung(&below);
        if (fabs(load - aim_kg) > window_kg * (1 + 1e-9))
            continue;
        if (isnan(best) || hung < fewest || (hung == fewest && fabs(load - aim_kg) < fabs(best - aim_kg))) {
            best = load;
            fewest = hung;
        }
    }
    return best;
}

/* The body alone, then half of what is added, where that is worth a set. */
static int ramp_body(const struct equipment *equipment, const struct exercise *exercise, double added_kg,
                     struct warmup_set *sets)
{
    double half = equipment_round(equipment, exercise, added_kg / 2, true);
    int count = 0;

    if (added_kg <= 0)
        return 0;
    sets[count++] = (struct warmup_set){0, 5, false};
    if (half > 0 && added_kg >= LIGHT_STEPS * equipment_step(equipment, exercise))
        sets[count++] = (struct warmup_set){half, 3, false};
    return count;
}

int warmup_ramp(const struct equipment *equipment, const struct exercise *exercise, double load_kg, bool heavy,
                struct warmup_set sets[WARMUP_SETS])
{
    bool barbell = exercise->equipment == EQUIPMENT_BARBELL;
    double before = barbell ? plates_bar(equipment) : 0, step_kg = equipment_step(equipment, exercise);
    struct plate_rack *rack;
    int count = 0;

    if (exercise->bodyweight)
        return ramp_body(equipment, exercise, load_kg, sets);
    if (barbell ? before > load_kg * most_share : load_kg < LIGHT_STEPS * step_kg)
        return 0;
    rack = barbell ? plates_new(equipment) : NULL;
    if (barbell)
        sets[count++] = (struct warmup_set){before, BAR_REPS, true};
    for (size_t i = 0; i < ARRAY_LENGTH(ramp); i++) {
        double aim = load_kg * ramp[i].share, load;

        if (ramp[i].heavy && !heavy)
            continue;
        load = barbell ? quick_to_hang(rack, step_kg, aim, load_kg * window)
                       : equipment_round(equipment, exercise, aim, false);
        if (isnan(load) || load < before + load_kg * least_jump || load > load_kg * most_share)
            continue;
        sets[count++] = (struct warmup_set){load, barbell ? ramp[i].reps : ramp[i].reps_alone, false};
        before = load;
    }
    plates_free(rack);
    return count;
}
