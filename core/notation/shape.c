/*
 * Makes sets of an item: finds its load, gives it to the reps, multiplies by sets, and asks for what is missing.
 */
#include "core/notation/shape.h"

enum { LOAD_MIN = 5 };

/* "3 sets", and what stands behind "for" once load and reps are said: "225 x 5 for 3". */
static bool counts_sets(const struct part *part, bool first)
{
    return part->kind == PART_SETS || (part->kind == PART_NUMBER && part->op == 'f' && !first &&
                                       (part[-1].kind == PART_FULL || part[-1].kind == PART_CROSS));
}

/* "of 40", "à 160" behind what is BEFORE: reps, or sets of reps. */
static bool of_load(const struct part *number, enum part_kind before)
{
    return number->op == 'o' && (before == PART_REPS || (before == PART_CROSS && number->reps->value > REPS_LIKE));
}

/* What "of", "for" and sets say about the number behind them: "3 sets of 12", "12 reps of 40", "3x12 à 160", "80kg for
 * 8". */
static int name_number(struct shape *shape, struct part *part, bool first, bool behind_sets)
{
    bool number = part->kind == PART_NUMBER;
    enum part_kind before = first ? PART_SETS : part[-1].kind;

    if (number && of_load(part, before))
        notation_make_load(part);
    else if (number && part->op == 'o' && before == PART_LOAD)
        part->kind = PART_REPS; /* "mit 80kg à 8" */
    else if (number && ((behind_sets && !notation_leads_list(shape, part)) || (part->op == 'f' && !first)))
        notation_reps_for(shape, part);
    else if (part->op == 'o' && part->kind != PART_LOAD && !behind_sets)
        return notation_talk(shape->parser);
    return 0;
}

/* "80x8 3 sets @2": what is said behind the number of sets is said of all. */
static void keep_marks(struct item *item, const struct marks *marks)
{
    if (!notation_marks_say(&item->lead)) {
        item->lead = *marks;
    } else if (item->lead.effort_count == 0) {
        item->lead.effort_first = marks->effort_first;
        item->lead.effort_count = marks->effort_count;
    }
}

/* Takes the number of sets out of the parts. */
static int take_counts(struct shape *shape)
{
    size_t behind = SIZE_MAX; /* what stood right behind the number of sets */

    for (size_t i = 0; i < shape->count;) {
        struct part *part = &shape->parts[i];

        if (!counts_sets(part, i == 0)) {
            if (name_number(shape, part, i == 0, i == behind) != 0)
                return -1;
            i++;
            continue;
        }
        if (notation_sets_of_part(shape, i))
            continue;
        if (shape->sets != NULL)
            return notation_talk(shape->parser);
        shape->sets = part->reps;
        notation_rounds_said(shape->parser, part, i == 0);
        keep_marks(&shape->parser->item, &part->product->marks);
        behind = i;
        notation_drop(shape, i);
    }
    return shape->count == 0 ? notation_talk(shape->parser) : 0;
}

static bool sure(const struct part *part)
{
    return part->kind == PART_FULL || (part->kind == PART_CROSS && part->sets->value >= LOAD_LIKE);
}

/* A set for sure, whatever stands around it. */
static bool is_sure(const struct shape *shape)
{
    size_t times = 0;

    for (size_t i = 0; i < shape->count; i++) {
        if (sure(&shape->parts[i]))
            return true;
        times += shape->parts[i].kind == PART_TIME && shape->parts[i].reps->suffix_s;
    }
    return times > 1 || (shape->count > 1 && notation_all_load_for(shape));
}

/* "rdl 90 8 8 8", "rdl 3x8 90", "backed off to 185 3x8": a load among numbers of reps, behind a name that is known, or
 * told of. */
static bool is_load_among_reps(const struct shape *shape)
{
    const bool told = shape->parser->item.name.filler && notation_has(shape, PART_CROSS);
    size_t loads = 0, reps = 0;

    for (size_t i = 0; i < shape->count; i++) {
        const struct part *part = &shape->parts[i];

        if (part->kind == PART_CROSS)
            reps += 2;
        else if (part->kind != PART_NUMBER)
            return false;
        else if (part->reps->value >= LOAD_LIKE)
            loads++;
        else
            reps++;
    }
    return loads == 1 && reps >= 2 && (told || notation_name_exact(shape->parser));
}

