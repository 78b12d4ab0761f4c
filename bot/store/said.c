/*
 * What a step said of its lifter besides sets. What holds is kept where it is looked up, as if it had been put there,
 * and is worked out anew when a step stands no more, or again.
 */
#include "bot/store/inside.h"
#include "core/base/mem.h"

#define SAID_COLUMNS "s.action, s.input, s.name, s.value"
#define IS_ALIAS "name LIKE 'alias:%'"
#define ALIAS_OF(name) "substr(" name ", 7)"

static int note(struct store *store, int64_t lifter, const struct coach_said *said, struct err *err)
{
    struct query query;

    query_open(&query, store,
               "INSERT INTO said (action, input, name, value, was) SELECT ?1, ?2, ?3, ?4,"
               " COALESCE((SELECT value FROM lifter_value WHERE lifter = ?5 AND name = ?3),"
               " (SELECT exercise FROM alias WHERE lifter = ?5 AND folded = " ALIAS_OF("?3") " AND ?3 LIKE 'alias:%'))",
               err);
    query_int(&query, said->action);
    query_int(&query, said->input);
    query_text(&query, said->name);
    query_text(&query, said->value);
    query_int(&query, lifter);
    return query_run(&query);
}

#define SAID_BY_IT "FROM said WHERE action = ?1 AND id >= ?2"

/* Of all that ?1 said from row ?2 on, what holds now: the last said that stands, else what held before the first. */
#define HOLDS                                                                                                          \
    "(SELECT it.lifter, n.name, (SELECT value FROM ("                                                                  \
    "SELECT i.sent_ms AS at_ms, s.id, s.value FROM said AS s JOIN input AS i ON i.id = s.input"                        \
    " JOIN action AS a ON a.id = s.action WHERE s.name = n.name AND a.lifter = it.lifter AND a.stands = 1"             \
    " UNION ALL SELECT * FROM (SELECT -1, s.id, s.was FROM said AS s JOIN action AS a ON a.id = s.action"              \
    " WHERE s.name = n.name AND a.lifter = it.lifter ORDER BY s.id LIMIT 1)"                                           \
    ") ORDER BY at_ms DESC, id DESC LIMIT 1) AS value"                                                                 \
    " FROM (SELECT DISTINCT name " SAID_BY_IT ") AS n JOIN action AS it ON it.id = ?1)"

static const char *const follow[] = {
    ("DELETE FROM lifter_value WHERE lifter = (SELECT lifter FROM action WHERE id = ?1)"
     " AND name IN (SELECT name " SAID_BY_IT ")"),
    ("DELETE FROM alias WHERE lifter = (SELECT lifter FROM action WHERE id = ?1)"
     " AND folded IN (SELECT " ALIAS_OF("name") " " SAID_BY_IT " AND " IS_ALIAS ")"),
    ("INSERT INTO lifter_value (lifter, name, value) SELECT lifter, name, value FROM " HOLDS
     " WHERE value IS NOT NULL AND NOT " IS_ALIAS),
    ("INSERT INTO alias (lifter, folded, exercise) SELECT lifter, " ALIAS_OF(
        "name") ", value FROM " HOLDS " WHERE value IS NOT NULL AND " IS_ALIAS),
};

static int follow_from(struct store *store, int64_t action, int64_t row, struct err *err)
{
    return query_run_all(store, QUERY_LIST(follow), (const int64_t[]){action, row}, 2, err);
}

int said_follow(struct store *store, int64_t action, struct err *err)
{
    return follow_from(store, action, 0, err);
}

static int said_put(void *self, int64_t lifter, const struct coach_said *said, struct err *err)
{
    struct store *store = self;

    if (note(store, lifter, said, err) < 0)
        return -1;
    return follow_from(store, said->action, sqlite3_last_insert_rowid(store->db), err); /* the others are followed */
}

typedef int said_each(void *arg, const struct coach_said *said);

static int walk(struct query *query, said_each *each, void *arg)
{
    int status = 0;

    while (status == 0 && query_row(query)) {
        const struct coach_said said = {.action = query_get_int(query, 0),
                                        .input = query_get_int(query, 1),
                                        .name = query_get_text(query, 2),
                                        .value = query_get_text(query, 3)};

        status = each(arg, &said);
    }
    return query_close(query) < 0 ? -1 : status;
}

static int said_of_input(void *self, int64_t input, said_each *each, void *arg, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "SELECT " SAID_COLUMNS " FROM said AS s JOIN action AS a ON a.id = s.action AND a.stands = 1"
               " WHERE s.input = ? ORDER BY s.id",
               err);
    query_int(&query, input);
    return walk(&query, each, arg);
}

static int said_of_action(void *self, int64_t action, bool undone, said_each *each, void *arg, struct err *err)
{
    struct query query;

    query_open(&query, self,
               undone ? "SELECT " SAID_COLUMNS " FROM said AS s WHERE s.action IN"
                        " (SELECT action FROM action_undo WHERE by_action = ?) ORDER BY s.id"
                      : "SELECT " SAID_COLUMNS " FROM said AS s WHERE s.action = ? ORDER BY s.id",
               err);
    query_int(&query, action);
    return walk(&query, each, arg);
}

void said_install(struct coach_store *port)
{
    port->said_put = said_put;
    port->said_of_input = said_of_input;
    port->said_of_action = said_of_action;
}
