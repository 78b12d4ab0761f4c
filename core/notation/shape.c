/*
 * Makes sets of an item: finds its load, gives it to the reps, multiplies by sets, and asks for what is missing.
 */
#include "core/notation/shape.h"

enum { LOAD_LIKE = 15, REPS_LIKE = 30, EFFORT_MAX = 10 };
enum { ORDER_LIST = 10, ORDER_TWO, ORDER_TRIPLE };

static void drop_part(struct shape *shape, size_t index)
{
    memmove(&shape->parts[index], &shape->parts[index + 1], (shape->count - index - 1) * sizeof(shape->parts[0]));
    shape->count--;
}

static bool has_kind(const struct shape *shape, enum part_kind kind)
{
    for (size_t i = 0; i < shape->count; i++)
        if (shape->parts[i].kind == kind)
            return true;
    return false;
}

static void make_load(struct part *part)
{
    part->kind = PART_LOAD;
    part->load = part->reps;
    part->reps = NULL;
}

static void make_reps(struct part *part)
{
    part->kind = PART_REPS;
}

/* "3 sets of 12", "12 reps of 40", "225 x 5 for 3": takes the sets out, and says what the other numbers are. */
static int take_counts(struct shape *shape)
{
    for (size_t i = 0; i < shape->count;) {
        struct part *part = &shape->parts[i];
        bool number = part->kind == PART_NUMBER;
        bool behind_sets = shape->sets != NULL && i == 0;
        bool behind_full = i != 0 && (part[-1].kind == PART_FULL || part[-1].kind == PART_CROSS);

        if (part->kind == PART_SETS || (number && part->op == 'f' && behind_full)) {
            if (shape->sets != NULL)
                return notation_talk(shape->parser);
            shape->sets = part->reps;
            drop_part(shape, i);
            continue;
        }
        if (number && part->op == 'o' && i != 0 && part[-1].kind == PART_REPS)
            make_load(part);
        else if (number && (behind_sets || (part->op == 'f' && i != 0)))
            make_reps(part);
        else if (part->op == 'o' && part->kind != PART_LOAD && !behind_sets)
            return notation_talk(shape->parser);
        i++;
    }
    return shape->count == 0 ? notation_talk(shape->parser) : 0;
}

static enum strength strength_of(const struct shape *shape)
{
    bool load = has_kind(shape, PART_LOAD);
    bool reps = has_kind(shape, PART_REPS);
    bool cross = has_kind(shape, PART_CROSS);
    size_t times = 0;

    for (size_t i = 0; i < shape->count; i++) {
        const struct part *part = &shape->parts[i];

        if (part->kind == PART_FULL || (part->kind == PART_CROSS && part->sets->value >= LOAD_LIKE))
            return STRENGTH_FULL;
        times += part->kind == PART_TIME && part->reps->suffix_s;
    }
    if ((load && (reps || cross || has_kind(shape, PART_NUMBER))) || (reps && shape->effort) || times > 1)
        return STRENGTH_FULL;
    return reps || cross || (shape->count > 1 && shape->effort) ? STRENGTH_WEAK : STRENGTH_NONE;
}

/* "2*3-22" in an exercise of one's own weight: 22 taken off. */
static bool taken_off(struct shape *shape, struct part *part, struct term *second)
{
    const struct exercise *known = shape->parser->item.known;
    struct product *product = &shape->parser->item.products[part->product - shape->parser->item.products];

    if (known == NULL || !known->bodyweight || part->kind != PART_CROSS || second->value <= 2 * part->reps->value)
        return false;
    notation_fork(shape->parser, ABOUT_LOAD, 2, 1, "-%g: taken off the body weight?", second->value);
    second->role = ROLE_LOAD;
    second->mode = LOAD_ASSISTED;
    product->chain = '\0';
    product->chain_count = 0;
    part->kind = PART_FULL;
    part->load = second;
    return true;
}

/* "3x8-12" is a plan. */
static int refuse_ranges(struct shape *shape)
{
    struct parser *parser = shape->parser;

    for (size_t i = 0; i < shape->count; i++) {
        struct part *part = &shape->parts[i];
        const struct product *product = part->product;
        struct term *second = &parser->item.terms[product->chain_first];
        bool load;

        if (product->chain == '\0')
            continue;
        load = part->kind == PART_LOAD || second->role == ROLE_LOAD || second->role == ROLE_PERCENT;
        if (load && product->chain != '-')
            return notation_talk(parser);
        if (product->chain != '-' || (product->chain_count > 1 && !load) || taken_off(shape, part, second))
            continue;
        if (product->count == 1 && !parser->item.name.present && !has_kind(shape, PART_CROSS))
            return notation_talk(parser);
        return notation_ask(parser, load ? ABOUT_LOAD : ABOUT_REPS, "%g-%g is a plan. What was it?", second[-1].value,
                            second->value);
    }
    return 0;
}

