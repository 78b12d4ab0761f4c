/*
 * share: what a training room sees of its lifter besides the sets that they write in it. Said there it is about that
 * room, in private about all of theirs.
 */
#include <stdio.h>

#include "bot/coach/commands.h"
#include "bot/coach/roster.h"
#include "bot/coach/typed.h"

enum { LEVELS = COACH_SHARE_ROOM + 1 };

static const struct {
    const char *words;
    enum text_key text;
} levels[LEVELS] = {
    [COACH_SHARE_PRIVATE] = {"private,privately,nothing,none,off,privat,nichts,aus", TEXT_SHARE_PRIVATE},
    [COACH_SHARE_COACH] = {"coach,coaches,with coach,with the coach,mit dem coach", TEXT_SHARE_COACH},
    [COACH_SHARE_ROOM] = {"room,all,everybody,everyone,raum,alle,allen", TEXT_SHARE_ROOM},
};

/* The level that was typed; -1 none. */
static int read_level(struct span arguments)
{
    struct buf folded = BUF_INIT(64);
    int found = -1;

    typed_fold(arguments, &folded);
    for (int level = 0; level < LEVELS; level++)
        if (typed_is(buf_span(&folded), levels[level].words))
            found = level;
    buf_release(&folded);
    return found;
}

static int put(struct turn *turn, const struct coach_member *member, int level, struct err *err)
{
    struct coach_member now = *member;

    now.share = (enum coach_share)level;
    return turn->store->member_put(turn->store->self, &now, err);
}

static int share_here(struct turn *turn, int level, struct err *err)
{
    struct roster roster;
    const struct coach_member *member;
    int result = roster_open(turn, &roster, err);

    if (result == 1) {
        member = roster_member(&roster, turn->lifter->id);
        result = level >= 0 ? put(turn, member, level, err) : 0;
        reply_tell(&turn->reply, turn->texts, levels[level >= 0 ? level : (int)member->share].text);
    }
    roster_release(&roster);
    return result;
}

/* ---------------------------------------------------------------- everywhere */

typedef VEC(int64_t) group_list;

static int add_group(void *arg, const struct coach_group *group)
{
    vec_push((group_list *)arg, group->id);
    return 0;
}

struct tally {
    struct turn *turn;
    int level; /* to be set; -1: only counted */
    int rooms[LEVELS];
    struct err *err;
};

static int count_member(void *arg, const struct coach_member *member)
{
    struct tally *tally = arg;

    tally->rooms[tally->level >= 0 ? tally->level : (int)member->share]++;
    return tally->level >= 0 ? put(tally->turn, member, tally->level, tally->err) : 0;
}

static void say_tally(struct turn *turn, const struct tally *tally, size_t rooms)
{
    char count[16];

    for (int level = 0; level < LEVELS; level++) {
        if (tally->rooms[level] == 0)
            continue;
        snprintf(count, sizeof(count), "%d", tally->rooms[level]);
        if (rooms > 1)
            reply_say(&turn->reply, turn->texts, TEXT_SHARE_ROOMS, ARG("count", count));
        reply_tell(&turn->reply, turn->texts, levels[level].text);
    }
}

static int share_everywhere(struct turn *turn, int level, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct tally tally = {.turn = turn, .level = level, .err = err};
    group_list groups = {0};
    int result = store->groups(store->self, turn->lifter->id, add_group, &groups, err);

    for (size_t i = 0; i < groups.count && result == 0; i++)
        result = store->members(store->self, groups.at[i], turn->lifter->id, count_member, &tally, err);
    if (result == 0 && groups.count == 0)
        turn_refuse(turn, TEXT_ROSTER_DIRECT);
    else
        say_tally(turn, &tally, groups.count);
    vec_release(&groups);
    return result;
}

static int share_run(struct turn *turn, struct span arguments, struct err *err)
{
    int level = read_level(arguments);

    if (arguments.length != 0 && level < 0)
        return turn_refuse(turn, TEXT_SHARE_USAGE);
    return turn->message->direct ? share_everywhere(turn, level, err) : share_here(turn, level, err);
}

const struct command share_command = {.name = "share",
                                      .aliases = "sharing",
                                      .german = "teilen,teile",
                                      .arguments = "[private|coach|room]",
                                      .words = 3,
                                      .example = "share coach",
                                      .help = TEXT_HELP_SHARE,
                                      .group = COMMAND_ROOM,
                                      .run = share_run};
