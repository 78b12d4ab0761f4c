/*
 * The steps of a lifter's log, and which of them stand: those that no standing action has undone. An undo can be undone
 * in its turn, to any depth.
 */
#include "bot/store/inside.h"

_Static_assert(COACH_LOG == 0 && COACH_CORRECT == 1 && COACH_DELETE == 2 && COACH_UNDO == 3, "stored as numbers");

static int action_begin(void *self, int64_t lifter, int64_t input, enum coach_action_kind kind, int64_t at_ms,
                        int64_t *action, struct err *err)
{
    struct store *store = self;
    struct query query;

    query_open(&query, store, "INSERT INTO action (lifter, input, kind, at_ms) VALUES (?, ?, ?, ?)", err);
    query_int(&query, lifter);
    query_int(&query, input);
    query_int(&query, (int64_t)kind);
    query_int(&query, at_ms);
    if (query_run(&query) < 0)
        return -1;
    *action = sqlite3_last_insert_rowid(store->db);
    return 0;
}

/* Reads the one row of QUERY, "id, kind, input, at_ms, lifter", and closes it. */
static int take_action(struct query *query, struct coach_action *action)
{
    bool found = query_row(query);

    if (found) {
        action->id = query_get_int(query, 0);
        action->kind = (enum coach_action_kind)query_get_int(query, 1);
        action->input = query_get_int(query, 2);
        action->at_ms = query_get_int(query, 3);
        action->lifter = query_get_int(query, 4);
    }
    return query_close(query) < 0 ? -1 : found;
}

#define HAS_SETS                                                                                                       \
    "(EXISTS (SELECT 1 FROM training_set AS s WHERE s.action = a.id)"                                                  \
    " OR EXISTS (SELECT 1 FROM supersession AS x WHERE x.action = a.id))"

static int action_last(void *self, int64_t lifter, bool of_sets, struct coach_action *action, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "SELECT * FROM (SELECT a.id, a.kind, a.input, a.at_ms, a.lifter FROM action AS a"
               " WHERE a.lifter = ?1 AND a.stands = 1 AND a.kind <> 3 AND (?2 = 0 OR " HAS_SETS ")"
               " ORDER BY a.id DESC LIMIT 1)"
               " UNION ALL SELECT * FROM (SELECT a.id, a.kind, a.input, a.at_ms, a.lifter FROM input AS i"
               " JOIN action AS a ON a.input = i.id WHERE i.writer = ?1 AND i.writer <> 0 AND a.stands = 1"
               " AND a.kind <> 3 AND (?2 = 0 OR " HAS_SETS ") ORDER BY a.id DESC LIMIT 1) ORDER BY 1 DESC LIMIT 1",
               err);
    query_int(&query, lifter);
    query_int(&query, of_sets);
    return take_action(&query, action);
}

static int action_caused(void *self, int64_t input, struct coach_action *action, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "SELECT id, kind, input, at_ms, lifter FROM action WHERE input = ? AND stands = 1 AND kind <> 3"
               " ORDER BY id DESC LIMIT 1",
               err);
    query_int(&query, input);
    return take_action(&query, action);
}

static int action_touching(void *self, int64_t input, int64_t *action, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "SELECT a.id FROM action AS a WHERE a.stands = 1 AND a.id IN ("
               "SELECT s.action FROM training_set AS s WHERE s.input = ?1"
               " UNION ALL SELECT x.action FROM supersession AS x JOIN training_set AS s ON s.id = x.training_set"
               " WHERE s.input = ?1"
               " UNION ALL SELECT c.action FROM checkin AS c WHERE c.input = ?1"
               " UNION ALL SELECT x.action FROM checkin_supersession AS x JOIN checkin AS c ON c.id = x.checkin"
               " WHERE c.input = ?1) ORDER BY a.id DESC LIMIT 1",
               err);
    query_int(&query, input);
    return query_find_int(&query, action);
}

/* Works out anew whether ACTION stands: 1 when that changed, 0, -1. */
static int review(struct store *store, int64_t action, struct err *err)
{
    struct query query;

    query_open(&query, store,
               "UPDATE action SET stands = 1 - stands WHERE id = ?1 AND stands = EXISTS ("
               "SELECT 1 FROM action_undo AS u JOIN action AS b ON b.id = u.by_action"
               " WHERE u.action = ?1 AND b.stands = 1)",
               err);
    query_int(&query, action);
    return query_changes(&query);
}

typedef VEC(int64_t) action_list;

static int add_undone_by(struct store *store, int64_t action, action_list *list, struct err *err)
{
    struct query query;

    query_open(&query, store, "SELECT action FROM action_undo WHERE by_action = ?", err);
    query_int(&query, action);
    while (query_row(&query))
        vec_push(list, query_get_int(&query, 0));
    return query_close(&query);
}

/* Ends, since an action only ever undoes earlier ones. */
static int action_undo(void *self, int64_t action, int64_t by_action, struct err *err)
{
    struct store *store = self;
    action_list list = {0};
    struct query query;
    int result;

    query_open(&query, store, "INSERT INTO action_undo (action, by_action) VALUES (?, ?) ON CONFLICT DO NOTHING", err);
    query_int(&query, action);
    query_int(&query, by_action);
    result = query_run(&query);
    vec_push(&list, action);
    while (result == 0 && list.count > 0) {
        int64_t next = list.at[--list.count];
        int changed = review(store, next, err);

        result = changed > 0 ? said_follow(store, next, err) : changed;
        if (result == 0 && changed > 0)
            result = add_undone_by(store, next, &list, err);
    }
    vec_release(&list);
    return result;
}

void actions_install(struct coach_store *port)
{
    port->action_begin = action_begin;
    port->action_last = action_last;
    port->action_undo = action_undo;
    port->action_caused = action_caused;
    port->action_touching = action_touching;
}
