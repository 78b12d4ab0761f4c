/*
 * Parts of a planned item: effort, loads, sets and reps, words.
 */
#include "core/notation/plan_part.h"

#include <math.h>

#include "core/base/ascii.h"
#include "core/notation/scan.h"
#include "core/notation/shape.h"
#include "core/text/fold.h"

enum { TERMS = 3, SECONDS_MAX = 3600, PERCENT_MAX = 150, DROP_MAX = 50 };

int plan_fail(struct plan_reader *reader, enum plan_problem problem, struct span part)
{
    size_t length;

    while (part.length != 0 && part.at[part.length - 1] == ' ')
        part.length--;
    while (part.length != 0 && part.at[0] == ' ')
        part = (struct span){part.at + 1, part.length - 1};
    length = text_cut(part, PLAN_PART_SIZE - 1);
    *reader->error = (struct plan_error){.problem = problem};
    memcpy(reader->error->part, part.at, length);
    return -1;
}

int plan_fail_from(struct plan_reader *reader, enum plan_problem problem, size_t from)
{
    return plan_fail(reader, problem, plan_rest_of(&reader->scan, from));
}

static int plan_fail_between(struct plan_reader *reader, enum plan_problem problem, size_t from)
{
    return plan_fail(reader, problem, (struct span){reader->scan.text.at + from, reader->scan.at - from});
}

/* ---------------------------------------------------------------- effort */

static enum effort_kind kind_of(bool rpe)
{
    return rpe ? EFFORT_RPE : EFFORT_RIR;
}

static int add_effort(struct plan_reader *reader, struct plan_work *work, size_t from, double low, double high,
                      enum effort_kind kind)
{
    struct plan_effort effort = {.low = low, .high = high};

    if (low > high)
        return plan_fail_between(reader, PLAN_IMPOSSIBLE, from);
    if (kind == EFFORT_BARE && high > 10)
        return plan_fail_between(reader, PLAN_UNCLEAR, from);
    if (kind == EFFORT_BARE)
        kind = notation_effort_kind(low, high);
    if (kind == EFFORT_BARE)
        return plan_fail_between(reader, PLAN_EFFORT, from);
    if (kind == EFFORT_RPE) {
        effort.low = 10 - high;
        effort.high = 10 - low;
    }
    if (effort.low < 0 || effort.high > 10 || work->effort_count == PLAN_EFFORTS)
        return plan_fail_between(reader, PLAN_IMPOSSIBLE, from);
    effort.ask = plan_peek(&reader->scan, 0) == '+' && !ascii_is_digit(plan_peek(&reader->scan, 1));
    reader->scan.at += effort.ask;
    work->efforts[work->effort_count++] = effort;
    return 0;
}

int plan_take_load(struct plan_reader *reader, struct plan_work *work, size_t from, const struct plan_term *term)
{
    if (!isnan(work->item.load_kg) || term->low != term->high)
        return plan_fail_between(reader, PLAN_UNCLEAR, from);
    work->item.load_kg = unit_to_kg(term->low, term->unit);
    work->item.load_mode = term->mode;
    work->item.unit = term->unit;
    if (work->item.load_kg > READING_SLED_KG_MAX || (term->mode != LOAD_BODYWEIGHT && term->low == 0))
        return plan_fail_between(reader, PLAN_IMPOSSIBLE, from);
    return 0;
}

static int take_percent(struct plan_reader *reader, struct plan_work *work, size_t from, double low, double high)
{
    if (!isnan(work->item.percent_min))
        return plan_fail_between(reader, PLAN_UNCLEAR, from);
    if (low > high || low < 1 || high > PERCENT_MAX)
        return plan_fail_between(reader, PLAN_IMPOSSIBLE, from);
    work->item.percent_min = low;
    work->item.percent_max = high;
    return 0;
}

static int take_drop(struct plan_reader *reader, struct plan_work *work, size_t from, double percent)
{
    if (work->item.drop != 0)
        return plan_fail_between(reader, PLAN_UNCLEAR, from);
    if (percent < 1 || percent > DROP_MAX)
        return plan_fail_between(reader, PLAN_IMPOSSIBLE, from);
    work->item.drop = percent;
    return 0;
}

