/*
 * Collects reasons; see reasons.h.
 */
#include "core/effort/reasons.h"

#include <string.h>

#include "core/base/mem.h"

static void add(struct advice *advice, const struct reason *reason)
{
    for (size_t i = 0; i < advice->reason_count; i++)
        if (strcmp(advice->reasons[i].rule, reason->rule) == 0)
            return;
    BUG_IF(advice->reason_count == ADVICE_REASONS);
    advice->reasons[advice->reason_count++] = *reason;
}

void reasons_add(struct advice *advice, const char *rule, double value, double limit)
{
    add(advice, &(struct reason){rule, value, limit, false});
}

void reasons_add_gate(struct advice *advice, const char *rule, double value, double limit)
{
    add(advice, &(struct reason){rule, value, limit, true});
}
void reasons_drop(struct advice *advice, const char *rule)
{
    for (size_t i = 0; i < advice->reason_count; i++) {
        if (advice->reasons[i].closed_gate || strcmp(advice->reasons[i].rule, rule) != 0)
            continue;
        advice->reason_count--;
        memmove(&advice->reasons[i], &advice->reasons[i + 1], (advice->reason_count - i) * sizeof(advice->reasons[0]));
        return;
    }
}
