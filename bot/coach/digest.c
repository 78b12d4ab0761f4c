/*
 * digest: a training room's week: who took part, how hard, what was the best, who keeps at it. Of each only what they
 * share with the room (roster_shows()); of the others what they wrote there.
 */
#include "bot/coach/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/challenge.h"
#include "bot/coach/checkin_when.h"
#include "bot/coach/coaching.h"
#include "bot/coach/commands.h"
#include "bot/coach/digest_when.h"
#include "bot/coach/record.h"
#include "bot/coach/room.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "bot/schedule/zone.h"
#include "core/effort/readiness.h"

enum { WEEK_DAYS = 7, BESTS_SAID = 4, STREAKS_SAID = 5, STREAK_LEAST = 2 };

#define LATE_MS (2 * (int64_t)CIVIL_DAY_MS) /* the bot was away: still useful */

int digest_plan(struct turn *turn, const struct coach_group *group, int64_t after_ms, struct err *err)
{
    int64_t due_ms;

    if (digest_next(turn, group, after_ms, &due_ms, err) < 0)
        return -1;
    return room_plan(turn, group, COACH_JOB_DIGEST, digest_is_off(group) ? 0 : due_ms, "", err);
}

/* ---------------------------------------------------------------- the week of each */

struct best {
    char name[COACH_NAME_SIZE];
    char exercise[EXERCISE_ID_SIZE];
    double e1rm_kg, more; /* by so much of the best before */
};

struct streak {
    char name[COACH_NAME_SIZE];
    int weeks;
};

struct digest {
    struct turn *turn;
    int64_t from_ms, to_ms;
    int members, trained;
    double sets, failures, budget, known, close;
    int answered; /* check-ins that are shared */
    double recovery;
    VEC(struct best) bests;
    VEC(struct streak) streaks;
};

/* Weeks running, up to this one, with a set in each. */
static int count_weeks(const struct turn *of, const struct effort_input *input)
{
    int64_t day = day_of(of, input->now_ms).number, monday = civil_monday(day);
    int weeks = 0;

    for (size_t i = input->log_count; i-- > 0;) {
        day = day_of(of, input->log[i].at_ms).number;
        if (day >= monday + WEEK_DAYS || input->log[i].set.type == SET_WARMUP)
            continue; /* of a week that counts already */
        if (day < monday)
            break;
        weeks++;
        monday -= WEEK_DAYS;
    }
    return weeks;
}

static void find_bests(struct digest *digest, const struct turn *of, const struct effort_input *input, const char *name)
{
    for (size_t i = 0; i < of->week.lift_count; i++) {
        const struct exercise *exercise = of->week.lifts[i].exercise;
        double before, best;
        struct best *added;

        if (!exercise->compound)
            continue;
        before = record_best(of, input, exercise, 0, digest->from_ms);
        best = record_best(of, input, exercise, digest->from_ms, digest->to_ms);
        if (isnan(before) || !(best > before * 1.001)) /* as it is written */
            continue;
        added = vec_add(&digest->bests);
        snprintf(added->name, sizeof(added->name), "%s", name);
        memcpy(added->exercise, exercise->id, sizeof(added->exercise));
        added->e1rm_kg = best;
        added->more = best / before;
    }
}

static void add_checkin(struct digest *digest, const struct lifter *lifter)
{
    for (size_t i = lifter->checkins.count; i-- > 0 && lifter->checkins.at[i].at_ms >= digest->from_ms;) {
        double mean = readiness_mean(&lifter->checkins.at[i]);

        if (isnan(mean) || lifter->checkins.at[i].at_ms >= digest->to_ms)
            continue;
        digest->answered++;
        digest->recovery += mean;
        return;
    }
}

static void add_week(struct digest *digest, const struct turn *of, const struct advise_case *ask, const char *name)
{
    const struct ledger *week = &of->week;
    struct streak *streak;
    int weeks;

    digest->trained++;
    digest->sets += week->working;
    digest->failures += week->failures;
    digest->budget += week->budget;
    digest->known += week->known;
    digest->close += week->bands[BAND_CLOSE];
    find_bests(digest, of, &ask->input, name);
    weeks = count_weeks(of, &ask->input);
    if (weeks < STREAK_LEAST)
        return;
    streak = vec_add(&digest->streaks);
    snprintf(streak->name, sizeof(streak->name), "%s", name);
    streak->weeks = weeks;
}

static int add_member(struct digest *digest, const struct roster *roster, const struct coach_member *member,
                      struct err *err)
{
    struct other *other = mem_zero(1, sizeof(*other));
    struct buf name = BUF_INIT(COACH_NAME_SIZE);
    struct advise_case ask;
    int result = other_open_shared(other, digest->turn, roster, member, err);

