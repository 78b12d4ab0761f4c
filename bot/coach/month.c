/*
 * month: in numbers: how steadily was trained, where strength, recovery and effort went (R55, R56). By itself
 * on the first, to whoever trained in the month before.
 */
#include "bot/coach/month.h"

#include <stdio.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/checkin_say.h"
#include "bot/coach/commands.h"
#include "bot/coach/forecast.h"
#include "bot/coach/regular.h"
#include "bot/coach/record.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/effort/readiness.h"

enum { LIFTS_SAID = 4, WEEK_DAYS = 7, THURSDAY = 3, YEAR_MONTHS = 12 };

/* A month of the calendar. */
struct month {
    int number;          /* counted from year 0 */
    int64_t first, last; /* its days, up to now */
    bool ended;
    int64_t from_ms, to_ms; /* [from, to) */
    int sessions;           /* days that something was trained on */
    int64_t monday;         /* of its weeks, which are those whose Thursday is in it; none before the lifter's first */
    int weeks, all;         /* those with a session, and how many there are */
    double recovery;        /* mean of the check-ins; NAN */
};

/* ---------------------------------------------------------------- reading */

static int month_of(int64_t day)
{
    struct civil civil;

    civil_from_ms(day * CIVIL_DAY_MS, 0, &civil);
    return civil.year * YEAR_MONTHS + civil.month - 1;
}

/* FIRST_MS: when the lifter began, as far as the log goes back. */
static void set_weeks(struct month *month, const struct turn *turn, int64_t first_ms)
{
    int64_t begun = civil_monday(day_of(turn, first_ms).number), end = civil_monday(month->last);

    month->monday = civil_monday(month->first);
    if (month->monday + THURSDAY < month->first)
        month->monday += WEEK_DAYS;
    if (month->monday < begun)
        month->monday = begun;
    if (month->ended && end + THURSDAY > month->last)
        end -= WEEK_DAYS;
    month->all = end >= month->monday ? (int)((end - month->monday) / WEEK_DAYS) + 1 : 0;
}

static void count_sessions(struct month *month, const struct turn *turn, const struct effort_input *input)
{
    int64_t end = month->monday + month->all * (int64_t)WEEK_DAYS, week = INT64_MIN;
    struct day day = {.end_ms = INT64_MIN};

    for (size_t i = 0; i < input->log_count; i++) {
        const struct logged_set *logged = &input->log[i];

        if (logged->at_ms < day.end_ms || logged->set.type == SET_WARMUP)
            continue;
        day = day_of(turn, logged->at_ms);
        month->sessions += day.number >= month->first && day.number <= month->last;
        month->weeks += day.number >= month->monday && day.number < end && civil_monday(day.number) != week;
        week = civil_monday(day.number);
    }
}

static size_t first_checkin(const struct month *month, const struct lifter *lifter, size_t *count)
{
    size_t first = 0, end;

    while (first < lifter->checkins.count && lifter->checkins.at[first].at_ms < month->from_ms)
        first++;
    for (end = first; end < lifter->checkins.count && lifter->checkins.at[end].at_ms < month->to_ms; end++)
        ;
    *count = end - first;
    return first;
}

static double mean_recovery(const struct month *month, const struct lifter *lifter)
{
    size_t count, first = first_checkin(month, lifter, &count), known = 0;
    double sum = 0;

    for (size_t i = 0; i < count; i++) {
        double mean = readiness_mean(&lifter->checkins.at[first + i]);

        known += !isnan(mean);
        sum += isnan(mean) ? 0 : mean;
    }
    return known != 0 ? sum / (double)known : NAN;
}

/* As far as INPUT goes. */
static void month_read(struct month *month, const struct turn *turn, const struct effort_input *input, int number)
{
    int year = number / YEAR_MONTHS, index = number % YEAR_MONTHS + 1;

    *month = (struct month){.number = number, .first = civil_days(year, index, 1)};
    month->last = month->first + civil_month_length(year, index) - 1;
    month->from_ms = day_numbered(turn, month->first).start_ms;
    month->to_ms = day_numbered(turn, month->last).end_ms;
    month->ended = month->to_ms <= input->now_ms + 1;
    if (!month->ended) {
        month->to_ms = input->now_ms + 1;
        month->last = day_of(turn, input->now_ms).number;
    }
    if (input->log_count != 0)
        set_weeks(month, turn, input->log[0].at_ms);
    count_sessions(month, turn, input);
    month->recovery = mean_recovery(month, turn->lifter);
}