/* "-7%" here: the numbers are taken. */
static bool drop_here(struct plan_scan *scan, double *percent)
{
    struct plan_scan ahead = *scan;

    plan_skip_spaces(&ahead);
    if (plan_peek(&ahead, 0) != '-' || !ascii_is_digit(plan_peek(&ahead, 1)))
        return false;
    ahead.at++;
    if (!plan_number(&ahead, percent) || plan_peek(&ahead, 0) != '%')
        return false;
    ahead.at++;
    *scan = ahead;
    return true;
}

static int read_drop(struct plan_reader *reader, struct plan_work *work)
{
    size_t from = reader->scan.at;
    double percent;

    return drop_here(&reader->scan, &percent) ? take_drop(reader, work, from, percent) : 0;
}

static bool drop_ahead(const struct plan_scan *scan)
{
    struct plan_scan ahead = *scan;
    double percent;

    return drop_here(&ahead, &percent);
}

/* "@100kg", "@165", "@80%". */
static bool says_load(const struct plan_term *term)
{
    return term->kind == PLAN_LOAD || term->kind == PLAN_PERCENT || (term->kind == PLAN_BARE && term->low > 10);
}

/* A number or a range behind "@", or behind a word that said its kind, and what it turns out to be. */
static int read_effort_number(struct plan_reader *reader, struct plan_work *work, size_t from, enum effort_kind said)
{
    struct plan_scan *scan = &reader->scan;
    struct plan_scan before = *scan;
    struct plan_term term;
    double low;

    if (!plan_number(scan, &low))
        return plan_fail_from(reader, PLAN_UNCLEAR, from);
    if (low <= 10 && drop_ahead(scan))
        return add_effort(reader, work, from, low, low, said) < 0 ? -1 : read_drop(reader, work);
    *scan = before;
    if (!plan_term(scan, &term) || term.list_count != 0)
        return plan_fail_from(reader, PLAN_UNCLEAR, from);
    if (said == EFFORT_BARE && says_load(&term))
        return term.kind == PLAN_PERCENT ? take_percent(reader, work, from, term.low, term.high)
                                         : plan_take_load(reader, work, from, &term);
    if (term.kind != PLAN_BARE && term.kind != PLAN_RESERVE)
        return plan_fail_from(reader, PLAN_UNCLEAR, from);
    scan->at -= term.plus; /* is read with the effort */
    if (term.kind == PLAN_RESERVE)
        said = kind_of(term.rpe);
    return add_effort(reader, work, from, term.low, term.high, said) < 0 ? -1 : read_drop(reader, work);
}

static void skip_signs(struct plan_scan *scan, const char *signs)
{
    while (plan_peek(scan, 0) != '\0' && strchr(signs, plan_peek(scan, 0)) != NULL)
        scan->at++;
}

/* "rir 2", "RPE: 8" from the word on, of LENGTH bytes. */
static int read_effort_word(struct plan_reader *reader, struct plan_work *work, size_t from, enum word word,
                            size_t length)
{
    reader->scan.at += length;
    skip_signs(&reader->scan, " :<=");
    return read_effort_number(reader, work, from, kind_of(word == WORD_RPE));
}

static int read_rest(struct plan_reader *reader, struct plan_work *work, size_t from)
{
    skip_signs(&reader->scan, " :");
    if (!plan_time(&reader->scan, &work->item.rest_s))
        return plan_fail_from(reader, PLAN_UNCLEAR, from);
    if (work->item.rest_s < 1 || work->item.rest_s > SECONDS_MAX)
        return plan_fail_between(reader, PLAN_IMPOSSIBLE, from);
    return 0;
}

/* "@2", "@8-9", "@ 60kg", "@RPE 8", "@rest: 90s". */
static int read_at(struct plan_reader *reader, struct plan_work *work)
{
    struct plan_scan *scan = &reader->scan;
    size_t from = scan->at, length;
    enum word word;

    skip_signs(scan, "@ ");
    word = plan_word(scan, &length);
    if (word == WORD_REST) {
        scan->at += length;
        return read_rest(reader, work, from);
    }
    if (word == WORD_RIR || word == WORD_RPE)
        return read_effort_word(reader, work, from, word, length);
    if (word == WORD_BODYWEIGHT) {
        struct plan_term term;

        return plan_term(scan, &term) ? plan_take_load(reader, work, from, &term)
                                      : plan_fail_from(reader, PLAN_UNCLEAR, from);
    }
    return read_effort_number(reader, work, from, EFFORT_BARE);
}

