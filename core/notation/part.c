/*
 * Takes products apart: what in "80x8", "3x8x110", "8 reps", "100kg" is load, reps or sets.
 */
#include "core/notation/shape.h"

enum { SETS_BEHIND = 6 }; /* so many at most does the second number of "8 kg 15x3" count */

static bool is_load(const struct term *term)
{
    return term->role == ROLE_LOAD || term->role == ROLE_PERCENT;
}

/* "80kg 8x", "25 10x", "45kg 12x, 10x": reps behind a load. */
static bool behind_load(const struct parser *parser, struct part *part, const struct term *reps)
{
    if (part->product == parser->item.products)
        return false;
    if (part[-1].kind == PART_REPS && part[-1].product->open)
        return true;
    if (part[-1].kind == PART_NUMBER && part->op == ' ' && part[-1].reps->value >= LOAD_LIKE &&
        part[-1].reps->value > reps->value)
        notation_make_load(&part[-1]);
    return part[-1].kind == PART_LOAD;
}

/* "80x8", "12kg x12" */
static bool is_load_by_reps(const struct item *item, const struct product *product)
{
    const struct term *load = &item->terms[product->first];

    return product->count == 2 && product->chain == '\0' && (load->unit_said || load->value >= LOAD_LIKE);
}

bool notation_times_whole(const struct parser *parser, const struct product *product, double times)
{
    return times >= 2 && times <= TIMES_MOST && product == &parser->item.products[1] &&
           is_load_by_reps(&parser->item, product - 1);
}

/* Whether PRODUCT, the second one, stands behind a time alone: "60 s". */
static bool behind_time(const struct item *item, const struct product *product)
{
    return product == &item->products[1] && product[-1].count == 1 && item->terms[product[-1].first].role == ROLE_TIME;
}

/* "80x8, 3x", "60 s 3x" */
static bool times_set(const struct parser *parser, const struct part *part, const struct term *term)
{
    return part->product->open && (part->op == ' ' || part->op == ',') && term->role == ROLE_NUMBER &&
           part->product == &parser->item.products[parser->item.product_count - 1] &&
           (notation_times_whole(parser, part->product, term->value) || behind_time(&parser->item, part->product));
}

/* "3x max: 10, 8, 7", "80kg 3x: 8, 8, 7": so many counts of reps stand behind. */
static bool counts_list(const struct item *item, const struct product *product, const struct term *term)
{
    const size_t behind = (size_t)(&item->products[item->product_count] - product) - 1;

    if (term->role != ROLE_NUMBER || behind < 2 || (double)behind != term->value ||
        !(product[1].op == ':' || product->marks.amrap))
        return false;
    for (size_t i = 1; i <= behind; i++)
        if (product[i].count != 1 || item->terms[product[i].first].value > REPS_LIKE)
            return false;
    return true;
}

static int take_single(struct parser *parser, struct part *part, const struct term *term)
{
    if (times_set(parser, part, term) || (part->product->open && counts_list(&parser->item, part->product, term))) {
        part->kind = PART_SETS;
        part->reps = term;
        return 0;
    }
    if (part->product->open && term->role == ROLE_NUMBER && behind_load(parser, part, term)) {
        part->kind = PART_REPS;
        part->reps = term;
        return 0;
    }
    if (part->product->open && (parser->item.noted || parser->item.name.filler))
        return notation_talk(parser);
    if (part->product->open)
        return notation_ask(parser, ABOUT_REPS, "%g sets of how many reps?", term->value);
    part->reps = term;
    switch ((enum role)term->role) {
    case ROLE_LOAD:
    case ROLE_PERCENT:
        part->kind = PART_LOAD;
        part->load = term;
        part->reps = NULL;
        break;
    case ROLE_SETS:
        part->kind = PART_SETS;
        break;
    case ROLE_TIME:
        part->kind = PART_TIME;
        break;
    case ROLE_NUMBER:
        part->kind = term->plus || term->partial || part->product->chain != '\0' ? PART_REPS : PART_NUMBER;
        break;
    case ROLE_REPS:
    case ROLE_MISSED:
    case ROLE_UNKNOWN:
    case ROLE_TICKS:
        part->kind = PART_REPS;
        break;
    case ROLE_EMPTY:
        return notation_talk(parser);
    }
    return 0;
}

