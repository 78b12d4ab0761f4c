/*
 * Sets of a part, and what its marks say about them.
 */
#include <stdio.h>

#include "core/notation/shape.h"

enum { SETS_MAX = 30, SECONDS_MAX = 7200, RESERVE_MOST = 10 };

struct set *notation_add_set(struct parser *parser)
{
    struct set *set;

    if (parser->reading->sets.count == READING_SETS_MAX) {
        notation_error(parser, "Send them in parts.", "More than %d sets in one message.", READING_SETS_MAX);
        return NULL;
    }
    set = vec_place(&parser->reading->sets);
    set_init(set);
    memcpy(set->exercise, parser->item.exercise, sizeof(set->exercise));
    set->unit = parser->options->unit;
    set->at_ms = parser->said.at_ms;
    return set;
}

static int no_reps(struct parser *parser)
{
    return notation_error(parser, "If the first rep failed: bench 80x0 fail", "A set of no reps.");
}

int notation_reps(struct parser *parser, const struct term *term, bool missed, int *reps)
{
    *reps = 0;
    if (term->role == ROLE_MISSED)
        return 0;
    if (term->role == ROLE_UNKNOWN)
        return notation_ask(parser, ABOUT_REPS, "How many reps?");
    if (term->role == ROLE_TICKS)
        notation_fork(parser, ABOUT_REPS, FORK_TICKS, 1, "%g ticks: %g reps?", term->value, term->value);
    if (term->decimals != 0)
        return notation_error(parser, "Reps are whole: bench 80x8", "%g reps?", term->value);
    if (term->value > READING_REPS_MAX)
        return notation_error(parser, "A set has 1 to 100 reps: bench 80x8", "%g reps are too many.", term->value);
    if (term->value < 1 && !missed)
        return no_reps(parser);
    *reps = (int)term->value;
    return 0;
}

static int add_one(struct shape *shape, const struct part *part, const struct term *load, const struct term *reps)
{
    struct parser *parser = shape->parser;
    bool missed = part->product->marks.failure == FAILURE_MISSED || parser->item.lead.failure == FAILURE_MISSED;
    struct set *set = notation_add_set(parser);

    if (set == NULL || notation_load(parser, load, set) != 0 || notation_reps(parser, reps, missed, &set->reps) != 0)
        return -1;
    if (reps->role == ROLE_MISSED)
        set->failure = FAILURE_MISSED;
    if (reps->plus)
        set->type = SET_AMRAP;
    if (reps->partial)
        snprintf(set->note, sizeof(set->note), "partial");
    return 0;
}

/* "3x8|7": right, then left, each time; "5-3-2": one after the other. */
static int add_row(struct shape *shape, const struct part *part, const struct term *load)
{
    const struct product *product = part->product;
    struct reading *reading = shape->parser->reading;
    size_t first = reading->sets.count;

    if (add_one(shape, part, load, part->reps) != 0)
        return -1;
    for (size_t i = 0; i < product->chain_count; i++)
        if (add_one(shape, part, load, &shape->parser->item.terms[product->chain_first + i]) != 0)
            return -1;
    if (product->chain == '|')
        for (size_t i = first; i < reading->sets.count; i++)
            reading->sets.at[i].side = i == first ? SIDE_RIGHT : SIDE_LEFT;
    return 0;
}

static int times_of(struct parser *parser, const struct term *term, size_t *times)
{
    *times = 1;
    if (term == NULL)
        return 0;
    if (term->decimals != 0 || term->value < 1 || term->value > SETS_MAX)
        return notation_error(parser, "For three sets of five: bench 3x5 100kg", "%g sets?", term->value);
    *times = (size_t)term->value;
    return 0;
}

int notation_emit(struct shape *shape, struct part *part, const struct term *load)
{
    size_t times;

    part->begin = shape->parser->reading->sets.count;
    part->bar = load != NULL && load->bar;
    if (times_of(shape->parser, part->sets, &times) != 0)
        return -1;
    for (size_t i = 0; i < times; i++)
        if (add_row(shape, part, load) != 0)
            return -1;
    part->end = shape->parser->reading->sets.count;
    return 0;
}

/* "x5@7@8@9": so many sets alike. */
static int repeat_last(struct parser *parser, size_t times)
{
    for (; times > 0; times--) {
        struct set *set = notation_add_set(parser);

        if (set == NULL)
            return -1;
        *set = parser->reading->sets.at[parser->reading->sets.count - 2];
    }
    return 0;
}

/* "could've got 10" behind 8 reps are 2 in reserve; "hätte 2 geschafft" are two more. */
static double left_in(const struct set *set, double rir)
{
    if (rir >= 0 || set->reps == REPS_UNKNOWN)
        return fabs(rir);
    return fmin(-rir > set->reps ? -rir - set->reps : -rir, RESERVE_MOST);
}

static int apply_efforts(struct shape *shape, const struct marks *marks, size_t begin, size_t end, bool uniform)
{
    struct parser *parser = shape->parser;
    double rir[EFFORTS_MAX];
    size_t count;
    size_t all = parser->reading->sets.count;

    if (marks->effort_count == 0)
        return 0;
    if (notation_efforts(parser, marks, rir, &count) != 0)
        return -1;
    if (count == 1) {
        for (size_t i = uniform ? begin : end - 1; i < end; i++)
            parser->reading->sets.at[i].rir = left_in(&parser->reading->sets.at[i], rir[0]);
        return 0;
    }
    if (count != end - begin && count == all - shape->begin) {
        begin = shape->begin;
        end = all;
    } else if (end - begin == 1 && end == all && count > 1) {
        if (repeat_last(parser, count - 1) != 0)
            return -1;
        end = begin + count;
    }
    if (count != end - begin)
        return notation_error(parser, "One effort for each set, or one alone: bench 80: 8, 8, 7 @2, 1, 0",
                              "%zu sets, but %zu efforts.", end - begin, count);
    for (size_t i = 0; i < count; i++)
        parser->reading->sets.at[begin + i].rir = left_in(&parser->reading->sets.at[begin + i], rir[i]);
    return 0;
}

