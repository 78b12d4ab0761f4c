/*
 * challenge: so many reps of an exercise, all together, until the week is summed up. Counted from the log, so that what
 * is corrected or taken back counts as if it had always been so; of each no more than they share with the room.
 */
#include "bot/coach/challenge.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/coaching.h"
#include "bot/coach/commands.h"
#include "bot/coach/digest_when.h"
#include "bot/coach/names.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"

enum { VALUE_MAX = 256, REPS_MOST = 1000000, NAMES_SAID = 6, BARS = 10 };

struct challenge {
    char exercise[EXERCISE_ID_SIZE];
    int target; /* reps */
    int64_t from_ms, to_ms;
    int64_t by; /* who began it */
};

/* ---------------------------------------------------------------- kept */

static int load(const struct turn *turn, const struct coach_group *group, struct challenge *challenge, struct err *err)
{
    struct buf value = BUF_INIT(VALUE_MAX);
    int found =
        turn->store->room_value_get(turn->store->self, group->transport, group->room, CHALLENGE_VALUE, &value, err);
    const char *space = found == 1 ? strchr(buf_text(&value), ' ') : NULL;
    char *at;

    *challenge = (struct challenge){.target = 0};
    if (space != NULL) {
        snprintf(challenge->exercise, sizeof(challenge->exercise), "%.*s", (int)(space - buf_text(&value)),
                 buf_text(&value));
        challenge->target = (int)strtol(space, &at, 10);
        challenge->from_ms = strtoll(at, &at, 10);
        challenge->to_ms = strtoll(at, &at, 10);
        challenge->by = strtoll(at, &at, 10);
    }
    buf_release(&value);
    return found;
}

/* NULL: there is none any more. */
static int store(const struct turn *turn, const struct coach_group *group, const struct challenge *challenge,
                 struct err *err)
{
    struct buf value = BUF_INIT(VALUE_MAX);
    int result;

    if (challenge != NULL)
        buf_addf(&value, "%s %d %" PRId64 " %" PRId64 " %" PRId64, challenge->exercise, challenge->target,
                 challenge->from_ms, challenge->to_ms, challenge->by);
    result = turn->store->room_value_put(turn->store->self, group->transport, group->room, CHALLENGE_VALUE,
                                         challenge != NULL ? buf_text(&value) : NULL, err);
    buf_release(&value);
    return result;
}

/* ---------------------------------------------------------------- counted */

struct share {
    char name[COACH_NAME_SIZE];
    int reps;
};
typedef VEC(struct share) share_list;

static int reps_of(const struct lifter *lifter, const struct challenge *challenge)
{
    int64_t reps = 0;

    for (size_t i = 0; i < lifter->log.count; i++) {
        const struct logged_set *logged = &lifter->log.at[i];

        if (logged->at_ms >= challenge->from_ms && logged->at_ms < challenge->to_ms && logged->set.reps > 0 &&
            strcmp(logged->set.exercise, challenge->exercise) == 0)
            reps += logged->set.reps;
    }
    return reps < REPS_MOST ? (int)reps : REPS_MOST;
}

static int add_member(struct turn *turn, const struct roster *roster, const struct coach_member *member,
                      const struct challenge *challenge, share_list *shares, struct err *err)
{
    struct other *other = mem_zero(1, sizeof(*other));
    struct buf name = BUF_INIT(COACH_NAME_SIZE);
    int result = other_open_shared(other, turn, roster, member, err), reps;

    if (result == 0)
        result = advise_load(&other->turn, turn->message->sent_ms, err);
    reps = result == 0 ? reps_of(other->turn.lifter, challenge) : 0;
    if (reps != 0) {
        roster_name(roster, member, &name);
        vec_push(shares, ((struct share){.reps = reps}));
        snprintf(shares->at[shares->count - 1].name, COACH_NAME_SIZE, "%s", buf_text(&name));
    }
    other_close(other);
    free(other);
    buf_release(&name);
    return result;
}

static int by_reps(const void *a, const void *b)
{
    const struct share *first = a, *second = b;

    return (first->reps < second->reps) - (first->reps > second->reps);
}

/* ---------------------------------------------------------------- in words */

static void say_shares(struct turn *turn, const share_list *shares)
{
    struct buf list = BUF_INIT(1024);

    for (size_t i = 0; i < shares->count && i < NAMES_SAID; i++)
        buf_addf(&list, "%s%s %d", i != 0 ? ", " : "", shares->at[i].name, shares->at[i].reps);
    if (list.length != 0) {
        reply_line(&turn->reply, false);
        reply_add(&turn->reply, REPLY_PLAIN, buf_text(&list));
    }
    buf_release(&list);
}

/* "pull-up: 312 of 500 reps ▓▓▓▓▓▓░░░░". */
static void say_count(struct turn *turn, const struct challenge *challenge, int done)
{
    int full = done >= challenge->target ? BARS : (int)((int64_t)BARS * done / challenge->target);
    struct buf name = BUF_INIT(128), bars = BUF_INIT(64);
    char reps[16], target[16];

    for (int i = 0; i < BARS; i++)
        buf_adds(&bars, i < full ? "\xE2\x96\x93" : "\xE2\x96\x91");
    snprintf(reps, sizeof(reps), "%d", done);
    snprintf(target, sizeof(target), "%d", challenge->target);
    wording_exercise(turn, challenge->exercise, &name);
    reply_say(&turn->reply, turn->texts, done >= challenge->target ? TEXT_CHALLENGE_REACHED : TEXT_CHALLENGE_COUNT,
              ARG("exercise", buf_text(&name)), ARG("reps", reps), ARG("target", target), ARG("bars", buf_text(&bars)));
    buf_release(&name);
    buf_release(&bars);
}

