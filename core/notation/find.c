/*
 * Finds the load that doesn't say that it is one: "115: 6, 5, 5", "225 5x5", "3x5 100".
 */
#include "core/notation/shape.h"

#define PLATE_STEP 2.5

bool notation_only(const struct shape *shape, size_t first, unsigned kinds)
{
    for (size_t i = first; i < shape->count; i++)
        if ((shape->parts[i].kind & kinds) == 0)
            return false;
    return true;
}

/* "100 x 15 15": the one number behind a set is reps, as no effort is over ten, and nobody does more than before. */
static bool is_one_more(const struct shape *shape, size_t number)
{
    const struct part *part = &shape->parts[number], *set = part - 1;

    return number != 0 && shape->count == number + 1 && part->kind == PART_NUMBER && part->reps->value > EFFORT_MAX &&
           (set->kind & (PART_CROSS | PART_FULL)) != 0 && set->reps->value >= part->reps->value;
}

bool notation_row_of_reps(const struct shape *shape, size_t first)
{
    if (!shape->named || (shape->count < first + 2 && !is_one_more(shape, first)))
        return false;
    for (size_t i = first; i < shape->count; i++) {
        const struct part *part = &shape->parts[i];

        if (part->kind != PART_NUMBER || part->op != ' ' || part->reps->value > REPS_LIKE)
            return false;
    }
    return true;
}

void notation_reps_for(struct shape *shape, struct part *part)
{
    const struct part *first = &shape->parts[0];

    part->kind = PART_REPS;
    if (first->kind == PART_LOAD && part > &first[1] && part->op == 'f' && part[-1].kind == PART_NUMBER &&
        part[-1].op == ',')
        notation_make_load(&part[-1]);
}

/* "12": plates don't make it. */
static bool no_plates(double load)
{
    return load != PLATE_STEP * floor(load / PLATE_STEP);
}

/* "pullups 10 8 7", "pullups 12 10": sets of which none has more reps than the one before, nor less than half of them;
 * where they are only two, the first number is no load that people hang on themselves. */
