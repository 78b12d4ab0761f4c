/*
 * Prints sets in canonical notation: what the reader reads without asking.
 */
#include <stdio.h>
#include <string.h>

#include "core/base/ascii.h"
#include "core/base/civil.h"
#include "core/notation/reading.h"
#include "core/notation/scan.h"
#include "core/notation/shape.h"

enum { NUMBER_SIZE = 32 };

void notation_number(double value, enum language language, struct buf *out)
{
    static const char marks[LANGUAGE_COUNT] = {[LANGUAGE_ENGLISH] = '.', [LANGUAGE_GERMAN] = ','};
    char text[NUMBER_SIZE], *mark;
    int length = snprintf(text, sizeof(text), "%.2f", value);

    if (length < 0 || length >= (int)sizeof(text))
        return;
    while (text[length - 1] == '0')
        length--;
    if (text[length - 1] == '.')
        length--;
    mark = memchr(text, '.', (size_t)length);
    if (mark != NULL)
        *mark = marks[language];
    buf_add(out, text, (size_t)length);
}

void notation_name(const char *id, const struct exercise *known, enum language language, struct buf *out)
{
    const char *name = known != NULL ? exercise_name(known, language) : id;
    bool german = known != NULL && language == LANGUAGE_GERMAN && known->german != NULL;

    for (; *name != '\0'; name++)
        buf_addc(out, known == NULL && *name == '-' ? ' ' : german ? *name : ascii_lower(*name));
}

static void print_date(int64_t at_ms, struct buf *out)
{
    struct civil civil;

    civil_from_ms(at_ms, 0, &civil);
    buf_addf(out, "%04d-%02d-%02d: ", civil.year, civil.month, civil.day);
}

/* Where a bare number could be taken for sets, as the order of "AxB" isn't sure, or what stands before its comma for
 * one of a list: "52,5kg 60s". */
static bool needs_unit(const struct set *set, double value, int reps, enum language language)
{
    if (value != floor(value))
        return language == LANGUAGE_GERMAN && reps <= 0;
    return set->load_mode == LOAD_EXTERNAL && (value < LOAD_LIKE || reps > REPS_LIKE || reps < 0);
}

void notation_weight(enum load_mode mode, double value, const char *unit, enum language language, struct buf *out)
{
    static const char *const prefixes[] = {
        [LOAD_EXTERNAL] = "", [LOAD_BODYWEIGHT] = "bw", [LOAD_ADDED] = "bw+", [LOAD_ASSISTED] = "bw-"};

    buf_adds(out, prefixes[mode]);
    if (mode == LOAD_BODYWEIGHT)
        return;
    notation_number(value, language, out);
    buf_adds(out, unit);
}

/* In the unit that it was written in: it is exact in that one. REPS stand behind it, as "80x8" or "14 kg x12"; 0 where
 * seconds do. */
static void print_load(const struct set *set, double load_kg, struct notation_style style, int reps, struct buf *out)
{
    double value = scan_hundredths(unit_from_kg(load_kg, set->unit));
    char unit[8] = "";

    if (isnan(load_kg))
        return;
    if (set->load_mode != LOAD_BODYWEIGHT && (set->unit != style.unit || needs_unit(set, value, reps, style.language)))
        snprintf(unit, sizeof(unit), reps > 0 ? " %s " : "%s", unit_name(set->unit));
    notation_weight(set->load_mode, value, unit, style.language, out);
}

static void print_reps(int reps, struct buf *out)
{
    if (reps == REPS_UNKNOWN)
        return;
    buf_addf(out, "x%d", reps);
}

/* The parts behind the first: "+4+2" when no load is said, else " > 60x6 > x4". */
static void print_segments(const struct set *set, struct notation_style style, struct buf *out)
{
    bool loads = set->type == SET_DROP;

    for (int i = 1; i < set->segment_count; i++)
        loads |= !isnan(set->segments[i].load_kg);
    for (int i = 1; i < set->segment_count; i++) {
        const struct segment *segment = &set->segments[i];

        if (loads) {
            buf_adds(out, " > ");
            print_load(set, segment->load_kg, style, segment->reps, out);
            print_reps(segment->reps, out);
        } else {
            buf_addf(out, "+%d", segment->reps);
        }
    }
}