static bool only(const struct shape *shape, size_t first, enum part_kind kind, enum part_kind other)
{
    for (size_t i = first; i < shape->count; i++)
        if (shape->parts[i].kind != kind && shape->parts[i].kind != other)
            return false;
    return true;
}

/* Numbers in a row: "80 8", "80 8 3", "10 8 7". True when the first is the load. */
static bool number_row_has_load(struct shape *shape)
{
    struct parser *parser = shape->parser;
    const struct exercise *known = parser->item.known;
    double first = shape->parts[0].reps->value;
    double second = shape->parts[1].reps->value;

    if (shape->parts[1].op == ':')
        return true;
    if (known != NULL && known->bodyweight)
        return notation_fork(parser, ABOUT_ORDER, ORDER_LIST, 2, "%g %g: sets of so many reps, or %g added?", first,
                             second, first) == 1;
    if (first < LOAD_LIKE)
        return notation_fork(parser, ABOUT_ORDER, ORDER_TWO, 2, "%g %g: load and reps, or two sets?", first, second) ==
               0;
    if (shape->count == 3 && shape->parts[2].op == ' ' && shape->parts[2].kind == PART_NUMBER &&
        notation_fork(parser, ABOUT_ORDER, ORDER_TRIPLE, 2, "%g %g %g: two sets, or %g sets of %g?", first, second,
                      shape->parts[2].reps->value, shape->parts[2].reps->value, second) == 1) {
        shape->sets = shape->parts[2].reps;
        shape->count = 2;
    }
    return true;
}

/* "185 5/5/5", "405 2,1,x" need no name. */
static bool long_list(const struct shape *shape)
{
    return shape->parts[0].reps->value >= LOAD_LIKE && shape->count >= 4 &&
           (shape->parts[2].op == '/' || shape->parts[2].op == ',');
}

/* The first number is the load of what follows it: "115: 6, 5, 5", "225 5x5", "405 2,1,x". */
static int load_in_front(struct shape *shape)
{
    struct part *first = &shape->parts[0];
    char op = shape->parts[1].op;
    bool missed = shape->parts[1].kind == PART_REPS && shape->parts[1].reps->role == ROLE_MISSED;

    if (op != ' ' && op != ':' && op != 'f' && !missed)
        return 0;
    if (!shape->named && op == ' ' && !shape->effort && shape->parts[1].kind == PART_NUMBER && !long_list(shape))
        return notation_talk(shape->parser);
    if (shape->parts[1].kind == PART_NUMBER && !number_row_has_load(shape))
        return 0;
    make_load(first);
    return 0;
}

/* "3x5 100", "3x8 85,85,80", "3x12, 10, 8": what the numbers behind a cross are. */
static int numbers_behind_cross(struct shape *shape)
{
    struct part *cross = &shape->parts[0];
    char op = shape->parts[1].op;

    if (op != ',') {
        if (shape->parts[1].reps->value <= EFFORT_MAX)
            return notation_talk(shape->parser);
        for (size_t i = 1; i < shape->count; i++)
            make_load(&shape->parts[i]);
    } else if (cross->sets->value == (double)shape->count) {
        make_reps(cross);
        cross->sets = NULL;
    } else if (cross->sets->value >= LOAD_LIKE) {
        cross->kind = PART_FULL;
        cross->load = cross->sets;
        cross->sets = NULL;
    } else {
        notation_fork(shape->parser, ABOUT_ORDER, ORDER_LIST, 1, "%gx%g: is %g the load?", cross->sets->value,
                      cross->reps->value, cross->sets->value);
        cross->kind = PART_FULL;
        cross->load = cross->sets;
        cross->sets = NULL;
    }
    return 0;
}

/* "60/10 70/8 80/6" */
static bool slashed_pairs(struct shape *shape)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct part *part = &shape->parts[i];
        bool odd = i % 2 != 0;

        if (part->kind != PART_NUMBER || (odd ? part->op != '/' : i != 0 && part->op != ' ' && part->op != ','))
            return false;
        if (odd ? part->reps->value >= part[-1].reps->value : part->reps->value < LOAD_LIKE)
            return false;
    }
    return shape->count % 2 == 0 && (shape->count > 2 || shape->parts[0].reps->value > REPS_LIKE);
}