/* ---------------------------------------------------------------- products */

int plan_take_reps(struct plan_reader *reader, struct plan_work *work, size_t from, const struct plan_term *term)
{
    struct plan_item *item = &work->item;

    if (item->reps_min != 0 || item->amrap || work->list_count != 0)
        return plan_fail_between(reader, PLAN_UNCLEAR, from);
    if (term->list_count != 0) {
        for (size_t i = 0; i < term->list_count; i++) {
            if (term->list[i] < 1 || term->list[i] > READING_REPS_MAX)
                return plan_fail_between(reader, PLAN_IMPOSSIBLE, from);
            work->list[work->list_count++] = term->list[i];
        }
        return 0;
    }
    item->amrap = term->amrap || term->plus;
    if (term->amrap)
        return 0;
    if (term->low < 1 || term->high > READING_REPS_MAX || term->low > term->high || term->low != floor(term->low) ||
        term->high != floor(term->high))
        return plan_fail_between(reader, PLAN_IMPOSSIBLE, from);
    item->reps_min = (int)term->low;
    item->reps_max = (int)term->high;
    return 0;
}

static int take_sets(struct plan_reader *reader, struct plan_work *work, size_t from, const struct plan_term *term)
{
    if (work->item.sets != 0 || term->low != term->high || term->amrap)
        return plan_fail_between(reader, PLAN_UNCLEAR, from);
    if (term->low < 1 || term->low > PLAN_SETS || term->low != floor(term->low))
        return plan_fail_between(reader, PLAN_IMPOSSIBLE, from);
    work->item.sets = (int)term->low;
    return 0;
}

static int take_seconds(struct plan_reader *reader, struct plan_work *work, size_t from, const struct plan_term *term)
{
    if (!isnan(work->item.seconds) || term->low != term->high)
        return plan_fail_between(reader, PLAN_UNCLEAR, from);
    if (term->low < 1 || term->low > SECONDS_MAX)
        return plan_fail_between(reader, PLAN_IMPOSSIBLE, from);
    work->item.seconds = round(term->low);
    return 0;
}

enum place { AS_LOAD, AS_SETS, AS_REPS };

static int take_as(struct plan_reader *reader, struct plan_work *work, size_t from, const struct plan_term *term,
                   enum place place)
{
    if (term->kind == PLAN_PERCENT)
        return take_percent(reader, work, from, term->low, term->high);
    if (term->kind == PLAN_TIME)
        return take_seconds(reader, work, from, term);
    if (place == AS_LOAD || term->kind == PLAN_LOAD)
        return plan_take_load(reader, work, from, term);
    return place == AS_SETS ? take_sets(reader, work, from, term) : plan_take_reps(reader, work, from, term);
}

static bool is_load(const struct plan_term *term)
{
    return term->kind == PLAN_LOAD || term->kind == PLAN_PERCENT;
}

/* Of three numbers the load is what says so, else the larger end: first, it stands before reps and sets; else behind
 * sets and reps. */
static void order_three(const struct plan_term *terms, enum place *places)
{
    bool first = is_load(&terms[0]) || (!is_load(&terms[1]) && !is_load(&terms[2]) && terms[0].low > terms[2].low);

    places[0] = first ? AS_LOAD : AS_SETS;
    places[1] = first ? AS_REPS : is_load(&terms[1]) ? AS_LOAD : AS_REPS;
    places[2] = first ? AS_SETS : is_load(&terms[1]) ? AS_REPS : AS_LOAD;
}

static int take_product(struct plan_reader *reader, struct plan_work *work, size_t from, const struct plan_term *terms,
                        size_t count)
{
    enum place places[TERMS] = {AS_SETS, AS_REPS, AS_LOAD};

    work->crossed = true;
    if (count == 2 &&
        (is_load(&terms[0]) || (terms[0].low >= LOAD_LIKE && terms[0].kind == PLAN_BARE && terms[1].kind == PLAN_BARE)))
        places[0] = AS_LOAD;
    else if (count == 2 && is_load(&terms[1])) /* "10 x 100kg": reps first */
        places[0] = AS_REPS;
    else if (count == 3)
        order_three(terms, places);
    for (size_t i = 0; i < count; i++)
        if (take_as(reader, work, from, &terms[i], places[i]) < 0)
            return -1;
    return 0;
}

