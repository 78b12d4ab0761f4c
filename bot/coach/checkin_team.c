/*
 * A team's check-in.
 */
#include "bot/coach/checkin_team.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/checkin_log.h"
#include "bot/coach/checkin_when.h"
#include "bot/coach/coaching.h"
#include "bot/coach/room.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"

enum { SUNDAY = 6, EVENING = 18 * 60, VALUE_MAX = 64, PLACE_MAX = 512 };

#define DAY_MS ((int64_t)CIVIL_DAY_MS)
#define LATE_MS DAY_MS /* the bot was away: still useful */
#define WEEK_MS ((int64_t)CIVIL_WEEK_MS)

/* ---------------------------------------------------------------- when */

/* 1 it is on, 0, -1. */
static int load(const struct turn *turn, const struct coach_group *group, struct recurrence *when, struct err *err)
{
    struct buf value = BUF_INIT(VALUE_MAX);
    int found =
        turn->store->room_value_get(turn->store->self, group->transport, group->room, CHECKIN_TEAM_VALUE, &value, err);

    *when = (struct recurrence){SUNDAY, EVENING};
    if (found == 1)
        checkin_when_read(buf_span(&value), when);
    buf_release(&value);
    return found;
}

/* WHEN NULL: never. */
static int plan(struct turn *turn, const struct coach_group *group, const struct recurrence *when, struct err *err)
{
    int64_t due_ms = 0;

    if (when != NULL && room_next(turn, group, when, turn->message->read_ms, &due_ms, err) < 0)
        return -1;
    return room_plan(turn, group, COACH_JOB_TEAM, due_ms, "", err);
}

static int store(struct turn *turn, const struct coach_group *group, const struct recurrence *when, struct err *err)
{
    struct buf value = BUF_INIT(VALUE_MAX);
    int result;

    if (when != NULL)
        room_print_time(when, &value);
    result = turn->store->room_value_put(turn->store->self, group->transport, group->room, CHECKIN_TEAM_VALUE,
                                         when != NULL ? buf_text(&value) : NULL, err);
    buf_release(&value);
    return result == 0 ? plan(turn, group, when, err) : -1;
}

static void say_when(struct turn *turn, const struct recurrence *when)
{
    struct buf time = BUF_INIT(VALUE_MAX);

    room_show_time(turn, when, &time);
    reply_say(&turn->reply, turn->texts, TEXT_TEAM_CHECKIN_ON, ARG("time", buf_text(&time)));
    buf_release(&time);
}

static int command(struct turn *turn, const struct coach_group *group, struct span text, struct err *err)
{
    struct recurrence when;
    int found = load(turn, group, &when, err);

    if (found < 0)
        return -1;
    if (typed_is(text, "off,stop,aus") || (text.length == 0 && found == 0)) {
        reply_tell(&turn->reply, turn->texts, text.length != 0 ? TEXT_TEAM_CHECKIN_OFF : TEXT_TEAM_CHECKIN_NONE);
        return text.length == 0 || store(turn, group, NULL, err) == 0 ? 1 : -1;
    }
    if (text.length != 0 && !typed_is(text, "on,an,ein,weekly") && !checkin_when_read(text, &when))
        return 0;
    say_when(turn, &when);
    return text.length == 0 || store(turn, group, &when, err) == 0 ? 1 : -1;
}

int checkin_team_command(struct turn *turn, struct span text, struct err *err)
{
    const struct message *message = turn->message;
    struct roster roster = {0};
    int found = message->direct ? 0 : roster_load_room(turn->store, message->transport, message->room, &roster, err);

    if (found == 1)
        found = coaching_is(roster_member(&roster, turn->lifter->id)) ? command(turn, &roster.group, text, err) : 0;
    roster_release(&roster);
    return found;
}

/* ---------------------------------------------------------------- asking */

/* The private chat that is known of them by their plan, or else by the network: 1, 0, -1. */
static int find_place(struct turn *turn, const struct coach_group *group, const struct coach_member *member,
                      struct checkin_plan *plan, struct err *err)
{
    const struct coach_options *options = &turn->coach->options;
    struct buf room = BUF_INIT(PLACE_MAX);
    int found = 0;

