/*
 * The coach, saying nothing.
 */
#include "bot/app_hush.h"

static int say_nothing(void *self, const struct outgoing *outgoing, struct err *err)
{
    (void)self, (void)outgoing, (void)err;
    return 0;
}

struct coach_store app_hush(struct store *store)
{
    struct coach_store hushed = *store_coach(store);

    hushed.say = say_nothing;
    return hushed;
}

int app_hush_due(struct coach *coach, const char *transport, int64_t until_ms, bool late, struct err *err)
{
    int64_t due_ms;
    int found;

    while ((found = coach_next_due(coach, transport, false, &due_ms, err)) == 1 && due_ms <= until_ms)
        if (coach_due(coach, transport, false, late ? until_ms : due_ms, err) < 0)
            return -1;
    return found < 0 ? -1 : 0;
}