/* "bench 80x6, failed on the 6th": five were done. */
static void take_missed(struct set *set, int missed)
{
    if (missed != 0 && set->segment_count == 0 && (set->reps >= missed || set->reps == 0))
        set->reps = missed - 1;
}

/* "3x8 80kg, third missed": the last of three sets, or its third rep. */
static bool missed_set(struct shape *shape, const struct marks *marks, const struct set *set)
{
    size_t sets = shape->parser->reading->sets.count - shape->begin;

    return marks->missed_one && sets > 1 && sets == marks->missed && set->reps >= marks->missed &&
           notation_fork(shape->parser, ABOUT_REPS, FORK_MISSED_SET, 2, "Missed: set %d, or rep %d of the last one?",
                         marks->missed, marks->missed) == 0;
}

int notation_apply(struct shape *shape, const struct marks *marks, size_t begin, size_t end, bool uniform)
{
    struct reading *reading = shape->parser->reading;

    if (begin == end || !notation_marks_say(marks))
        return 0;
    if (apply_efforts(shape, marks, begin, end, uniform) != 0)
        return -1;
    for (size_t i = begin; i < end; i++) {
        struct set *set = &reading->sets.at[i];
        bool last = i + 1 == end;

        if (marks->side != SIDE_NONE)
            set->side = marks->side;
        if (marks->type != NO_TYPE)
            set->type = marks->type;
        set->cheat |= marks->cheat;
        if (marks->note[0] != '\0')
            notation_note(set->note, span_of(marks->note));
        if (marks->amrap && last)
            set->type = SET_AMRAP;
        if (marks->failure != FAILURE_NONE && (last || (uniform && marks->failure == FAILURE_MOMENTARY))) {
            set->failure = marks->failure;
            if (!missed_set(shape, marks, set))
                take_missed(set, marks->missed);
        }
    }
    return 0;
}

static bool sled(const char *exercise)
{
    return strstr(exercise, "leg-press") != NULL || strstr(exercise, "sled") != NULL;
}

bool reading_load_is_possible(const char *exercise, double load_kg)
{
    return !(load_kg > READING_LOAD_KG_MAX) || (load_kg <= READING_SLED_KG_MAX && sled(exercise));
}

static int check_load(struct parser *parser, const struct set *set, double load_kg)
{
    if (!reading_load_is_possible(set->exercise, load_kg))
        return notation_error(parser, "Only a leg press or sled goes over 500 kg, and must be named: leg press 600x10",
                              "%.6g %s are too heavy.", unit_from_kg(load_kg, set->unit), unit_name(set->unit));
    return 0;
}

static int check(struct parser *parser, const struct set *set)
{
    bool none = set->reps == 0;

    for (int i = 0; i < set->segment_count; i++) {
        none |= set->segments[i].reps == 0;
        if (check_load(parser, set, set->segments[i].load_kg) != 0)
            return -1;
    }
    if (none && set->failure != FAILURE_MISSED)
        return no_reps(parser);
    if (check_load(parser, set, set->load_kg) != 0)
        return -1;
    if (set->seconds > SECONDS_MAX || set->seconds < 1)
        return notation_error(parser, "A hold lasts from a second to two hours: plank 60s", "%g seconds?",
                              set->seconds);
    return 0;
}

/* Nothing was left when a rep was missed or the set went to failure. */
static void settle_failure(struct parser *parser, struct set *set)
{
    if (set->failure != FAILURE_MISSED && set->failure != FAILURE_MOMENTARY)
        return;
    if (set->rir > 0 &&
        notation_fork(parser, ABOUT_EFFORT, FORK_FAILURE, 2, "To failure, or RIR %g? It says both.", set->rir) == 1)
        set->failure = FAILURE_NONE;
    else
        set->rir = 0;
}

/* "60x5, 80x5 warm-up, 100x5": what led up to a warm-up was one. */
static void spread_warmup(struct reading *reading, size_t begin)
{
    for (size_t i = reading->sets.count; i > begin + 1; i--) {
        const struct set *next = &reading->sets.at[i - 1];
        struct set *set = &reading->sets.at[i - 2];

        if (next->type == SET_WARMUP && set->type == SET_WORKING && set->load_mode == next->load_mode &&
            set->load_kg <= next->load_kg && isnan(set->rir) && set->failure == FAILURE_NONE)
            set->type = SET_WARMUP;
    }
}

int notation_finish(struct shape *shape)
{
    struct parser *parser = shape->parser;

    if (notation_apply_ends(shape) != 0)
        return -1;
    notation_bar_warms(shape);
    spread_warmup(parser->reading, shape->begin);
    for (size_t i = shape->begin; i < parser->reading->sets.count; i++) {
        struct set *set = &parser->reading->sets.at[i];

        if (parser->item.each && set->side == SIDE_NONE)
            set->side = SIDE_EACH;
        settle_failure(parser, set);
        if (check(parser, set) != 0)
            return -1;
    }
    return 0;
}
