/*
 * Any bytes as a plan. What is read is printed and read again as the same plan, by names and by ids.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/notation/plan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool same(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) < 1e-9;
}

static bool same_item(const struct plan_item *a, const struct plan_item *b)
{
    return strcmp(a->exercise, b->exercise) == 0 && a->sets == b->sets && a->reps_min == b->reps_min &&
           a->reps_max == b->reps_max && a->amrap == b->amrap && same(a->seconds, b->seconds) &&
           same(a->load_kg, b->load_kg) && (isnan(a->load_kg) || a->load_mode == b->load_mode) &&
           same(a->percent_min, b->percent_min) && same(a->percent_max, b->percent_max) &&
           same(a->rir_min, b->rir_min) && same(a->rir_max, b->rir_max) && a->ask == b->ask && same(a->drop, b->drop) &&
           a->rest_s == b->rest_s && a->joined == b->joined;
}

static void check_again(const struct plan *plan, bool ids, enum language language)
{
    const struct plan_options options = {.unit = UNIT_KG, .ids = ids};
    struct buf text = BUF_INIT(64 * 1024);
    struct plan_error error;
    struct plan again;

    if (ids)
        plan_print_ids(plan, &text);
    else
        plan_print(plan, language, &text);
    if (text.length > PLAN_TEXT_MAX) {
        buf_release(&text);
        return;
    }
    if (plan_read(buf_span(&text), &options, &again, &error) < 0 || again.count != plan->count)
        abort();
    for (size_t i = 0; i < plan->count; i++)
        if (!same_item(&plan->items[i], &again.items[i]))
            abort();
    buf_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct plan_options options = {.unit = size % 2 == 0 ? UNIT_KG : UNIT_LB};
    struct plan_error error = {.problem = PLAN_EMPTY};
    struct plan plan;

    if (plan_read((struct span){(const char *)data, size}, &options, &plan, &error) < 0) {
        if (memchr(error.part, '\0', sizeof(error.part)) == NULL)
            abort();
        return 0;
    }
    if (plan.count == 0 || plan.count > PLAN_ITEMS)
        abort();
    check_again(&plan, false, LANGUAGE_ENGLISH);
    check_again(&plan, false, LANGUAGE_GERMAN);
    check_again(&plan, true, LANGUAGE_ENGLISH);
    return 0;
}