static void join_pairs(struct shape *shape)
{
    for (size_t i = 0; i < shape->count; i += 2) {
        struct part *load = &shape->parts[i];

        load[1].load = load->reps;
        load[1].kind = PART_FULL;
        load[1].op = ',';
        shape->parts[i / 2] = load[1];
    }
    shape->count /= 2;
}

/* Finds the load that doesn't say that it is one. */
static int find_load(struct shape *shape)
{
    if (shape->count < 2 || has_kind(shape, PART_LOAD) || has_kind(shape, PART_FULL))
        return 0;
    if (slashed_pairs(shape)) {
        join_pairs(shape);
        return 0;
    }
    if (shape->parts[0].kind == PART_NUMBER)
        return load_in_front(shape);
    if (shape->parts[0].kind == PART_CROSS && only(shape, 1, PART_NUMBER, PART_NUMBER))
        return numbers_behind_cross(shape);
    return 0;
}

/* "3x8 85,85,80": a load for each set. Returns 1 when it was that. */
static int load_list(struct shape *shape)
{
    struct parser *parser = shape->parser;
    struct part *cross = &shape->parts[0];
    size_t sets = (size_t)cross->sets->value;

    if (cross->kind != PART_CROSS || shape->count < 3 || !only(shape, 1, PART_LOAD, PART_NUMBER))
        return 0;
    if (sets != shape->count - 1)
        return notation_error(parser, "A load for each set: bench 3x8 85, 85, 80", "%zu sets, but %zu loads.", sets,
                              shape->count - 1);
    cross->sets = NULL;
    for (size_t i = 1; i <= sets; i++) {
        struct part *load = &shape->parts[i];

        if (load->kind == PART_NUMBER)
            make_load(load);
        if (notation_emit(shape, cross, load->load) != 0)
            return -1;
        load->begin = cross->begin;
        load->end = cross->end;
    }
    if (notation_apply(shape, &parser->item.lead, shape->begin, parser->reading->sets.count, true) != 0 ||
        notation_apply(shape, &cross->product->marks, shape->begin, parser->reading->sets.count, true) != 0)
        return -1;
    for (size_t i = 1; i <= sets; i++)
        if (notation_apply(shape, &shape->parts[i].product->marks, shape->parts[i].begin, shape->parts[i].end, true) !=
            0)
            return -1;
    return 1;
}

/* What is missing is asked for when the exercise is named, and nothing is said that only talk says. */
static int ask_reps(struct shape *shape, const struct term *load)
{
    struct parser *parser = shape->parser;

    if (!parser->item.name.present || parser->item.noted || shape->sets != NULL)
        return notation_talk(parser);
    if (load->mode == LOAD_BODYWEIGHT)
        return notation_ask(parser, ABOUT_REPS, "How many reps?");
    return notation_ask(parser, ABOUT_REPS, "How many reps with %g?", load->value);
}

/* A load and nothing else: a rep that was missed, or a question. */
static int only_load(struct shape *shape, struct part *part)
{
    static const struct term missed = {.role = ROLE_MISSED};

    if (part->product->marks.failure != FAILURE_MISSED && shape->parser->item.lead.failure != FAILURE_MISSED)
        return ask_reps(shape, part->load);
    if (!shape->parser->item.name.present)
        return notation_talk(shape->parser);
    part->reps = &missed;
    part->kind = PART_FULL;
    return 0;
}

/* One number alone. */
static int only_number(struct shape *shape, struct part *part)
{
    struct parser *parser = shape->parser;
    const struct term *term = part->reps;
    bool bodyweight = parser->item.known != NULL && parser->item.known->bodyweight;

    if (part->product->marks.failure == FAILURE_MISSED || term->value > REPS_LIKE) {
        make_load(part);
        return only_load(shape, part);
    }
    if (shape->effort || (bodyweight && parser->item.name.present) || shape->sets != NULL) {
        make_reps(part);
        return 0;
    }
    return ask_reps(shape, term);
}

