/*
 * What is said when its day comes round; kept as one small text for each.
 */
#include "bot/coach/regular.h"

#include <inttypes.h>
#include <stdlib.h>

#include "bot/coach/checkin_when.h"
#include "bot/coach/day.h"
#include "bot/coach/typed.h"
#include "core/base/civil.h"

enum { VALUE_MAX = 128, MORNING = 7 * 60, DAYS_MOST = 62 };

#define LATE_MS (2 * (int64_t)CIVIL_DAY_MS) /* the bot was away: still useful */

static bool is_monday(int64_t day)
{
    return civil_weekday(day) == 0;
}

static bool is_first(int64_t day)
{
    struct civil civil;

    civil_from_ms(day * CIVIL_DAY_MS, 0, &civil);
    return civil.day == 1;
}

/* A Monday that is a first has the week first. */
static const struct {
    const char *name;
    enum coach_job_kind job;
    bool (*is_its)(int64_t day);
    int minute;
} kinds[REGULARS] = {[REGULAR_BUDGET] = {"budget", COACH_JOB_BUDGET, is_monday, MORNING},
                     [REGULAR_REVIEW] = {"review", COACH_JOB_REVIEW, is_first, MORNING + 60}};

/* ---------------------------------------------------------------- kept */

static int regular_load(struct turn *turn, enum regular_kind kind, struct regular *regular, struct err *err)
{
    struct buf value = BUF_INIT(VALUE_MAX);
    int found = turn->store->value_get(turn->store->self, turn->lifter->id, kinds[kind].name, &value, err);
    char *at = value.data;

    *regular = (struct regular){.minute = kinds[kind].minute};
    if (found == 1) {
        regular->off = strtol(at, &at, 10) != 0;
        regular->told = strtol(at, &at, 10) != 0;
        regular->minute = (int)strtol(at, &at, 10);
        regular->day = strtoll(at, &at, 10);
        regular->settled = strtoll(at, &at, 10);
    }
    buf_release(&value);
    return found < 0 ? -1 : 0;
}

static int64_t due_on(const struct turn *turn, const struct regular *regular)
{
    const struct wall_clock clock = day_clock(turn);

    return recurrence_on(regular->day, regular->minute, &clock);
}

static int store_at(struct turn *turn, enum regular_kind kind, const struct regular *regular,
                    const struct checkin_plan *plan, struct err *err)
{
    struct buf value = BUF_INIT(VALUE_MAX);
    int result;

    buf_addf(&value, "%d %d %d %" PRId64 " %" PRId64, regular->off, regular->told, regular->minute, regular->day,
             regular->settled);
    result = turn->store->value_put(turn->store->self, turn->lifter->id, kinds[kind].name, buf_text(&value), err);
    buf_release(&value);
    if (result < 0)
        return -1;
    return checkin_plan_job(turn, plan, kinds[kind].job, regular->day != 0 ? due_on(turn, regular) : 0, err);
}

static int regular_store(struct turn *turn, enum regular_kind kind, const struct regular *regular, struct err *err)
{
    struct checkin_plan plan;

    return checkin_plan_load(turn, &plan, err) < 0 ? -1 : store_at(turn, kind, regular, &plan, err);
}

/* ---------------------------------------------------------------- when */

/* Its next day whose time is after AFTER_MS and that isn't settled. */
static void plan_day(const struct turn *turn, enum regular_kind kind, struct regular *regular, int64_t after_ms)
{
    int64_t day = day_of(turn, after_ms).number;

    for (int i = 0; i < DAYS_MOST; i++, day++) {
        if (!kinds[kind].is_its(day) || day <= regular->settled)
            continue;
        regular->day = day;
        if (due_on(turn, regular) > after_ms)
            return;
    }
}

/* What was due today before it began is over. */
static void begin(const struct turn *turn, enum regular_kind kind, struct regular *regular)
{
    int64_t now_ms = turn->message->read_ms;

    plan_day(turn, kind, regular, now_ms);
    if (regular->day - 1 > regular->settled && regular->day > day_of(turn, now_ms).number)
        regular->settled = regular->day - 1;
}

int regular_follow(struct turn *turn, const struct checkin_plan *plan, bool moved, struct err *err)
{
    for (int kind = 0; kind < REGULARS; kind++) {
        struct regular regular;
        bool begins;

        if (regular_load(turn, (enum regular_kind)kind, &regular, err) < 0)
            return -1;
        begins = regular.day == 0 && !regular.off;
        if (begins)
            begin(turn, (enum regular_kind)kind, &regular);
        if ((begins || moved) && store_at(turn, (enum regular_kind)kind, &regular, plan, err) < 0)
            return -1;
    }
    return 0;
}

int regular_again(struct turn *turn, const struct checkin_plan *plan, struct err *err)
{
    for (int kind = 0; kind < REGULARS; kind++) {
        struct regular regular;

        if (regular_load(turn, (enum regular_kind)kind, &regular, err) < 0)
            return -1;
        if (regular.day == 0)
            continue;
        plan_day(turn, (enum regular_kind)kind, &regular, turn->message->read_ms - LATE_MS);
        if (store_at(turn, (enum regular_kind)kind, &regular, plan, err) < 0)
            return -1;
    }
    return 0;
}

/* 1 when it is to be said, with REGULAR planned for the next day of its kind; 0; -1. */
static int take_day(struct turn *turn, enum regular_kind kind, const struct coach_job *job, struct regular *regular,
                    struct err *err)
{
    int64_t now_ms = turn->message->read_ms;
    struct checkin_plan plan;
    bool early;

    if (checkin_plan_load(turn, &plan, err) < 0 || regular_load(turn, kind, regular, err) < 0)
        return -1;
    if (regular->off || regular->day == 0)
        return 0;
    early = due_on(turn, regular) > now_ms; /* the lifter has moved west since it was planned */
    if (!early) {
        regular->settled = regular->day;
        plan_day(turn, kind, regular, now_ms);
    }
    if (store_at(turn, kind, regular, &plan, err) < 0)
        return -1;
    return !early && !plan.paused && now_ms - job->due_ms <= LATE_MS; /* paused: silence was promised */
}

int regular_due(struct turn *turn, enum regular_kind kind, const struct coach_job *job,
                int (*say)(struct turn *turn, struct err *err), enum text_key ends, struct err *err)
{
    struct regular regular;
    int result = take_day(turn, kind, job, &regular, err);

    if (result == 1)
        result = say(turn, err);
    if (result != 1)
        return result;
    turn->kind = OUT_DIGEST;
    if (regular.told)
        return 0;
    regular.told = true;
    reply_tell(&turn->reply, turn->texts, ends);
    return regular_store(turn, kind, &regular, err);
}

/* ---------------------------------------------------------------- by word */

int regular_arrange(struct turn *turn, enum regular_kind kind, struct span typed, struct regular *regular,
                    struct err *err)
{
    struct recurrence when = {-1, 0};

    if (regular_load(turn, kind, regular, err) < 0)
        return -1;
    if (typed_is(typed, "off,stop,aus,nie")) {
        regular->off = true;
        regular->day = 0;
    } else if (typed_is(typed, "on,an,ein")) {
        regular->off = false;
        begin(turn, kind, regular);
    } else if (checkin_when_read(typed, &when) && when.weekday < 0) {
        regular->off = false;
        regular->minute = when.minute;
        begin(turn, kind, regular);
    } else {
        return 0;
    }
    regular->told = true;
    return regular_store(turn, kind, regular, err) < 0 ? -1 : 1;
}
