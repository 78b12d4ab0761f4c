/*
 * team: the last seven days of everybody in the room, for its coaches: who trained and how hard, whose lifts fall, who
 * needs a lighter week, who hasn't answered. Of each only what they share with whoever reads it (roster_shows()).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/checkin_plan.h"
#include "bot/coach/coaching.h"
#include "bot/coach/commands.h"
#include "bot/coach/session.h"
#include "bot/coach/wording.h"
#include "core/text/fold.h"

enum { DAYS = 7, LINE_COLUMNS = PHONE_COLUMNS - 2 /* behind the sign of a list */, FALLING_SAID = 2 };

/* One of them. */
struct report {
    struct turn *turn;  /* of the coach */
    struct other other; /* theirs */
    struct advise_case ask;
    size_t first, end; /* their sets of these days, in the log */
    struct session_effort effort;
    bool open_checkin;
};

static int64_t from_ms(const struct report *report)
{
    return report->turn->message->sent_ms - (int64_t)DAYS * CIVIL_DAY_MS;
}

/* ---------------------------------------------------------------- what there is */

static int load(struct report *report, struct err *err)
{
    struct turn *turn = &report->other.turn;
    int64_t now_ms = report->turn->message->sent_ms;
    struct checkin_plan plan;

    if (advise_open(turn, now_ms, &report->ask, err) < 0)
        return -1;
    report->first = lifter_log_before(turn->lifter, from_ms(report));
    report->end = lifter_log_before(turn->lifter, now_ms + 1);
    if (!other_is_narrow(&report->other)) {
        if (checkin_plan_load(turn, &plan, err) < 0)
            return -1;
        report->open_checkin = checkin_plan_waits(turn, &plan);
    }
    return session_judge(turn, report->first, report->end, &report->effort, err);
}

static size_t count_days(const struct report *report)
{
    const struct turn *turn = &report->other.turn;
    int64_t last = INT64_MIN;
    size_t days = 0;

    for (size_t i = report->first; i < report->end; i++) {
        int64_t day = day_of(turn, turn->lifter->log.at[i].at_ms).number;

        days += day != last;
        last = day;
    }
    return days;
}

/* ---------------------------------------------------------------- in words */

/* "ben: 3 days, 24 sets", "ben: nothing since 5 Jan". */
static void say_head(const struct report *report, const char *name)
{
    struct turn *turn = report->turn;
    const struct lifter *lifter = report->other.turn.lifter;
    struct buf days = BUF_INIT(64), sets = BUF_INIT(64), date = BUF_INIT(64);
    size_t count = count_days(report);
    char number[24];

    snprintf(number, sizeof(number), "%zu", count);
    reply_phrase(turn->texts, count == 1 ? TEXT_TEAM_ONE_DAY : TEXT_TEAM_DAYS, REPLY_ARGS(ARG("count", number)), &days);
    wording_sets_count(turn->texts, report->end - report->first, &sets);
    if (report->end != 0)
        wording_day(turn->texts, day_of(&report->other.turn, lifter->log.at[report->end - 1].at_ms).number, &date);
    reply_say(&turn->reply, turn->texts,
              count != 0         ? TEXT_TEAM_MEMBER
              : date.length != 0 ? TEXT_TEAM_NOTHING_SINCE
                                 : TEXT_TEAM_NOTHING,
              ARG("name", name), ARG("days", buf_text(&days)), ARG("sets", buf_text(&sets)),
              ARG("date", buf_text(&date)));
    buf_release(&days);
    buf_release(&sets);
    buf_release(&date);
}

/* Adds PART to the member's LINE; where that is full, on the next one. */
static void add_part(struct turn *turn, struct buf *line, const char *part)
{
    if (part[0] == '\0')
        return;
    if (line->length != 0 && text_width(buf_span(line)) + 2 + text_width(span_of(part)) > LINE_COLUMNS) {
        reply_line(&turn->reply, true);
        reply_add(&turn->reply, REPLY_PLAIN, buf_text(line));
        buf_clear(line);
    }
    buf_adds(line, line->length != 0 ? ", " : "");
    buf_adds(line, part);
}

static void add_falling(struct report *report, struct buf *line)
{
    struct turn *turn = report->turn, *other = &report->other.turn;
    struct buf name = BUF_INIT(128), part = BUF_INIT(256);
    int said = 0;

    ledger_read(&other->week, &report->ask.input, from_ms(report), report->ask.input.now_ms);
    for (size_t i = 0; i < other->week.lift_count && said < FALLING_SAID; i++) {
        const struct ledger_lift *lift = &other->week.lifts[i];

        if (lift->trend.way != TREND_FALLING)
            continue;
        said++;
        buf_clear(&name);
        buf_clear(&part);
        wording_exercise(other, lift->exercise->id, &name);
        reply_phrase(turn->texts, TEXT_TEAM_FALLING, REPLY_ARGS(ARG("exercise", buf_text(&name))), &part);
        add_part(turn, line, buf_text(&part));
    }
    buf_release(&name);
    buf_release(&part);
}