    if (plan->room[0] != '\0')
        return 1;
    if (options->private_room != NULL)
        found = options->private_room(options->people_arg, group->transport, member->identity, &room, err);
    if (found == 1)
        found = checkin_plan_move(plan, group->transport, buf_text(&room), member->identity, member->name);
    buf_release(&room);
    return found;
}

/* They want to be asked, and have neither been asked nor answered just now; who has said when is asked then, once a
 * week. */
static bool wants(const struct turn *turn, const struct checkin_plan *plan, int64_t due_ms)
{
    return !plan->off && !plan->paused && due_ms - plan->asked_ms >= (plan->chosen ? WEEK_MS : DAY_MS) &&
           !checkin_log_fresh(turn->lifter, due_ms);
}

/* Their own check-in becomes due now. */
static int ask(struct turn *turn, const struct coach_group *group, const struct coach_member *member, int64_t due_ms,
               struct err *err)
{
    struct checkin_plan plan;
    struct other other;
    int result = other_open(&other, turn, member, err);

    if (result == 0)
        result = checkin_plan_load(&other.turn, &plan, err);
    if (result == 0)
        result = wants(&other.turn, &plan, due_ms) ? find_place(turn, group, member, &plan, err) : 0;
    if (result == 1) {
        plan.step = CHECKIN_STEP_ASK;
        plan.next_ms = due_ms;
        plan.team_ms = due_ms;
        plan.team = group->id;
        result = checkin_plan_store(&other.turn, &plan, err);
    }
    other_close(&other);
    return result < 0 ? -1 : 0;
}

static int ask_all(struct turn *turn, const struct roster *roster, int64_t due_ms, struct err *err)
{
    struct buf payload = BUF_INIT(VALUE_MAX);
    int result = 0;

    for (size_t i = 0; i < roster->members.count && result == 0; i++)
        if (roster->members.at[i].presence != COACH_LEFT)
            result = ask(turn, &roster->group, &roster->members.at[i], due_ms, err);
    buf_addf(&payload, "%" PRId64, due_ms);
    if (result == 0)
        result =
            room_plan(turn, &roster->group, COACH_JOB_TEAM, turn->message->read_ms + DAY_MS, buf_text(&payload), err);
    buf_release(&payload);
    return result;
}

static int note_share(void *arg, const struct coach_member *member)
{
    *(int *)arg = (int)member->share;
    return 0;
}

int checkin_team_say(struct turn *turn, const struct checkin_plan *plan, struct err *err)
{
    static const enum text_key keys[] = {[COACH_SHARE_PRIVATE] = TEXT_TEAM_CHECKIN_PRIVATE,
                                         [COACH_SHARE_COACH] = TEXT_TEAM_CHECKIN_COACH,
                                         [COACH_SHARE_ROOM] = TEXT_TEAM_CHECKIN_ROOM};
    int share = -1;

    if (plan->team_ms == 0 || plan->team_ms != plan->asked_ms)
        return 0;
    if (turn->store->members(turn->store->self, plan->team, turn->lifter->id, note_share, &share, err) < 0)
        return -1;
    if (share >= 0)
        reply_tell(&turn->reply, turn->texts, keys[share]);
    return 0;
}

/* ---------------------------------------------------------------- what they agreed to */

struct report {
    const struct roster *roster;
    int64_t asked_ms;
};

/* "ben: 3.4, usually 3.8: easier sets". */
static void say_line(struct turn *turn, const struct turn *other, const struct advise_case *ask, const char *name)
{
    static const enum text_key verdicts[] = {[VERDICT_CARRY_ON] = TEXT_TEAM_CHECKIN_CARRY_ON,
                                             [VERDICT_NO_FAILURE] = TEXT_TEAM_CHECKIN_NO_FAILURE,
                                             [VERDICT_EASIER] = TEXT_TEAM_CHECKIN_EASIER,
                                             [VERDICT_DELOAD] = TEXT_TEAM_CHECKIN_DELOAD};
    const struct readiness *readiness = &other->warnings.readiness;
    struct buf mean = BUF_INIT(16), usual = BUF_INIT(16), line = BUF_INIT(256);

    wording_rounded(turn, readiness->mean, 1, &mean);
    if (!isnan(readiness->usual))
        wording_rounded(turn, readiness->usual, 1, &usual);
    reply_phrase(turn->texts, usual.length != 0 ? TEXT_TEAM_CHECKIN_USUAL : TEXT_TEAM_CHECKIN_LINE,
                 REPLY_ARGS(ARG("name", name), ARG("mean", buf_text(&mean)), ARG("usual", buf_text(&usual)),
                            ARG("verdict", texts_get(turn->texts, verdicts[warnings_verdict(&ask->input)]))),
                 &line);
    reply_line(&turn->reply, true);
    reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
    buf_release(&mean);
    buf_release(&usual);
    buf_release(&line);
}

