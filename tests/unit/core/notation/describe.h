/*
 * Sets as the rows of the tables write them; every field that isn't what set_init() leaves is named. It shares nothing
 * with notation_print(), which is itself tested.
 */
#ifndef TESTS_UNIT_CORE_NOTATION_DESCRIBE_H
#define TESTS_UNIT_CORE_NOTATION_DESCRIBE_H

#include <math.h>

#include "core/base/buf.h"
#include "core/base/civil.h"
#include "core/lift/set.h"

static void describe_number(double value, struct buf *out)
{
    buf_addf(out, "%.9g", round(value * 1e6) / 1e6);
}

static void describe_load(const struct set *set, struct buf *out)
{
    static const char *const signs[] = {
        [LOAD_EXTERNAL] = "", [LOAD_BODYWEIGHT] = "bw", [LOAD_ADDED] = "+", [LOAD_ASSISTED] = "-"};

    if (!isnan(set->percent)) {
        describe_number(set->percent, out);
        buf_adds(out, "% ");
    }
    if (isnan(set->load_kg))
        return;
    buf_adds(out, signs[set->load_mode]);
    if (set->load_mode != LOAD_BODYWEIGHT || set->load_kg != 0)
        describe_number(set->load_kg, out);
    buf_adds(out, set->unit == UNIT_KG ? " " : set->unit == UNIT_LB ? "(lb) " : "(st) ");
}

static void describe_segments(const struct set *set, struct buf *out)
{
    if (set->segment_count == 0)
        return;
    buf_addc(out, '[');
    for (int i = 0; i < set->segment_count; i++) {
        if (i != 0)
            buf_addc(out, ' ');
        if (!isnan(set->segments[i].load_kg))
            describe_number(set->segments[i].load_kg, out);
        buf_addf(out, "x%d", set->segments[i].reps);
    }
    buf_adds(out, "] ");
}

static void describe_words(const struct set *set, struct buf *out)
{
    if (set->type != SET_WORKING)
        buf_addf(out, "%s ", set_type_name(set->type));
    if (set->failure != FAILURE_NONE)
        buf_addf(out, "%s ", set_failure_name(set->failure));
    if (set->side != SIDE_NONE)
        buf_addf(out, "%s ", set_side_name(set->side));
    if (set->cheat)
        buf_adds(out, "cheat ");
    describe_segments(set, out);
    if (set->at_ms != -1) {
        struct civil civil;

        civil_from_ms(set->at_ms, 0, &civil);
        buf_addf(out, "on %04d-%02d-%02dT%02d ", civil.year, civil.month, civil.day, civil.hour);
    }
    if (set->note[0] != '\0')
        buf_addf(out, "(%s) ", set->note);
}

/* "bench-press 80 x8 rir1" */
static void describe_set(const struct set *set, struct buf *out)
{
    if (set->exercise[0] != '\0')
        buf_addf(out, "%s ", set->exercise);
    describe_load(set, out);
    if (set->reps != REPS_UNKNOWN)
        buf_addf(out, "x%d ", set->reps);
    if (!isnan(set->seconds)) {
        describe_number(set->seconds, out);
        buf_adds(out, "s ");
    }
    if (!isnan(set->rir)) {
        buf_adds(out, "rir");
        describe_number(set->rir, out);
        buf_addc(out, ' ');
    }
    describe_words(set, out);
    if (out->length != 0 && out->data[out->length - 1] == ' ')
        buf_truncate(out, out->length - 1);
}

/* Sets in order, "; " between, "3* " before those that are alike. */
static void describe_sets(const struct set *sets, size_t count, struct buf *out)
{
    struct buf now = BUF_INIT(4096);
    struct buf next = BUF_INIT(4096);

    for (size_t i = 0; i < count;) {
        size_t times = 1;

        buf_clear(&now);
        describe_set(&sets[i], &now);
        for (; i + times < count; times++) {
            buf_clear(&next);
            describe_set(&sets[i + times], &next);
            if (!span_equal(buf_span(&now), buf_span(&next)))
                break;
        }
        if (out->length != 0)
            buf_adds(out, "; ");
        if (times > 1)
            buf_addf(out, "%zu* ", times);
        buf_add_span(out, buf_span(&now));
        i += times;
    }
    buf_release(&now);
    buf_release(&next);
}

#endif
