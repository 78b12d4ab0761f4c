/*
 * A row of counts; see row.h.
 */
#include "core/notation/row.h"

#include <string.h>

#include "core/notation/fits.h"
#include "core/notation/piece.h"
#include "core/notation/scan.h"
#include "core/notation/walk.h"
#include "core/text/fold.h"

enum { TEXT_MAX = 80, COUNTS_MOST = 8, SURE_COUNTS = 3 };

struct row {
    struct span rest; /* folded, behind what was taken */
    double load;      /* in the last set's unit; NAN */
    double counts[COUNTS_MOST];
    int count;
    bool slashed; /* "10/9" */
    bool told;    /* a word, or a load, says that sets follow */
};

/* "then", "and", "dann": that one more comes. */
static bool leads(struct span text)
{
    const struct word_meaning meaning = walk_meaning(text);

    return walk_word(text).length != 0 &&
           (meaning.word == WORD_AND || (meaning.traits & (TRAIT_THEN | TRAIT_LEAD)) != 0);
}

static void skip_leads(struct row *row)
{
    for (; leads(row->rest); row->rest = walk_behind(row->rest))
        row->told |= (walk_meaning(row->rest).traits & (TRAIT_THEN | TRAIT_LEAD)) != 0;
}

/* "50 ", "52.5: ", "50 for ": a load by the set before, and counts behind it. */
static void take_load(struct row *row, const struct set *last)
{
    struct span rest = row->rest;
    double value;

    if (!scan_take_number(&rest, &value) || fits_reps(last, value) || !fits_load(last, value) || rest.length == 0)
        return;
    if (rest.at[0] == ':')
        rest = span_past(rest, 1);
    else if (walk_meaning(rest).word == WORD_FOR)
        rest = walk_behind(rest);
    else if (rest.at[-1] != ' ')
        return;
    row->load = value;
    row->told = true;
    row->rest = rest;
}

/* What stands between two counts. False: nothing that does. */
static bool take_joint(struct row *row)
{
    const char *from = row->rest.at;

    if (row->rest.length != 0 && strchr(",/+", row->rest.at[0]) != NULL) {
        row->slashed |= row->rest.at[0] == '/';
        row->rest = span_past(row->rest, 1);
    }
    skip_leads(row);
    return row->rest.at != from;
}

static void take_counts(struct row *row, const struct set *last)
{
    struct span before = row->rest;
    double value;

    while (row->count < COUNTS_MOST) {
        struct span rest = row->rest;

        if (!scan_take_number(&rest, &value) || !fits_reps(last, value))
            break;
        row->counts[row->count++] = value;
        before = row->rest = rest;
        if (!take_joint(row))
            return;
    }
    row->rest = row->count != 0 && leads(before) ? row->rest : before;
}

/* Nothing but how hard the last of them was stands behind. */
static bool ends(struct row *row)
{
    while (row->rest.length != 0 && strchr(",. ", row->rest.at[0]) != NULL)
        row->rest = span_past(row->rest, 1);
    skip_leads(row);
    return row->rest.length == 0 || piece_effort(row->rest) == row->rest.length;
}

/* "10/10" of what is done by sides is one set, and "10/9" of either side. */
static bool of_sides(const struct row *row, const struct set *last)
{
    return row->slashed && row->count == 2 && last->side != SIDE_NONE;
}

/* Without a word or a load that tells, a number may be a load, "11, 9", and two of them a grade, "9/10". */
static bool sure(const struct row *row, const struct set *last)
{
    bool loads = row->slashed && !of_sides(row, last);

    for (int i = 0; i < row->count; i++)
        loads |= fits_load(last, row->counts[i]);
    return row->count >= 2 && (!loads || row->told || row->count >= SURE_COUNTS);
}

static void write(const struct row *row, const struct set *last, struct buf *out)
{
    const bool sides = of_sides(row, last);

    if (!isnan(row->load))
        buf_addf(out, "%g%s ", row->load, unit_name(last->unit));
    buf_addf(out, "x%g", row->counts[0]);
    if (sides && row->counts[0] == row->counts[1])
        buf_adds(out, " each");
    else
        for (int i = 1; i < row->count; i++)
            buf_addf(out, sides ? "|%g" : ", %g", row->counts[i]);
}

bool row_read(struct span text, const struct set *last, struct buf *out)
{
    struct row row = {.load = NAN};
    struct buf folded = BUF_INIT(4 * TEXT_MAX);
    bool read = false;

    if (text.length <= TEXT_MAX && last->reps != REPS_UNKNOWN && text_fold(text, &folded) == 0) {
        row.rest = buf_span(&folded);
        skip_leads(&row);
        take_load(&row, last);
        take_counts(&row, last);
        read = sure(&row, last) && ends(&row);
    }
    if (read) {
        write(&row, last, out);
        buf_addc(out, ' ');
        buf_add_span(out, row.rest);
    }
    buf_release(&folded);
    return read;
}