static enum strength strength_of(const struct shape *shape)
{
    if (is_sure(shape) || is_load_among_reps(shape) || (shape->effort && notation_has(shape, PART_REPS)) ||
        (notation_has(shape, PART_LOAD) && notation_has(shape, PART_REPS | PART_CROSS | PART_NUMBER)))
        return STRENGTH_FULL;
    return notation_has(shape, PART_REPS | PART_CROSS) || (shape->count > 1 && shape->effort) || notation_pair(shape)
               ? STRENGTH_WEAK
               : STRENGTH_NONE;
}

/* "2*3-22" in an exercise of one's own weight: 22 taken off. */
static bool taken_off(struct shape *shape, struct part *part, struct term *second)
{
    const struct exercise *known = shape->parser->item.known;
    struct product *product = &shape->parser->item.products[part->product - shape->parser->item.products];

    if (known == NULL || !known->bodyweight || part->kind != PART_CROSS || second->value <= 2 * part->reps->value)
        return false;
    notation_fork(shape->parser, ABOUT_LOAD, FORK_TAKEN_OFF, 1, "-%g: taken off the body weight?", second->value);
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
        if (product->count == 1 && !parser->item.name.present && !notation_has(shape, PART_CROSS))
            return notation_talk(parser);
        return notation_ask(parser, load ? ABOUT_LOAD : ABOUT_REPS, "%g-%g is a plan. What was it?", second[-1].value,
                            second->value);
    }
    return 0;
}