static int take_alone(struct plan_reader *reader, struct plan_work *work, size_t from, const struct plan_term *term)
{
    switch (term->kind) {
    case PLAN_LOAD:
        return plan_take_load(reader, work, from, term);
    case PLAN_PERCENT:
        return take_percent(reader, work, from, term->low, term->high);
    case PLAN_SET_COUNT:
        return take_sets(reader, work, from, term);
    case PLAN_TIME:
        work->timed_alone = true;
        return take_seconds(reader, work, from, term);
    case PLAN_RESERVE:
        return add_effort(reader, work, from, term->low, term->high, kind_of(term->rpe));
    default:
        break;
    }
    if (term->kind == PLAN_REPS || term->list_count != 0 || term->low != term->high || term->plus || term->amrap)
        return plan_take_reps(reader, work, from, term);
    if (work->bare_count == PLAN_BARES)
        return plan_fail_between(reader, PLAN_UNCLEAR, from);
    work->bare[work->bare_count++] = term->low;
    return 0;
}

/* Numbers joined by crosses; a cross with nothing behind it counts sets: "5x", "4x @9"; one in front, reps: "x5". */
int plan_read_product(struct plan_reader *reader, struct plan_work *work)
{
    struct plan_scan *scan = &reader->scan;
    struct plan_term terms[TERMS];
    size_t from = scan->at, count = 0;

    if (plan_cross(scan)) {
        plan_skip_spaces(scan);
        if (!plan_term(scan, &terms[0]))
            return plan_fail_from(reader, PLAN_UNCLEAR, from);
        return terms[0].kind == PLAN_TIME ? take_seconds(reader, work, from, &terms[0])
                                          : plan_take_reps(reader, work, from, &terms[0]);
    }
    if (!plan_term(scan, &terms[count++]))
        return plan_fail_from(reader, PLAN_UNCLEAR, from);
    while (plan_cross(scan)) {
        struct plan_scan behind = *scan;

        plan_skip_spaces(&behind);
        skip_signs(&behind, "~");
        if (count == TERMS || !plan_term(&behind, &terms[count])) {
            if (count != 1 || !ascii_is_digit(scan->text.at[from]))
                return plan_fail_from(reader, PLAN_UNCLEAR, from);
            return take_sets(reader, work, from, &terms[0]);
        }
        *scan = behind;
        count++;
    }
    return count > 1 ? take_product(reader, work, from, terms, count) : take_alone(reader, work, from, &terms[0]);
}

/* ---------------------------------------------------------------- words */

/* Words that say nothing in a plan, unless they are part of a name. */
static bool is_little(enum word word)
{
    return word == WORD_OF || word == WORD_A || word == WORD_THE || word == WORD_WITH || word == WORD_TO ||
           word == WORD_AND || word == WORD_EACH || word == WORD_PER || word == WORD_SETS || word == WORD_REPS ||
           word == WORD_AT;
}

static bool ends_name(enum word word)
{
    return word == WORD_RIR || word == WORD_RPE || word == WORD_AMRAP || word == WORD_FAILURE ||
           word == WORD_BODYWEIGHT || word == WORD_FOR || word == WORD_SETS || word == WORD_REPS;
}

/* "Pause 2:30" in German; "pause squat" is an exercise. */
static bool is_rest(const struct plan_scan *scan, enum word word, size_t length)
{
    struct plan_scan ahead = *scan;

    ahead.at += length;
    skip_signs(&ahead, " :");
    return word == WORD_REST || (word == WORD_PAUSE && ascii_is_digit(plan_peek(&ahead, 0)));
}

