/*
 * Exports of other apps: any bytes are read as a training log, and every set that comes out of them is foretold and
 * learnt.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>

#include "bot/exchange/training_log.h"
#include "core/effort/forecast.h"
#include "core/effort/strength.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void learn(const struct training_log *log)
{
    struct forecast_lifter lifter;
    struct forecast_exercise exercise;

    forecast_lifter_init(&lifter, &policy_default);
    forecast_exercise_init(&exercise, &policy_default, catalogue_at(0));
    for (size_t i = 0; i < log->sets.count; i++) {
        const struct logged_set *logged = &log->sets.at[i];
        double load_kg = strength_effective(&logged->set, 75);
        struct forecast forecast;
        struct seen_set seen;

        if (!forecast_see(&lifter, &exercise, &logged->set, load_kg, logged->at_ms, &seen))
            continue;
        if (forecast_make(&lifter, &exercise, load_kg, NAN, logged->at_ms, &forecast) &&
            !(forecast.median >= 0 && forecast.low[0] <= forecast.high[0]))
            __builtin_trap();
        forecast_learn(&lifter, &exercise, &seen);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FILE *in = size > 0 ? fmemopen((void *)(uintptr_t)data, size, "rb") : NULL;
    struct training_log log;
    struct err err;

    if (in == NULL)
        return 0;
    if (training_log_read(&log, in, UNIT_KG, &err) == 0) {
        learn(&log);
        training_log_release(&log);
    }
    fclose(in);
    return 0;
}
