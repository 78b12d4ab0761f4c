/*
 * Times: holds, and what looks like one: "20s" is also a pair of twenties, or a rest.
 */
#include "core/notation/scan.h"
#include "core/notation/shape.h"

static int add_hold(struct shape *shape, struct part *part, const struct term *load)
{
    struct parser *parser = shape->parser;
    size_t times = part->sets != NULL ? (size_t)part->sets->value : 1;

    if (part->sets != NULL && (part->sets->decimals != 0 || times < 1 || times > READING_SETS_MAX))
        return notation_error(parser, "For three holds: plank 3x60s", "%g sets?", part->sets->value);
    part->begin = parser->reading->sets.count;
    for (size_t i = 0; i < times; i++) {
        struct set *set = notation_add_set(parser);

        if (set == NULL || notation_load(parser, load, set) != 0)
            return -1;
        set->seconds = scan_hundredths(part->reps->value);
    }
    part->end = parser->reading->sets.count;
    return 0;
}

/* What is written for a hold without its unit. */
static void make_time(struct shape *shape, struct part *part)
{
    if (part->kind == PART_NUMBER || part->kind == PART_REPS || part->kind == PART_FULL || part->reps->value < 10)
        notation_fork(shape->parser, ABOUT_REPS, FORK_SECONDS, 1, "%g seconds?", part->reps->value);
    part->kind = PART_TIME;
}

/* Makes times of all parts but the load, which is returned through LOAD. */
static int make_times(struct shape *shape, const struct term **load)
{
    struct parser *parser = shape->parser;

    for (size_t i = 0; i < shape->count; i++) {
        struct part *part = &shape->parts[i];

        if (part->load != NULL) {
            if (*load != NULL && (*load)->value != part->load->value)
                return notation_talk(parser);
            *load = part->load;
        }
        if (part->kind == PART_FULL && notation_has(shape, PART_TIME) && part->reps->value == 2) {
            part->kind = PART_LOAD; /* "2x40kg 30s": one for each hand */
            parser->item.each = true;
        }
        if (part->kind != PART_LOAD && part->kind != PART_TIME)
            make_time(shape, part);
        if (part->product->chain == '|' && part->kind == PART_TIME)
            notation_fork(parser, ABOUT_OTHER, FORK_HOLD_REST, 1, "%g s, and then a rest?", part->reps->value);
        else if (part->product->chain != '\0')
            return notation_talk(parser);
        if (part->sets == NULL)
            part->sets = shape->sets;
    }
    return 0;
}

/* "3x1 60s": the cross counts sets of the time. */
static void take_cross(struct shape *shape)
{
    const struct part *cross = &shape->parts[0];

    if (shape->count == 2 && cross->kind == PART_CROSS && cross->reps->value == 1 && cross->product->chain == '\0' &&
        shape->parts[1].kind == PART_TIME && shape->sets == NULL) {
        shape->sets = cross->sets;
        notation_drop(shape, 0);
    }
}

/* "carry 40 30s" */
static void take_number(struct shape *shape)
{
    struct part *number = &shape->parts[0];

    if (shape->count > 1 && number->kind == PART_NUMBER && number[1].kind == PART_TIME && number[1].op != ',' &&
        number[1].op != '/') {
        notation_make_load(number);
    }
}

/* "32s 40 seconds" at the front of what nobody does with the body alone, and no list of holds. */
static bool may_be_pair(const struct shape *shape)
{
    const struct part *first = &shape->parts[0], *second = &shape->parts[1];
    const struct exercise *known = shape->parser->item.known;

    if (shape->count < 2 || known == NULL || known->bodyweight || first->kind != PART_TIME || !first->reps->suffix_s ||
        !(first->sets == NULL || first->sets->value == 2) || second->kind != PART_TIME)
        return false;
    return shape->count == 2 || shape->parts[2].kind != PART_TIME;
}

/* "farmers walk 32s 40 seconds": what is held in the hands, and for how long; of "32s 40s" that isn't sure. */
static void take_pair_held(struct shape *shape)
{
    struct part *first = &shape->parts[0];
    const struct part *second = &shape->parts[1];

    if (!may_be_pair(shape))
        return;
    if ((second->reps->suffix_s || second->op == ',') &&
        notation_fork(shape->parser, ABOUT_LOAD, FORK_PAIR_HELD, 2, "A pair of %gs for %g seconds, or two holds?",
                      first->reps->value, second->reps->value) == 1)
        return;
    shape->parser->item.each = true;
    first->sets = NULL; /* "2x32s" */
    notation_make_load(first);
}

/* "farmers 2x32": two holds, or one in each hand, where TWO is the one part. */
static bool is_pair_alone(struct shape *shape, const struct part *two)
{
    return shape->count == 1 && shape->sets == NULL &&
           notation_fork(shape->parser, ABOUT_LOAD, FORK_PAIR_HELD, 2, "2 holds of %g s, or a pair of %gs?",
                         two->reps->value, two->reps->value) == 1;
}

/* "farmers 2x40 for 30 sec": two of them, where the time stands behind. */
static void take_two_held(struct shape *shape)
{
    struct part *two = &shape->parts[0];

    if (two->kind != PART_CROSS || two->sets->value != 2 || !notation_in_hands(shape->parser) ||
        !(is_pair_alone(shape, two) || (shape->count == 2 && two[1].kind == PART_TIME && two[1].sets == NULL)))
        return;
    shape->parser->item.each = true;
    two->kind = PART_LOAD;
    two->load = two->reps;
    two->sets = NULL;
}