/* Two terms of which one at least says that it is a load. */
static int take_load_double(struct parser *parser, struct part *part, const struct term *first,
                            const struct term *second)
{
    bool small = second->decimals == 0 && second->value <= REPS_LIKE;

    part->kind = PART_FULL;
    part->load = is_load(first) ? first : second;
    part->reps = is_load(first) ? second : first;
    if (is_load(first) && is_load(second))
        return first->unit_said || second->unit_said
                   ? notation_talk(parser)
                   : notation_error(parser, "Reps are whole: bench 82.5x8", "%g reps?", second->value);
    if (is_load(first) || first->value <= REPS_LIKE || first->role != ROLE_NUMBER)
        return 0;
    if (second->unit_said && small) {
        part->load = first; /* "225x5 lbs": the item's unit is the load's */
        part->reps = second;
    } else if (!second->unit_said && second->mode == LOAD_EXTERNAL) {
        return notation_error(parser, "Reps are whole: bench 80x8", "%g reps?", second->value);
    }
    return 0;
}

/* "3x60s", "60s x 3", "40kg x 30s"; "32s x 40 seconds" of what a pair weighs, and nobody does so many. */
static int take_time(struct parser *parser, struct part *part, const struct term *first, const struct term *second)
{
    const bool both = first->role == second->role;

    if (both && !first->suffix_s)
        return notation_talk(parser);
    part->kind = PART_TIME;
    part->reps = second->role == ROLE_TIME ? second : first;
    part->sets = second->role == ROLE_TIME ? first : second;
    parser->item.each |= both;
    if (both || is_load(part->sets)) {
        part->load = part->sets;
        part->sets = NULL;
    }
    return 0;
}

/* "3 sets x 12", "12 x 3 sets", "12 reps x 3" */
static bool tells_sets(const struct term *first, const struct term *second)
{
    return first->role == ROLE_SETS || second->role == ROLE_SETS ||
           (first->role == ROLE_REPS && second->role == ROLE_NUMBER && second->decimals == 0 &&
            second->value <= SETS_LIKE);
}

/* "14kg 12 each side x3": so few reps nobody does behind those. */
static bool times_each_side(const struct parser *parser, const struct product *product, const struct term *behind)
{
    const struct item *item = &parser->item;

    return item->each && behind->role == ROLE_NUMBER && behind->value >= 2 && behind->value <= TIMES_MOST &&
           product == &item->products[item->product_count - 1] && product != item->products && product->op == ' ' &&
           product[-1].count <= 2 && item->terms[product[-1].first + product[-1].count - 1].value > 2 * behind->value;
}

/* What is behind a cross that has nothing before it: "155x3 @2 x 3 sets". */
static bool counts_sets(struct parser *parser, const struct product *product, const struct term *behind)
{
    if (times_each_side(parser, product, behind))
        return true;
    if (behind->role != ROLE_NUMBER || behind->value > SETS_LIKE || product == parser->item.products ||
        product->op != ' ' || product[-1].count == 1 || product[-1].marks.effort_count == 0 ||
        product->marks.effort_count != 0)
        return behind->role == ROLE_SETS;
    return notation_fork(parser, ABOUT_ORDER, FORK_SETS_BEHIND, 2, "x%g: so many sets, or a set of so many reps?",
                         behind->value) == 0;
}

