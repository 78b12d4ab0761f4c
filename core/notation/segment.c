/*
 * Sets in several parts: drop sets, myo-reps, rest-pause, clusters. One set; its load and reps are the first part's.
 */
#include <stdio.h>

#include "core/notation/shape.h"

struct collector {
    struct shape *shape;
    enum set_type type;
    struct set set;
    const struct term *load; /* that was said for the parts to come */
    const struct term *times;
    bool missed; /* so that a part may have no reps */
};

static bool has_plus(const struct shape *shape)
{
    for (size_t i = 0; i < shape->count; i++)
        if (shape->parts[i].product->chain == '+')
            return true;
    return false;
}

/* The load of a part that says one, NAN; FULL ones must be a single set. */
static double load_of(const struct part *part)
{
    if (part->kind == PART_LOAD)
        return part->load->value;
    if (part->kind == PART_FULL)
        return part->sets == NULL ? part->load->value : INFINITY;
    return part->kind == PART_CROSS ? part->sets->value : NAN;
}

/* "15kg 10 wdh dann 10kg 8 wdh dropset": each load is under the one before, and the word stands behind all. How many
 * loads there are; 0: it isn't that. */
static size_t dropped_to(const struct shape *shape)
{
    double before = INFINITY;
    size_t loads = 0;

    if (shape->parts[shape->count - 1].product->marks.type != SET_DROP)
        return 0;
    for (size_t i = 0; i < shape->count; i++) {
        double load = load_of(&shape->parts[i]);

        if (isnan(load))
            continue;
        if (load >= before)
            return 0;
        before = load;
        loads++;
    }
    return loads > 1 ? loads : 0;
}

/* Sets with a bar get lighter from one to the next as well: of several the word may be of the last ones alone. */
static bool drops_all(struct shape *shape, size_t loads)
{
    const struct exercise *known = shape->parser->item.known;

    return loads < 3 || shape->parts[shape->count - 1].op == '>' ||
           (known != NULL && known->equipment != EQUIPMENT_BARBELL) ||
           notation_fork(shape->parser, ABOUT_OTHER, FORK_DROP_OF, 2,
                         "One drop set of all of them, or of the last two?") == 0;
}

static void join_drop(struct shape *shape, size_t loads)
{
    struct item *item = &shape->parser->item;
    size_t last = shape->count - 1;

    item->products[item->product_count - 1].marks.type = NO_TYPE;
    if (drops_all(shape, loads)) {
        item->lead.type = SET_DROP;
        item->join = true;
        return;
    }
    while (isnan(load_of(&shape->parts[last])))
        last--;
    shape->parts[last].op = '>';
}

/* "50x10 -> 55x10" goes up, which no drop does. */
static void settle_arrows(struct shape *shape)
{
    for (size_t i = 1; i < shape->count; i++) {
        struct part *part = &shape->parts[i];

        if (part->op == OP_ARROW)
            part->op = isfinite(load_of(part)) && load_of(part) > load_of(&part[-1]) ? ',' : '>';
    }
}

bool notation_segmented(struct shape *shape)
{
    const struct item *item = &shape->parser->item;

    const size_t dropped = dropped_to(shape);

    settle_arrows(shape);
    if (dropped != 0)
        join_drop(shape, dropped);
    if (item->join && (item->lead.type != SET_DROP || shape->count > 1))
        return true;
    for (size_t i = 1; i < shape->count; i++)
        if (shape->parts[i].op == '>')
            return true;
    return has_plus(shape);
}

/* The load of a part; added weight and none at all may stand in one set. */
static int segment_load(struct collector *collector, const struct term *load, double *load_kg)
{
    struct parser *parser = collector->shape->parser;
    struct set *set = &collector->set;
    struct set other;
    bool mixed;

    set_init(&other);
    *load_kg = NAN;
    if (load == NULL && set->segment_count != 0)
        return 0;
    if (notation_load(parser, load, &other) != 0)
        return -1;
    *load_kg = other.load_kg;
    if (set->segment_count == 0) {
        set->load_kg = other.load_kg;
        set->load_mode = other.load_mode;
        set->unit = other.unit;
        set->percent = other.percent;
        return 0;
    }
    if (other.unit != set->unit)
        return notation_error(parser, "One unit in a set: 80x8 > 60x6", "Kilograms and pounds in one set.");
    mixed = (other.load_mode == LOAD_BODYWEIGHT && set->load_mode == LOAD_ADDED) ||
            (other.load_mode == LOAD_ADDED && set->load_mode == LOAD_BODYWEIGHT);
    if (!isnan(other.percent) || (!mixed && other.load_mode != set->load_mode))
        return notation_error(parser, "One kind of load in a set: 80x8 > 60x6", "The parts' loads don't go together.");
    if (mixed)
        set->load_mode = LOAD_ADDED;
    return 0;
}