static int holds(struct shape *shape)
{
    struct parser *parser = shape->parser;
    const struct term *load = NULL;
    size_t end;

    take_two_held(shape);
    take_cross(shape);
    take_number(shape);
    take_pair_held(shape);
    if (make_times(shape, &load) != 0)
        return -1;
    for (size_t i = 0; i < shape->count; i++)
        if (shape->parts[i].kind == PART_TIME && add_hold(shape, &shape->parts[i], load) != 0)
            return -1;
    end = parser->reading->sets.count;
    if (end == shape->begin)
        return parser->item.name.present ? notation_ask(parser, ABOUT_REPS, "For how many seconds?")
                                         : notation_talk(parser);
    if (notation_apply(shape, &parser->item.lead, shape->begin, end, true) != 0)
        return -1;
    for (size_t i = 0; i < shape->count; i++) {
        const struct part *part = &shape->parts[i];
        bool load_part = part->kind == PART_LOAD;

        if (notation_apply(shape, &part->product->marks, load_part ? shape->begin : part->begin,
                           load_part ? end : part->end, true) != 0)
            return -1;
    }
    return notation_finish(shape) != 0 ? -1 : 1;
}

/* "20s x12" in an exercise that counts reps: a pair of twenties. */
static void make_pair(struct shape *shape, struct part *part)
{
    notation_fork(shape->parser, ABOUT_LOAD, FORK_PAIR_OF, 1, "A pair of %gs?", part->reps->value);
    shape->parser->item.each = true;
    notation_in_pairs(shape->parser);
    part->load = part->reps;
    part->kind = part->sets != NULL ? PART_FULL : PART_LOAD;
    part->reps = part->sets;
    part->sets = NULL;
}

/* Times beside reps, in an exercise that counts these: "80kg 5r 3s" has sets, "1x12 20s 60%" a rest. */
static int no_holds(struct shape *shape)
{
    bool load = notation_has(shape, PART_LOAD | PART_FULL);
    bool reps = notation_has(shape, PART_REPS | PART_CROSS | PART_NUMBER);

    for (size_t i = 0; i < shape->count;) {
        struct part *part = &shape->parts[i];

        if (part->kind != PART_TIME) {
            i++;
            continue;
        }
        if (!part->reps->suffix_s)
            return notation_talk(shape->parser);
        if (part->reps->decimals != 0 || !load || part->sets != NULL) {
            make_pair(shape, part);
            i++;
            continue;
        }
        if (reps && shape->sets == NULL && part->reps->value <= 10)
            shape->sets = part->reps;
        else
            notation_fork(shape->parser, ABOUT_OTHER, FORK_IS_REST, 1, "Is %g s the rest?", part->reps->value);
        notation_drop(shape, i);
    }
    return 0;
}

static bool only_times(const struct shape *shape)
{
    for (size_t i = 0; i < shape->count; i++)
        if (shape->parts[i].kind != PART_TIME || shape->parts[i].sets != NULL)
            return false;
    return true;
}

static bool all_seconds(const struct shape *shape)
{
    for (size_t i = 0; i < shape->count; i++)
        if (!shape->parts[i].reps->suffix_s)
            return false;
    return true;
}

/* "incline db, 70s": what is lifted with dumbbells and for reps; how many is asked. */
static bool is_pair_of(const struct shape *shape, const struct exercise *known)
{
    return shape->count == 1 && known != NULL && notation_in_hands(shape->parser) && shape->parts[0].reps->value >= 5;
}

/* "600x10", "600 kg x10" */
static bool load_and_reps(const struct part *part)
{
    const struct term *load = part->kind == PART_CROSS ? part->sets : part->kind == PART_FULL ? part->load : NULL;

    return load != NULL && load->value > REPS_LIKE && part->reps->value <= REPS_LIKE;
}

/* "sled push 600x10": as many sets of seconds is nothing that anybody does. What is carried may be so for a time, or so
 * many times. */
static bool loads_and_reps(struct shape *shape)
{
    const struct exercise *known = shape->parser->item.known;

    if (known->bodyweight || shape->count == 0)
        return false;
    for (size_t i = 0; i < shape->count; i++)
        if (!load_and_reps(&shape->parts[i]))
            return false;
    return strstr(known->id, "sled") != NULL ||
           notation_fork(shape->parser, ABOUT_REPS, FORK_TIME_OR_REPS, 2, "%g seconds, or %g reps?",
                         shape->parts[0].reps->value, shape->parts[0].reps->value) == 1;
}

int notation_hold(struct shape *shape)
{
    struct parser *parser = shape->parser;
    const struct exercise *known = parser->item.known;

    if (known != NULL && known->timed && !loads_and_reps(shape))
        return holds(shape);
    if (!notation_has(shape, PART_TIME))
        return 0;
    if (!only_times(shape))
        return no_holds(shape);
    if (!all_seconds(shape) || parser->item.noted)
        return notation_talk(parser);
    if (is_pair_of(shape, known)) {
        parser->item.each = true;
        notation_make_load(&shape->parts[0]);
        return 0;
    }
    notation_fork(parser, ABOUT_OTHER, FORK_SECONDS_OR_PAIR, 1,
                  "%g seconds, or a pair of %gs? Then type the reps: 20 x12 each", shape->parts[0].reps->value,
                  shape->parts[0].reps->value);
    return holds(shape);
}