static void print_work(const struct set *set, struct notation_style style, bool bodyweight_known, struct buf *out)
{
    bool plain = set->load_mode == LOAD_BODYWEIGHT && bodyweight_known;

    if (!isnan(set->load_kg) && !plain)
        print_load(set, set->load_kg, style, isnan(set->seconds) ? set->reps : 0, out);
    else if (!isnan(set->percent) && isnan(set->load_kg)) {
        notation_number(set->percent, style.language, out);
        buf_addc(out, '%');
    }
    if (isnan(set->seconds)) {
        print_reps(set->reps, out);
        print_segments(set, style, out);
        return;
    }
    if ((!isnan(set->load_kg) && !plain) || !isnan(set->percent))
        buf_addc(out, ' ');
    notation_number(set->seconds, style.language, out);
    buf_addc(out, 's');
}

void notation_effort(double rir, enum language language, struct buf *out)
{
    double quarters = rir * 4.0;

    buf_adds(out, rir > 5 ? " rir " : " @");
    /* Behind an effort's comma only what is usual there is a fraction: else it is a list. */
    notation_number(rir, quarters == floor(quarters) ? language : LANGUAGE_ENGLISH, out);
}

static void print_effort(const struct set *set, enum language language, struct buf *out)
{
    bool said = set->failure == FAILURE_MISSED || set->failure == FAILURE_MOMENTARY;

    if (isnan(set->rir) || (said && set->rir == 0))
        return;
    notation_effort(set->rir, language, out);
}

struct set_words {
    const char *failures[FAILURE_MISSED + 1], *sides[SIDE_RIGHT + 1], *types[SET_CLUSTER + 1], *cheat;
};

static const struct set_words words_of[LANGUAGE_COUNT] = {
    [LANGUAGE_ENGLISH] =
        {.failures = {[FAILURE_MOMENTARY] = "to failure", [FAILURE_TECHNICAL] = "form", [FAILURE_MISSED] = "fail"},
         .sides = {[SIDE_EACH] = "each", [SIDE_LEFT] = "left", [SIDE_RIGHT] = "right"},
         .types = {[SET_WARMUP] = "warmup",
                   [SET_AMRAP] = "amrap",
                   [SET_DROP] = "drop",
                   [SET_MYO] = "myo",
                   [SET_REST_PAUSE] = "rest-pause",
                   [SET_CLUSTER] = "cluster"},
         .cheat = "cheat"},
    [LANGUAGE_GERMAN] =
        {.failures =
             {[FAILURE_MOMENTARY] = "bis Versagen", [FAILURE_TECHNICAL] = "Technik", [FAILURE_MISSED] = "verfehlt"},
         .sides = {[SIDE_EACH] = "je Seite", [SIDE_LEFT] = "links", [SIDE_RIGHT] = "rechts"},
         .types = {[SET_WARMUP] = "Aufwärmsatz",
                   [SET_AMRAP] = "AMRAP",
                   [SET_DROP] = "Dropsatz",
                   [SET_MYO] = "Myo",
                   [SET_REST_PAUSE] = "Rest-Pause",
                   [SET_CLUSTER] = "Cluster"},
         .cheat = "abgefälscht"},
};

static void print_words(const struct set *set, enum language language, struct buf *out)
{
    const struct set_words *words = &words_of[language];

    if (set->failure != FAILURE_NONE)
        buf_addf(out, " %s", words->failures[set->failure]);
    if (set->side != SIDE_NONE)
        buf_addf(out, " %s", words->sides[set->side]);
    if (set->type != SET_WORKING && !(set->type == SET_DROP && set->segment_count > 1))
        buf_addf(out, " %s", words->types[set->type]);
    if (set->cheat)
        buf_addf(out, " %s", words->cheat);
    if (set->note[0] != '\0')
        buf_addf(out, " (%s)", set->note);
}

void notation_print(const struct set *set, struct notation_style style, bool with_name, struct buf *out)
{
    bool named = with_name && set->exercise[0] != '\0';
    const struct exercise *known = named ? catalogue_by_id(set->exercise) : NULL;

    if (with_name && set->at_ms >= 0)
        print_date(set->at_ms, out);
    if (named) {
        notation_name(set->exercise, known, style.language, out);
        buf_addc(out, ' ');
    }
    print_work(set, style, known != NULL && exercise_needs_no_load(known), out);
    print_effort(set, style.language, out);
    print_words(set, style.language, out);
}