static int add_segment(struct collector *collector, const struct term *load, const struct term *reps)
{
    struct set *set = &collector->set;
    struct parser *parser = collector->shape->parser;
    struct segment segment;

    if (set->segment_count == SET_SEGMENTS)
        return notation_error(parser, "Leave the smallest out, or log two sets.", "A set of more than %d parts.",
                              SET_SEGMENTS);
    if (segment_load(collector, load, &segment.load_kg) != 0 ||
        notation_reps(parser, reps, collector->missed, &segment.reps) != 0)
        return -1;
    if (reps->role == ROLE_MISSED)
        set->failure = FAILURE_MISSED;
    set->segments[set->segment_count++] = segment;
    return 0;
}

static int add_chain(struct collector *collector, const struct part *part)
{
    const struct product *product = part->product;

    if (product->chain != '\0' && product->chain != '+' && product->chain != '-')
        return notation_talk(collector->shape->parser);
    for (size_t i = 0; i < product->chain_count; i++)
        if (add_segment(collector, NULL, &collector->shape->parser->item.terms[product->chain_first + i]) != 0)
            return -1;
    return 0;
}

/* Takes the load that was said before, once. */
static const struct term *take_load(struct collector *collector)
{
    const struct term *load = collector->load;

    collector->load = NULL;
    return load;
}

/* "4x2" in a cluster is four times two; elsewhere it is a load and reps. */
static int add_cross(struct collector *collector, const struct part *part)
{
    if (collector->type == SET_CLUSTER && part->sets->value < 15 && part->product->chain == '\0') {
        for (int i = 0; i < part->sets->value; i++)
            if (add_segment(collector, take_load(collector), part->reps) != 0)
                return -1;
        return 0;
    }
    if (collector->load != NULL)
        return notation_talk(collector->shape->parser);
    return add_segment(collector, part->sets, part->reps);
}

static int add_part(struct collector *collector, const struct part *part)
{
    int result;

    switch (part->kind) {
    case PART_LOAD:
        if (collector->load != NULL || part->product->chain != '\0')
            return notation_talk(collector->shape->parser);
        collector->load = part->load;
        return 0;
    case PART_FULL:
        if (part->sets != NULL)
            collector->times = part->sets;
        result = add_segment(collector, part->load, part->reps);
        break;
    case PART_CROSS:
        result = add_cross(collector, part);
        break;
    case PART_NUMBER:
    case PART_REPS:
        if (part->sets != NULL)
            collector->times = part->sets;
        result = add_segment(collector, take_load(collector), part->reps);
        break;
    default:
        return notation_talk(collector->shape->parser);
    }
    return result != 0 ? -1 : add_chain(collector, part);
}

/* A load that stands behind the parts is the first part's. */
static int late_load(struct collector *collector)
{
    struct set *set = &collector->set;
    int count = set->segment_count;

    if (collector->load == NULL)
        return 0;
    if (count == 0)
        return notation_ask(collector->shape->parser, ABOUT_REPS, "How many reps?");
    for (int i = 0; i < count; i++)
        if (!isnan(set->segments[i].load_kg) && (i != 0 || set->load_mode != LOAD_BODYWEIGHT))
            return notation_talk(collector->shape->parser);
    set->segment_count = 0;
    if (segment_load(collector, collector->load, &set->segments[0].load_kg) != 0)
        return -1;
    set->segment_count = count;
    return 0;
}

static int store(struct collector *collector)
{
    struct parser *parser = collector->shape->parser;
    struct set *set = &collector->set;
    const struct term *times = collector->times != NULL ? collector->times : collector->shape->sets;
    size_t count = times != NULL ? (size_t)times->value : 1;

    if (set->segment_count == 0)
        return notation_talk(parser);
    if (count < 1 || count > READING_SETS_MAX)
        return notation_error(parser, "For two such sets: 2 sets, drop 80x8 > 60x6", "%g sets?", times->value);
    set->reps = set->segments[0].reps;
    set->type = collector->type;
    set->load_kg = set->segments[0].load_kg;
    if (set->segment_count == 1)
        set->segment_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct set *added = notation_add_set(parser);

        if (added == NULL)
            return -1;
        memcpy(set->exercise, added->exercise, sizeof(set->exercise));
        set->at_ms = added->at_ms;
        *added = *set;
    }
    return 0;
}

