/*
 * What a number may be, by the set before it.
 */
#include "core/notation/fits.h"

#include <math.h>

#include "core/notation/reading.h"

bool fits_count(double value, double most)
{
    return value == floor(value) && value >= 1 && value <= most;
}

bool fits_reps(const struct set *last, double value)
{
    const double load = last->load_kg > 0 ? last->load_kg / unit_to_kg(1, last->unit) : 0;

    return last->reps != REPS_UNKNOWN && last->segment_count == 0 && fits_count(value, READING_REPS_MAX) &&
           fabs(value - last->reps) <= fmax(3, 0.5 * last->reps) && !(fabs(value - load) <= 0.2 * load);
}

bool fits_load(const struct set *last, double value)
{
    const double load = last->load_kg > 0 ? last->load_kg / unit_to_kg(1, last->unit) : 0;

    return last->segment_count == 0 && last->load_mode == LOAD_EXTERNAL && value >= 0.25 * load && value <= 1.6 * load;
}

bool fits_seconds(const struct set *last, double value)
{
    return !isnan(last->seconds) && last->reps == REPS_UNKNOWN && value >= 0.4 * last->seconds &&
           value <= 2.5 * last->seconds;
}