static int take_double(struct parser *parser, struct part *part, const struct term *first, const struct term *second)
{
    part->reps = second;
    part->sets = first;
    if (first->role == ROLE_EMPTY) {
        part->kind = counts_sets(parser, part->product, second) ? PART_SETS : PART_REPS;
        part->sets = NULL;
        return is_load(second) ? notation_talk(parser) : 0;
    }
    if (second->role == ROLE_TIME || first->role == ROLE_TIME) {
        return take_time(parser, part, first, second);
    } else if (tells_sets(first, second)) {
        part->kind = PART_REPS;
        part->sets = first->role == ROLE_SETS ? first : second;
        part->reps = first->role == ROLE_SETS ? second : first;
    } else if (is_load(first) || is_load(second)) {
        part->sets = NULL;
        return take_load_double(parser, part, first, second);
    } else if (second->role == ROLE_NUMBER || second->role == ROLE_REPS) {
        part->kind = PART_CROSS;
    } else {
        part->kind = PART_FULL;
        part->load = first;
        part->sets = NULL;
    }
    return 0;
}

static void assign(struct part *part, const struct term *load, const struct term *reps, const struct term *sets)
{
    part->load = load;
    part->reps = reps;
    part->sets = sets;
    if (reps->role == ROLE_SETS || sets->role == ROLE_REPS) {
        part->reps = sets;
        part->sets = reps;
    }
}

/* "315x5x3 lb": the item's unit is the load's. */
static bool unit_at_end(const struct term *terms)
{
    enum { SETS_MOST = 8 };

    return terms[0].role == ROLE_NUMBER && terms[0].value > REPS_LIKE && terms[0].value > terms[1].value &&
           terms[2].unit_said && terms[2].decimals == 0 && terms[2].value <= SETS_MOST;
}

/* Which of three terms is the load: 0 or 2 where it stands at an end, 1 in the middle, -1 when none looks like one. */
static int load_of_three(const struct term *terms)
{
    double a = terms[0].value;
    double b = terms[1].value;
    double c = terms[2].value;

    if (unit_at_end(terms))
        return 0;
    for (int i = 0; i < 3; i++)
        if (is_load(&terms[i]))
            return i;
    if (a >= LOAD_LIKE && a > c && a >= b)
        return 0;
    if (c >= LOAD_LIKE && c > a && c >= b)
        return 2;
    if (b >= LOAD_LIKE && b > a && b > c)
        return 1;
    return -1;
}

/* "10 wdh" behind the pair of "2x26 10 wdh"; "2x12" may be sets. */
static bool reps_follow(const struct item *item, const struct product *product)
{
    const struct product *behind = &product[1];

    return product->count == 2 && item->terms[product->first + 1].value >= LOAD_LIKE &&
           behind != &item->products[item->product_count] && behind->op == ' ' && behind->count == 1 &&
           item->terms[behind->first].role == ROLE_REPS;
}

/* "1x24kg 3x10": one dumbbell, before its reps. */
static bool is_one_before_reps(const struct item *item, const struct product *product)
{
    return product == item->products && item->product_count == 2 && product->count == 2 &&
           item->terms[product->first].value == 1 && product[1].op == ' ' && product[1].count == 2;
}

/* "2x20kg", "2x20kg x 10", "2x26 10 wdh" where dumbbells are lifted: one in each hand, and no count of sets or reps.
 * False: it isn't that. */
static bool take_pair(struct parser *parser, struct part *part, const struct term *terms)
{
    if (terms[0].role != ROLE_NUMBER || (terms[0].value != 2 && !is_one_before_reps(&parser->item, part->product)) ||
        !(terms[1].role == ROLE_LOAD || (terms[1].role == ROLE_NUMBER && reps_follow(&parser->item, part->product))) ||
        !(parser->item.each || notation_in_hands(parser)))
        return false;
    parser->item.each |= terms[0].value == 2;
    part->load = &terms[1];
    part->kind = part->product->count == 2 ? PART_LOAD : PART_FULL;
    part->reps = part->kind == PART_FULL ? &terms[2] : NULL;
    return true;
}

