/*
 * Two lifters become one, and part again: each message is whose it was, with all that came of it.
 */
#include "bot/store/inside.h"
#include "core/base/mem.h"

/* ?1: a lifter, ?2: another one. */
static int run_all(struct store *store, struct query_list list, int64_t one, int64_t two, struct err *err)
{
    return query_run_all(store, list, (int64_t[]){one, two}, 2, err);
}

/* ---------------------------------------------------------------- joining */

/* What hangs on messages goes where those go; what waits for an answer is no possession. */
#define OF_MESSAGES "(name LIKE 'words:%' OR name LIKE 'reply:%' OR name LIKE 'question:%' OR name LIKE 'forget:%')"

/* What a person hears once, wherever that is: it is planned anew. */
#define REGULAR "(2, 3, 4)"
_Static_assert(COACH_JOB_CHECKIN == 2 && COACH_JOB_BUDGET == 3 && COACH_JOB_REVIEW == 4, "of one plan each");

/* ?1 is about to become ?2. */
static const char *const before_joining[] = {
    "DELETE FROM set_aside WHERE lifter = ?1 AND ?2 = ?2",
    "INSERT INTO set_aside (lifter, kind, name, value, moved) SELECT ?1, 0, name, value,"
    " NOT EXISTS (SELECT 1 FROM lifter_value AS v WHERE v.lifter = ?2 AND v.name = l.name)"
    " FROM lifter_value AS l WHERE lifter = ?1 AND NOT " OF_MESSAGES,
    "INSERT INTO set_aside (lifter, kind, name, value, moved) SELECT ?1, 1, folded, exercise,"
    " NOT EXISTS (SELECT 1 FROM alias AS v WHERE v.lifter = ?2 AND v.folded = l.folded)"
    " FROM alias AS l WHERE lifter = ?1",
    "INSERT INTO set_aside (lifter, kind, name, value, moved) SELECT ?1, 2, whom, '',"
    " NOT EXISTS (SELECT 1 FROM trust AS v WHERE v.lifter = ?2 AND v.whom = l.whom)"
    " FROM trust AS l WHERE lifter = ?1",
    "INSERT INTO set_aside (lifter, kind, name, value, moved) SELECT ?1, 3, lifter, '',"
    " NOT EXISTS (SELECT 1 FROM trust AS v WHERE v.whom = ?2 AND v.lifter = l.lifter)"
    " FROM trust AS l WHERE whom = ?1",
    "INSERT INTO set_aside (lifter, kind, name, value, moved) SELECT ?1, 4, id, '', 1 FROM training_room"
    " WHERE founder = ?1 AND ?2 = ?2",
    "INSERT INTO set_aside (lifter, kind, name, value, moved) SELECT ?1, 5, id, '', 1 FROM input"
    " WHERE writer = ?1 AND ?2 = ?2",
    "UPDATE input SET home = ?1 WHERE lifter = ?1 AND ?2 = ?2",
    "DELETE FROM job WHERE lifter = ?1 AND kind IN " REGULAR " AND ?2 = ?2",
};
static const char *const after_joining[] = {
    "DELETE FROM lifter_value WHERE lifter = ?1 AND ?2 = ?2",
    "DELETE FROM alias WHERE lifter = ?1 AND ?2 = ?2",
    "DELETE FROM job WHERE lifter = ?1 AND ?2 = ?2",
    "DELETE FROM room_member WHERE lifter = ?1 AND ?2 = ?2",
    "DELETE FROM trust WHERE ?1 IN (lifter, whom) OR (lifter = ?2 AND whom = ?2)",
};

static int identity_find(struct store *store, const struct link_side *side, int64_t *lifter, struct err *err)
{
    struct query query;

    query_open(&query, store, "SELECT lifter FROM identity WHERE transport = ? AND identity = ?", err);
    query_text(&query, side->transport);
    query_text(&query, side->identity);
    return query_find_int(&query, lifter);
}

/* HOME 0: that it is joined to, if it is, stays. */
static int identity_put(struct store *store, const struct link_side *side, int64_t lifter, int64_t home, int64_t at_ms,
                        struct err *err)
{
    struct query query;

