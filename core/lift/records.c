/*
 * Records; see records.h.
 */
#include "core/lift/records.h"

#include <string.h>

#include "core/base/mem.h"

static const double same_kg = 0.05; /* the same load, written in another unit */

const char *record_kind_name(enum record_kind kind)
{
    static const char *const names[] = {
        [RECORD_LOAD] = "load", [RECORD_REPS] = "rep", [RECORD_E1RM] = "e1rm", [RECORD_VOLUME] = "volume"};

    return names[kind];
}

void records_init(struct records *records)
{
    memset(records, 0, sizeof(*records));
    for (int kind = 0; kind < RECORD_KINDS; kind++)
        records->best[kind].value = NAN;
}

bool record_counts(const struct set *set)
{
    return set->type != SET_WARMUP && !set->cheat && set->failure != FAILURE_MISSED && set->reps > 0 &&
           isnan(set->seconds) && !isnan(set->load_kg);
}

/* Whether as many reps were done at as much already, and whether LOAD_KG was ever done. */
static bool reps_done(const struct records *records, double load_kg, int reps, bool *known)
{
    bool done = false;

    *known = false;
    for (size_t i = 0; i < records->load_count; i++) {
        *known |= fabs(records->at_load[i].load_kg - load_kg) < same_kg;
        done |= records->at_load[i].load_kg > load_kg - same_kg && records->at_load[i].reps >= reps;
    }
    return done;
}

static void keep_reps(struct records *records, double load_kg, int reps)
{
    size_t at = 0, lightest = 0;

    for (; at < records->load_count && !(fabs(records->at_load[at].load_kg - load_kg) < same_kg); at++)
        if (records->at_load[at].load_kg < records->at_load[lightest].load_kg)
            lightest = at;
    if (at == RECORD_LOADS) {
        if (records->at_load[lightest].load_kg > load_kg)
            return;
        at = lightest;
        records->at_load[at].reps = 0;
    } else if (at == records->load_count) {
        records->load_count++;
        records->at_load[at].reps = 0;
    }
    records->at_load[at].load_kg = load_kg;
    if (reps > records->at_load[at].reps)
        records->at_load[at].reps = reps;
}

static struct record record_of(double value, const struct set *set, int64_t at_ms)
{
    return (struct record){value, set->load_kg, set->load_mode, set->reps, at_ms};
}

/* Takes VALUE where it beats what stands; whether it is a record. */
static bool beat(struct records *records, enum record_kind kind, double value, const struct set *set, int64_t at_ms)
{
    struct record *best = &records->best[kind];
    bool first = isnan(best->value);

    if (isnan(value) || (!first && value <= best->value + 1e-9))
        return false;
    *best = record_of(value, set, at_ms);
    return !first && records->earlier;
}

static bool beat_volume(struct records *records, double volume, const struct set *set, int64_t at_ms)
{
    bool again = records->volume_beaten; /* the day's record is told once */

    if (isnan(volume))
        return false;
    records->volume += volume;
    records->volume_beaten |= beat(records, RECORD_VOLUME, records->volume, set, at_ms);
    return records->volume_beaten && !again;
}

/* As it was written: help takes off what is added otherwise. */
static double written(const struct set *set)
{
    return set->load_mode == LOAD_ASSISTED ? -set->load_kg : set->load_kg;
}

unsigned records_take(struct records *records, const struct set *set, double moved_kg, double e1rm_kg, int64_t at_ms,
                      int64_t day)
{
    double load_kg = written(set);
    unsigned found = 0;
    bool known, done;

    BUG_IF(!record_counts(set));
    if (!records->any || records->day != day) {
        records->earlier = records->any;
        records->volume = 0;
        records->volume_beaten = false;
        records->day = day;
        records->any = true;
    }
    done = reps_done(records, load_kg, set->reps, &known);
    keep_reps(records, load_kg, set->reps);
    found |= (unsigned)beat(records, RECORD_LOAD, load_kg, set, at_ms) << RECORD_LOAD;
    if (known && !done) {
        records->best[RECORD_REPS] = record_of(load_kg, set, at_ms);
        found |= (unsigned)records->earlier << RECORD_REPS;
    }
    found |= (unsigned)beat(records, RECORD_E1RM, e1rm_kg, set, at_ms) << RECORD_E1RM;
    found |= (unsigned)beat_volume(records, moved_kg * set->reps, set, at_ms) << RECORD_VOLUME;
    return found;
}

double score_dots(enum score_table table, double bodyweight_kg, double kg)
{
    /* From the fourth power down, as OpenPowerlifting's crates/coefficients/src/dots.rs has them. */
    static const struct {
        double power[5], lightest, heaviest;
    } tables[] = {
        [SCORE_MEN] = {{-0.0000010930, 0.0007391293, -0.1918759221, 24.0900756, -307.75076}, 40, 210},
        [SCORE_WOMEN] = {{-0.0000010706, 0.0005158568, -0.1126655495, 13.6175032, -57.96288}, 40, 150},
    };
    double x = fmin(fmax(bodyweight_kg, tables[table].lightest), tables[table].heaviest), sum = 0;

    if (isnan(bodyweight_kg) || isnan(kg))
        return NAN;
    for (int i = 0; i < 5; i++)
        sum = sum * x + tables[table].power[i];
    return 500 * kg / sum;
}
