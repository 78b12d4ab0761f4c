/*
 * One lifter's log becomes another's: a guest was found to be somebody.
 */
#include "bot/store/inside.h"
#include "core/base/mem.h"

/* Where an identity is told, and the room of a private chat, which is called after one. ?1: the lifter, ?2 and ?3: the
 * identity of before and the one of now, on transport ?4. A name that the other has already stays as it was. */
static const char *const renamed[] = {
    ("UPDATE input SET room = replace(room, ?2, ?3),"
     " home = (SELECT home FROM identity WHERE transport = ?4 AND identity = ?3) WHERE lifter = ?1"),
    "UPDATE OR IGNORE lifter_value SET name = replace(name, ?2, ?3), value = replace(value, ?2, ?3) WHERE lifter = ?1",
    "UPDATE OR IGNORE job SET room = replace(room, ?2, ?3), identity = replace(identity, ?2, ?3) WHERE lifter = ?1",
    "UPDATE room_member SET identity = replace(identity, ?2, ?3) WHERE lifter = ?1",
};

/* ?1: the lifter, ?2: whose it is then. A test holds the list against the schema. */
static const char *const moved[] = {
    "UPDATE input SET lifter = ?2 WHERE lifter = ?1",
    "UPDATE action SET lifter = ?2 WHERE lifter = ?1",
    "UPDATE training_set SET lifter = ?2 WHERE lifter = ?1",
    "UPDATE plan_step SET lifter = ?2 WHERE lifter = ?1",
    "UPDATE checkin SET lifter = ?2 WHERE lifter = ?1",
    "UPDATE instruction SET lifter = ?2 WHERE lifter = ?1",
    "UPDATE instruction SET coach = ?2 WHERE coach = ?1",
    "UPDATE OR IGNORE lifter_value SET lifter = ?2 WHERE lifter = ?1",
    "UPDATE OR IGNORE alias SET lifter = ?2 WHERE lifter = ?1",
    "UPDATE OR IGNORE job SET lifter = ?2 WHERE lifter = ?1",
    "UPDATE OR IGNORE room_member SET lifter = ?2 WHERE lifter = ?1",
    "UPDATE OR IGNORE trust SET lifter = ?2 WHERE lifter = ?1",
    "UPDATE OR IGNORE trust SET whom = ?2 WHERE whom = ?1",
    "UPDATE training_room SET founder = ?2 WHERE founder = ?1",
    "UPDATE input SET writer = ?2 WHERE writer = ?1",
};

int merge_move(struct store *store, int64_t lifter, int64_t into, struct err *err)
{
    return query_run_all(store, QUERY_LIST(moved), (int64_t[]){lifter, into}, 2, err);
}

static int readdress(struct store *store, const char *transport, const char *from, const char *to, struct err *err)
{
    struct query query;

    query_open(&query, store,
               "UPDATE outbox SET recipient = ?3, room = replace(room, ?2, ?3) WHERE transport = ?1 AND recipient = ?2",
               err);
    query_text(&query, transport);
    query_text(&query, from);
    query_text(&query, to);
    return query_run(&query);
}

static int lifter_merge(void *self, int64_t lifter, int64_t into, const char *transport, const char *from,
                        const char *to, struct err *err)
{
    struct store *store = self;
    struct query query;

    BUG_IF(lifter == into);
    for (size_t i = 0; i < ARRAY_LENGTH(renamed); i++) {
        query_open(&query, store, renamed[i], err);
        query_int(&query, lifter);
        query_text(&query, from);
        query_text(&query, to);
        if (i == 0)
            query_text(&query, transport);
        if (query_run(&query) < 0)
            return -1;
    }
    if (merge_move(store, lifter, into, err) < 0)
        return -1;
    return readdress(store, transport, from, to, err);
}

void merge_install(struct coach_store *port)
{
    port->lifter_merge = lifter_merge;
}
