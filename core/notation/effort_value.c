/*
 * What the efforts that were told of a set come to: RIR. Bare numbers up to 5 are RIR, from 6 to 10 RPE.
 */
#include "core/notation/scan.h"
#include "core/notation/shape.h"

const char notation_effort_hint[] = "RIR goes from 0 to 10, RPE up to 10: bench 80x8 @1, or rpe 9";

enum effort_kind notation_effort_kind(double low, double high)
{
    return high <= 5 ? EFFORT_RIR : low >= 6 ? EFFORT_RPE : EFFORT_BARE;
}

/* RIR of one entry, as far as it is possible. */
static int rir_of(struct parser *parser, const struct effort_entry *entry, double *rir)
{
    enum effort_kind kind = entry->kind;

    if (kind == EFFORT_BARE)
        kind = notation_effort_kind(entry->value, entry->value);
    if (entry->value < 0)
        return notation_error(parser, notation_effort_hint, "Effort under 0.");
    if (entry->value > 10 && kind != EFFORT_TOTAL)
        return notation_error(parser, notation_effort_hint, "%s%g is over 10.",
                              entry->kind == EFFORT_BARE  ? "@"
                              : entry->kind == EFFORT_RIR ? "RIR "
                                                          : "RPE ",
                              entry->value);
    if (kind == EFFORT_BARE &&
        notation_fork(parser, ABOUT_EFFORT, HABIT_HALF_EFFORT, 2, "@%g: RPE %g, or %g reps in reserve?", entry->value,
                      entry->value, entry->value) == 1)
        kind = EFFORT_RIR;
    *rir = scan_hundredths(kind == EFFORT_TOTAL                          ? -entry->value
                           : kind == EFFORT_RIR || kind == EFFORT_SPOKEN ? entry->value
                                                                         : 10.0 - entry->value);
    return 0;
}

static size_t count_kind(const struct effort_entry *entries, size_t count, enum effort_kind kind)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        found += entries[i].kind == kind;
    return found;
}

/* "rir 2 rpe 9" */
static int contradiction(struct parser *parser, const struct effort_entry *entries, size_t count, double *rir)
{
    double first = 0;
    double second = 0;

    if (rir_of(parser, &entries[0], &first) != 0 || rir_of(parser, &entries[count - 1], &second) != 0)
        return -1;
    *rir = first;
    if (first != second &&
        notation_fork(parser, ABOUT_EFFORT, FORK_EFFORT, 2, "RIR %g or RIR %g? It says both.", first, second) == 1)
        *rir = second;
    return 0;
}

int notation_efforts(struct parser *parser, const struct marks *marks, double *rir, size_t *count)
{
    const struct effort_entry *entries = &parser->item.efforts[marks->effort_first];
    size_t all = marks->effort_count;
    size_t bare, said;

    if (all > 1 && entries[0].kind == EFFORT_SPOKEN) {
        entries++; /* "nix mehr gegangen @1": what is typed wins */
        all--;
    }
    if (all == 2 && entries[1].felt) { /* "@2, felt like @1" */
        *count = 1;
        return contradiction(parser, entries, all, rir);
    }
    bare = count_kind(entries, all, EFFORT_BARE);
    said = count_kind(entries, all, EFFORT_RIR);
    *count = 0;
    if (said != 0 && said + bare != all) {
        *count = 1;
        for (; entries[0].kind == EFFORT_BARE; entries++)
            all--;
        while (entries[all - 1].kind == EFFORT_BARE)
            all--;
        return contradiction(parser, entries, all, rir);
    }
    for (size_t i = 0; i < all; i++) {
        if (bare != all && entries[i].kind == EFFORT_BARE)
            continue; /* an explicit word wins */
        if (rir_of(parser, &entries[i], &rir[*count]) != 0)
            return -1;
        ++*count;
    }
    return 0;
}