/* "3x8 85,85,80": a load for each set. Returns 1 when it was that. */
static int load_list(struct shape *shape)
{
    struct parser *parser = shape->parser;
    struct part *cross = &shape->parts[0];
    size_t sets = (size_t)cross->sets->value;

    if (cross->kind != PART_CROSS || shape->count < 3 || !notation_only(shape, 1, PART_LOAD | PART_NUMBER))
        return 0;
    if (sets != shape->count - 1)
        return notation_error(parser, "A load for each set: bench 3x8 85, 85, 80", "%zu sets, but %zu loads.", sets,
                              shape->count - 1);
    cross->sets = NULL;
    for (size_t i = 1; i <= sets; i++) {
        struct part *load = &shape->parts[i];

        if (load->kind == PART_NUMBER)
            notation_make_load(load);
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

/* Loads that nobody talks of without meaning a set: "200@9", "30 lbs each hand", "~15kg". */
static bool speaks_of_a_set(const struct shape *shape, const struct term *load)
{
    if (load->role == ROLE_NUMBER)
        return shape->effort && load->value > REPS_LIKE;
    return load->unit_said && (load->partial || shape->parser->item.each);
}

/* What is missing is asked for when the exercise is named, and nothing is said that only talk says. */
static int ask_reps(struct shape *shape, const struct term *load)
{
    struct parser *parser = shape->parser;

    if (parser->item.noted || shape->sets != NULL || !(parser->item.name.present || speaks_of_a_set(shape, load)))
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
    if (!shape->parser->item.name.present && !part->load->unit_said)
        return notation_talk(shape->parser);
    part->reps = &missed;
    part->kind = PART_FULL;
    return 0;
}

/* "split squats 10 each side"; on a bar that is what it is loaded with. */
static bool reps_of_side(const struct parser *parser, const struct term *term)
{
    const struct exercise *known = parser->item.known;

    return parser->item.sided && !parser->item.noted && term->value <= REPS_LIKE &&
           (known == NULL || known->each_side || known->equipment == EQUIPMENT_BODYWEIGHT ||
            known->equipment == EQUIPMENT_DUMBBELL || known->equipment == EQUIPMENT_KETTLEBELL);
}

/* "calf raises 15 holding the chair": nobody holds on with a bar, or with dumbbells, in their hands. */
static bool placed(const struct item *item, const struct term *term)
{
    return item->placed && term->value <= REPS_LIKE && item->known != NULL &&
           (item->known->equipment == EQUIPMENT_BODYWEIGHT || item->known->equipment == EQUIPMENT_MACHINE);
}

/* "only 6, failed" */
static bool fell_short(const struct parser *parser, const struct part *part)
{
    return parser->item.fell_short && !parser->item.name.present && part->reps->value <= REPS_LIKE &&
           part->product->marks.failure == FAILURE_MISSED;
}

/* Up to how many a number alone is reps: "push-ups 40" are, but "dips 45" may be what hangs on the belt. */
static double most_reps(const struct parser *parser)
{
    const struct exercise *known = parser->item.known;
    const bool weighted =
        known != NULL && ((known->primary & 1U << MUSCLE_LATS) != 0 || strstr(known->id, "dip") != NULL);

    return known != NULL && parser->item.name.present && exercise_needs_no_load(known) && !weighted ? READING_REPS_MAX
                                                                                                    : REPS_LIKE;
}

/* "push-ups 120" */
static bool too_many(const struct parser *parser, const struct term *term)
{
    return term->value > READING_REPS_MAX && most_reps(parser) == READING_REPS_MAX;
}

/* One number alone. Nobody means a load of "press 1". */
static int only_number(struct shape *shape, struct part *part)
{
    struct parser *parser = shape->parser;
    const struct term *term = part->reps;
    bool bodyweight = parser->item.known != NULL && exercise_needs_no_load(parser->item.known);

    if (parser->item.same_load || fell_short(parser, part) || notation_most_done(parser, part) ||
        reps_of_side(parser, term) || placed(&parser->item, term) || too_many(parser, term)) {
        part->kind = PART_REPS;
        return 0;
    }
    if (part->product->marks.failure == FAILURE_MISSED || term->value > most_reps(parser)) {
        notation_make_load(part);
        return only_load(shape, part);
    }
    if (shape->effort || (bodyweight && parser->item.name.present) || shape->sets != NULL) {
        part->kind = PART_REPS;
        return 0;
    }
    return term->value < LOAD_MIN ? notation_talk(parser) : ask_reps(shape, term);
}

static double largest_number(const struct shape *shape)
{
    double most = 0;

    for (size_t i = 0; i < shape->count; i++)
        if (shape->parts[i].kind == PART_NUMBER)
            most = fmax(most, shape->parts[i].reps->value);
    return most;
}

/* A list of reps that nothing says is one: longer than what people write otherwise. */
static bool like_a_list(const struct shape *shape)
{
    const struct product *first = shape->parts[0].product;

    if (first->chain == '|')
        return !shape->parser->item.noted && shape->count == 1;
    if (shape->parser->item.noted || (shape->count > 1 && shape->parts[1].op == '/'))
        return false;
    return shape->count >= 3 || first->chain_count >= 2;
}

/* "left 9 right 10": two numbers, and a side with each. */
static bool told_apart(const struct shape *shape)
{
    const struct marks *lead = &shape->parser->item.lead, *first = &shape->parts[0].product->marks;
    uint8_t side = first->side != SIDE_NONE ? first->side : lead->side;
    uint8_t other = side == SIDE_LEFT ? SIDE_RIGHT : SIDE_LEFT;

    return shape->count == 2 && notation_only(shape, 0, PART_NUMBER | PART_REPS) && !shape->parser->item.noted &&
           (side == SIDE_LEFT || side == SIDE_RIGHT) && shape->parts[1].product->marks.side == other;
}

/* "5 sets, 1 left": sets that are still to be done. */
static bool some_left(const struct shape *shape)
{
    const struct part *part = &shape->parts[0];

    return shape->sets != NULL && shape->count == 1 && part->op == ',' && part->product->marks.side == SIDE_LEFT &&
           part->reps->value < shape->sets->value;
}

int notation_ask_load(struct parser *parser, double number)
{
    return notation_ask(parser, ABOUT_LOAD, "Is %g the load? Then type it with an x: %gx8", number, number);
}

/* Reps without any load: sure when the exercise is named, effort is said, or a cross leads. */
static int no_load(struct shape *shape)
{
    struct parser *parser = shape->parser;
    const struct exercise *known = parser->item.known;
    double most = largest_number(shape);
    bool crossed = false;

    for (size_t i = 0; i < shape->count; i++)
        crossed |= shape->parts[i].product->count > 1;
    if (most > REPS_LIKE && (known == NULL || !exercise_needs_no_load(known)))
        return parser->item.name.present && !parser->item.noted ? notation_ask_load(parser, most)
                                                                : notation_talk(parser);
    if (some_left(shape))
        return notation_talk(parser);
    if (shape->named || shape->effort || crossed || shape->sets != NULL || shape->parts[0].reps->role == ROLE_TICKS)
        return 0;
    if (told_apart(shape))
        return 0;
    if (!like_a_list(shape))
        return notation_talk(parser);
    notation_fork(parser, ABOUT_LOAD, FORK_REPS_ALONE, 1, "Sets of so many reps?");
    return 0;
}

/* "bw 82" says what somebody weighs. */
static bool weighs(const struct shape *shape)
{
    const struct part *first = &shape->parts[0];

    return !shape->named && shape->count > 1 && first->kind == PART_LOAD && first->load->mode == LOAD_BODYWEIGHT &&
           !first->load->bare && shape->parts[1].kind == PART_NUMBER && shape->parts[1].op == ' ';
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
    if (!notation_has(shape, PART_LOAD | PART_FULL | PART_CROSS))
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

/* A cross behind which no load stands is load and reps, or sets. */
static const struct term *walk_cross(struct walk *walk, struct part *part)
{
    notation_cross(walk->shape->parser, part);
    if (part->load != NULL) {
        walk->load = part->load;
        walk->full = true;
    }
    return part->load;
}

/* "x9" of "25x10 x9 x8" */
static bool led_by_cross(const struct parser *parser, const struct part *part)
{
    return parser->item.terms[part->product->first].role == ROLE_EMPTY && part[-1].product->count < CROSS_MAX;
}

/* "mit 16 hab ich 60 gedrückt" */
static bool of_years(const struct walk *walk, const struct part *part, const struct term *load)
{
    return part->kind == PART_NUMBER && load != NULL && !load->unit_said && !walk->shape->named &&
           walk->shape->parser->item.noted && part->reps->value > REPS_LIKE && part->reps->value > load->value;
}

/* What no load is given to, since something is wrong. */
static int refuse_reps(const struct walk *walk, const struct part *part, const struct part *behind,
                       const struct term *load)
{
    struct parser *parser = walk->shape->parser;

    if (walk->full && part->op != ',' && part->op != '/' && part->kind != PART_CROSS && !led_by_cross(parser, part) &&
        !notation_row_of_reps(walk->shape, 1))
        return notation_talk(parser);
    if (part->kind == PART_NUMBER && behind != NULL && part->reps->value > REPS_LIKE)
        return notation_talk(parser);
    if (of_years(walk, part, load))
        return notation_talk(parser);
    if (part->kind == PART_CROSS && load != NULL && !walk->full && part->sets->value > REPS_LIKE)
        return notation_error(parser, "One load for a set: bench 80x8", "%gx%g, and another load?", part->sets->value,
                              part->reps->value);
    return 0;
}

/* "100x8, 80": so many reps are of no set behind one of 8; it is the next load. */
static int ask_next_load(const struct walk *walk, const struct part *part, const struct term *load)
{
    const double value = part->kind == PART_NUMBER ? part->reps->value : 0;
    const struct exercise *known = walk->shape->parser->item.known;

    if (value > REPS_LIKE && load == NULL && known != NULL && !exercise_needs_no_load(known))
        return notation_ask_load(walk->shape->parser, value); /* "3x5 100, 3x5" */

    if (value <= REPS_LIKE || part == walk->shape->parts || load == NULL || load->mode != LOAD_EXTERNAL ||
        load->value == 0 || strchr(",/", part->op) == NULL || part[-1].kind == PART_LOAD || part[-1].reps == NULL ||
        value <= 2 * part[-1].reps->value)
        return 0;
    return notation_ask_load(walk->shape->parser, value);
}

/* The load of PART, a cross to which LOAD is given, BEFORE it or not. */
static const struct term *settle_cross(struct walk *walk, struct part *part, const struct term *load, bool before)
{
    if ((load == NULL || walk->full) && !walk->list)
        return walk_cross(walk, part);
    if (before && load != NULL)
        notation_turn_many(part);
    return load;
}

static int walk_reps(struct walk *walk, size_t index)
{
    struct part *part = &walk->shape->parts[index];
    const struct part *behind = walk->load_first || walk->full ? NULL : next_load(walk, index);
    const struct term *load = behind != NULL ? behind->load : walk->load;

    walk->full |= part != walk->shape->parts && notation_next_set(part);
    if (refuse_reps(walk, part, behind, load) != 0 || ask_next_load(walk, part, load) != 0)
        return -1;
    if (load != NULL && load->relative && part->kind == PART_NUMBER && !walk->shape->named && !walk->shape->effort)
        return notation_talk(walk->shape->parser); /* "+49 30 9018" */
    if (part->kind == PART_CROSS)
        load = settle_cross(walk, part, load, behind == NULL);
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
    double parts = 0; /* "40kg 3 sets 12 12 10": as many as there are sets */

    if (shape->sets == NULL)
        return 0;
    for (size_t i = 0; i < shape->count; i++)
        parts += shape->parts[i].kind != PART_LOAD;
    for (size_t i = 0; i < shape->count; i++) {
        struct part *part = &shape->parts[i];

        if (part->kind == PART_LOAD)
            continue;
        if (found != NULL)
            return parts == shape->sets->value ? 0 : notation_talk(shape->parser);
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

    for (size_t i = 0; i < shape->count && shape->parts[i].kind != PART_LOAD; i++)
        walk.load_first &= shape->parts[i].kind == PART_FULL;
    walk.list = notation_has(shape, PART_NUMBER | PART_REPS) && !notation_has(shape, PART_LOAD | PART_FULL) &&
                !(shape->parts[0].kind == PART_CROSS && shape->parts[0].sets->value >= LOAD_LIKE);
    for (size_t i = 0; i < shape->count; i++)
        if (walk_part(&walk, i) != 0)
            return -1;
    return apply_marks(&walk);
}

static int sequence(struct shape *shape)
{
    struct parser *parser = shape->parser;
    int list;

    notation_group(shape);
    notation_both_sides(shape);
    if ((!told_apart(shape) && notation_find_load(shape) != 0) || complete(shape) != 0 || screen_size(shape) != 0)
        return -1;
    list = shape->parts[0].kind == PART_CROSS ? load_list(shape) : 0;
    if (list < 0 || (list == 0 && (multiply(shape) != 0 || walk_parts(shape) != 0)))
        return -1;
    if (parser->item.ramp)
        notation_fork(parser, ABOUT_OTHER, FORK_RAMP, 1, "Sets up to this one: log it alone?");
    return notation_finish(shape);
}

static bool in_one_set(struct shape *shape)
{
    return notation_fork(shape->parser, ABOUT_OTHER, FORK_DROPPED, 2, "Dropped within the set, or one more set?") == 0;
}

/* "65x10, then dropped to 45x8": one set where it had gone as far as it could, or no bar is lifted. Behind others it
 * may be a lighter one. */
static bool drops(struct shape *shape, const struct part *part)
{
    const struct item *item = &shape->parser->item;

    return part[-1].product->marks.failure == FAILURE_MOMENTARY || item->lead.type == SET_DROP ||
           (item->known != NULL && item->known->equipment != EQUIPMENT_BARBELL) || in_one_set(shape);
}

static void settle_dropped(struct shape *shape)
{
    for (size_t i = 1; i < shape->count; i++) {
        struct part *part = &shape->parts[i];

        if (part->op == OP_DROPPED)
            part->op = drops(shape, part) ? '>' : ',';
        else if (part->op == OP_THEN)
            part->op = in_one_set(shape) ? '>' : ',';
    }
}

/* "@8+" is a plan, and of nothing. */
static int effort_alone(struct parser *parser)
{
    const struct item *item = &parser->item;

    if (!item->planned || item->name.present || item->noted)
        return notation_talk(parser);
    return notation_ask(parser, ABOUT_EFFORT, "@%g+ is a plan. Was it @%g?", item->efforts[0].value,
                        item->efforts[0].value);
}

int notation_shape(struct parser *parser)
{
    struct shape shape;
    enum strength strength;
    int done;

    if (parser->item.product_count == 0)
        return effort_alone(parser);
    if (notation_parts(parser, &shape) != 0)
        return -1;
    if (take_counts(&shape) != 0)
        return -1;
    notation_load_beside_sets(&shape);
    strength = strength_of(&shape);
    if (!notation_tail_fits(parser, strength))
        return notation_talk(parser);
    if (notation_name_settle(parser, strength) != 0)
        return -1;
    shape.named = parser->item.name.present || parser->item.exercise[0] != '\0';
    settle_dropped(&shape);
    if (notation_settle_plates(&shape) != 0 || refuse_ranges(&shape) != 0)
        return -1;
    done = parser->item.walked && notation_distance(&shape) ? 0 : notation_hold(&shape);
    if (done == 0 && notation_segmented(&shape))
        done = notation_segments(&shape);
    if (done != 0)
        return done > 0 ? 0 : -1;
    return sequence(&shape);
}