/* What is said of the parts is said of the whole set; of several efforts the first part's counts, else the last. */
static int apply(struct shape *shape, size_t first, size_t end, size_t begin)
{
    size_t sets = shape->parser->reading->sets.count;
    const struct marks *effort = NULL;
    struct marks marks;

    if (notation_apply(shape, &shape->parser->item.lead, begin, sets, true) != 0)
        return -1;
    for (size_t i = first; i < end; i++) {
        marks = shape->parts[i].product->marks;
        if (marks.effort_count != 0 && (effort == NULL || effort != &shape->parts[first].product->marks))
            effort = &shape->parts[i].product->marks;
        marks.effort_count = 0;
        marks.type = NO_TYPE;
        marks.amrap = false;
        if (notation_apply(shape, &marks, begin, sets, true) != 0)
            return -1;
    }
    if (effort == NULL)
        return 0;
    notation_marks_init(&marks);
    marks.effort_first = (uint8_t)(effort->effort_first + effort->effort_count - 1);
    marks.effort_count = 1;
    return notation_apply(shape, &marks, begin, sets, true);
}

/* "100: 8+4+2", "bench 100 rest-pause 8+4+2": the first number is the load. */
static bool loads_next(const struct part *part)
{
    if (part->kind != PART_NUMBER || part[1].op == ',' || part[1].op == '/')
        return false;
    return part[1].op != '>' || part[1].product->chain == '+' || part->reps->value > 30;
}

/* "45 10, 35 8", "140 for 8 then 100 for 11": each a load and its reps, parted by more than a space. */
static bool is_segment(const struct part *part, bool first)
{
    return (first || part->op != ' ') && notation_is_pair(part, LOAD_LIKE);
}

/* "100x10 drop to 70": nobody does so many reps of what is lifted. */
static bool is_load_alone(const struct shape *shape, const struct part *part)
{
    const struct exercise *known = shape->parser->item.known;

    return part->kind == PART_NUMBER && part->reps->value > REPS_LIKE &&
           (known == NULL || !exercise_needs_no_load(known));
}

static int collect(struct shape *shape, size_t first, size_t end, enum set_type type)
{
    struct collector collector = {.shape = shape, .type = type};
    size_t begin = shape->parser->reading->sets.count;

    set_init(&collector.set);
    collector.set.unit = shape->parser->options->unit;
    collector.missed = shape->parser->item.lead.failure == FAILURE_MISSED;
    for (size_t i = first; i < end; i++)
        collector.missed |= shape->parts[i].product->marks.failure == FAILURE_MISSED;
    for (size_t i = first; i < end; i++) {
        struct part *part = &shape->parts[i];

        if (i + 1 < end && collector.load == NULL &&
            ((i == first && loads_next(part)) || is_segment(part, i == first))) {
            part->kind = PART_LOAD;
            part->load = part->reps;
        }
        if (i != first && collector.load == NULL && is_load_alone(shape, part))
            return notation_ask(shape->parser, ABOUT_REPS, "How many reps with %g?", part->reps->value);
        if (add_part(&collector, part) != 0)
            return -1;
    }
    if (late_load(&collector) != 0 || store(&collector) != 0)
        return -1;
    return apply(shape, first, end, begin);
}

/* "10+1": a rep with help, or a rest between? "8+4+2": which kind? Returns the type, SET_WORKING for help. */
static enum set_type ask_type(struct shape *shape)
{
    static const enum set_type types[] = {SET_REST_PAUSE, SET_MYO, SET_CLUSTER};
    struct parser *parser = shape->parser;
    const struct product *product = shape->parts[shape->count - 1].product;

    for (size_t i = 0; i < shape->count; i++)
        if (shape->parts[i].product->chain == '+')
            product = shape->parts[i].product;
    if (product->chain_count > 1)
        return types[notation_fork(parser, ABOUT_OTHER, HABIT_PLUS_LIST, 3, "Rest-pause, myo-reps or a cluster?")];
    if (parser->item.mode == LOAD_ASSISTED ||
        notation_fork(parser, ABOUT_OTHER, HABIT_PLUS, 2, "+%g: with help, or after a short rest?",
                      parser->item.terms[product->chain_first].value) == 0)
        return SET_WORKING;
    return SET_REST_PAUSE;
}

