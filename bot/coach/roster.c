/*
 * Who is in a room that trains together.
 */
#include "bot/coach/roster.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NAMES_SHOWN_MAX = 400, NAME_SHOWN_MAX = 64 };

void roster_copy(const struct coach_member *member, struct coach_member *copy)
{
    *copy = *member;
    copy->identity = mem_strdup(member->identity);
    copy->name = mem_strdup(member->name);
}

void roster_drop_copy(struct coach_member *copy)
{
    free((char *)(uintptr_t)copy->identity);
    free((char *)(uintptr_t)copy->name);
}

void roster_release(struct roster *roster)
{
    for (size_t i = 0; i < roster->members.count; i++)
        roster_drop_copy(&roster->members.at[i]);
    vec_release(&roster->members);
}

int roster_run(struct turn *turn, struct span arguments,
               int (*run)(struct turn *turn, const struct roster *roster, struct span arguments, struct err *err),
               struct err *err)
{
    struct roster roster;
    int found = roster_open(turn, &roster, err);

    if (found == 1)
        found = run(turn, &roster, arguments, err);
    roster_release(&roster);
    return found < 0 ? -1 : 0;
}

static int add_member(void *arg, const struct coach_member *member)
{
    struct roster *roster = arg;

    roster_copy(member, vec_add(&roster->members));
    return 0;
}

int roster_load(const struct coach_store *store, const struct coach_group *group, struct roster *roster,
                struct err *err)
{
    roster->group = *group;
    return store->members(store->self, group->id, 0, add_member, roster, err);
}

int roster_load_room(const struct coach_store *store, const char *transport, const char *room, struct roster *roster,
                     struct err *err)
{
    struct coach_group group;
    int found = store->group_find(store->self, transport, room, &group, err);

    if (found == 1 && roster_load(store, &group, roster, err) < 0)
        return -1;
    return found;
}

const struct coach_member *roster_member(const struct roster *roster, int64_t lifter)
{
    for (size_t i = 0; i < roster->members.count; i++)
        if (roster->members.at[i].lifter == lifter)
            return &roster->members.at[i];
    return NULL;
}

static bool is_here(const struct roster *roster, int64_t lifter)
{
    const struct coach_member *member = roster_member(roster, lifter);

    return member != NULL && member->presence == COACH_HERE;
}

/* ---------------------------------------------------------------- which room */

struct search {
    struct turn *turn;
    struct roster *roster; /* of the first that was found */
    struct err *err;
    int found;
};

static int look_into(void *arg, const struct coach_group *group)
{
    struct search *search = arg;
    struct roster roster = {0};
    int result = roster_load(search->turn->store, group, &roster, search->err);

    if (result == 0 && is_here(&roster, search->turn->lifter->id) && search->found++ == 0)
        *search->roster = roster;
    else
        roster_release(&roster);
    return result;
}

static int open_only(struct turn *turn, struct roster *roster, struct err *err)
{
    struct search search = {turn, roster, err, 0};

    if (turn->store->groups(turn->store->self, turn->lifter->id, look_into, &search, err) < 0)
        return -1;
    if (search.found != 1)
        return turn_refuse(turn, search.found == 0 ? TEXT_ROSTER_DIRECT : TEXT_ROSTER_WHICH);
    return 1;
}

int roster_open(struct turn *turn, struct roster *roster, struct err *err)
{
    const struct message *message = turn->message;
    int found;

    *roster = (struct roster){0};
    if (message->direct)
        return open_only(turn, roster, err);
    found = roster_load_room(turn->store, message->transport, message->room, roster, err);
    if (found != 1)
        return found < 0 ? -1 : turn_refuse(turn, TEXT_ROSTER_NONE);
    return is_here(roster, turn->lifter->id) ? 1 : turn_refuse(turn, TEXT_ROSTER_OUTSIDE);
}

/* ---------------------------------------------------------------- names */

struct span roster_local_part(const char *identity)
{
    const char *colon = strchr(identity, ':');

    if (identity[0] != '@' || colon == NULL)
        return span_of(identity);
    return (struct span){identity + 1, (size_t)(colon - identity) - 1};
}

static bool same(struct span a, struct span b)
{
    return a.length == b.length && strncasecmp(a.at, b.at, a.length) == 0;
}

/* Display names count on IRC alone, where nobody can have another's. */
bool roster_calls(const struct roster *roster, const struct coach_member *member, struct span name)
{
    return same(name, roster_local_part(member->identity)) ||
           (strncmp(roster->group.transport, "irc:", 4) == 0 && same(name, span_of(member->name)));
}