static bool falls(const struct shape *shape)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct part *part = &shape->parts[i];

        if (part->kind != PART_NUMBER || part->reps->value > REPS_LIKE ||
            (i != 0 && (part->reps->value > part[-1].reps->value || 2 * part->reps->value < part[-1].reps->value)))
            return false;
    }
    return shape->count >= 3 || no_plates(shape->parts[0].reps->value);
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
    if (known != NULL && exercise_needs_no_load(known) && (known->unloaded || !known->bodyweight || falls(shape)))
        return false;
    if (known != NULL && known->bodyweight)
        return notation_fork(parser, ABOUT_ORDER, HABIT_BODY_ROW, 2, "%g %g: sets of so many reps, or %g added?", first,
                             second, first) == 1;
    if (first < LOAD_LIKE)
        return notation_fork(parser, ABOUT_ORDER, HABIT_ROW, 2, "%g %g: load and reps, or two sets?", first, second) ==
               0;
    if (shape->count == 3 && shape->parts[2].op == ' ' && shape->parts[2].kind == PART_NUMBER &&
        shape->parts[2].product->marks.side == SIDE_NONE &&
        notation_fork(parser, ABOUT_ORDER, HABIT_ROW_OF_THREE, 2, "%g %g %g: two sets, or %g sets of %g?", first,
                      second, shape->parts[2].reps->value, shape->parts[2].reps->value, second) == 1) {
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

/* "pushups 40/30/25": reps of which none are less than half of those before, where the body is the load. */
static bool body_list(const struct shape *shape)
{
    const struct exercise *known = shape->parser->item.known;

    if (known == NULL || !exercise_needs_no_load(known) || shape->parts[1].op != '/')
        return false;
    for (size_t i = 1; i < shape->count; i++)
        if (shape->parts[i].kind != PART_NUMBER || shape->parts[i - 1].kind != PART_NUMBER ||
            2 * shape->parts[i].reps->value < shape->parts[i - 1].reps->value)
            return false;
    return true;
}

/* "100 / 5 / 5 / 5" */
static bool slashed_list(const struct shape *shape)
{
    for (size_t i = 1; i < shape->count; i++)
        if (shape->parts[i].kind != PART_NUMBER || shape->parts[i].op != '/' || shape->parts[i].reps->value > REPS_LIKE)
            return false;
    return shape->named && shape->count > 2 && shape->parts[0].reps->value > REPS_LIKE;
}

/* "80, 8, 8, 7", "50 - 6, 6", "80, 8 reps": nobody does so many reps, nor so many more than in the sets behind, with
 * what is lifted.
 */
static bool listed_behind_load(const struct shape *shape)
{
    enum { TIMES_REPS = 3 };
    const struct exercise *known = shape->parser->item.known;
    const double load = shape->parts[0].reps->value;

    if (!shape->named || known == NULL || exercise_needs_no_load(known) || known->bodyweight ||
        known->equipment == EQUIPMENT_KETTLEBELL || load <= REPS_LIKE ||
        (shape->count == 2 && shape->parts[1].kind != PART_REPS))
        return false;
    for (size_t i = 1; i < shape->count; i++)
        if ((shape->parts[i].kind & (PART_NUMBER | PART_REPS)) == 0 || shape->parts[i].op != ',' ||
            shape->parts[i].reps->value > load / TIMES_REPS || shape->parts[i].reps->value > REPS_LIKE)
            return false;
    return true;
}

static bool list_of_reps(const struct shape *shape)
{
    return slashed_list(shape) || listed_behind_load(shape);
}

bool notation_is_pair(const struct part *load, double least)
{
    const struct part *reps = &load[1];

    return load->kind == PART_NUMBER && (reps->kind & (PART_NUMBER | PART_REPS)) != 0 && load->reps->value >= least &&
           reps->reps->value <= REPS_LIKE && reps->reps->value < load->reps->value &&
           (reps->kind == PART_NUMBER
                ? reps->op == ' '
                : reps->op == 'f' || (reps->reps->role == ROLE_REPS && strchr(" @", reps->op) != NULL));
}

/* "110 for 1" */
static bool is_load_for(const struct part *first)
{
    return first[0].kind == PART_NUMBER && first[0].reps->value > REPS_LIKE && first[1].kind == PART_REPS &&
           first[1].op == 'f' && first[1].reps->value <= REPS_LIKE;
}

bool notation_all_load_for(const struct shape *shape)
{
    for (size_t i = 0; i + 1 < shape->count; i += 2)
        if (!is_load_for(&shape->parts[i]))
            return false;
    return shape->count != 0 && shape->count % 2 == 0;
}

bool notation_leads_list(const struct shape *shape, const struct part *part)
{
    return part->reps->value > REPS_LIKE && part + 2 < &shape->parts[shape->count] && part[1].op == ':';
}

/* "25 10 und 25 9": one load, twice. */
static bool one_load(const struct shape *shape)
{
    for (size_t i = 2; i < shape->count; i += 2)
        if (shape->parts[i].reps->value != shape->parts[0].reps->value)
            return false;
    return true;
}

/* "80 8, 85 6", "90 10 / 90 9", "225 12 @2, 225 11 @1": loads and reps by turns, parted by more than a space or too
 * much for reps. */
static bool row_of_pairs(const struct shape *shape)
{
    const struct exercise *known = shape->parser->item.known;
    bool sure = shape->named || shape->effort;

    if (shape->count < 4 || shape->count % 2 != 0 || (known != NULL && exercise_needs_no_load(known)) ||
        !notation_only(shape, 0, PART_NUMBER | PART_REPS) || !(sure || strchr(",/|", shape->parts[2].op) != NULL))
        return false;
    sure |= one_load(shape);
    for (size_t i = 0; i < shape->count; i += 2) {
        const struct part *load = &shape->parts[i];

        if (!notation_is_pair(load, sure ? LOAD_LIKE : REPS_LIKE + 1) ||
            (i != 0 && load->op != ',' && load->reps->value <= REPS_LIKE))
            return false;
    }
    return true;
}

static void make_pairs(struct shape *shape)
{
    for (size_t i = 0; i < shape->count; i += 2)
        notation_make_load(&shape->parts[i]);
}

/* Loads and reps by turns, or a load and a list of reps: whether they are. */
static bool takes_lists(struct shape *shape)
{
    const bool pairs = row_of_pairs(shape);

    if (pairs)
        make_pairs(shape);
    else if (list_of_reps(shape))
        notation_make_load(&shape->parts[0]);
    else
        return false;
    return true;
}

/* "swings, 24, 25 reps": a number, and behind a comma one that says that it is reps: of what isn't done with the body
 * alone, the first may be either. Whether it is the load. */
static bool load_or_reps(const struct shape *shape)
{
    const struct exercise *known = shape->parser->item.known;
    const struct part *reps = &shape->parts[1];
    const double first = shape->parts[0].reps->value;

    return shape->count == 2 && reps->op == ',' && reps->kind == PART_REPS && reps->reps->role == ROLE_REPS &&
           shape->named && known != NULL && !exercise_needs_no_load(known) &&
           notation_fork(shape->parser, ABOUT_ORDER, HABIT_ROW, 2, "%g %g: load and reps, or two sets?", first,
                         reps->reps->value) == 0;
}

/* The first number is the load of what follows it: "115: 6, 5, 5", "225 5x5", "405 2,1,x". */
static int load_in_front(struct shape *shape)
{
    struct part *first = &shape->parts[0];
    char op = shape->parts[1].op;
    bool missed = shape->parts[1].kind == PART_REPS && shape->parts[1].reps->role == ROLE_MISSED;

    if (takes_lists(shape))
        return 0;
    if (op != ' ' && op != ':' && op != 'f' && !missed) {
        if (load_or_reps(shape))
            notation_make_load(first);
        return 0;
    }
    if (!shape->named && !shape->effort && shape->parts[1].kind == PART_NUMBER &&
        (op == ':' ? shape->count < 3 : !long_list(shape)))
        return notation_talk(shape->parser); /* "18:30", "80 8" */
    if (shape->parts[1].kind == PART_NUMBER && !number_row_has_load(shape))
        return 0;
    notation_make_load(first);
    return 0;
}

/* "3x 65 12,11,10", "3x 65 10": nobody does so many reps, and the reps stand behind. */
static bool load_behind_times(struct shape *shape)
{
    enum { REPS_MOST = 50 };
    struct part *cross = &shape->parts[0];
    const bool list = cross->sets->value == (double)shape->count - 1;
    const struct exercise *known = shape->parser->item.known;

    if ((known != NULL && (known->bodyweight || known->equipment == EQUIPMENT_KETTLEBELL)) ||
        cross->sets->value > SETS_LIKE || cross->reps->value <= REPS_MOST || !(list || shape->count == 2))
        return false;
    for (size_t i = 1; i < shape->count; i++)
        if (shape->parts[i].reps->value > REPS_LIKE)
            return false;
    if (!list)
        shape->sets = cross->sets;
    cross->kind = PART_LOAD;
    cross->load = cross->reps;
    cross->sets = NULL;
    return true;
}

/* "2x14 12, 10, 8": one dumbbell in each hand, where more than two counts of reps follow. */
static bool pair_before_list(struct shape *shape)
{
    struct part *pair = &shape->parts[0];

    if (pair->sets->value != 2 || shape->count < 4 || !notation_in_hands(shape->parser))
        return false;
    for (size_t i = 1; i < shape->count; i++)
        if (shape->parts[i].reps->value > REPS_LIKE)
            return false;
    shape->parser->item.each = true;
    notation_make_load(pair);
    pair->sets = NULL;
    return true;
}

/* "3x5 100", "3x8 85,85,80", "3x12, 10, 8": what the numbers behind a cross are. */
static int numbers_behind_cross(struct shape *shape)
{
    struct part *cross = &shape->parts[0];
    char op = shape->parts[1].op;

    if (op == ' ' && (load_behind_times(shape) || pair_before_list(shape)))
        return 0;
    if (cross->sets->value >= LOAD_LIKE && notation_row_of_reps(shape, 1)) {
        cross->kind = PART_FULL;
        cross->load = cross->sets;
        cross->sets = NULL;
    } else if (op != ',' && op != '/') {
        if (shape->parts[1].reps->value <= EFFORT_MAX)
            return notation_talk(shape->parser);
        for (size_t i = 1; i < shape->count; i++)
            notation_make_load(&shape->parts[i]);
    } else if (cross->sets->value == (double)shape->count) {
        cross->kind = PART_REPS;
        cross->sets = NULL;
    } else if (cross->sets->value >= LOAD_LIKE) {
        cross->kind = PART_FULL;
        cross->load = cross->sets;
        cross->sets = NULL;
    } else {
        notation_fork(shape->parser, ABOUT_ORDER, FORK_LIST_LOAD, 1, "%gx%g: is %g the load?", cross->sets->value,
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

/* "80kg 8, 85 6", "50 2 2 55 1": behind a load the next ones needn't say that they are; what is too much for reps is
 * one. */
static void find_further_loads(struct shape *shape)
{
    if (shape->parts[0].kind != PART_LOAD)
        return;
    for (size_t i = 2; i + 1 < shape->count; i++) {
        const struct part *reps = &shape->parts[i + 1], *before = &shape->parts[i - 1];

        if (shape->parts[i].kind == PART_NUMBER && shape->parts[i].reps->value > REPS_LIKE &&
            !(before->kind == PART_NUMBER && shape->parts[i].reps->value <= 2 * before->reps->value) &&
            reps->kind == PART_NUMBER && reps->op == ' ' && reps->reps->value <= REPS_LIKE)
            notation_make_load(&shape->parts[i]);
    }
}

/* "135lbs 3x8, 8, 7": behind a load as many counts of reps as there are sets, of which the cross says the first. */
static void list_behind_load(struct shape *shape)
{
    struct part *cross = &shape->parts[1];

    if (shape->count < 3 || shape->parts[0].kind != PART_LOAD || cross->kind != PART_CROSS ||
        cross->sets->value != (double)shape->count - 1 || cross->product->chain != '\0')
        return;
    for (size_t i = 2; i < shape->count; i++)
        if (shape->parts[i].kind != PART_NUMBER || strchr(",/", shape->parts[i].op) == NULL)
            return;
    cross->kind = PART_REPS;
    cross->sets = NULL;
}

/* "60 8 8 70": more reps than it is heavy, behind others. */
static bool load_at_end(const struct shape *shape)
{
    const struct part *load = &shape->parts[0], *last = &shape->parts[shape->count - 1];

    return shape->count > 1 && load->kind == PART_LOAD && last->kind == PART_NUMBER && last->op == ' ' &&
           last->reps->value > REPS_LIKE && last->reps->value > load->load->value;
}

/* "180 2 sets of 12", "405 for 2 sets of 6" */
static void load_before_sets(struct shape *shape)
{
    struct part *load = &shape->parts[0];

    if (shape->sets != NULL && shape->count == 2 && load->kind == PART_NUMBER && load->reps->value >= LOAD_LIKE &&
        shape->parts[1].kind == PART_REPS && shape->parts[1].reps->value < load->reps->value &&
        shape->parts[1].op == 'o')
        notation_make_load(load);
}

/* "3 12er Sätze Beinpresse 200": nobody does so many reps behind those of the sets. */
static void load_behind_sets(struct shape *shape)
{
    const struct part *reps = &shape->parts[0];
    struct part *load = &shape->parts[1];

    if (shape->count != 2 || reps->kind != PART_REPS || load->kind != PART_NUMBER || load->op != ' ' ||
        load->reps->value <= REPS_LIKE)
        return;
    if (shape->sets != NULL || (shape->parser->item.name.behind && reps->reps->role == ROLE_REPS))
        notation_make_load(load);
}

void notation_load_beside_sets(struct shape *shape)
{
    load_before_sets(shape);
    load_behind_sets(shape);
}

/* "8/8 x3" at the end: so many sets, each on both sides. Whether it was that. */
static bool sides_times(struct shape *shape)
{
    struct part *last = &shape->parts[shape->count - 1];

    if (shape->count < 2 || last->op != '/' || last->kind != PART_CROSS || last[-1].kind != PART_NUMBER ||
        last[-1].reps->value != last->sets->value || last->reps->value > SETS_LIKE)
        return false;
    last[-1].kind = PART_REPS;
    last[-1].sets = last->reps;
    shape->parser->item.each = true;
    shape->count--;
    return true;
}

void notation_both_sides(struct shape *shape)
{
    const struct exercise *known = shape->parser->item.known;
    struct part *last = &shape->parts[shape->count - 1];

    if (known == NULL || !known->each_side || sides_times(shape))
        return;
    if (shape->count < 2 || last->op != '/' || last->kind != PART_NUMBER ||
        (last[-1].kind & (PART_NUMBER | PART_CROSS | PART_FULL)) == 0 || last[-1].reps->value != last->reps->value ||
        (shape->count > 2 && last[-1].op == '/') || last->reps->value > REPS_LIKE)
        return;
    if (notation_fork(shape->parser, ABOUT_OTHER, HABIT_BOTH_SIDES, 2, "%g/%g: each side, or two sets?",
                      last->reps->value, last->reps->value) == 1)
        return;
    if (notation_marks_say(&last->product->marks))
        last[-1].product = last->product;
    if (last[-1].kind == PART_NUMBER)
        last[-1].kind = PART_REPS;
    shape->parser->item.each = true;
    shape->count--;
}

/* Finds the load that doesn't say that it is one. */
int notation_find_load(struct shape *shape)
{
    find_further_loads(shape);
    list_behind_load(shape);
    if (shape->count < 2 || notation_has(shape, PART_LOAD | PART_FULL))
        return 0;
    if (body_list(shape))
        return 0;
    if (slashed_pairs(shape)) {
        join_pairs(shape);
        return 0;
    }
    if (shape->parts[0].kind == PART_NUMBER) {
        if (load_in_front(shape) != 0)
            return -1;
        find_further_loads(shape);
        return load_at_end(shape) ? notation_ask_load(shape->parser, shape->parts[shape->count - 1].reps->value) : 0;
    }
    if (shape->parts[0].kind == PART_CROSS && notation_only(shape, 1, PART_NUMBER))
        return numbers_behind_cross(shape);
    return 0;
}

/* Whether COUNT plates of PLATE on each side, with a BAR or without one, are LOAD. */
static bool plates_make(double count, double plate, double bar, double load)
{
    return fabs(load - 2 * plate * count) < 1 || fabs(load - 2 * plate * count - bar) < 1;
}

int notation_settle_plates(struct shape *shape)
{
    struct item *item = &shape->parser->item;
    const struct part *first = &shape->parts[0], *set = &shape->parts[1];
    struct term *load;
    bool kilograms, pounds;

    if (first->kind != PART_LOAD || !first->load->plates || shape->count != 2 || set->product->count != 2 ||
        (set->kind & (PART_CROSS | PART_FULL)) == 0)
        return 0;
    load = &item->terms[set->product->first];
    kilograms = plates_make(first->load->value, 20, 20, load->value) && !(load->unit_said && load->unit != UNIT_KG);
    pounds = plates_make(first->load->value, 45, 45, load->value) && !(load->unit_said && load->unit != UNIT_LB);
    if (!kilograms && !pounds)
        return notation_ask(shape->parser, ABOUT_LOAD, "%g plates a side, or %g?", first->load->value, load->value);
    load->unit = kilograms ? UNIT_KG : UNIT_LB;
    load->unit_said = true;
    item->unit = load->unit;
    notation_drop(shape, 0);
    return 0;
}
