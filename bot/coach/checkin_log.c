/*
 * Answers to check-ins, read from the store: several messages may make one, and what they say of sleep, pain and a
 * deficit holds as if it had been said by the commands of these names.
 */
#include "bot/coach/checkin_log.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/coach/checkin_read.h"
#include "bot/coach/place.h"
#include "core/base/civil.h"

enum { KEPT = 64 }; /* more than a year: what the core looks back on */

#define FRESH_MS (2 * (int64_t)CIVIL_DAY_MS)

/* ---------------------------------------------------------------- over the settings */

static void lay(struct lifter *lifter, enum setting_id id, int64_t at_ms, const char *value)
{
    struct buf row = BUF_INIT(SETTING_VALUE_MAX);

    buf_addf(&row, "%" PRId64 " %s", at_ms, value);
    free(lifter->settings[id]);
    lifter->settings[id] = buf_steal(&row);
}

/* The value of setting ID, if a check-in of AT_MS goes before it; NULL. "" where there is none. */
static const char *older(const struct lifter *lifter, enum setting_id id, int64_t at_ms)
{
    char *value;

    if (lifter->settings[id] == NULL)
        return "";
    if (strtoll(lifter->settings[id], &value, 10) > at_ms)
        return NULL;
    return value + (*value == ' ');
}

/* Takes "knee 2" off PAIN. */
static struct span next_entry(const char **pain)
{
    struct span entry = {*pain, strcspn(*pain, ",")};

    *pain += entry.length;
    *pain += strspn(*pain, ", ");
    return entry;
}

static void lay_pain(struct lifter *lifter, const struct coach_checkin *row)
{
    const char *old = older(lifter, SETTING_PAIN, row->at_ms), *pain = row->pain;
    struct buf now = BUF_INIT(SETTING_VALUE_MAX / 2), next = BUF_INIT(SETTING_VALUE_MAX / 2);

    if (old != NULL && pain[0] != '\0') {
        buf_adds(&now, old);
        while (*pain != '\0') {
            struct span entry = next_entry(&pain);

            buf_clear(&next);
            if (!span_is(entry, "none"))
                place_list_put(buf_text(&now), (struct span){entry.at, entry.length - 2},
                               entry.at[entry.length - 1] - '0', true, &next);
            buf_clear(&now);
            buf_add_span(&now, buf_span(&next));
        }
        lay(lifter, SETTING_PAIN, row->at_ms, buf_text(&now));
    }
    buf_release(&now);
    buf_release(&next);
}

static void lay_over(struct lifter *lifter, const struct coach_checkin *row)
{
    char hours[32];

    if (!isnan(row->slept_h) && older(lifter, SETTING_SLEPT, row->at_ms) != NULL) {
        snprintf(hours, sizeof(hours), "%g h", row->slept_h);
        lay(lifter, SETTING_SLEPT, row->at_ms, hours);
    }
    if (row->deficit >= 0 && older(lifter, SETTING_DEFICIT, row->at_ms) != NULL)
        lay(lifter, SETTING_DEFICIT, row->at_ms, row->deficit ? "on" : "off");
    lay_pain(lifter, row);
}

/* ---------------------------------------------------------------- loading */

static int add_row(void *arg, const struct coach_checkin *row)
{
    struct lifter *lifter = arg;
    size_t count = lifter->answers.count;

    lay_over(lifter, row);
    if (count != 0 && lifter->answers.at[count - 1].due_ms == row->due_ms) {
        checkin_merge(&lifter->answers.at[count - 1], row);
        return 0;
    }
    if (count == KEPT)
        vec_remove(&lifter->answers, 0);
    vec_push(&lifter->answers, *row);
    return 0;
}

static bool aches(const char *pain)
{
    while (*pain != '\0') {
        struct span entry = next_entry(&pain);

        if (!span_is(entry, "none") && entry.at[entry.length - 1] != '0')
            return true;
    }
    return false;
}

int checkin_log_load(struct lifter *lifter, const struct coach_store *store, struct err *err)
{
    vec_clear(&lifter->answers);
    vec_clear(&lifter->checkins);
    if (store->checkins_live(store->self, lifter->id, 0, add_row, lifter, err) < 0)
        return -1;
    for (size_t i = 0; i < lifter->answers.count; i++) {
        const struct coach_checkin *answer = &lifter->answers.at[i];
        struct checkin checkin = {.dread = answer->dread == 1,
                                  .aches = aches(answer->pain),
                                  .declined = answer->declined,
                                  .at_ms = answer->at_ms};

        memcpy(checkin.score, answer->score, sizeof(checkin.score));
        if (checkin_answered(answer) != 0 || checkin.dread || checkin.aches)
            vec_push(&lifter->checkins, checkin);
    }
    return 0;
}

const struct coach_checkin *checkin_log_last(const struct lifter *lifter)
{
    return lifter->answers.count != 0 ? &lifter->answers.at[lifter->answers.count - 1] : NULL;
}

bool checkin_log_fresh(const struct lifter *lifter, int64_t due_ms)
{
    const struct coach_checkin *last = checkin_log_last(lifter);

    return last != NULL && due_ms - last->at_ms < FRESH_MS;
}

const struct coach_checkin *checkin_log_find(const struct lifter *lifter, int64_t due_ms)
{
    for (size_t i = lifter->answers.count; i-- > 0;)
        if (lifter->answers.at[i].due_ms == due_ms)
            return &lifter->answers.at[i];
    return NULL;
}