static int say(struct turn *turn, const struct roster *roster, const struct challenge *challenge, struct err *err)
{
    share_list shares = {0};
    int result = lifter_load_names(turn->lifter, turn->store, err), done = 0;

    for (size_t i = 0; i < roster->members.count && result == 0; i++)
        if (roster->members.at[i].presence != COACH_LEFT)
            result = add_member(turn, roster, &roster->members.at[i], challenge, &shares, err);
    for (size_t i = 0; i < shares.count; i++)
        done += done < REPS_MOST ? shares.at[i].reps : 0;
    if (shares.count > 1)
        qsort(shares.at, shares.count, sizeof(struct share), by_reps);
    if (result == 0) {
        say_count(turn, challenge, done);
        say_shares(turn, &shares);
    }
    vec_release(&shares);
    return result;
}

int challenge_say(struct turn *turn, const struct roster *roster, bool digest, struct err *err)
{
    struct challenge challenge;
    int found = load(turn, &roster->group, &challenge, err);

    if (found != 1)
        return found;
    if (say(turn, roster, &challenge, err) < 0)
        return -1;
    if (digest && turn->message->sent_ms >= challenge.to_ms && store(turn, &roster->group, NULL, err) < 0)
        return -1;
    return 1;
}

/* ---------------------------------------------------------------- the command */

static bool may_end(const struct turn *turn, const struct roster *roster, const struct challenge *challenge)
{
    const struct coach_member *member = roster_member(roster, turn->lifter->id);

    return roster_rules(turn, &roster->group) || challenge->by == turn->lifter->id ||
           (member != NULL && coaching_is(member));
}

static int end(struct turn *turn, const struct roster *roster, struct err *err)
{
    struct challenge challenge;
    int found = load(turn, &roster->group, &challenge, err);

    if (found != 1)
        return found < 0 ? -1 : turn_refuse(turn, TEXT_CHALLENGE_NONE);
    if (!may_end(turn, roster, &challenge))
        return turn_refuse(turn, TEXT_CHALLENGE_REFUSED);
    reply_tell(&turn->reply, turn->texts, TEXT_CHALLENGE_ENDED);
    return store(turn, &roster->group, NULL, err);
}

/* "pullups 500 this week": false when it is none. */
static bool read_begin(struct span text, struct span *name, int *reps)
{
    double target;

    *name = typed_exercise(&text);
    if (name->length == 0 || !typed_number(&text, &target) || target < 1 || target > REPS_MOST ||
        target != floor(target))
        return false;
    *reps = (int)target;
    typed_skip(&text, "reps,wiederholungen");
    return text.length == 0 || typed_is(text, "this week,diese woche");
}

static int begin(struct turn *turn, const struct roster *roster, struct span text, struct err *err)
{
    struct challenge running, challenge = {.by = turn->lifter->id};
    const struct exercise *exercise;
    struct span name;
    int found;

    if (!read_begin(text, &name, &challenge.target))
        return turn_refuse(turn, TEXT_CHALLENGE_USAGE);
    exercise = names_meant(turn, name, TEXT_CHALLENGE_USAGE);
    if (exercise == NULL)
        return 0;
    found = load(turn, &roster->group, &running, err);
    if (found == 1 && turn->message->sent_ms < running.to_ms && !may_end(turn, roster, &running))
        return turn_refuse(turn, TEXT_CHALLENGE_REFUSED);
    snprintf(challenge.exercise, sizeof(challenge.exercise), "%s", exercise->id);
    if (found < 0 || digest_monday(turn, &roster->group, turn->message->sent_ms, &challenge.from_ms, err) < 0 ||
        digest_next(turn, &roster->group, turn->message->sent_ms, &challenge.to_ms, err) < 0 ||
        store(turn, &roster->group, &challenge, err) < 0)
        return -1;
    return say(turn, roster, &challenge, err);
}

static int show(struct turn *turn, const struct roster *roster, struct err *err)
{
    int found = challenge_say(turn, roster, false, err);

    if (found == 0)
        reply_tell(&turn->reply, turn->texts, TEXT_CHALLENGE_NONE);
    return found < 0 ? -1 : 0;
}

static int challenge_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct buf folded = BUF_INIT(VALUE_MAX);
    struct roster roster;
    int found = roster_open(turn, &roster, err);

    if (found == 1 && typed_fold(arguments, &folded) != 0)
        found = turn_refuse(turn, TEXT_CHALLENGE_USAGE);
    if (found == 1)
        found = folded.length == 0                            ? show(turn, &roster, err)
                : typed_is(buf_span(&folded), "off,aus,ende") ? end(turn, &roster, err)
                                                              : begin(turn, &roster, buf_span(&folded), err);
    roster_release(&roster);
    buf_release(&folded);
    return found < 0 ? -1 : 0;
}

const struct command challenge_command = {.name = "challenge",
                                          .aliases = "",
                                          .german = "herausforderung",
                                          .arguments = "[EXERCISE REPS|off]",
                                          .words = 8,
                                          .example = "challenge pullups 500 this week",
                                          .help = TEXT_HELP_CHALLENGE,
                                          .group = COMMAND_ROOM,
                                          .run = challenge_run};