static int take_triple(struct parser *parser, struct part *part, const struct term *terms)
{
    int at = load_of_three(terms);

    part->kind = PART_FULL;
    if (terms[0].role == ROLE_EMPTY) {
        part->kind = PART_REPS;
        part->reps = &terms[1];
        part->sets = &terms[2];
        return 0;
    }
    if (at < 0 && terms[0].value == terms[2].value)
        at = 0;
    if (at < 0 && parser->options->order != ORDER_ASK)
        at = parser->options->order == ORDER_LOAD_REPS ? 0 : 2;
    if (at < 0)
        at = notation_fork(parser, ABOUT_ORDER, HABIT_TRIPLE, 2, "%gx%gx%g: which of them is the load?", terms[0].value,
                           terms[1].value, terms[2].value) == 0
                 ? 0
                 : 2;
    if (at == 0)
        assign(part, &terms[0], &terms[1], &terms[2]);
    else if (at == 2)
        assign(part, &terms[2], &terms[1], &terms[0]);
    else if (terms[0].value == terms[2].value || terms[0].role == ROLE_SETS || terms[2].role == ROLE_REPS ||
             notation_fork(parser, ABOUT_ORDER, HABIT_INNER_LOAD, 2, "%gx%gx%g: %g sets, or %g?", terms[0].value,
                           terms[1].value, terms[2].value, terms[0].value, terms[2].value) == 0)
        assign(part, &terms[1], &terms[2], &terms[0]);
    else
        assign(part, &terms[1], &terms[0], &terms[2]);
    return 0;
}

static int take_part(struct parser *parser, const struct product *product, struct part *part)
{
    const struct term *terms = &parser->item.terms[product->first];

    *part = (struct part){.product = product, .op = product->op};
    if (product->count == 1)
        return take_single(parser, part, terms);
    if (take_pair(parser, part, terms))
        return 0;
    return product->count == 2 ? take_double(parser, part, &terms[0], &terms[1]) : take_triple(parser, part, terms);
}

int notation_parts(struct parser *parser, struct shape *shape)
{
    const struct item *item = &parser->item;

    shape->parser = parser;
    shape->count = 0;
    shape->begin = parser->reading->sets.count;
    shape->sets = NULL;
    shape->effort = item->lead.effort_count != 0 || item->ends[ITEM_FIRST].sets != 0 || item->ends[ITEM_LAST].sets != 0;
    for (size_t i = 0; i < item->product_count; i++) {
        struct part *part = &shape->parts[shape->count++];

        shape->effort |= item->products[i].marks.effort_count != 0;
        if (take_part(parser, &item->products[i], part) != 0)
            return -1;
        if (part->kind == PART_NUMBER && part->op == '@') {
            part->kind = PART_LOAD;
            part->load = part->reps;
            part->reps = NULL;
        }
    }
    return 0;
}

static void as_load(struct part *part)
{
    part->kind = PART_FULL;
    part->load = part->sets;
    part->sets = NULL;
}

static void as_reps_of_load(struct part *part)
{
    part->kind = PART_FULL;
    part->load = part->reps;
    part->reps = part->sets;
    part->sets = NULL;
}

/* "12x12, 10x12, 8x12": whether a product of the item counts more sets than one does, if it counts sets; they all mean
 * the same. */
static bool counts_many(const struct item *item)
{
    for (size_t i = 0; i < item->product_count; i++)
        if (item->products[i].count == 2 && item->terms[item->products[i].first].value > SETS_LIKE &&
            item->terms[item->products[i].first].value < LOAD_LIKE)
            return true;
    return false;
}

/* "8x8", "12x12" */
static void small_cross(struct parser *parser, struct part *part, double a, double b)
{
    const bool many = counts_many(&parser->item);
    unsigned way;

    if (parser->options->order != ORDER_ASK) {
        if (parser->options->order == ORDER_LOAD_REPS)
            as_load(part);
        return;
    }
    way = notation_fork(parser, ABOUT_ORDER, many ? HABIT_MANY_SETS : HABIT_FEW_SETS, 2,
                        "%gx%g: %g sets of %g reps, or %g reps with a load of %g?", a, b, a, b, b, a);
    if ((way == 0) == many)
        as_load(part);
}

