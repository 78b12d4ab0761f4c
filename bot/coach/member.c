/*
 * Members of a training room come and go.
 */
#include "bot/coach/member.h"

#include <stdlib.h>
#include <string.h>

#include "bot/coach/announce.h"
#include "bot/coach/room.h"
#include "bot/coach/roster.h"
#include "bot/log/log.h"
#include "core/base/civil.h"

enum {
    PEOPLE_MAX = 500,               /* of one room that are looked at; of further ones, who writes is a member */
    EXPLAINED_MS = 24 * 3600 * 1000 /* who comes and goes isn't told each time */
};

/* Where and when it happens. */
struct place {
    struct coach *coach;
    const struct coach_group *group;
    int64_t now_ms;
    bool silent; /* nothing is announced */
    struct err *err;
};

static int copy_member(void *arg, const struct coach_member *member)
{
    roster_copy(member, arg);
    return 0;
}

/* LIFTER's row: 1, 0 there is none, -1. Its strings are the caller's. */
static int find(const struct place *place, int64_t lifter, struct coach_member *member)
{
    const struct coach_store *store = place->coach->store;

    *member = (struct coach_member){.lifter = 0};
    if (store->members(store->self, place->group->id, lifter, copy_member, member, place->err) < 0)
        return -1;
    return member->lifter == lifter;
}

static int put(const struct place *place, const struct coach_member *member)
{
    return place->coach->store->member_put(place->coach->store->self, member, place->err);
}

/* ---------------------------------------------------------------- coming */

static int say_explained(struct turn *turn, const void *arg, struct err *err)
{
    (void)arg, (void)err;
    turn->kind = OUT_WELCOME;
    reply_tell(&turn->reply, turn->texts, TEXT_ROSTER_EXPLAINED);
    return 0;
}

/* A new member, or one who had left. */
static int welcome(const struct place *place, struct coach_member *member, bool was_told)
{
    bool explain = !was_told || place->now_ms - member->left_ms > EXPLAINED_MS;
    int alone = 1;

    member->presence = COACH_HERE;
    member->joined_ms = place->now_ms;
    member->told = true;
    if (put(place, member) < 0)
        return -1;
    if (place->silent)
        return 0;
    if (explain && (alone = room_tell_alone(place->coach, place->group, member, place->now_ms, say_explained, NULL,
                                            place->err)) < 0)
        return -1;
    log_info("group-joined", LOG_STR("room", place->group->room), LOG_STR("person", member->identity));
    return announce_note(place->coach, place->group, member, MESSAGE_JOIN, alone == 0, place->now_ms, place->err);
}

/* Whoever has come back, or is called by another name, is known. */
static int renew(const struct place *place, struct coach_member *member, const char *name)
{
    struct coach_member now = *member;

    if (member->presence == COACH_HERE && strcmp(member->name, name) == 0)
        return 0;
    now.presence = COACH_HERE;
    now.name = name;
    return put(place, &now);
}

static int come(const struct place *place, const char *identity, const char *name)
{
    const struct coach_store *store = place->coach->store;
    struct coach_member known, fresh = {.identity = identity, .name = name};
    int64_t lifter;
    bool is_new;
    int found;

    if (store->lifter_open(store->self, place->group->transport, identity, place->now_ms, &lifter, &is_new,
                           place->err) < 0)
        return -1;
    found = find(place, lifter, &known);
    if (found == 1 && known.presence != COACH_LEFT) {
        found = renew(place, &known, name);
    } else if (found >= 0) {
        fresh.group = place->group->id;
        fresh.lifter = lifter;
        fresh.left_ms = known.left_ms;
        found = welcome(place, &fresh, known.told);
    }
    roster_drop_copy(&known);
    return found < 0 ? -1 : 0;
}

/* ---------------------------------------------------------------- going */

/* What waits for them in the room isn't said any more. */
static int cancel_jobs(const struct place *place, int64_t lifter)
{
    const struct coach_store *store = place->coach->store;

    for (int kind = 0; kind < COACH_JOB_KINDS; kind++)
        if (store->job_cancel(store->self, lifter, (enum coach_job_kind)kind, place->group->transport,
                              place->group->room, place->err) < 0)
            return -1;
    return 0;
}

static int go(const struct place *place, struct coach_member *member, enum message_kind kind)
{
    bool away = kind == MESSAGE_AWAY;

    if (member->presence == COACH_LEFT || (away && member->presence == COACH_AWAY))
        return 0;
    member->presence = away ? COACH_AWAY : COACH_LEFT;
    member->left_ms = place->now_ms;
    if (away)
        return put(place, member);
    member->share = COACH_SHARE_PRIVATE;
    member->coach = false;
    log_info("group-left", LOG_STR("room", place->group->room), LOG_STR("person", member->identity));
    if (put(place, member) < 0 || cancel_jobs(place, member->lifter) < 0)
        return -1;
    return announce_note(place->coach, place->group, member, kind, false, place->now_ms, place->err);
}

/* ---------------------------------------------------------------- what the network tells */

/* Of MESSAGE's room: 1, 0 it isn't set up, -1. */
static int find_group(struct coach *coach, const struct message *message, struct coach_group *group, struct err *err)
{
    if (message->direct)
        return 0;
    return coach->store->group_find(coach->store->self, message->transport, message->room, group, err);
}