    query_open(&query, store,
               "UPDATE identity SET lifter = ?3, home = coalesce(nullif(?4, 0), home),"
               " joined_ms = iif(?4, ?5, joined_ms), name = ?6, room = ?7 WHERE transport = ?1 AND identity = ?2",
               err);
    query_text(&query, side->transport);
    query_text(&query, side->identity);
    query_int(&query, lifter);
    query_int(&query, home);
    query_int(&query, at_ms);
    query_text(&query, side->name);
    query_text(&query, side->room);
    return query_run(&query);
}

static int join(void *self, const struct link_request *request, int64_t at_ms, struct err *err)
{
    struct store *store = self;
    int64_t lifter, into;

    if (identity_find(store, &request->typer, &lifter, err) != 1 ||
        identity_find(store, &request->asker, &into, err) != 1)
        return err_set(err, ERR_STORE, "whoever is to be joined is not there");
    BUG_IF(lifter == into);
    if (run_all(store, QUERY_LIST(before_joining), lifter, into, err) < 0 || merge_move(store, lifter, into, err) < 0 ||
        run_all(store, QUERY_LIST(after_joining), lifter, into, err) < 0 ||
        identity_put(store, &request->typer, into, lifter, at_ms, err) < 0)
        return -1;
    return identity_put(store, &request->asker, into, 0, at_ms, err);
}

/* ---------------------------------------------------------------- actions that touched both */

/* What an action ?1 did, by the lifter whose it is now, and a message of theirs. */
#define TOUCHED                                                                                                        \
    "(SELECT i.lifter AS lifter, i.id AS input FROM training_set AS s JOIN input AS i ON i.id = s.input"               \
    " WHERE s.action = ?1"                                                                                             \
    " UNION ALL SELECT i.lifter, i.id FROM supersession AS x JOIN training_set AS s ON s.id = x.training_set"          \
    " JOIN input AS i ON i.id = s.input WHERE x.action = ?1"                                                           \
    " UNION ALL SELECT i.lifter, i.id FROM checkin AS c JOIN input AS i ON i.id = c.input WHERE c.action = ?1"         \
    " UNION ALL SELECT i.lifter, i.id FROM checkin_supersession AS x JOIN checkin AS c ON c.id = x.checkin"            \
    " JOIN input AS i ON i.id = c.input WHERE x.action = ?1"                                                           \
    " UNION ALL SELECT i.lifter, i.id FROM plan_step AS p JOIN input AS i ON i.id = p.input WHERE p.action = ?1"       \
    " UNION ALL SELECT a.lifter, a.input FROM action_undo AS u JOIN action AS a ON a.id = u.action"                    \
    " WHERE u.by_action = ?1)"

/* ?1: an action that did something to lifter ?2's, whose share is action ?3's. */
static const char *const shares[] = {
    "UPDATE training_set SET action = ?3 WHERE action = ?1 AND lifter = ?2",
    "UPDATE supersession SET action = ?3 WHERE action = ?1"
    " AND training_set IN (SELECT id FROM training_set WHERE lifter = ?2)",
    "UPDATE checkin SET action = ?3 WHERE action = ?1 AND lifter = ?2",
    "UPDATE checkin_supersession SET action = ?3 WHERE action = ?1"
    " AND checkin IN (SELECT id FROM checkin WHERE lifter = ?2)",
    "UPDATE plan_step SET action = ?3 WHERE action = ?1 AND lifter = ?2",
    "UPDATE action_undo SET by_action = ?3 WHERE by_action = ?1"
    " AND action IN (SELECT id FROM action WHERE lifter = ?2)",
    "UPDATE lifter_value SET name = replace(name, ':' || ?1, ':' || ?3)"
    " WHERE lifter = ?2 AND name LIKE 'words:%:' || ?1",
};

/* A message of somebody else than the action's lifter (OTHERS), or of that one, that ACTION did something to: 1, 0. */
static int find_touched(struct store *store, int64_t action, bool others, int64_t *input, struct err *err)
{
    struct query query;

    query_open(&query, store,
               "SELECT min(t.input) FROM " TOUCHED " AS t JOIN action AS own ON own.id = ?1"
               " WHERE (t.lifter <> own.lifter) = ?2 HAVING min(t.input) IS NOT NULL",
               err);
    query_int(&query, action);
    query_int(&query, others);
    return query_find_int(&query, input);
}

/* It is the lifter's of message INPUT. */
static int hand_over(struct store *store, int64_t action, int64_t input, struct err *err)
{
    struct query query;

    query_open(&query, store,
               "UPDATE action SET input = ?2, lifter = (SELECT lifter FROM input WHERE id = ?2) WHERE id = ?1", err);
    query_int(&query, action);
    query_int(&query, input);
    return query_run(&query);
}

