/*
 * Rooms that train together, who is in them, and who trusts whom.
 */
#include <string.h>

#include "bot/store/inside.h"

_Static_assert(COACH_HERE == 0 && COACH_AWAY == 1 && COACH_LEFT == 2, "stored as numbers");
_Static_assert(COACH_SHARE_PRIVATE == 0 && COACH_SHARE_COACH == 1 && COACH_SHARE_ROOM == 2, "stored as numbers");

#define GROUP_COLUMNS "g.id, g.transport, g.room, g.founder, g.founder_power, g.set_up_ms, g.timezone, g.digest"

static void read_group(struct query *query, struct coach_group *group)
{
    *group = (struct coach_group){.id = query_get_int(query, 0),
                                  .founder = query_get_int(query, 3),
                                  .founder_power = (int)query_get_int(query, 4),
                                  .set_up_ms = query_get_int(query, 5)};
    query_get_copy(query, 1, group->transport, sizeof(group->transport));
    query_get_copy(query, 2, group->room, sizeof(group->room));
    query_get_copy(query, 6, group->timezone, sizeof(group->timezone));
    query_get_copy(query, 7, group->digest, sizeof(group->digest));
}

static int group_find(void *self, const char *transport, const char *room, struct coach_group *group, struct err *err)
{
    struct query query;
    bool found;

    query_open(&query, self, "SELECT " GROUP_COLUMNS " FROM training_room AS g WHERE g.transport = ? AND g.room = ?",
               err);
    query_text(&query, transport);
    query_text(&query, room);
    found = query_row(&query);
    if (found)
        read_group(&query, group);
    return query_close(&query) < 0 ? -1 : found;
}

static int group_put(void *self, struct coach_group *group, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO training_room (transport, room, founder, founder_power, set_up_ms, timezone, digest)"
               " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET founder = excluded.founder,"
               " founder_power = excluded.founder_power, set_up_ms = excluded.set_up_ms,"
               " timezone = excluded.timezone, digest = excluded.digest RETURNING id",
               err);
    query_text(&query, group->transport);
    query_text(&query, group->room);
    query_int(&query, group->founder);
    query_int(&query, group->founder_power);
    query_int(&query, group->set_up_ms);
    query_text(&query, group->timezone);
    query_text(&query, group->digest);
    return query_find_int(&query, &group->id) == 1 ? 0 : -1;
}

static int group_drop(void *self, int64_t group, struct err *err)
{
    static const char *const statements[] = {
        "DELETE FROM instruction WHERE training_room = ?",
        "DELETE FROM room_member WHERE training_room = ?",
        "DELETE FROM training_room WHERE id = ?",
    };

    return query_run_all(self, QUERY_LIST(statements), &group, 1, err);
}

static int groups(void *self, int64_t lifter, int (*each)(void *arg, const struct coach_group *group), void *arg,
                  struct err *err)
{
    struct coach_group group;
    struct query query;
    int status = 0;

    query_open(&query, self,
               "SELECT " GROUP_COLUMNS " FROM training_room AS g WHERE ?1 = 0 OR EXISTS (SELECT 1 FROM room_member"
               " WHERE lifter = ?1 AND training_room = g.id AND state <> 2) ORDER BY g.id",
               err);
    query_int(&query, lifter);
    while (status == 0 && query_row(&query)) {
        read_group(&query, &group);
        status = each(arg, &group);
    }
    return query_close(&query) < 0 ? -1 : status;
}

static int member_put(void *self, const struct coach_member *member, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO room_member (training_room, lifter, identity, name, state, share, coach, told, joined_ms,"
               " left_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
               " identity = excluded.identity, name = excluded.name, state = excluded.state, share = excluded.share,"
               " coach = excluded.coach, told = excluded.told, joined_ms = excluded.joined_ms,"
               " left_ms = excluded.left_ms",
               err);
    query_int(&query, member->group);
    query_int(&query, member->lifter);
    query_text(&query, member->identity);
    query_text(&query, member->name);
    query_int(&query, (int64_t)member->presence);
    query_int(&query, (int64_t)member->share);
    query_int(&query, member->coach);
    query_int(&query, member->told);
    query_int(&query, member->joined_ms);
    query_int(&query, member->left_ms);
    return query_run(&query);
}

#define MEMBER_COLUMNS                                                                                                 \
    "m.training_room, m.lifter, m.identity, m.name, m.state, m.share, m.coach, m.told, m.joined_ms, m.left_ms"

/* Hands on each row of the query, which is closed: 0, what EACH stopped it with, -1. */
static int each_member(struct query *query, int (*each)(void *arg, const struct coach_member *member), void *arg)
{
    int status = 0;

    while (status == 0 && query_row(query)) {
        const struct coach_member member = {.group = query_get_int(query, 0),
                                            .lifter = query_get_int(query, 1),
                                            .identity = query_get_text(query, 2),
                                            .name = query_get_text(query, 3),
                                            .presence = (enum coach_presence)query_get_int(query, 4),
                                            .share = (enum coach_share)query_get_int(query, 5),
                                            .coach = query_get_int(query, 6) != 0,
                                            .told = query_get_int(query, 7) != 0,
                                            .joined_ms = query_get_int(query, 8),
                                            .left_ms = query_get_int(query, 9)};

        status = each(arg, &member);
    }
    return query_close(query) < 0 ? -1 : status;
}

static int members(void *self, int64_t group, int64_t lifter, int (*each)(void *arg, const struct coach_member *member),
                   void *arg, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "SELECT " MEMBER_COLUMNS
               " FROM room_member AS m WHERE m.training_room = ?1 AND (?2 = 0 OR m.lifter = ?2)"
               " ORDER BY m.identity",
               err);
    query_int(&query, group);
    query_int(&query, lifter);
    return each_member(&query, each, arg);
}

static int trusts(void *self, int64_t lifter, int64_t whom, struct err *err)
{
    struct query query;
    int64_t one;

    query_open(&query, self, "SELECT 1 FROM trust WHERE lifter = ? AND whom = ?", err);
    query_int(&query, lifter);
    query_int(&query, whom);
    return query_find_int(&query, &one);
}

static int trusted(void *self, int64_t lifter, int (*each)(void *arg, const struct coach_member *whom), void *arg,
                   struct err *err)
{
    struct query query;

    query_open(&query, self,
               "SELECT " MEMBER_COLUMNS " FROM trust AS t JOIN room_member AS m ON m.lifter = t.whom"
               " WHERE t.lifter = ?1 AND EXISTS (SELECT 1 FROM room_member AS own"
               " WHERE own.lifter = ?1 AND own.training_room = m.training_room)"
               " ORDER BY m.lifter, m.training_room",
               err);
    query_int(&query, lifter);
    return each_member(&query, each, arg);
}

static int trust_put(void *self, int64_t lifter, int64_t whom, bool trusted, struct err *err)
{
    struct query query;

    query_open(&query, self,
               trusted ? "INSERT INTO trust (lifter, whom) VALUES (?, ?) ON CONFLICT DO NOTHING"
                       : "DELETE FROM trust WHERE lifter = ? AND whom = ?",
               err);
    query_int(&query, lifter);
    query_int(&query, whom);
    return query_run(&query);
}

void groups_install(struct coach_store *port)
{
    port->group_find = group_find;
    port->group_put = group_put;
    port->group_drop = group_drop;
    port->groups = groups;
    port->member_put = member_put;
    port->members = members;
    port->trusts = trusts;
    port->trusted = trusted;
    port->trust_put = trust_put;
}