/* One who shares it and has answered in that week: 1 and it is said, 0, -1. */
static int report_on(struct turn *turn, const struct report *report, const struct coach_member *member, bool first,
                     struct err *err)
{
    struct other *other = mem_zero(1, sizeof(*other));
    const struct coach_checkin *last = NULL;
    struct buf name = BUF_INIT(COACH_NAME_SIZE);
    struct advise_case ask;
    int result = other_open_shared(other, turn, report->roster, member, err);

    if (result == 0)
        last = checkin_log_last(other->turn.lifter); /* of who shares nothing there is none */
    if (last != NULL && last->at_ms > report->asked_ms - WEEK_MS) {
        result = advise_open(&other->turn, turn->message->read_ms, &ask, err);
        if (result == 0 && !isnan(other->turn.warnings.readiness.mean)) {
            if (first)
                reply_tell(&turn->reply, turn->texts, TEXT_TEAM_CHECKIN_HEAD);
            roster_name(report->roster, member, &name);
            say_line(turn, &other->turn, &ask, buf_text(&name));
            result = 1;
        }
    }
    other_close(other);
    free(other);
    buf_release(&name);
    return result;
}

static int say_report(struct turn *turn, const void *arg, struct err *err)
{
    const struct report *report = arg;
    int said = 0, result = 0;

    turn->kind = OUT_DIGEST;
    for (size_t i = 0; i < report->roster->members.count && result >= 0; i++) {
        result = report_on(turn, report, &report->roster->members.at[i], said == 0, err);
        said += result == 1;
    }
    return result < 0 ? -1 : 0;
}

/* Somebody shows more to the coaches than to the room. */
static bool there_is_more(const struct roster *roster)
{
    for (size_t i = 0; i < roster->members.count; i++)
        if (roster->members.at[i].presence != COACH_LEFT && roster->members.at[i].share == COACH_SHARE_COACH)
            return true;
    return false;
}

static int tell(struct turn *turn, const struct roster *roster, int64_t asked_ms, struct err *err)
{
    const struct report report = {roster, asked_ms};
    int result = say_report(turn, &report, err);

    if (result < 0 || !there_is_more(roster))
        return result;
    for (size_t i = 0; i < roster->members.count && result >= 0; i++)
        if (coaching_is(&roster->members.at[i]))
            result = room_tell_alone(turn->coach, &roster->group, &roster->members.at[i], turn->message->read_ms,
                                     say_report, &report, err);
    return result < 0 ? -1 : 0;
}

static int carry_out(struct turn *turn, const struct roster *roster, const struct coach_job *job,
                     const struct recurrence *when, struct err *err)
{
    bool useful = turn->message->read_ms - job->due_ms <= LATE_MS, asks = job->payload[0] == '\0';

    if (room_speak(turn, &roster->group, err) < 0)
        return -1;
    if (asks && useful)
        return ask_all(turn, roster, job->due_ms, err);
    if (plan(turn, &roster->group, when, err) < 0)
        return -1;
    return useful ? tell(turn, roster, strtoll(job->payload, NULL, 10), err) : 0;
}

int checkin_team_due(struct turn *turn, const struct coach_job *job, struct err *err)
{
    struct roster roster = {0};
    struct recurrence when;
    int found = roster_load_room(turn->store, job->transport, job->room, &roster, err);

    if (found == 1)
        found = load(turn, &roster.group, &when, err);
    if (found == 1)
        found = carry_out(turn, &roster, job, &when, err);
    roster_release(&roster);
    return found < 0 ? -1 : 0;
}
