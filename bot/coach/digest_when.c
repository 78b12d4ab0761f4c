/*
 * When a training room's week is told.
 */
#include "bot/coach/digest_when.h"

#include <string.h>

#include "bot/coach/checkin_when.h"
#include "bot/coach/room.h"
#include "core/base/civil.h"

enum { SUNDAY = 6, EVENING = 19 * 60 };

bool digest_is_off(const struct coach_group *group)
{
    return strcmp(group->digest, "off") == 0;
}

struct recurrence digest_time(const struct coach_group *group)
{
    struct recurrence when = {SUNDAY, EVENING};

    checkin_when_read(span_of(group->digest), &when);
    return when;
}

int digest_next(struct turn *turn, const struct coach_group *group, int64_t after_ms, int64_t *at_ms, struct err *err)
{
    const struct recurrence end = {0, 0}, when = digest_time(group);

    return room_next(turn, group, digest_is_off(group) ? &end : &when, after_ms, at_ms, err);
}

int digest_monday(struct turn *turn, const struct coach_group *group, int64_t at_ms, int64_t *from_ms, struct err *err)
{
    const struct recurrence monday = {0, 0};

    if (room_next(turn, group, &monday, at_ms, from_ms, err) < 0)
        return -1;
    return room_next(turn, group, &monday, *from_ms - 8 * (int64_t)CIVIL_DAY_MS, from_ms, err);
}
