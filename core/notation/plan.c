/*
 * The reader of plans. A text is cut into pieces at commas, semicolons, line ends and the plus of a superset; each
 * piece is a name and what is said about it in any order, and becomes one item or several.
 */
#include "core/notation/plan.h"

#include <math.h>

#include "core/base/ascii.h"
#include "core/notation/plan_part.h"
#include "core/notation/scan.h"
#include "core/notation/shape.h"
#include "core/text/fold.h"

/* ---------------------------------------------------------------- from a piece to items */

static int find_name(struct plan_reader *reader, const struct plan_work *work, char id[EXERCISE_ID_SIZE])
{
    struct span with_note = {work->name.at, (size_t)(work->note.at - work->name.at) + work->note.length};
    struct name_result found;
    const char *exact = work->note.length != 0 ? exercise_find_exact(reader->options->own, with_note) : NULL;

    if (exact == NULL)
        exact = exercise_find_exact(reader->options->own, work->name);
    if (exact != NULL) {
        memcpy(id, exact, strlen(exact) + 1);
        return 0;
    }
    exercise_find(reader->options->own, work->name, &found);
    plan_fail(reader, PLAN_UNKNOWN, work->name);
    reader->error->near = found;
    return -1;
}

/* "[bench-press]" at the front. */
static int read_id(struct plan_reader *reader, struct plan_work *work)
{
    struct plan_scan *scan = &reader->scan;
    struct span rest = plan_rest_of(scan, scan->at);
    const char *end = memchr(rest.at, ']', rest.length);
    size_t length = end != NULL ? (size_t)(end - rest.at) - 1 : 0;

    if (length == 0 || length >= EXERCISE_ID_SIZE)
        return plan_fail_from(reader, PLAN_UNCLEAR, 0);
    memcpy(work->item.exercise, rest.at + 1, length);
    scan->at += length + 2;
    return 0;
}

static bool has_reps(const struct plan_work *work)
{
    return work->item.reps_min != 0 || work->item.amrap || work->list_count != 0;
}

/* Bare numbers: a load beside sets and reps, a load and its reps, or the reps of "3 sets of 8". */
static int settle_bare(struct plan_reader *reader, struct plan_work *work)
{
    const struct plan_term base = {.kind = PLAN_BARE, .unit = reader->options->unit, .mode = LOAD_EXTERNAL};
    struct plan_term first = base, second = base;
    bool reps = has_reps(work) || work->crossed, load = !isnan(work->item.load_kg);
    bool of_sets = work->item.sets != 0 && work->bare[0] <= REPS_LIKE;

    first.low = first.high = work->bare[0];
    second.low = second.high = work->bare[1];
    if (work->bare_count == 0)
        return 0;
    if (work->bare_count == 2 && !reps && !load)
        return plan_take_load(reader, work, 0, &first) < 0 ? -1 : plan_take_reps(reader, work, 0, &second);
    if (work->bare_count == 2)
        return plan_fail_from(reader, PLAN_UNCLEAR, 0);
    if (!reps && (load || of_sets))
        return plan_take_reps(reader, work, 0, &first);
    return reps && !load ? plan_take_load(reader, work, 0, &first) : plan_fail_from(reader, PLAN_UNCLEAR, 0);
}

static int add_item(struct plan_reader *reader, const struct plan_item *item)
{
    struct plan *plan = reader->plan;

    if (plan->count == PLAN_ITEMS)
        return plan_fail(reader, PLAN_TOO_LONG, (struct span){"", 0});
    plan->items[plan->count++] = *item;
    return 0;
}

static void set_effort(struct plan_item *item, const struct plan_effort *effort)
{
    item->rir_min = effort->low;
    item->rir_max = effort->high;
    item->ask = effort->ask;
}

/* "5-3-2": sets that run alike become one item. */
static int add_list(struct plan_reader *reader, struct plan_work *work)
{
    struct plan_item item = work->item;

    if (item.sets != 0 && (size_t)item.sets != work->list_count)
        return plan_fail_from(reader, PLAN_UNCLEAR, 0);
    for (size_t i = 0; i < work->list_count; i += (size_t)item.sets) {
        item.sets = 1;
        item.reps_min = item.reps_max = work->list[i];
        while (i + (size_t)item.sets < work->list_count && work->list[i + (size_t)item.sets] == work->list[i])
            item.sets++;
        if (add_item(reader, &item) < 0)
            return -1;
        item.joined = false;
    }
    return 0;
}

/* "x5@7@8@9": a set for each. */
static int add_efforts(struct plan_reader *reader, struct plan_work *work)
{
    struct plan_item item = work->item;

    if (item.sets > 1 && (size_t)item.sets != work->effort_count)
        return plan_fail_from(reader, PLAN_UNCLEAR, 0);
    item.sets = 1;
    for (size_t i = 0; i < work->effort_count; i++) {
        set_effort(&item, &work->efforts[i]);
        if (add_item(reader, &item) < 0)
            return -1;
        item.joined = false;
    }
    return 0;
}

