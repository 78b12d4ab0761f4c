/*
 * What somebody says that they are going to do.
 */
#include "bot/chat/planned.h"

#include <math.h>
#include <string.h>

#include "bot/chat/filler.h"
#include "core/base/mem.h"
#include "core/notation/plan.h"

/* Whether each item has its reps, or sets without a load: the 8 of "80 kg for 8" are no sets. */
static bool is_whole(const struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->items[i].reps_min == 0 && isnan(plan->items[i].seconds) &&
            (plan->items[i].sets == 0 || !isnan(plan->items[i].load_kg)))
            return false;
    return true;
}

bool planned_in_words(const struct command_index *commands, const struct reading_options *options,
                      struct intention *intention)
{
    const struct plan_options plan_options = {.own = options->own, .unit = options->unit};
    struct span text = intention->text, none;
    struct plan_error error;
    struct plan plan;

    if (!filler_take_plan(&text) || !span_has_digit(text) || memchr(text.at, '?', text.length) != NULL ||
        plan_read(text, &plan_options, &plan, &error) != 0 || !is_whole(&plan))
        return false;
    intention->command = command_find(commands, span_of("plan"), &none);
    intention->arguments = text;
    return intention->command != NULL;
}
