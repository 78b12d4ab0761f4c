/*
 * Prints plans in canonical notation: what the reader reads as the same plan.
 */
#include <math.h>

#include "core/notation/plan.h"
#include "core/notation/reading.h"
#include "core/notation/scan.h"
#include "core/notation/shape.h"

static void print_range(double low, double high, enum language language, struct buf *out)
{
    notation_number(low, language, out);
    if (high > low) {
        buf_addc(out, '-');
        notation_number(high, language, out);
    }
}

/* "4x6-8", "x5+", "3x60s", "4 sets". */
static void print_work(const struct plan_item *item, enum language language, struct buf *out)
{
    bool reps = item->reps_min != 0 || item->amrap || !isnan(item->seconds);

    if (item->sets != 0)
        buf_addf(out, "%d", item->sets);
    if (item->sets != 0 && !reps)
        buf_adds(out, item->sets == 1 ? " set" : " sets");
    else if (item->sets >= LOAD_LIKE && isnan(item->seconds)) /* "20x5" would be a load */
        buf_adds(out, " sets ");
    if (reps)
        buf_addc(out, 'x');
    if (!isnan(item->seconds)) {
        notation_number(item->seconds, language, out);
        buf_addc(out, 's');
    } else if (item->reps_min != 0) {
        print_range(item->reps_min, item->reps_max, language, out);
        buf_adds(out, item->amrap ? "+" : "");
    } else if (item->amrap) {
        buf_adds(out, "amrap");
    }
}

static void print_load(const struct plan_item *item, enum language language, struct buf *out)
{
    if (!isnan(item->load_kg)) {
        buf_addc(out, ' ');
        notation_weight(item->load_mode, scan_hundredths(unit_from_kg(item->load_kg, item->unit)),
                        unit_name(item->unit), language, out);
    }
    if (!isnan(item->percent_min)) {
        buf_addc(out, ' ');
        print_range(item->percent_min, item->percent_max, language, out);
        buf_addc(out, '%');
    }
}

static void print_effort(const struct plan_item *item, enum language language, struct buf *out)
{
    if (!isnan(item->rir_min)) {
        buf_adds(out, item->rir_max <= 5 ? " @" : " rir ");
        print_range(item->rir_min, item->rir_max, language, out);
        buf_adds(out, item->ask ? "+" : "");
    }
    if (item->drop != 0) {
        buf_adds(out, " -");
        notation_number(item->drop, language, out);
        buf_addc(out, '%');
    }
}

/* FIRST: it stands right behind the name, and "Bankdrücken Pause" is an exercise. */
static void print_rest(const struct plan_item *item, enum language language, bool first, struct buf *out)
{
    if (item->rest_s != 0)
        buf_addf(out, " %s %d:%02d", language == LANGUAGE_GERMAN && !first ? "Pause" : "rest", item->rest_s / 60,
                 item->rest_s % 60);
}

void plan_print_item(const struct plan_item *item, enum language language, struct buf *out)
{
    size_t begin = out->length;

    print_work(item, language, out);
    print_load(item, language, out);
    print_effort(item, language, out);
    print_rest(item, language, out->length == begin, out);
}

/* Whether the name goes without saying: it is the item's before. */
static bool goes_on(const struct plan *plan, size_t i)
{
    const struct plan_item *item = &plan->items[i];

    return i > 0 && !item->joined && item->sets != 0 && strcmp(plan->items[i - 1].exercise, item->exercise) == 0;
}

static void print_plan(const struct plan *plan, bool ids, enum language language, struct buf *out)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct plan_item *item = &plan->items[i];
        struct buf rest = BUF_INIT(256);

        if (i > 0)
            buf_adds(out, item->joined ? " + " : ", ");
        plan_print_item(item, language, &rest);
        if (!goes_on(plan, i)) {
            if (ids)
                buf_addf(out, "[%s]", item->exercise);
            else
                notation_name(item->exercise, catalogue_by_id(item->exercise), language, out);
            buf_adds(out, rest.length != 0 && rest.data[0] != ' ' ? " " : "");
        }
        buf_add_span(out, buf_span(&rest));
        buf_release(&rest);
    }
}

void plan_print(const struct plan *plan, enum language language, struct buf *out)
{
    print_plan(plan, false, language, out);
}

void plan_print_ids(const struct plan *plan, struct buf *out)
{
    print_plan(plan, true, LANGUAGE_ENGLISH, out);
}