/* Whether WORK is nothing but a number that goes on with "3x12, 10, 8". */
static bool continues_list(const struct plan_reader *reader, const struct plan_work *work)
{
    return reader->before == ',' && reader->list_first != SIZE_MAX && work->name.length == 0 && work->bare_count == 1 &&
           work->item.reps_min == 0 && work->item.sets == 0 && isnan(work->item.load_kg) && !work->crossed;
}

static int continue_list(struct plan_reader *reader, struct plan_work *work)
{
    struct plan *plan = reader->plan;
    struct plan_term term = {.kind = PLAN_BARE, .low = work->bare[0], .high = work->bare[0]};
    struct plan_item next = plan->items[plan->count - 1];
    int done = 1;

    if (plan->count - 1 == reader->list_first && reader->list_total == 0) {
        reader->list_total = next.sets;
        plan->items[reader->list_first].sets = next.sets = 1;
    }
    if (plan_take_reps(reader, work, 0, &term) < 0)
        return -1;
    for (size_t i = reader->list_first; i < plan->count; i++)
        done += plan->items[i].sets;
    if (done > reader->list_total)
        return plan_fail_from(reader, PLAN_UNCLEAR, 0);
    if (next.reps_min == work->item.reps_min) {
        plan->items[plan->count - 1].sets++;
    } else {
        next.reps_min = next.reps_max = work->item.reps_min;
        next.sets = 1;
        next.joined = false;
        if (add_item(reader, &next) < 0)
            return -1;
    }
    for (size_t i = reader->list_first; i < plan->count && work->effort_count == 1; i++)
        if (isnan(plan->items[i].rir_min))
            set_effort(&plan->items[i], &work->efforts[0]);
    return 0;
}

/* No more numbers come: the last reps are those of the sets that are left. */
static void end_list(struct plan_reader *reader)
{
    struct plan *plan = reader->plan;
    int done = 0;

    for (size_t i = reader->list_first; i < plan->count && reader->list_total != 0; i++)
        done += plan->items[i].sets;
    if (reader->list_total > done)
        plan->items[plan->count - 1].sets += reader->list_total - done;
    reader->list_first = SIZE_MAX;
    reader->list_total = 0;
}

/* Whose sets these are: a name, or the exercise that was named before. */
static int settle_name(struct plan_reader *reader, struct plan_work *work)
{
    struct plan *plan = reader->plan;

    if (work->item.exercise[0] != '\0')
        return 0;
    if (work->name.length != 0)
        return find_name(reader, work, work->item.exercise);
    if (plan->count == 0 || reader->before == '+')
        return plan_fail_from(reader, PLAN_NO_EXERCISE, 0);
    memcpy(work->item.exercise, plan->items[plan->count - 1].exercise, EXERCISE_ID_SIZE);
    return 0;
}

/* A time that stands alone is the hold of an exercise that is held, and else the rest. */
static void settle_time(struct plan_work *work)
{
    const struct exercise *known = catalogue_by_id(work->item.exercise);

    if (!work->timed_alone || isnan(work->item.seconds) || known == NULL || known->timed || work->item.rest_s != 0)
        return;
    work->item.rest_s = (int)work->item.seconds;
    work->item.seconds = NAN;
}

/* As one item, or as several where each set differs. */
static int add_items(struct plan_reader *reader, struct plan_work *work)
{
    const struct plan_item *item = &work->item;

    if (work->list_count != 0)
        return work->effort_count < 2 ? add_list(reader, work) : plan_fail_from(reader, PLAN_UNCLEAR, 0);
    if (work->effort_count > 1)
        return add_efforts(reader, work);
    if (item->sets > 1 && item->reps_min != 0 && item->reps_min == item->reps_max)
        reader->list_first = reader->plan->count;
    return add_item(reader, item);
}

static int end_piece(struct plan_reader *reader, struct plan_work *work)
{
    if (continues_list(reader, work))
        return continue_list(reader, work);
    end_list(reader);
    if (settle_bare(reader, work) < 0 || settle_name(reader, work) < 0)
        return -1;
    settle_time(work);
    if (!isnan(work->item.seconds) && has_reps(work))
        return plan_fail_from(reader, PLAN_UNCLEAR, 0);
    work->item.joined = reader->before == '+' && reader->plan->count != 0;
    if (work->effort_count == 1)
        set_effort(&work->item, &work->efforts[0]);
    return add_items(reader, work);
}

/* ---------------------------------------------------------------- pieces */

/* "- ", "2. ", "3) " before an item of a list. */
static void skip_bullet(struct plan_scan *scan)
{
    struct plan_scan ahead = *scan;
    double number;

    if (plan_peek(scan, 0) == '-' || plan_peek(scan, 0) == '*') {
        ahead.at++;
    } else if (plan_number(&ahead, &number) && (plan_peek(&ahead, 0) == '.' || plan_peek(&ahead, 0) == ')')) {
        ahead.at++;
    } else {
        return;
    }
    if (plan_peek(&ahead, 0) == ' ')
        *scan = ahead;
}