int member_joined(struct coach *coach, const struct message *message, struct err *err)
{
    struct coach_group group;
    const struct place place = {.coach = coach, .group = &group, .now_ms = message->read_ms, .err = err};
    int found = find_group(coach, message, &group, err);

    return found == 1 ? come(&place, message->sender, message->sender_name) : found;
}

int member_heard(struct coach *coach, const struct message *message, struct err *err)
{
    return message->member && !message->again ? member_joined(coach, message, err) : 0;
}

int member_gone(struct coach *coach, const struct message *message, struct err *err)
{
    const struct coach_store *store = coach->store;
    struct coach_group group;
    const struct place place = {.coach = coach, .group = &group, .now_ms = message->read_ms, .err = err};
    struct coach_member member;
    int64_t lifter;
    int found = find_group(coach, message, &group, err);

    if (found == 1)
        found = store->lifter_find(store->self, message->transport, message->sender, &lifter, err);
    if (found != 1)
        return found;
    found = find(&place, lifter, &member);
    if (found == 1)
        found = go(&place, &member, message->kind);
    roster_drop_copy(&member);
    return found;
}

/* ---------------------------------------------------------------- all at once */

struct person {
    char *identity, *name;
};
typedef VEC(struct person) person_list;

/* The list is taken first: what EACH does would change what is walked through. */
static int add_person(void *arg, const char *identity, const char *name)
{
    person_list *people = arg;

    if (people->count < PEOPLE_MAX)
        vec_push(people, ((struct person){mem_strdup(identity), mem_strdup(name)}));
    return 0;
}

static int list_people(const struct place *place, person_list *people)
{
    const struct coach_options *options = &place->coach->options;

    if (options->people == NULL)
        return 0;
    return options->people(options->people_arg, place->group->transport, place->group->room, add_person, people,
                           place->err);
}

static bool is_among(const person_list *people, const char *identity)
{
    for (size_t i = 0; i < people->count; i++)
        if (strcmp(people->at[i].identity, identity) == 0)
            return true;
    return false;
}

static int take_all(const struct place *place, const person_list *people)
{
    int result = 0;

    for (size_t i = 0; i < people->count && result == 0; i++)
        result = come(place, people->at[i].identity, people->at[i].name);
    return result;
}

/* Where people don't lose their connections, who is away has not come yet to where the room has moved. */
static bool is_awaited(const struct coach_member *member, enum message_kind gone)
{
    return member->presence == COACH_AWAY && gone == MESSAGE_LEAVE;
}

static int drop_others(const struct place *place, const person_list *people, enum message_kind gone)
{
    struct roster roster = {0};
    int result = people->count < PEOPLE_MAX ? roster_load(place->coach->store, place->group, &roster, place->err) : 0;

    for (size_t i = 0; i < roster.members.count && result == 0; i++)
        if (!is_among(people, roster.members.at[i].identity) && !is_awaited(&roster.members.at[i], gone))
            result = go(place, &roster.members.at[i], gone);
    roster_release(&roster);
    return result;
}

static void release_people(person_list *people)
{
    for (size_t i = 0; i < people->count; i++) {
        free(people->at[i].identity);
        free(people->at[i].name);
    }
    vec_release(people);
}

int member_begin(struct coach *coach, const struct coach_group *group, const struct message *message, struct err *err)
{
    const struct place place = {coach, group, message->read_ms, true, err};
    person_list people = {0};
    int result = list_people(&place, &people);

    if (result == 0)
        result = take_all(&place, &people);
    if (result == 0)
        result = come(&place, message->sender, message->sender_name);
    release_people(&people);
    return result;
}

int coach_people_changed(struct coach *coach, const char *transport, const char *room, enum message_kind gone,
                         int64_t now_ms, struct err *err)
{
    struct coach_group group;
    const struct place place = {coach, &group, now_ms, false, err};
    person_list people = {0};
    int found = coach->store->group_find(coach->store->self, transport, room, &group, err);

    if (found != 1)
        return found;
    found = list_people(&place, &people);
    if (found == 0)
        found = take_all(&place, &people);
    if (found == 0)
        found = drop_others(&place, &people, gone);
    release_people(&people);
    return found;
}

static int send_away(struct coach *coach, const struct coach_group *group, struct err *err)
{
    struct roster roster = {0};
    int result = roster_load(coach->store, group, &roster, err);

    for (size_t i = 0; i < roster.members.count && result == 0; i++)
        if (roster.members.at[i].presence == COACH_HERE) {
            roster.members.at[i].presence = COACH_AWAY;
            result = coach->store->member_put(coach->store->self, &roster.members.at[i], err);
        }
    roster_release(&roster);
    return result;
}

int coach_room_moved(struct coach *coach, const char *transport, const char *from, const char *to, struct err *err)
{
    struct coach_group group;
    int found = coach->store->group_find(coach->store->self, transport, from, &group, err);

    if (found == 1)
        found = send_away(coach, &group, err);
    if (found >= 0)
        found = coach->store->room_move(coach->store->self, transport, from, to, err);
    lifters_clear(coach->lifters);
    return found < 0 ? -1 : 0;
}
