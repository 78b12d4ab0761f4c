/*
 * A training room: Anna coaches, Ben and Cara train.
 */
#ifndef TESTS_UNIT_BOT_COACH_GYM_H
#define TESTS_UNIT_BOT_COACH_GYM_H

#include "tests/unit/bot/coach/talk.h"

static inline const char *in(struct talk *talk, const char *room, const char *who, const char *text)
{
    talk->room = room;
    talk->addressed = room != NULL;
    return talk_say_as(talk, who, NULL, text);
}

static inline const char *gym(struct talk *talk, const char *who, const char *text)
{
    return in(talk, "#gym", who, text);
}

static inline const char *alone(struct talk *talk, const char *who, const char *text)
{
    return in(talk, NULL, who, text);
}

/* Anna coaches; Ben and Cara train. */
static inline void open_gym(struct talk *talk)
{
    talk_open(talk);
    gym(talk, "anna", "group setup");
    assert_says(gym(talk, "anna", "coach add @anna"), "anna coaches here now");
    gym(talk, "ben", "today");
    gym(talk, "cara", "today");
}

static inline int64_t lifter_of(struct talk *talk, const char *who)
{
    const struct coach_store *store = store_coach(talk->store);
    struct err err;
    int64_t lifter;

    assert_int_equal(store->lifter_find(store->self, "test", who, &lifter, &err), 1);
    return lifter;
}

static inline int take_member(void *arg, const struct coach_member *member)
{
    *(struct coach_member *)arg = *member;
    return 0;
}

static inline void change_member(struct talk *talk, const char *who, enum coach_share share,
                                 enum coach_presence presence)
{
    const struct coach_store *store = store_coach(talk->store);
    struct coach_member member = {.lifter = 0};
    struct coach_group group;
    struct err err;

    assert_int_equal(store_begin(talk->store, &err), 0);
    assert_int_equal(store->group_find(store->self, "test", "#gym", &group, &err), 1);
    assert_int_equal(store->members(store->self, group.id, lifter_of(talk, who), take_member, &member, &err), 0);
    member.identity = member.name = who;
    member.share = share;
    member.presence = presence;
    assert_int_equal(store->member_put(store->self, &member, &err), 0);
    assert_int_equal(store_commit(talk->store, &err), 0);
}

static inline void assert_silent_on(const char *text, const char *what)
{
    if (strstr(text, what) != NULL)
        fail_msg("\"%s\" tells \"%s\"", text, what);
}

#endif