/* "10+1" with help is a set of ten, and a note. */
static int without_help(struct shape *shape)
{
    struct item *item = &shape->parser->item;

    item->mode = LOAD_EXTERNAL;
    for (size_t i = 0; i < item->product_count; i++) {
        struct product *product = &item->products[i];
        char note[32];

        if (product->chain != '+')
            continue;
        snprintf(note, sizeof(note), "+%g assisted", item->terms[product->chain_first].value);
        notation_note(product->marks.note, span_of(note));
        product->chain = '\0';
        product->chain_count = 0;
    }
    return 0;
}

/* A set among drop sets that is none itself. */
static int plain(struct shape *shape, struct part *part)
{
    if (part->kind != PART_FULL && part->kind != PART_CROSS)
        return notation_talk(shape->parser);
    if (part->kind == PART_CROSS)
        notation_cross(shape->parser, part);
    if (notation_emit(shape, part, part->load) != 0 ||
        notation_apply(shape, &shape->parser->item.lead, part->begin, part->end, true) != 0)
        return -1;
    return notation_apply(shape, &part->product->marks, part->begin, part->end, true);
}

/* "10 + 1", and nothing else: reps of what, and how? */
static bool sum_alone(const struct shape *shape)
{
    const struct part *part = &shape->parts[0];

    return shape->count == 1 && !shape->named && !shape->effort && part->product->count == 1 &&
           part->product->chain_count == 1 && part->reps != NULL && part->reps->value > part->reps[1].value;
}

/* Sets that a comma parts; those of one part are plain ones. */
static int collect_all(struct shape *shape, enum set_type type)
{
    const struct item *item = &shape->parser->item;
    size_t first = 0;

    for (size_t i = 1; i <= shape->count; i++) {
        if (i < shape->count && (item->join || shape->parts[i].op != ','))
            continue;
        if (i - first == 1 && !item->join ? plain(shape, &shape->parts[first]) != 0
                                          : collect(shape, first, i, type) != 0)
            return -1;
        first = i;
    }
    return notation_finish(shape) != 0 ? -1 : 1;
}

/* "80 -> 85", "8 > 7": of numbers alone nobody knows whether they are loads, reps, or what was right and wrong. "80x8 >
 * 60": nor the reps. */
static bool is_arrow_alone(const struct shape *shape)
{
    for (size_t i = 1; i < shape->count; i++) {
        const struct part *part = &shape->parts[i];

        if (part->op == '>' &&
            ((part[-1].kind == PART_NUMBER && (part->kind & (PART_LOAD | PART_FULL)) == 0) ||
             (part->kind == PART_NUMBER && (part[-1].kind == PART_REPS || part->reps->value >= LOAD_LIKE))))
            return true;
    }
    return false;
}

/* "70x10 drop to 50 for 8": behind a load and its reps, what it dropped to, and the reps of that, are one part; so are
 * those in front, "50 for 10". */
static void join_loads(struct shape *shape)
{
    for (size_t i = shape->count > 2 && shape->parts[1].op == 'f' ? 0 : 1; i + 1 < shape->count; i++) {
        struct part *load = &shape->parts[i], *reps = &load[1];

        if ((i != 0 && (shape->parts[0].kind & (PART_FULL | PART_CROSS)) == 0) || load->kind != PART_NUMBER ||
            (reps->kind & (PART_NUMBER | PART_REPS)) == 0 || reps->load != NULL ||
            (reps->op != ' ' && reps->op != 'f') || load->reps->value < LOAD_LIKE ||
            load->reps->value <= reps->reps->value)
            continue;
        reps->load = load->reps;
        reps->kind = PART_FULL;
        reps->op = load->op;
        notation_drop(shape, i);
    }
}

int notation_segments(struct shape *shape)
{
    struct item *item = &shape->parser->item;
    bool said = item->lead.type != NO_TYPE && item->lead.type >= SET_DROP;
    enum set_type type = said ? item->lead.type : SET_DROP;

    if (type == SET_DROP)
        join_loads(shape);
    if (!said && is_arrow_alone(shape))
        return notation_talk(shape->parser);
    if (!said && sum_alone(shape))
        return notation_ask(shape->parser, ABOUT_OTHER, "+%g: with help, or after a short rest?",
                            shape->parts[0].reps[1].value);
    if (!said && has_plus(shape)) {
        type = ask_type(shape);
        if (type == SET_WORKING)
            return without_help(shape);
        item->join = true;
    }
    item->lead.type = NO_TYPE;
    item->lead.amrap = false;
    return collect_all(shape, type);
}