/* "5x57.5", "3x110": whether such a product stands beside, whose load is the second number and can't be the first. */
static bool loads_second(const struct parser *parser)
{
    const struct item *item = &parser->item;

    for (size_t i = 0; i < item->product_count; i++) {
        const struct term *terms = &item->terms[item->products[i].first];

        if (item->products[i].count == 2 && terms[0].role == ROLE_NUMBER && terms[0].value < LOAD_LIKE &&
            (terms[1].role == ROLE_LOAD || (terms[1].role == ROLE_NUMBER && terms[1].value > READING_REPS_MAX)))
            return true;
    }
    return false;
}

int notation_cross(struct parser *parser, struct part *part)
{
    const struct exercise *known = parser->item.known;
    double a = part->sets->value;
    double b = part->reps->value;

    if (a < LOAD_LIKE && known != NULL && exercise_needs_no_load(known)) {
        part->kind = PART_REPS;
    } else if (a < LOAD_LIKE && b <= REPS_LIKE) {
        part->kind = PART_REPS;
        small_cross(parser, part, a, b);
    } else if (a < LOAD_LIKE && (b > READING_REPS_MAX || loads_second(parser))) {
        as_reps_of_load(part); /* "deadlift 5x140": nobody does so many */
    } else if (a < LOAD_LIKE) {
        unsigned way =
            notation_fork(parser, ABOUT_ORDER, HABIT_MANY_REPS, 3, "%gx%g: which of them is the load?", a, b);

        part->kind = PART_REPS;
        if (way == 0)
            as_reps_of_load(part);
        else if (way == 1)
            as_load(part);
    } else if (b > REPS_LIKE && a <= REPS_LIKE &&
               notation_fork(parser, ABOUT_ORDER, HABIT_BOTH_LARGE, 2, "%gx%g: which of them is the load?", a, b) ==
                   1) {
        as_reps_of_load(part);
    } else {
        as_load(part);
    }
    return 0;
}

void notation_turn_many(struct part *part)
{
    const struct term *sets = part->sets;

    if (sets->role != ROLE_NUMBER || part->reps->role != ROLE_NUMBER || sets->value <= SETS_LIKE ||
        part->reps->value > SETS_BEHIND)
        return;
    part->sets = part->reps;
    part->reps = sets;
}

bool notation_has(const struct shape *shape, unsigned kinds)
{
    for (size_t i = 0; i < shape->count; i++)
        if ((shape->parts[i].kind & kinds) != 0)
            return true;
    return false;
}

void notation_make_load(struct part *part)
{
    part->kind = PART_LOAD;
    part->load = part->reps;
    part->reps = NULL;
}

void notation_drop(struct shape *shape, size_t index)
{
    memmove(&shape->parts[index], &shape->parts[index + 1], (shape->count - index - 1) * sizeof(shape->parts[0]));
    shape->count--;
}

bool notation_next_set(const struct part *part)
{
    const bool reps = (part[-1].kind & (PART_NUMBER | PART_REPS)) != 0; /* "80kg 8, 85x6" */

    return part->op == ',' && part->kind == PART_CROSS && part->sets->value > REPS_LIKE &&
           (reps || (part[-1].kind == PART_CROSS && part[-1].load == NULL));
}

bool notation_pair(const struct shape *shape)
{
    const struct part *part = &shape->parts[0];

    const struct item *item = &shape->parser->item;

    return shape->count == 1 && part->kind == PART_TIME && part->product->count == 2 &&
           item->terms[part->product->first].suffix_s && item->name.present && item->name.first != item->name.last;
}

bool notation_most_done(const struct parser *parser, const struct part *part)
{
    const struct exercise *known = parser->item.known;

    return (part->product->marks.amrap || parser->item.lead.amrap) && part->reps->value <= READING_REPS_MAX &&
           known != NULL && exercise_needs_no_load(known);
}