static void say_member(struct report *report, const char *name)
{
    struct turn *turn = report->turn;
    struct buf line = BUF_INIT(512), effort = BUF_INIT(256);

    say_head(report, name);
    session_print_effort(turn, &report->effort, &effort);
    add_part(turn, &line, buf_text(&effort));
    add_falling(report, &line);
    if (report->ask.profile.phase == PHASE_DELOAD && !other_is_narrow(&report->other))
        add_part(turn, &line, texts_get(turn->texts, TEXT_TEAM_DELOAD));
    else if (warnings_deload(&report->ask.input))
        add_part(turn, &line, texts_get(turn->texts, TEXT_TEAM_DELOAD_DUE));
    if (report->open_checkin)
        add_part(turn, &line, texts_get(turn->texts, TEXT_TEAM_CHECKIN));
    if (line.length != 0) {
        reply_line(&turn->reply, true);
        reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
    }
    buf_release(&line);
    buf_release(&effort);
}

/* Whoever coaches and never trains is no news. */
static bool is_news(const struct report *report, const struct coach_member *member)
{
    return !member->coach || report->end != 0;
}

/* 1 when they were spoken of. */
static int report_on(struct turn *turn, const struct roster *roster, const struct coach_member *member, struct err *err)
{
    struct report *report = mem_zero(1, sizeof(*report));
    struct buf name = BUF_INIT(COACH_NAME_SIZE);
    int result;

    report->turn = turn;
    result = other_open_shared(&report->other, turn, roster, member, err);
    if (result == 0)
        result = load(report, err);
    if (result == 0 && is_news(report, member)) {
        roster_name(roster, member, &name);
        say_member(report, buf_text(&name));
        result = 1;
    }
    other_close(&report->other);
    buf_release(&name);
    free(report);
    return result;
}

/* Somebody shows coaches more than the room. */
static bool there_is_more(const struct turn *turn, const struct roster *roster)
{
    for (size_t i = 0; i < roster->members.count && !turn->message->direct; i++)
        if (roster->members.at[i].presence != COACH_LEFT && roster->members.at[i].share == COACH_SHARE_COACH)
            return true;
    return false;
}

static int report_all(struct turn *turn, const struct roster *roster, struct err *err)
{
    int said = 0, result = 0;

    reply_tell(&turn->reply, turn->texts, TEXT_TEAM);
    for (size_t i = 0; i < roster->members.count && result >= 0; i++) {
        if (roster->members.at[i].presence == COACH_LEFT)
            continue;
        result = report_on(turn, roster, &roster->members.at[i], err);
        said += result == 1;
    }
    if (said == 0) {
        reply_clear(&turn->reply);
        reply_tell(&turn->reply, turn->texts, TEXT_TEAM_NONE);
    } else if (there_is_more(turn, roster)) {
        reply_tell(&turn->reply, turn->texts, TEXT_TEAM_MORE);
    }
    return result < 0 ? -1 : 0;
}

/* The one whom TYPED means. */
static int report_one(struct turn *turn, const struct roster *roster, struct span typed, struct err *err)
{
    struct whom whom;
    int said;

    if (!coaching_whom(turn, roster, &typed, &whom))
        return 0;
    if (whom.member == NULL)
        return report_all(turn, roster, err);
    said = report_on(turn, roster, whom.member, err);
    if (said == 0)
        reply_tell(&turn->reply, turn->texts, TEXT_TEAM_NONE);
    return said < 0 ? -1 : 0;
}

static int run(struct turn *turn, struct span arguments, struct err *err)
{
    struct roster roster;
    int found = coaching_open(turn, &roster, err);

    if (found == 1)
        found = arguments.length != 0 ? report_one(turn, &roster, arguments, err) : report_all(turn, &roster, err);
    roster_release(&roster);
    return found < 0 ? -1 : 0;
}

const struct command team_command = {.name = "team",
                                     .aliases = "",
                                     .german = "mannschaft",
                                     .arguments = "[@NAME]",
                                     .words = 1,
                                     .never_before = "abcdefghijklmnopqrstuvwxyz\xC3", /* "team lunch" */
                                     .example = "team @ben",
                                     .help = TEXT_HELP_TEAM,
                                     .group = COMMAND_ROOM,
                                     .who = COMMAND_COACHES,
                                     .run = run};