/* Reps without any load: sure when the exercise is named, effort is said, or a cross leads. */
static int no_load(struct shape *shape)
{
    struct parser *parser = shape->parser;
    const struct part *first = &shape->parts[0];
    bool crossed = false;
    double most = 0;

    for (size_t i = 0; i < shape->count; i++) {
        crossed |= shape->parts[i].product->count > 1;
        if (shape->parts[i].kind == PART_NUMBER)
            most = fmax(most, shape->parts[i].reps->value);
    }
    if (most > REPS_LIKE && (parser->item.known == NULL || !parser->item.known->bodyweight))
        return parser->item.name.present && !parser->item.noted
                   ? notation_ask(parser, ABOUT_LOAD, "Is %g the load? Then type it with an x: %gx8", most, most)
                   : notation_talk(parser);
    if (shape->named || shape->effort || crossed || shape->sets != NULL)
        return 0;
    if (first->reps->role == ROLE_TICKS)
        return 0;
    if ((shape->count < 3 && first->product->chain_count < 2) || (shape->count > 1 && shape->parts[1].op == '/') ||
        first->product->chain == '|' || parser->item.noted)
        return notation_talk(parser);
    notation_fork(parser, ABOUT_LOAD, 4, 1, "Sets of so many reps?");
    return 0;
}

/* "bw 82" says what somebody weighs. */
static bool weighs(const struct shape *shape)
{
    const struct part *first = &shape->parts[0];

    return !shape->named && shape->count > 1 && first->kind == PART_LOAD && first->load->mode == LOAD_BODYWEIGHT &&
           shape->parts[1].kind == PART_NUMBER && shape->parts[1].op == ' ';
}

static int complete(struct shape *shape)
{
    struct part *first = &shape->parts[0];

    if (weighs(shape))
        return notation_talk(shape->parser);
    if (shape->count == 1 && first->kind == PART_LOAD)
        return only_load(shape, first);
    if (shape->count == 1 && first->kind == PART_NUMBER && first->product->chain == '\0')
        return only_number(shape, first);
    if (!has_kind(shape, PART_LOAD) && !has_kind(shape, PART_FULL) && !has_kind(shape, PART_CROSS))
        return no_load(shape);
    return 0;
}

/* "1920x1080" is no set that somebody got wrong. */
static int screen_size(struct shape *shape)
{
    const struct part *part = &shape->parts[0];

    if (shape->count == 1 && part->kind == PART_CROSS && !shape->named && !shape->effort && part->sets->value > 500 &&
        part->reps->value > 100)
        return notation_talk(shape->parser);
    return 0;
}

/* The walk over parts in order: which load is whose. */
struct walk {
    struct shape *shape;
    bool load_first;         /* loads stand before their reps */
    const struct term *load; /* of the reps to come */
    bool full;               /* it came with a set of its own */
    bool list;               /* bare numbers are reps, so crosses among them are sets */
};

static const struct part *next_load(const struct walk *walk, size_t index)
{
    for (size_t i = index + 1; i < walk->shape->count; i++)
        if (walk->shape->parts[i].kind == PART_LOAD)
            return &walk->shape->parts[i];
    return NULL;
}

static int walk_reps(struct walk *walk, size_t index)
{
    struct part *part = &walk->shape->parts[index];
    const struct part *behind = walk->load_first || walk->full ? NULL : next_load(walk, index);
    const struct term *load = behind != NULL ? behind->load : walk->load;

    if (walk->full && part->op != ',' && part->op != '/' && part->kind != PART_CROSS)
        return notation_talk(walk->shape->parser);
    if (part->kind == PART_NUMBER && behind != NULL && part->reps->value > REPS_LIKE)
        return notation_talk(walk->shape->parser);
    if (part->kind == PART_CROSS && load != NULL && !walk->full && part->sets->value > REPS_LIKE)
        return notation_error(walk->shape->parser, "One load for a set: bench 80x8", "%gx%g, and another load?",
                              part->sets->value, part->reps->value);
    if (part->kind == PART_CROSS && (load == NULL || walk->full) && !walk->list) {
        notation_cross(walk->shape->parser, part);
        load = part->load;
        if (load != NULL) {
            walk->load = load;
            walk->full = true;
        }
    }
    return notation_emit(walk->shape, part, load);
}

