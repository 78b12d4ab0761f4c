/*
 * How many logged sets a second go through the effort core: each is foretold, then learnt, without a store. Sets of 40
 * exercises over two years, from a fixed generator.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/base/mem.h"
#include "core/effort/forecast.h"

enum { EXERCISES = 40, SETS = 300000 };

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static unsigned dice(uint64_t *seed, unsigned sides)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*seed >> 33) % sides;
}

int main(void)
{
    struct forecast_exercise *exercises = mem_zero(EXERCISES, sizeof(*exercises));
    struct forecast_lifter lifter;
    struct set set;
    uint64_t seed = 1;
    double start = seconds(), took;

    set_init(&set);
    forecast_lifter_init(&lifter, &policy_default);
    for (size_t i = 0; i < EXERCISES; i++)
        forecast_exercise_init(&exercises[i], &policy_default, catalogue_at(i));
    for (int64_t i = 0; i < SETS; i++) {
        struct forecast_exercise *exercise = &exercises[i / 4 % EXERCISES];
        int64_t at_ms = i / 20 * 12 * 3600 * 1000 + i % 4 * 150000;
        struct seen_set seen;

        set.load_kg = 80 + 2.5 * dice(&seed, 3);
        set.reps = 6 + (int)dice(&seed, 4);
        set.rir = dice(&seed, 5) == 0 ? NAN : dice(&seed, 7) * 0.5;
        if (!forecast_see(&lifter, exercise, &set, set.load_kg, at_ms, &seen))
            continue;
        forecast_learn(&lifter, exercise, &seen);
    }
    took = seconds() - start;

    printf("core: %.0f logged sets a second, each foretold and learnt; %zu bytes of state for a lifter and exercise\n",
           SETS / took, sizeof(struct forecast_exercise));
    free(exercises);
    return 0;
}
