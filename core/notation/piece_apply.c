/*
 * What a piece makes of a set.
 */
#include "core/notation/piece.h"

#include <math.h>

#include "core/notation/reading.h"

/* Of shares that another unit's rounding made. */
static const double slack = 1e-6;

/* A hold's are its seconds; "65s" of what isn't held are two of that weight. */
static bool place_seconds(struct piece *piece, struct set *set)
{
    double *seconds = isnan(piece->seconds) ? &piece->number : &piece->seconds;

    if (isnan(set->seconds) && piece->short_seconds && isnan(piece->load_kg) &&
        piece_near_load(unit_to_kg(piece->seconds, piece->unit), set->load_kg)) {
        piece->load_kg = unit_to_kg(piece->seconds, piece->unit);
        piece->seconds = NAN;
    }
    if (isnan(set->seconds) || isnan(*seconds))
        return isnan(piece->seconds);
    set->seconds = *seconds;
    *seconds = NAN;
    return true;
}

/* "waren nur 9" behind 15x10: miscounted by one, and no load that the 15 was mistaken for; "18" behind 20x12 is one. */
static void choose_nearer(double number, double kg, const struct set *set, bool *load, bool *reps)
{
    static const double few = 2, near = 0.1, far = 0.3;
    const double off_reps = fabs(number - set->reps), off_load = fabs(kg / set->load_kg - 1);

    *load = off_reps > few && off_load <= near + slack;
    *reps = off_reps <= few && off_load >= far - slack;
}

/* "12 not 12.5" of 12.5 kg is the load, though there were ten reps. */
static void choose_denied(double denied, enum unit unit, const struct set *set, bool *load, bool *reps)
{
    const bool of_load = fabs(unit_to_kg(denied, unit) - set->load_kg) < 0.01, of_reps = denied == set->reps;

    if (of_load != of_reps) {
        *load = of_load;
        *reps = of_reps;
    }
}

/* What the bare number is: as near to what was lifted as people change it, and no other. */
static bool place_number(struct piece *piece, const struct set *set)
{
    double number = piece->number, kg = unit_to_kg(number, piece->unit);
    bool load = isnan(piece->load_kg) && (piece->plus || piece_near_load(kg, set->load_kg));
    bool reps = !piece->plus && piece->reps == REPS_UNKNOWN && set->reps != REPS_UNKNOWN && number >= 1 &&
                piece_near_reps(number, set->reps);

    if (load && reps && !isnan(piece->denied))
        choose_denied(piece->denied, piece->unit, set, &load, &reps);
    if (load && reps)
        choose_nearer(number, kg, set, &load, &reps);
    if (load == reps)
        return false;
    if (load) {
        piece->load_kg = kg;
        return number <= READING_SLED_KG_MAX;
    }
    piece->reps = (int)number;
    return number <= READING_REPS_MAX;
}

void piece_convert(struct piece piece, struct set *set)
{
    double ratio = unit_to_kg(1, piece.unit) / unit_to_kg(1, set->unit);

    set->load_kg *= ratio;
    for (int i = 0; i < set->segment_count; i++)
        set->segments[i].load_kg *= ratio;
    set->unit = piece.unit;
}

/* Which of several parts would be changed, nobody says. */
static bool fits_segments(struct piece piece, const struct set *set)
{
    return set->segment_count == 0 || (isnan(piece.load_kg) && piece.reps == REPS_UNKNOWN && piece.more == 0);
}

static void apply_load(const struct piece *piece, struct set *set)
{
    set->load_kg = piece->load_kg;
    set->unit = piece->unit;
    set->percent = NAN;
    set->load_mode = set->load_mode == LOAD_BODYWEIGHT ? LOAD_ADDED : set->load_mode;
}

/* Gives the piece's bare number its place. False: it has none, or the piece is of more sets than one. */
static bool place(struct piece *piece, struct set *set)
{
    return !piece->both && piece->sets == 0 && !piece_is_step(piece, set) && place_seconds(piece, set) &&
           (isnan(piece->number) || place_number(piece, set)) && fits_segments(*piece, set);
}

/* "8 reps" of what was held for a time. */
static bool is_of_no_hold(const struct piece *piece, const struct set *set)
{
    return piece->reps != REPS_UNKNOWN && set->reps == REPS_UNKNOWN && !isnan(set->seconds);
}

bool piece_apply(struct piece piece, struct set *set)
{
    if (!place(&piece, set) || is_of_no_hold(&piece, set))
        return false;
    if (!isnan(piece.load_kg))
        apply_load(&piece, set);
    if (piece.unit_alone)
        piece_convert(piece, set);
    if (piece.type >= 0)
        set->type = (enum set_type)piece.type;
    if (piece.missed != 0)
        set->reps = piece.missed - 1;
    if (piece.more != 0 && (set->reps == REPS_UNKNOWN || set->reps + piece.more < 1))
        return false;
    set->reps += piece.more;
    if (piece.reps != REPS_UNKNOWN)
        set->reps = piece.reps;
    if (piece.effort.length != 0) {
        set->rir = NAN;
        set->failure = FAILURE_NONE;
    }
    return true;
}