static int walk_part(struct walk *walk, size_t index)
{
    struct shape *shape = walk->shape;
    struct part *part = &shape->parts[index];

    switch (part->kind) {
    case PART_LOAD:
        if (walk->load_first && (index + 1 == shape->count || shape->parts[index + 1].kind == PART_LOAD ||
                                 shape->parts[index + 1].kind == PART_FULL))
            return notation_talk(shape->parser);
        if (walk->load_first) {
            walk->load = part->load;
            walk->full = false;
        } else if (index == 0 || shape->parts[index - 1].kind == PART_LOAD ||
                   shape->parts[index - 1].kind == PART_FULL) {
            return notation_talk(shape->parser);
        }
        return 0;
    case PART_FULL:
        walk->load = part->load;
        walk->full = true;
        return notation_emit(shape, part, part->load);
    case PART_NUMBER:
    case PART_REPS:
    case PART_CROSS:
        return walk_reps(walk, index);
    case PART_SETS:
    case PART_TIME:
        break;
    }
    return notation_talk(shape->parser);
}

/* The part whose sets the marks of a load at INDEX are about. */
static const struct part *part_of_load(const struct walk *walk, size_t index)
{
    const struct part *parts = walk->shape->parts;
    size_t at = index;

    if (!walk->load_first)
        return &parts[index - 1];
    while (at + 1 < walk->shape->count && parts[at + 1].kind != PART_LOAD)
        at++;
    return &parts[at];
}

static int apply_marks(const struct walk *walk)
{
    struct shape *shape = walk->shape;
    struct parser *parser = shape->parser;

    if (notation_apply(shape, &parser->item.lead, shape->begin, parser->reading->sets.count, true) != 0)
        return -1;
    for (size_t i = 0; i < shape->count; i++) {
        const struct part *part = &shape->parts[i];
        const struct part *target = part->kind == PART_LOAD ? part_of_load(walk, i) : part;

        if (notation_apply(shape, &part->product->marks, target->begin, target->end, target->product->chain != '-') !=
            0)
            return -1;
    }
    return 0;
}

/* "3 sets of 12": of the one part that has no sets of its own. */
static int multiply(struct shape *shape)
{
    struct part *found = NULL;

    if (shape->sets == NULL)
        return 0;
    for (size_t i = 0; i < shape->count; i++) {
        struct part *part = &shape->parts[i];

        if (part->kind == PART_LOAD)
            continue;
        if (found != NULL)
            return (double)shape->count == shape->sets->value ? 0 : notation_talk(shape->parser);
        found = part;
    }
    if (found != NULL && found->kind == PART_CROSS)
        notation_cross(shape->parser, found);
    if (found == NULL || found->sets != NULL)
        return notation_talk(shape->parser);
    found->sets = shape->sets;
    return 0;
}

static int walk_parts(struct shape *shape)
{
    struct walk walk = {.shape = shape, .load_first = true};
    bool numbers = has_kind(shape, PART_NUMBER) || has_kind(shape, PART_REPS);

    for (size_t i = 0; i < shape->count && shape->parts[i].kind != PART_LOAD; i++)
        walk.load_first &= shape->parts[i].kind == PART_FULL;
    walk.list = numbers && !has_kind(shape, PART_LOAD) && !has_kind(shape, PART_FULL);
    for (size_t i = 0; i < shape->count; i++)
        if (walk_part(&walk, i) != 0)
            return -1;
    return apply_marks(&walk);
}

static int sequence(struct shape *shape)
{
    struct parser *parser = shape->parser;
    int list;

    if (find_load(shape) != 0 || complete(shape) != 0 || screen_size(shape) != 0)
        return -1;
    list = shape->parts[0].kind == PART_CROSS ? load_list(shape) : 0;
    if (list < 0 || (list == 0 && (multiply(shape) != 0 || walk_parts(shape) != 0)))
        return -1;
    if (parser->item.ramp)
        notation_fork(parser, ABOUT_OTHER, 6, 1, "Sets up to this one: log it alone?");
    return notation_finish(shape);
}

int notation_shape(struct parser *parser)
{
    struct shape shape;
    int done;

    if (parser->item.product_count == 0 || notation_parts(parser, &shape) != 0)
        return parser->verdict == VERDICT_GO ? notation_talk(parser) : -1;
    if (take_counts(&shape) != 0 || notation_name_settle(parser, strength_of(&shape)) != 0)
        return -1;
    shape.named = parser->item.name.present || parser->item.exercise[0] != '\0';
    if (refuse_ranges(&shape) != 0)
        return -1;
    done = notation_hold(&shape);
    if (done == 0 && notation_segmented(&shape))
        done = notation_segments(&shape);
    if (done != 0)
        return done > 0 ? 0 : -1;
    return sequence(&shape);
}