/* An action like it for what it did to the lifter's of message INPUT. What took it back took back both: that stays. */
static int divide(struct store *store, int64_t action, int64_t input, struct err *err)
{
    struct query query;
    int64_t share, lifter;

    query_open(&query, store,
               "INSERT INTO action (lifter, input, kind, at_ms, stands)"
               " SELECT i.lifter, i.id, a.kind, a.at_ms, a.stands FROM action AS a JOIN input AS i ON i.id = ?2"
               " WHERE a.id = ?1",
               err);
    query_int(&query, action);
    query_int(&query, input);
    if (query_run(&query) < 0)
        return -1;
    share = sqlite3_last_insert_rowid(store->db);
    query_open(&query, store, "SELECT lifter FROM input WHERE id = ?", err);
    query_int(&query, input);
    if (query_find_int(&query, &lifter) < 0)
        return -1;
    return query_run_all(store, QUERY_LIST(shares), (int64_t[]){action, lifter, share}, 3, err);
}

static int settle(struct store *store, int64_t action, struct err *err)
{
    int64_t input, own;
    int found = find_touched(store, action, true, &input, err);

    if (found != 1)
        return found;
    found = find_touched(store, action, false, &own, err);
    if (found < 0)
        return -1;
    return found == 1 ? divide(store, action, input, err) : hand_over(store, action, input, err);
}

/* In the order of their doing: an undo goes with what it has undone. */
static int settle_all(struct store *store, int64_t home, int64_t host, struct err *err)
{
    VEC(int64_t) actions = {0};
    struct query query;
    int result;

    query_open(&query, store, "SELECT id FROM action WHERE lifter IN (?, ?) ORDER BY id", err);
    query_int(&query, home);
    query_int(&query, host);
    while (query_row(&query))
        vec_push(&actions, query_get_int(&query, 0));
    result = query_close(&query);
    for (size_t i = 0; i < actions.count && result == 0; i++)
        result = settle(store, actions.at[i], err);
    vec_release(&actions);
    return result;
}

/* ---------------------------------------------------------------- parting */

#define THEIR_MESSAGES "(SELECT id FROM input WHERE lifter = ?1)"

/* ?1, which was joined to ?2, is itself again: first what was said, */
static const char *const parting[] = {
    "UPDATE input SET lifter = ?1, home = NULL WHERE lifter = ?2 AND home = ?1",
    "UPDATE training_set SET lifter = ?1 WHERE lifter = ?2 AND input IN " THEIR_MESSAGES,
    "UPDATE plan_step SET lifter = ?1 WHERE lifter = ?2 AND input IN " THEIR_MESSAGES,
    "UPDATE checkin SET lifter = ?1 WHERE lifter = ?2 AND input IN " THEIR_MESSAGES,
    "UPDATE action SET lifter = ?1 WHERE lifter = ?2 AND input IN " THEIR_MESSAGES,
    "UPDATE instruction SET coach = ?1 WHERE coach = ?2 AND input IN " THEIR_MESSAGES,
    "UPDATE lifter_value SET lifter = ?1 WHERE lifter = ?2 AND name LIKE 'words:%'"
    " AND CAST(substr(name, 7) AS INTEGER) IN " THEIR_MESSAGES,
    "UPDATE OR IGNORE lifter_value SET lifter = ?1 WHERE lifter = ?2 AND name IN"
    " (SELECT 'reply:' || transport || ':' || event_id FROM input WHERE lifter = ?1)",
    "DELETE FROM lifter_value WHERE lifter = ?2 AND (name LIKE 'question:%' OR name LIKE 'forget:%') AND ?1 = ?1",
};

/* then what was set aside. What the other one has from here alone, and didn't change, it has no longer; but each keeps
 * the names of the exercises that stand in its log. */