static const char *name_of(const struct turn *turn, const struct month *month)
{
    return texts_get(turn->texts, TEXT_JANUARY + (unsigned)(month->number % YEAR_MONTHS));
}

/* ---------------------------------------------------------------- saying */

/* " (Dec 11)": the same in the month before. */
static void print_before(const struct turn *turn, const struct month *before, const char *value, struct buf *out)
{
    reply_phrase(turn->texts, TEXT_REVIEW_BEFORE, REPLY_ARGS(ARG("month", name_of(turn, before)), ARG("value", value)),
                 out);
}

static void say_sessions(struct turn *turn, const struct month *month, const struct month *before)
{
    struct buf earlier = BUF_INIT(32), steady = BUF_INIT(64);
    char year[16], sessions[16], last[16], weeks[16], all[16];

    snprintf(last, sizeof(last), "%d", before->sessions);
    if (before->sessions != 0)
        print_before(turn, before, last, &earlier);
    snprintf(year, sizeof(year), "%d", month->number / YEAR_MONTHS);
    snprintf(sessions, sizeof(sessions), "%d", month->sessions);
    snprintf(weeks, sizeof(weeks), "%d", month->weeks);
    snprintf(all, sizeof(all), "%d", month->all);
    if (month->all != 0)
        reply_phrase(turn->texts, TEXT_REVIEW_WEEKS, REPLY_ARGS(ARG("weeks", weeks), ARG("all", all)), &steady);
    reply_say(&turn->reply, turn->texts, TEXT_REVIEW, ARG("month", name_of(turn, month)), ARG("year", year));
    reply_say(&turn->reply, turn->texts, TEXT_REVIEW_SESSIONS, ARG("sessions", sessions),
              ARG("before", buf_text(&earlier)), ARG("weeks", buf_text(&steady)));
    buf_release(&earlier);
    buf_release(&steady);
}

/* "bench press e1RM 103.5 kg, +2.4 %". */
static void say_lift(struct turn *turn, const struct exercise *exercise, double best, double before)
{
    struct buf name = BUF_INIT(128), load = BUF_INIT(32), change = BUF_INIT(32), line = BUF_INIT(320);

    wording_exercise(turn, exercise->id, &name);
    wording_weight(turn, best, 1, &load);
    if (!isnan(before)) {
        buf_adds(&change, best > before ? "+" : "");
        wording_rounded(turn, (best / before - 1) * 100, 1, &change);
    }
    reply_phrase(
        turn->texts, isnan(before) ? TEXT_REVIEW_LIFT : TEXT_REVIEW_LIFT_BEFORE,
        REPLY_ARGS(ARG("exercise", buf_text(&name)), ARG("load", buf_text(&load)), ARG("percent", buf_text(&change))),
        &line);
    reply_line(&turn->reply, true);
    reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
    buf_release(&name);
    buf_release(&load);
    buf_release(&change);
    buf_release(&line);
}

static void say_strength(struct turn *turn, const struct effort_input *input, const struct month *month,
                         const struct month *before)
{
    int said = 0;

    for (size_t i = 0; i < turn->week.lift_count && said < LIFTS_SAID; i++) {
        const struct exercise *exercise = turn->week.lifts[i].exercise;
        double best = exercise->compound ? record_best(turn, input, exercise, month->from_ms, month->to_ms) : NAN;

        if (isnan(best))
            continue;
        say_lift(turn, exercise, best, record_best(turn, input, exercise, before->from_ms, before->to_ms));
        said++;
    }
}

static void say_recovery(struct turn *turn, const struct month *month, const struct month *before)
{
    struct buf mean = BUF_INIT(16), number = BUF_INIT(16), earlier = BUF_INIT(32), chart = BUF_INIT(64);
    size_t count, first = first_checkin(month, turn->lifter, &count);

    if (isnan(month->recovery))
        return;
    wording_rounded(turn, month->recovery, 1, &mean);
    if (!isnan(before->recovery)) {
        wording_rounded(turn, before->recovery, 1, &number);
        print_before(turn, before, buf_text(&number), &earlier);
    }
    checkin_print_chart(turn->lifter->checkins.at + first, count, &chart);
    reply_say(&turn->reply, turn->texts, TEXT_REVIEW_RECOVERY, ARG("mean", buf_text(&mean)),
              ARG("before", buf_text(&earlier)), ARG("chart", buf_text(&chart)));
    buf_release(&mean);
    buf_release(&number);
    buf_release(&earlier);
    buf_release(&chart);
}