    if (result == 0)
        result = advise_open(&other->turn, digest->to_ms - 1, &ask, err);
    if (result == 0) {
        ledger_read(&other->turn.week, &ask.input, digest->from_ms, digest->to_ms);
        roster_name(roster, member, &name);
        digest->members += !member->coach || other->turn.week.working > 0;
        if (other->turn.week.working > 0)
            add_week(digest, &other->turn, &ask, buf_text(&name));
        add_checkin(digest, other->turn.lifter);
    }
    other_close(other);
    free(other);
    buf_release(&name);
    return result;
}

/* ---------------------------------------------------------------- in words */

static void say_head(const struct digest *digest)
{
    struct turn *turn = digest->turn;
    struct buf sets = BUF_INIT(64), failures = BUF_INIT(16), budget = BUF_INIT(16), close = BUF_INIT(16);
    char trained[16], members[16];

    snprintf(trained, sizeof(trained), "%d", digest->trained);
    snprintf(members, sizeof(members), "%d", digest->members);
    wording_sets_count(turn->texts, (size_t)ceil(digest->sets), &sets);
    wording_number(turn, digest->failures, &failures);
    wording_number(turn, digest->budget, &budget);
    reply_say(&turn->reply, turn->texts, TEXT_DIGEST, ARG("trained", trained), ARG("members", members),
              ARG("sets", buf_text(&sets)));
    if (digest->known > 0 && digest->budget + digest->failures > 0) {
        wording_rounded(turn, 100 * digest->close / digest->known, 0, &close);
        reply_say(&turn->reply, turn->texts, TEXT_DIGEST_EFFORT, ARG("failures", buf_text(&failures)),
                  ARG("budget", buf_text(&budget)), ARG("close", buf_text(&close)));
    }
    buf_release(&sets);
    buf_release(&failures);
    buf_release(&budget);
    buf_release(&close);
}

static int by_more(const void *a, const void *b)
{
    const struct best *first = a, *second = b;

    return (first->more < second->more) - (first->more > second->more);
}

static void say_bests(struct digest *digest)
{
    struct turn *turn = digest->turn;

    if (digest->bests.count > 1)
        qsort(digest->bests.at, digest->bests.count, sizeof(struct best), by_more);
    for (size_t i = 0; i < digest->bests.count && i < BESTS_SAID; i++) {
        const struct best *best = &digest->bests.at[i];
        struct buf name = BUF_INIT(128), load = BUF_INIT(32), line = BUF_INIT(512);

        wording_exercise(turn, best->exercise, &name);
        wording_weight(turn, best->e1rm_kg, 1, &load);
        reply_phrase(
            turn->texts, TEXT_DIGEST_BEST,
            REPLY_ARGS(ARG("name", best->name), ARG("exercise", buf_text(&name)), ARG("load", buf_text(&load))), &line);
        reply_line(&turn->reply, true);
        reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
        buf_release(&name);
        buf_release(&load);
        buf_release(&line);
    }
}

static int by_weeks(const void *a, const void *b)
{
    const struct streak *first = a, *second = b;

    return second->weeks - first->weeks;
}

static void say_streaks(struct digest *digest)
{
    struct turn *turn = digest->turn;
    struct buf list = BUF_INIT(1024);

    if (digest->streaks.count > 1)
        qsort(digest->streaks.at, digest->streaks.count, sizeof(struct streak), by_weeks);
    for (size_t i = 0; i < digest->streaks.count && i < STREAKS_SAID; i++)
        buf_addf(&list, "%s%s %d", i != 0 ? ", " : "", digest->streaks.at[i].name, digest->streaks.at[i].weeks);
    if (list.length != 0)
        reply_say(&turn->reply, turn->texts, TEXT_DIGEST_STREAKS, ARG("names", buf_text(&list)));
    buf_release(&list);
}

static void say_checkins(const struct digest *digest)
{
    struct turn *turn = digest->turn;
    struct buf mean = BUF_INIT(16);
    char count[16];

    if (digest->answered == 0)
        return;
    snprintf(count, sizeof(count), "%d", digest->answered);
    wording_rounded(turn, digest->recovery / digest->answered, 1, &mean);
    reply_say(&turn->reply, turn->texts, TEXT_DIGEST_CHECKINS, ARG("count", count), ARG("mean", buf_text(&mean)));
    buf_release(&mean);
}

/* 1 when there was something to say, 0, -1. */
static int say_digest(struct turn *turn, const struct roster *roster, bool ends, struct err *err)
{
    struct digest digest = {.turn = turn, .to_ms = turn->message->sent_ms + 1};
    int result = digest_monday(turn, &roster->group, turn->message->sent_ms, &digest.from_ms, err), challenge;

    for (size_t i = 0; i < roster->members.count && result == 0; i++)
        if (roster->members.at[i].presence != COACH_LEFT)
            result = add_member(&digest, roster, &roster->members.at[i], err);
    if (result == 0 && digest.trained != 0) {
        say_head(&digest);
        say_bests(&digest);
        say_streaks(&digest);
        say_checkins(&digest);
    }
    challenge = result == 0 ? challenge_say(turn, roster, ends, err) : 0;
    vec_release(&digest.bests);
    vec_release(&digest.streaks);
    return result < 0 || challenge < 0 ? -1 : digest.trained != 0 || challenge == 1;
}