static void read_name(const struct exercise_names *own, struct plan_scan *scan, struct plan_work *work)
{
    size_t from = scan->at, to = from, length;

    while ((length = plan_word_length(scan)) != 0) {
        size_t letters;
        enum word word = plan_word(scan, &letters);
        struct plan_scan ahead = *scan;
        struct span whole = {scan->text.at + from, scan->at + letters - from};

        /* "Bankdrücken mit Pause" is an exercise. */
        if (is_rest(scan, word, letters) && exercise_find_exact(own, whole) == NULL && scan->at != from)
            break;
        if ((ends_name(word) && scan->at != from) || plan_cross(&ahead))
            break;
        scan->at += length;
        to = scan->at;
        skip_signs(scan, " -");
    }
    scan->at = to;
    work->name = (struct span){scan->text.at + from, to - from};
    plan_skip_spaces(scan);
    if (plan_peek(scan, 0) == '(') {
        const char *end = memchr(scan->text.at + scan->at, ')', scan->text.length - scan->at);

        if (end != NULL)
            work->note = (struct span){scan->text.at + scan->at, (size_t)(end + 1 - (scan->text.at + scan->at))};
    }
}

/* "bodyweight squat" is an exercise; "bw pull-ups" is one, and its load. */
static bool take_body_name(struct plan_reader *reader, struct plan_work *work)
{
    struct plan_work ahead = *work;
    struct plan_scan scan = reader->scan;

    read_name(reader->options->own, &scan, &ahead);
    if (work->name.length != 0 || exercise_find_exact(reader->options->own, ahead.name) == NULL)
        return false;
    *work = ahead;
    reader->scan = scan;
    return true;
}

int plan_read_word(struct plan_reader *reader, struct plan_work *work)
{
    struct plan_scan *scan = &reader->scan;
    size_t from = scan->at, length;
    enum word word = plan_word(scan, &length);

    if (word == WORD_PAUSE && !is_rest(scan, word, length) && !work->timed_alone)
        word = WORD_OTHER;
    switch (word) {
    case WORD_RIR:
    case WORD_RPE:
        return read_effort_word(reader, work, from, word, length);
    case WORD_PAUSE:
    case WORD_REST:
        scan->at += length;
        /* "2 min rest": the time stood before the word. */
        if (work->timed_alone && !isnan(work->item.seconds)) {
            work->item.rest_s = (int)work->item.seconds;
            work->item.seconds = NAN;
            work->timed_alone = false;
            return 0;
        }
        return read_rest(reader, work, from);
    case WORD_FAILURE:
        scan->at += length;
        return add_effort(reader, work, from, 0, 0, EFFORT_RIR);
    case WORD_BODYWEIGHT:
        return take_body_name(reader, work) ? 0 : plan_read_product(reader, work);
    case WORD_AMRAP:
        return plan_read_product(reader, work);
    case WORD_FOR: {
        struct plan_term term;

        scan->at += length;
        plan_skip_spaces(scan);
        return plan_term(scan, &term) && term.list_count == 0 ? take_sets(reader, work, from, &term)
                                                              : plan_fail_from(reader, PLAN_UNCLEAR, from);
    }
    default:
        break;
    }
    if (is_little(word) || (work->name.length != 0 && (word == WORD_LIMB || word == WORD_SIDE))) {
        scan->at += length;
        return 0;
    }
    if (work->name.length != 0)
        return plan_fail_from(reader, PLAN_UNCLEAR, from);
    read_name(reader->options->own, scan, work);
    return 0;
}

int plan_read_sign(struct plan_reader *reader, struct plan_work *work)
{
    struct plan_scan *scan = &reader->scan;
    size_t from = scan->at;
    double percent;
    const char *end;

    switch (plan_peek(scan, 0)) {
    case '@':
        return read_at(reader, work);
    case '(':
        end = memchr(scan->text.at + from, ')', scan->text.length - from);
        if (end == NULL)
            return plan_fail_from(reader, PLAN_UNCLEAR, from);
        scan->at = (size_t)(end + 1 - scan->text.at);
        return 0;
    case '-':
        if (drop_here(scan, &percent))
            return take_drop(reader, work, from, percent);
        break;
    case ' ':
    case ':':
    case '/':
    case '~':
    case '$': /* "x6$@9": up to that set */
    case '.':
        scan->at++;
        return 0;
    default:
        break;
    }
    return plan_fail_from(reader, PLAN_UNCLEAR, from);
}