static void say_effort(struct turn *turn, const struct effort_input *input)
{
    const struct ledger *ledger = &turn->week;
    struct buf share = BUF_INIT(16);
    char harder[16];
    int overshoots = 0;

    for (size_t i = 0; i < ledger->lift_count; i++)
        overshoots += ledger->lifts[i].overshoots;
    snprintf(harder, sizeof(harder), "%d", overshoots);
    if (ledger->known > 0) {
        wording_rounded(turn, 100 * ledger->bands[BAND_ASKED] / ledger->known, 0, &share);
        reply_say(&turn->reply, turn->texts, TEXT_REVIEW_EFFORT, ARG("share", buf_text(&share)), ARG("count", harder));
    }
    forecast_say_bias(turn, input);
    buf_release(&share);
}

/* 1 when it is said, 0 nothing was trained in it, -1. BACK: the last full month instead of this one. */
static int say_month(struct turn *turn, bool back, struct err *err)
{
    int64_t now_ms = turn->message->read_ms;
    struct month month, before;
    struct advise_case ask;
    struct civil today;

    if (lifter_load_settings(turn->lifter, turn->store, err) < 0)
        return -1;
    civil_from_ms(day_of(turn, now_ms).number * CIVIL_DAY_MS, 0, &today);
    if (back) /* seen from its last moment */
        now_ms = day_numbered(turn, civil_days(today.year, today.month, 1)).start_ms - 1;
    if (advise_open(turn, now_ms, &ask, err) < 0)
        return -1;
    month_read(&month, turn, &ask.input, month_of(ask.day.number));
    month_read(&before, turn, &ask.input, month.number - 1);
    if (month.sessions == 0)
        return 0;
    ledger_read(&turn->week, &ask.input, month.from_ms, month.to_ms);
    say_sessions(turn, &month, &before);
    say_strength(turn, &ask.input, &month, &before);
    say_recovery(turn, &month, &before);
    say_effort(turn, &ask.input);
    return 1;
}

static int say_last_month(struct turn *turn, struct err *err)
{
    return say_month(turn, true, err);
}

int month_due(struct turn *turn, const struct coach_job *job, struct err *err)
{
    return regular_due(turn, REGULAR_REVIEW, job, say_last_month, TEXT_REVIEW_END, err);
}

/* ---------------------------------------------------------------- the command */

static int show(struct turn *turn, bool back, struct err *err)
{
    int result = say_month(turn, back, err);

    if (result == 0)
        reply_tell(&turn->reply, turn->texts, TEXT_REVIEW_NONE);
    return result < 0 ? -1 : 0;
}

static int arrange(struct turn *turn, struct span typed, struct err *err)
{
    struct buf folded = BUF_INIT(64);
    struct regular regular;
    int result =
        typed_fold(typed, &folded) == 0 ? regular_arrange(turn, REGULAR_REVIEW, buf_span(&folded), &regular, err) : 0;

    if (result == 1)
        reply_tell(&turn->reply, turn->texts, regular.off ? TEXT_REVIEW_OFF : TEXT_REVIEW_ON);
    if (result == 0)
        turn_refuse(turn, TEXT_REVIEW_REFUSED);
    buf_release(&folded);
    return result < 0 ? -1 : 0;
}

static int month_run(struct turn *turn, struct span arguments, struct err *err)
{
    bool back = typed_is(arguments, "last,letzter,letzten,voriger");

    return arguments.length == 0 || back ? show(turn, back, err) : arrange(turn, arguments, err);
}

const struct command month_command = {.name = "month",
                                      .aliases = "review,this month,my month,monthly review",
                                      .german = "monat,rückblick,dieser monat,mein monat",
                                      .arguments = "[last|off|on]",
                                      .words = 1,
                                      .example = "month last",
                                      .group = COMMAND_REVIEW,
                                      .tells = TELLS_LOG,
                                      .help = TEXT_HELP_MONTH,
                                      .run = month_run};