int digest_due(struct turn *turn, const struct coach_job *job, struct err *err)
{
    struct roster roster = {0};
    int found = roster_load_room(turn->store, job->transport, job->room, &roster, err);

    turn->kind = OUT_DIGEST;
    if (found == 1 &&
        (digest_plan(turn, &roster.group, turn->message->read_ms, err) < 0 || room_speak(turn, &roster.group, err) < 0))
        found = -1;
    if (found == 1 && turn->message->read_ms - job->due_ms <= LATE_MS &&
        (lifter_load_names(turn->lifter, turn->store, err) < 0 || say_digest(turn, &roster, true, err) < 0))
        found = -1;
    roster_release(&roster);
    return found < 0 ? -1 : 0;
}

/* ---------------------------------------------------------------- the command */

static int show(struct turn *turn, const struct roster *roster, struct err *err)
{
    int result = lifter_load_names(turn->lifter, turn->store, err);

    if (result == 0)
        result = say_digest(turn, roster, false, err);
    if (result == 0)
        reply_tell(&turn->reply, turn->texts, TEXT_DIGEST_NONE);
    return result < 0 ? -1 : 0;
}

/* "sun 19:00", "off", "on", with a time zone behind or not: false when it is none of that. */
static bool read_time(struct span typed, struct coach_group *group)
{
    struct recurrence when = digest_time(group);
    struct buf folded = BUF_INIT(128);
    struct span zone = typed;
    struct buf time = BUF_INIT(sizeof(group->digest) - 1);
    bool good;

    for (size_t i = 0; i < typed.length; i++)
        if (typed.at[i] == ' ')
            zone = (struct span){typed.at + i + 1, typed.length - i - 1};
    if (zone.length < sizeof(group->timezone) && memchr(zone.at, '/', zone.length) != NULL) {
        snprintf(group->timezone, sizeof(group->timezone), "%.*s", (int)zone.length, zone.at);
        if (!zone_exists(group->timezone))
            return false;
        typed.length = (size_t)(zone.at - typed.at);
    }
    good = typed_fold(typed, &folded) == 0;
    if (good && typed_is(buf_span(&folded), "off,aus"))
        buf_adds(&time, "off");
    else if (good && (typed_is(buf_span(&folded), "on,an,ein") || checkin_when_read(buf_span(&folded), &when)))
        room_print_time(&when, &time);
    else
        good = false;
    if (good)
        snprintf(group->digest, sizeof(group->digest), "%s", buf_text(&time));
    buf_release(&time);
    buf_release(&folded);
    return good;
}

static int arrange(struct turn *turn, const struct roster *roster, struct span typed, struct err *err)
{
    const struct coach_member *member = roster_member(roster, turn->lifter->id);
    struct coach_group group = roster->group;
    struct recurrence when;
    struct buf time = BUF_INIT(32);

    if (!roster_rules(turn, &group) && (member == NULL || !coaching_is(member)))
        return turn_refuse(turn, TEXT_DIGEST_REFUSED);
    if (!read_time(typed, &group))
        return turn_refuse(turn, TEXT_DIGEST_USAGE);
    if (turn->store->group_put(turn->store->self, &group, err) < 0 ||
        digest_plan(turn, &group, turn->message->read_ms, err) < 0)
        return -1;
    when = digest_time(&group);
    room_show_time(turn, &when, &time);
    reply_say(&turn->reply, turn->texts, digest_is_off(&group) ? TEXT_DIGEST_OFF : TEXT_DIGEST_ON,
              ARG("time", buf_text(&time)));
    buf_release(&time);
    return 0;
}

static int run_in(struct turn *turn, const struct roster *roster, struct span arguments, struct err *err)
{
    return arguments.length == 0 ? show(turn, roster, err) : arrange(turn, roster, arguments, err);
}

static int digest_run(struct turn *turn, struct span arguments, struct err *err)
{
    return roster_run(turn, arguments, run_in, err);
}

const struct command digest_command = {.name = "digest",
                                       .aliases = "team week",
                                       .german = "teamwoche",
                                       .arguments = "[WHEN|off|on]",
                                       .words = 4,
                                       .example = "digest sun 19:00",
                                       .help = TEXT_HELP_DIGEST,
                                       .group = COMMAND_ROOM,
                                       .who = COMMAND_LEADERS,
                                       .run = digest_run};