#define LIFTED_BY(lifter) "(SELECT exercise FROM training_set WHERE lifter = " lifter ")"
#define ASIDE(kind) "(SELECT CAST(name AS INTEGER) AS aside FROM set_aside WHERE lifter = ?1 AND kind = " kind ")"
static const char *const giving_back[] = {
    "DELETE FROM lifter_value WHERE lifter = ?2 AND (name, value) IN"
    " (SELECT name, value FROM set_aside WHERE lifter = ?1 AND kind = 0 AND moved = 1)"
    " AND NOT (name LIKE 'exercise:%' AND substr(name, 10) IN " LIFTED_BY("?2") ")",
    "DELETE FROM alias WHERE lifter = ?2 AND (folded, exercise) IN"
    " (SELECT name, value FROM set_aside WHERE lifter = ?1 AND kind = 1 AND moved = 1)"
    " AND exercise NOT IN " LIFTED_BY("?2"),
    "INSERT INTO lifter_value (lifter, name, value) SELECT ?1, name, value FROM set_aside"
    " WHERE lifter = ?1 AND kind = 0 AND ?2 = ?2",
    "INSERT INTO alias (lifter, folded, exercise) SELECT ?1, name, value FROM set_aside"
    " WHERE lifter = ?1 AND kind = 1 AND ?2 = ?2",
    "DELETE FROM trust WHERE lifter = ?2 AND whom IN " ASIDE("2 AND moved = 1"),
    "DELETE FROM trust WHERE whom = ?2 AND lifter IN " ASIDE("3 AND moved = 1"),
    "INSERT INTO trust (lifter, whom) SELECT ?1, aside FROM " ASIDE("2") " WHERE ?2 = ?2",
    "INSERT OR IGNORE INTO trust (lifter, whom) SELECT aside, ?1 FROM " ASIDE("3") " WHERE ?2 = ?2",
    "UPDATE training_room SET founder = ?1 WHERE founder = ?2 AND id IN " ASIDE("4"),
    "UPDATE input SET writer = ?1 WHERE writer = ?2 AND id IN " ASIDE("5"),
    "INSERT OR IGNORE INTO lifter_value (lifter, name, value) SELECT ?1, name, value FROM lifter_value"
    " WHERE lifter = ?2 AND name LIKE 'exercise:%' AND substr(name, 10) IN " LIFTED_BY("?1"),
    "INSERT OR IGNORE INTO alias (lifter, folded, exercise) SELECT ?1, folded, exercise FROM alias"
    " WHERE lifter = ?2 AND exercise IN " LIFTED_BY("?1"),
};

/* At last the name, and what is left of having been one. */
static const char *const being_two[] = {
    "DELETE FROM set_aside WHERE lifter = ?1 AND ?2 = ?2",
    "UPDATE input SET home = NULL WHERE lifter = ?2 AND home = ?1",
    ("UPDATE OR IGNORE job SET lifter = ?1 WHERE lifter = ?2 AND kind NOT IN " REGULAR " AND (transport, identity) IN"
     " (SELECT transport, identity FROM identity WHERE home = ?1)"),
    ("UPDATE OR IGNORE room_member SET lifter = ?1 WHERE lifter = ?2 AND (training_room, identity) IN"
     " (SELECT r.id, i.identity FROM identity AS i JOIN training_room AS r ON r.transport = i.transport"
     " WHERE i.home = ?1)"),
    ("UPDATE instruction SET lifter = ?1 WHERE lifter = ?2 AND training_room IN"
     " (SELECT training_room FROM room_member WHERE lifter = ?1)"),
    "UPDATE identity SET lifter = ?1, home = NULL, joined_ms = 0 WHERE lifter = ?2 AND home = ?1",
};

static int give_back(struct store *store, int64_t home, int64_t host, struct err *err)
{
    if (run_all(store, QUERY_LIST(parting), home, host, err) < 0 || settle_all(store, home, host, err) < 0)
        return -1;
    return run_all(store, QUERY_LIST(giving_back), home, host, err);
}

static int part(void *self, const char *transport, const char *identity, bool with_log, int64_t *home, struct err *err)
{
    struct store *store = self;
    struct query query;
    int64_t host = 0;
    bool found;

    query_open(&query, store, "SELECT lifter, home FROM identity WHERE transport = ? AND identity = ? AND home NOTNULL",
               err);
    query_text(&query, transport);
    query_text(&query, identity);
    found = query_row(&query);
    if (found) {
        host = query_get_int(&query, 0);
        *home = query_get_int(&query, 1);
    }
    if (query_close(&query) < 0)
        return -1;
    if (!found)
        return err_set(err, ERR_STORE, "whoever is to part was joined to nobody");
    if (with_log && give_back(store, *home, host, err) < 0)
        return -1;
    return run_all(store, QUERY_LIST(being_two), *home, host, err);
}

void part_install(struct link_store *port)
{
    port->join = join;
    port->part = part;
}