static int read_parts(struct plan_reader *reader, struct plan_work *work)
{
    struct plan_scan *scan = &reader->scan;
    int result = 0;

    while (result == 0 && scan->at < scan->text.length) {
        struct plan_scan ahead = *scan;
        char byte = plan_peek(scan, 0);

        if (ascii_is_digit(byte) || (byte == '+' && ascii_is_digit(plan_peek(scan, 1))) ||
            (byte != ' ' && plan_cross(&ahead)))
            result = plan_read_product(reader, work);
        else if (scan_is_letter(byte))
            result = plan_read_word(reader, work);
        else
            result = plan_read_sign(reader, work);
    }
    return result;
}

static int read_piece(struct plan_reader *reader)
{
    struct plan_scan *scan = &reader->scan;
    struct plan_work work = {.name = {"", 0}, .note = {"", 0}};

    work.item.load_kg = work.item.seconds = work.item.percent_min = work.item.percent_max = NAN;
    work.item.rir_min = work.item.rir_max = NAN;
    work.item.unit = reader->options->unit;
    plan_skip_spaces(scan);
    if (reader->before == '\0' || reader->before == '\n')
        skip_bullet(scan);
    plan_skip_spaces(scan);
    if (scan->at == scan->text.length)
        return reader->before == '+' ? plan_fail(reader, PLAN_UNCLEAR, span_of("+")) : 0;
    if (reader->options->ids && plan_peek(scan, 0) == '[' && read_id(reader, &work) < 0)
        return -1;
    return read_parts(reader, &work) < 0 ? -1 : end_piece(reader, &work);
}

/* Whether the plus at AT joins two exercises: "3x8 + row", "pull ups+dips"; not "5+ @8", "bw + 10". */
static bool joins(struct span text, size_t at)
{
    size_t behind = at + 1;
    bool loose = at > 0 && !ascii_is_digit(text.at[at - 1]);

    while (behind < text.length && text.at[behind] == ' ')
        behind++;
    loose |= behind == at + 1;
    return behind < text.length && loose && (scan_is_letter(text.at[behind]) || text.at[behind] == '[');
}

static bool separates(struct span text, size_t at)
{
    char byte = text.at[at];

    return byte == '\n' || byte == ';' || (byte == ',' && !plan_decimal_comma(text, at)) ||
           (byte == '+' && joins(text, at));
}

static size_t piece_length(struct span text)
{
    size_t length = 0;
    int depth = 0;

    for (; length < text.length; length++) {
        char byte = text.at[length];

        depth += byte == '(' ? 1 : byte == ')' && depth > 0 ? -1 : 0;
        if ((depth == 0 || byte == '\n') && separates(text, length))
            return length;
    }
    return length;
}

/* "squat 3x8 and bench 3x8": an "and" between a number and a name parts as a comma does. */
static void part_by_words(struct buf *folded)
{
    static const char *const words[] = {" and ", " und ", " then ", " dann "};
    bool digit = false;

    for (size_t at = 0; at < folded->length; at++) {
        const struct span rest = {folded->data + at, folded->length - at};

        digit = (digit && !separates(buf_span(folded), at)) || ascii_is_digit(rest.at[0]);
        for (size_t i = 0; i < ARRAY_LENGTH(words) && digit && rest.at[0] == ' '; i++) {
            const size_t length = strlen(words[i]);

            if (rest.length <= length || !span_starts(rest, words[i]) || !scan_is_letter(rest.at[length]))
                continue;
            memset(folded->data + at, ' ', length);
            folded->data[at] = ',';
            digit = false;
        }
    }
}

static int read_pieces(struct plan_reader *reader, struct buf *folded)
{
    const struct span text = buf_span(folded);
    size_t at = 0;

    part_by_words(folded);
    for (;;) {
        struct span left = {text.at + at, text.length - at};
        size_t length = piece_length(left);

        reader->scan = (struct plan_scan){{left.at, length}, 0, reader->options->unit};
        if (read_piece(reader) < 0)
            return -1;
        if (length == left.length)
            break;
        reader->before = left.at[length];
        at += length + 1;
    }
    end_list(reader);
    return reader->plan->count != 0 ? 0 : plan_fail(reader, PLAN_EMPTY, (struct span){"", 0});
}

int plan_read(struct span text, const struct plan_options *options, struct plan *plan, struct plan_error *error)
{
    struct plan_reader reader = {.options = options, .plan = plan, .error = error, .list_first = SIZE_MAX};
    struct buf folded = BUF_INIT(PLAN_TEXT_MAX);
    int result;

    plan->count = 0;
    if (text_fold(text, &folded) != 0)
        result = plan_fail(&reader, text_valid_utf8(text) ? PLAN_TOO_LONG : PLAN_EMPTY, (struct span){"", 0});
    else
        result = read_pieces(&reader, &folded);
    buf_release(&folded);
    return result;
}
