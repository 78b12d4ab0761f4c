/*
 * A load and its reps in what was typed, and others in their place.
 */
#include "bot/coach/respell.h"

#include <math.h>
#include <string.h>

#include "core/base/ascii.h"
#include "core/notation/reading.h"
#include "core/notation/scan.h"
#include "core/notation/words.h"

/* "22.5kg x 8": where both stand. */
struct spelt {
    struct span load, reps; /* the load with its unit */
    double load_value, reps_value;
};

/* TEXT begins with a load and its reps. */
static bool begins_with(struct span text, struct spelt *spelt)
{
    struct span rest = text, behind;
    struct word_meaning meaning;
    struct span unit;

    if (!scan_take_number(&rest, &spelt->load_value))
        return false;
    unit = notation_word(rest, &meaning);
    if (meaning.word == WORD_UNIT)
        rest = span_past(rest, unit.length);
    spelt->load = (struct span){text.at, (size_t)(rest.at - text.at)};
    while (spelt->load.length != 0 && ascii_is_space(spelt->load.at[spelt->load.length - 1]))
        spelt->load.length--;
    if (rest.length == 0 || ascii_lower(rest.at[0]) != 'x')
        return false;
    behind = rest = span_past(rest, 1);
    if (!scan_take_number(&rest, &spelt->reps_value))
        return false;
    spelt->reps.at = behind.at;
    spelt->reps.length = 0;
    while (spelt->reps.length < behind.length && ascii_is_digit(behind.at[spelt->reps.length]))
        spelt->reps.length++;
    return true;
}

/* The only load with its reps that TEXT holds. */
static bool find(struct span text, struct spelt *found)
{
    int count = 0;

    for (size_t i = 0; i < text.length; i++) {
        struct spelt spelt;

        if (!ascii_is_digit(text.at[i]) || (i != 0 && !ascii_is_space(text.at[i - 1])))
            continue;
        if (begins_with((struct span){text.at + i, text.length - i}, &spelt) && count++ == 0)
            *found = spelt;
    }
    return count == 1;
}

/* What a bare NUMBER stands for, as near to what was said as people change it; false: both, or neither. */
static bool place(const struct spelt *spelt, double number, double *load, double *reps)
{
    const bool is_load = piece_near_load(number, spelt->load_value);
    const bool is_reps = piece_near_reps(number, spelt->reps_value);

    *(is_load ? load : reps) = number;
    return is_load != is_reps;
}

/* What is written behind the number of LOAD: "lb". */
static struct span unit_of(struct span load)
{
    double number;

    scan_take_number(&load, &number);
    return load;
}

bool respell(struct span text, const struct piece *piece, struct buf *out)
{
    double load = isnan(piece->load_kg) ? NAN : unit_from_kg(piece->load_kg, piece->unit);
    double reps = piece->reps == REPS_UNKNOWN ? NAN : piece->reps;
    const char *end = text.at + text.length;
    struct spelt spelt;

    if (piece->more != 0 || piece->sets != 0 || piece->type >= 0 || !isnan(piece->seconds) || !find(text, &spelt))
        return false;
    if (!isnan(piece->number) && !place(&spelt, piece->number, &load, &reps))
        return false;
    buf_add(out, text.at, (size_t)(spelt.load.at - text.at));
    if (isnan(load))
        buf_add_span(out, spelt.load);
    else
        notation_number(load, LANGUAGE_ENGLISH, out);
    if (!isnan(piece->load_kg))
        buf_adds(out, unit_name(piece->unit));
    else if (!isnan(load))
        buf_add_span(out, unit_of(spelt.load));
    buf_add(out, spelt.load.at + spelt.load.length, (size_t)(spelt.reps.at - spelt.load.at) - spelt.load.length);
    if (isnan(reps))
        buf_add_span(out, spelt.reps);
    else
        notation_number(reps, LANGUAGE_ENGLISH, out);
    buf_add(out, spelt.reps.at + spelt.reps.length, (size_t)(end - spelt.reps.at) - spelt.reps.length);
    if (piece->effort.length != 0)
        buf_addf(out, " %.*s", (int)piece->effort.length, piece->effort.at);
    return !out->overflowed;
}
