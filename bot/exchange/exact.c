/*
 * Our own columns; see exact.h.
 */
#include "bot/exchange/exact.h"

#include <string.h>

#include "bot/exchange/field.h"
#include "core/base/mem.h"
#include "core/text/fold.h"

enum { REPS_MAX = 100 };
static const double load_max_kg = 1500, rir_max = 10, percent_max = 1000;

struct exact {
    const struct columns *columns;
    const struct csv_row *row;
};

static struct span cell(const struct exact *exact, enum column column)
{
    return columns_cell(exact->columns, exact->row, column);
}

/* Which of COUNT names stands there; -1: none of them. NULL is the name of what is left empty. */
static int read_name(const struct exact *exact, enum column column, const char *(*name_of)(int value), int count)
{
    struct span text = cell(exact, column);

    for (int value = 0; value < count; value++)
        if (span_is(text, name_of(value) != NULL ? name_of(value) : ""))
            return value;
    return -1;
}

static const char *mode_of(int value)
{
    return load_mode_name((enum load_mode)value);
}

static const char *unit_of(int value)
{
    return unit_name((enum unit)value);
}

static const char *type_of(int value)
{
    return set_type_name((enum set_type)value);
}

static const char *failure_of(int value)
{
    return set_failure_name((enum set_failure)value);
}

static const char *side_of(int value)
{
    return set_side_name((enum set_side)value);
}

static bool read_names(const struct exact *exact, struct set *set)
{
    int mode = read_name(exact, COLUMN_MODE, mode_of, LOAD_ASSISTED + 1);
    int unit = read_name(exact, COLUMN_WRITTEN_IN, unit_of, UNIT_ST + 1);
    int type = read_name(exact, COLUMN_EXACT_TYPE, type_of, SET_CLUSTER + 1);
    int failure = read_name(exact, COLUMN_FAILURE, failure_of, FAILURE_MISSED + 1);
    int side = read_name(exact, COLUMN_SIDE, side_of, SIDE_RIGHT + 1);

    if (mode < 0 || unit < 0 || type < 0 || failure < 0 || side < 0)
        return false;
    set->load_mode = (enum load_mode)mode;
    set->unit = (enum unit)unit;
    set->type = (enum set_type)type;
    set->failure = (enum set_failure)failure;
    set->side = (enum set_side)side;
    return true;
}

/* A number from LOW to HIGH, or nothing: NAN. */
static bool read_number(const struct exact *exact, enum column column, double low, double high, double *value)
{
    *value = NAN;
    if (columns_cell_is_empty(exact->columns, exact->row, column))
        return true;
    return field_number(cell(exact, column), value) && *value >= low && *value <= high;
}

/* "15x10", "x6". */
static bool read_segment(struct span text, struct segment *segment)
{
    struct span load = span_take(&text, 'x');
    int64_t reps;

    *segment = (struct segment){.load_kg = NAN};
    if (load.length != 0 &&
        (!field_number(load, &segment->load_kg) || segment->load_kg < 0 || segment->load_kg > load_max_kg))
        return false;
    if (!span_number(text, REPS_MAX, &reps))
        return false;
    segment->reps = (int)reps;
    return true;
}

static bool read_segments(const struct exact *exact, struct set *set)
{
    struct span rest = cell(exact, COLUMN_SEGMENTS);

    while (rest.length != 0) {
        if (set->segment_count == SET_SEGMENTS ||
            !read_segment(span_take(&rest, ' '), &set->segments[set->segment_count]))
            return false;
        set->segment_count++;
    }
    return true;
}

static void read_note(const struct exact *exact, struct set *set)
{
    struct span note = cell(exact, COLUMN_NOTE);
    size_t length;

    if (note.length > 1 && note.at[0] == '\'' && field_is_formula(note.at[1]))
        note = (struct span){note.at + 1, note.length - 1};
    length = text_valid_utf8(note) ? text_cut(note, sizeof(set->note) - 1) : 0;
    memcpy(set->note, note.at, length);
    set->note[length] = '\0';
}

bool exact_read(const struct columns *columns, const struct csv_row *row, struct set *set)
{
    const struct exact exact = {columns, row};

    if (!read_names(&exact, set) || !read_segments(&exact, set) ||
        !read_number(&exact, COLUMN_RIR, 0, rir_max, &set->rir) ||
        !read_number(&exact, COLUMN_PERCENT, -percent_max, percent_max, &set->percent))
        return false;
    if (columns_cell_is_empty(columns, row, COLUMN_WEIGHT_KG))
        set->load_kg = NAN;
    read_note(&exact, set);
    set->cheat = span_is(cell(&exact, COLUMN_CHEAT), "yes");
    return (set->reps != 0 || set->failure == FAILURE_MISSED) && (!isnan(set->load_kg) || !isnan(set->seconds));
}