static const struct coach_member *find_whole(const struct roster *roster, struct span typed)
{
    for (size_t i = 0; i < roster->members.count; i++)
        if (roster->members.at[i].presence != COACH_LEFT && span_is(typed, roster->members.at[i].identity))
            return &roster->members.at[i];
    return NULL;
}

static void say_nobody(struct turn *turn, struct span name)
{
    struct buf shown = BUF_INIT(NAME_SHOWN_MAX);

    turn->kind = OUT_ERROR;
    if (buf_add_span(&shown, name) != 0)
        buf_adds(&shown, "…");
    reply_say(&turn->reply, turn->texts, TEXT_ROSTER_NOBODY, ARG("name", buf_text(&shown)));
    buf_release(&shown);
}

static void say_several(struct turn *turn, const struct roster *roster, struct span name)
{
    struct buf shown = BUF_INIT(NAME_SHOWN_MAX), names = BUF_INIT(NAMES_SHOWN_MAX);

    turn->kind = OUT_ERROR;
    buf_add_span(&shown, name);
    for (size_t i = 0; i < roster->members.count; i++) {
        const struct coach_member *member = &roster->members.at[i];

        if (member->presence == COACH_LEFT || !roster_calls(roster, member, name))
            continue;
        buf_adds(&names, names.length != 0 ? ", " : "");
        buf_adds(&names, member->identity);
    }
    reply_say(&turn->reply, turn->texts, TEXT_ROSTER_SEVERAL, ARG("name", buf_text(&shown)),
              ARG("names", buf_text(&names)));
    buf_release(&shown);
    buf_release(&names);
}

/* How many are called NAME; the last of them in *FOUND. */
static size_t count_called(const struct roster *roster, struct span name, const struct coach_member **found)
{
    size_t count = 0;

    for (size_t i = 0; i < roster->members.count; i++) {
        const struct coach_member *member = &roster->members.at[i];

        if (member->presence == COACH_LEFT || !roster_calls(roster, member, name))
            continue;
        *found = member;
        count++;
    }
    return count;
}

const struct coach_member *roster_find(struct turn *turn, const struct roster *roster, struct span typed)
{
    const struct coach_member *found = find_whole(roster, typed);
    size_t count;

    if (found != NULL)
        return found;
    if (typed.length > 1 && typed.at[0] == '@')
        typed = (struct span){typed.at + 1, typed.length - 1};
    count = count_called(roster, typed, &found);
    if (count == 1)
        return found;
    if (count == 0)
        say_nobody(turn, typed);
    else
        say_several(turn, roster, typed);
    return NULL;
}

struct span roster_short(const char *transport, const char *identity, const char *name)
{
    return strncmp(transport, "irc:", 4) == 0 ? span_of(name) : roster_local_part(identity);
}

void roster_name(const struct roster *roster, const struct coach_member *member, struct buf *out)
{
    const struct coach_member *other;
    struct span name = roster_short(roster->group.transport, member->identity, member->name);

    if (count_called(roster, name, &other) > 1)
        buf_adds(out, member->identity);
    else
        buf_add_span(out, name);
}

/* ---------------------------------------------------------------- who may what */

bool roster_rules(const struct turn *turn, const struct coach_group *group)
{
    /* In a private chat everybody may have all the power that there is over that. */
    return (!turn->message->direct && turn->message->power >= ROSTER_POWER) ||
           (group->founder == turn->lifter->id && group->founder_power >= ROSTER_POWER);
}

int roster_rules_room(struct turn *turn, struct err *err)
{
    struct coach_group group = {.founder = 0};
    int found = turn->store->group_find(turn->store->self, turn->message->transport, turn->message->room, &group, err);

    return found < 0 ? -1 : roster_rules(turn, &group);
}

bool roster_shows(const struct turn *turn, const struct roster *roster, const struct coach_member *whose)
{
    const struct coach_member *reader = roster_member(roster, turn->lifter->id);

    if (whose->presence == COACH_LEFT)
        return false;
    if (!turn->message->direct)
        return whose->share == COACH_SHARE_ROOM;
    if (reader == NULL || reader->presence != COACH_HERE)
        return false;
    return reader->lifter == whose->lifter || whose->share == COACH_SHARE_ROOM ||
           (whose->share == COACH_SHARE_COACH && reader->coach);
}
