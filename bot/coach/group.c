/*
 * group: a room in which people train together, and who is in it.
 */
#include <stdio.h>
#include <string.h>

#include "bot/coach/board.h"
#include "bot/coach/challenge.h"
#include "bot/coach/checkin_team.h"
#include "bot/coach/commands.h"
#include "bot/coach/digest.h"
#include "bot/coach/member.h"
#include "bot/coach/room.h"
#include "bot/coach/roster.h"
#include "bot/coach/typed.h"

enum { NAMES_MAX = 1024 };

static void print_names(const struct turn *turn, const struct roster *roster, struct buf *out)
{
    struct buf name = BUF_INIT(256);

    for (size_t i = 0; i < roster->members.count; i++) {
        const struct coach_member *member = &roster->members.at[i];

        if (member->presence == COACH_LEFT)
            continue;
        buf_clear(&name);
        roster_name(roster, member, &name);
        buf_adds(out, out->length != 0 ? ", " : "");
        if (member->coach)
            reply_phrase(turn->texts, TEXT_ROSTER_COACH, REPLY_ARGS(ARG("name", buf_text(&name))), out);
        else
            buf_add_span(out, buf_span(&name));
    }
    if (out->overflowed)
        buf_adds(out, "…");
    buf_release(&name);
}

static size_t count_members(const struct roster *roster)
{
    size_t count = 0;

    for (size_t i = 0; i < roster->members.count; i++)
        count += roster->members.at[i].presence != COACH_LEFT;
    return count;
}

static int show(struct turn *turn, struct err *err)
{
    struct roster roster;
    struct buf names = BUF_INIT(NAMES_MAX);
    char count[24];
    int found = roster_open(turn, &roster, err);

    if (found == 1) {
        snprintf(count, sizeof(count), "%zu", count_members(&roster));
        print_names(turn, &roster, &names);
        reply_say(&turn->reply, turn->texts, TEXT_ROSTER_STATE, ARG("count", count), ARG("names", buf_text(&names)));
    }
    roster_release(&roster);
    buf_release(&names);
    return found < 0 ? -1 : 0;
}

/* Whoever moderates the room; where nobody can, whoever comes first, and has the power from then on. */
static int set_up(struct turn *turn, struct err *err)
{
    const struct coach_store *store = turn->store;
    const struct message *message = turn->message;
    struct coach_group group;
    int found;

    if (message->direct)
        return turn_refuse(turn, TEXT_ROSTER_DIRECT);
    found = store->group_find(store->self, message->transport, message->room, &group, err);
    if (found != 0)
        return found < 0 ? -1 : show(turn, err);
    if (message->power < ROSTER_POWER && !message->unranked)
        return turn_refuse(turn, TEXT_QUIET_REFUSED);
    group = (struct coach_group){
        .founder = turn->lifter->id, .founder_power = message->unranked ? 100 : 0, .set_up_ms = message->sent_ms};
    snprintf(group.transport, sizeof(group.transport), "%s", message->transport);
    snprintf(group.room, sizeof(group.room), "%s", message->room);
    if (store->group_put(store->self, &group, err) < 0 || member_begin(turn->coach, &group, message, err) < 0)
        return -1;
    reply_tell(&turn->reply, turn->texts, TEXT_ROSTER_SETUP);
    if (digest_plan(turn, &group, message->read_ms, err) < 0)
        return -1;
    return 0;
}

/* What was typed there stays each one's. */
static int end_in(struct turn *turn, const struct roster *roster, struct span arguments, struct err *err)
{
    static const char *const values[] = {BOARD_VALUE, CHALLENGE_VALUE, CHECKIN_TEAM_VALUE};
    static const enum coach_job_kind jobs[] = {COACH_JOB_DIGEST, COACH_JOB_TEAM};
    const struct coach_store *store = turn->store;
    const struct coach_group *group = &roster->group;
    int result = 0;

    (void)arguments;
    if (turn->message->direct)
        return turn_refuse(turn, TEXT_ROSTER_OFF_THERE);
    if (!roster_rules(turn, group))
        return turn_refuse(turn, TEXT_QUIET_REFUSED);
    for (size_t i = 0; i < ARRAY_LENGTH(values) && result == 0; i++)
        result = store->room_value_put(store->self, group->transport, group->room, values[i], NULL, err);
    for (size_t i = 0; i < ARRAY_LENGTH(jobs) && result == 0; i++)
        result = room_plan(turn, group, jobs[i], 0, "", err);
    if (result == 0)
        result = store->group_drop(store->self, group->id, err);
    lifter_drop_steps(turn->lifter);
    reply_tell(&turn->reply, turn->texts, TEXT_ROSTER_OFF);
    return result;
}

static int group_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct buf folded = BUF_INIT(64);
    bool setup, off;

    typed_fold(arguments, &folded);
    setup = typed_is(buf_span(&folded), "setup,set up,einrichten");
    off = typed_is(buf_span(&folded), "off,end,aus,auflosen,aufloesen");
    buf_release(&folded);
    if (off)
        return roster_run(turn, arguments, end_in, err);
    if (arguments.length != 0 && !setup)
        return turn_refuse(turn, TEXT_ROSTER_USAGE);
    return setup ? set_up(turn, err) : show(turn, err);
}

const struct command group_command = {.name = "group",
                                      .aliases = "",
                                      .german = "gruppe",
                                      .arguments = "[setup|off]",
                                      .words = 2,
                                      .example = "group setup",
                                      .help = TEXT_HELP_ROSTER,
                                      .group = COMMAND_ROOM,
                                      .who = COMMAND_MODERATORS,
                                      .run = group_run};
