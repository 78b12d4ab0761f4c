/*
 * Sets as they were written. Rows are never changed: an action supersedes them, and the view live_set leaves out what
 * is superseded or undone.
 */
#include "bot/store/inside.h"
#include "core/lift/set.h"

_Static_assert(LOAD_EXTERNAL == 0 && LOAD_BODYWEIGHT == 1 && LOAD_ADDED == 2 && LOAD_ASSISTED == 3,
               "stored as numbers");
_Static_assert(UNIT_KG == 0 && UNIT_LB == 1 && UNIT_ST == 2, "stored as numbers");
_Static_assert(SET_WORKING == 0 && SET_WARMUP == 1 && SET_AMRAP == 2 && SET_DROP == 3 && SET_MYO == 4 &&
                   SET_REST_PAUSE == 5 && SET_CLUSTER == 6,
               "stored as numbers");
_Static_assert(FAILURE_NONE == 0 && FAILURE_MOMENTARY == 1 && FAILURE_TECHNICAL == 2 && FAILURE_MISSED == 3,
               "stored as numbers");
_Static_assert(SIDE_NONE == 0 && SIDE_EACH == 1 && SIDE_LEFT == 2 && SIDE_RIGHT == 3, "stored as numbers");
_Static_assert(SET_SEGMENTS == 8 && REPS_UNKNOWN == -1, "checked by the schema");

#define SET_COLUMNS                                                                                                    \
    "id, input, action, ordinal, at_ms, exercise, load_kg, load_mode, unit, reps, seconds, rir, percent, type,"        \
    " failure, side, cheat, said_at_ms, segment_count, note"
#define IN_ORDER " ORDER BY at_ms, input, ordinal, id"

typedef int set_each(void *arg, const struct coach_set_row *row);

static int segments_add(struct store *store, int64_t id, const struct set *set, struct err *err)
{
    struct query query;
    int result = 0;

    for (int i = 0; i < set->segment_count && result == 0; i++) {
        query_open(&query, store, "INSERT INTO set_segment (training_set, ordinal, load_kg, reps) VALUES (?, ?, ?, ?)",
                   err);
        query_int(&query, id);
        query_int(&query, i);
        query_real(&query, set->segments[i].load_kg);
        query_int(&query, set->segments[i].reps);
        result = query_run(&query);
    }
    return result;
}

static void bind_set(struct query *query, const struct set *set)
{
    query_text(query, set->exercise);
    query_real(query, set->load_kg);
    query_int(query, (int64_t)set->load_mode);
    query_int(query, (int64_t)set->unit);
    query_int(query, set->reps);
    query_real(query, set->seconds);
    query_real(query, set->rir);
    query_real(query, set->percent);
    query_int(query, (int64_t)set->type);
    query_int(query, (int64_t)set->failure);
    query_int(query, (int64_t)set->side);
    query_int(query, set->cheat);
    query_int(query, set->at_ms);
    query_int(query, set->segment_count);
    query_text(query, set->note);
}

static int set_add(void *self, int64_t lifter, int64_t action, int64_t input, int ordinal, const struct set *set,
                   int64_t at_ms, int64_t *id, struct err *err)
{
    struct store *store = self;
    struct query query;

    query_open(&query, store,
               "INSERT INTO training_set (lifter, action, input, ordinal, at_ms, exercise, load_kg, load_mode, unit,"
               " reps, seconds, rir, percent, type, failure, side, cheat, said_at_ms, segment_count, note)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               err);
    query_int(&query, lifter);
    query_int(&query, action);
    query_int(&query, input);
    query_int(&query, ordinal);
    query_int(&query, at_ms);
    bind_set(&query, set);
    if (query_run(&query) < 0)
        return -1;
    *id = sqlite3_last_insert_rowid(store->db);
    return segments_add(store, *id, set, err);
}

static int set_supersede(void *self, int64_t set, int64_t action, struct err *err)
{
    struct query query;

    query_open(&query, self, "INSERT INTO supersession (training_set, action) VALUES (?, ?) ON CONFLICT DO NOTHING",
               err);
    query_int(&query, set);
    query_int(&query, action);
    return query_run(&query);
}

static int read_segments(struct store *store, int64_t id, struct set *set, struct err *err)
{
    struct query query;

    query_open(&query, store, "SELECT load_kg, reps FROM set_segment WHERE training_set = ? ORDER BY ordinal", err);
    query_int(&query, id);
    for (int i = 0; i < set->segment_count && query_row(&query); i++)
        set->segments[i] = (struct segment){query_get_real(&query, 0), (int)query_get_int(&query, 1)};
    return query_close(&query);
}

static void read_set(struct query *query, struct coach_set_row *row)
{
    struct set *set = &row->set;

    *row = (struct coach_set_row){.id = query_get_int(query, 0),
                                  .input = query_get_int(query, 1),
                                  .action = query_get_int(query, 2),
                                  .ordinal = (int)query_get_int(query, 3),
                                  .at_ms = query_get_int(query, 4)};
    query_get_copy(query, 5, set->exercise, sizeof(set->exercise));
    set->load_kg = query_get_real(query, 6);
    set->load_mode = (enum load_mode)query_get_int(query, 7);
    set->unit = (enum unit)query_get_int(query, 8);
    set->reps = (int)query_get_int(query, 9);
    set->seconds = query_get_real(query, 10);
    set->rir = query_get_real(query, 11);
    set->percent = query_get_real(query, 12);
    set->type = (enum set_type)query_get_int(query, 13);
    set->failure = (enum set_failure)query_get_int(query, 14);
    set->side = (enum set_side)query_get_int(query, 15);
    set->cheat = query_get_int(query, 16) != 0;
    set->at_ms = query_get_int(query, 17);
    set->segment_count = (int)query_get_int(query, 18);
    query_get_copy(query, 19, set->note, sizeof(set->note));
}

/* Calls EACH for the rows of QUERY, a selection of SET_COLUMNS, and closes it. */
static int walk(struct query *query, set_each *each, void *arg)
{
    struct coach_set_row row;
    int status = 0;

    while (status == 0 && query_row(query)) {
        read_set(query, &row);
        if (row.set.segment_count > 0 && read_segments(query->store, row.id, &row.set, query->err) < 0)
            status = -1;
        else
            status = each(arg, &row);
    }
    return query_close(query) < 0 ? -1 : status;
}

static int sets_count(void *self, int64_t lifter, size_t *count, struct err *err)
{
    struct query query;
    int64_t found = 0;
    int result;

    query_open(&query, self, "SELECT count(*) FROM training_set WHERE lifter = ?", err);
    query_int(&query, lifter);
    result = query_find_int(&query, &found);
    *count = (size_t)found;
    return result < 0 ? -1 : 0;
}

static int sets_live(void *self, int64_t lifter, int64_t from_ms, int64_t to_ms, set_each *each, void *arg,
                     struct err *err)
{
    struct query query;

    query_open(&query, self,
               "SELECT " SET_COLUMNS " FROM live_set WHERE lifter = ? AND at_ms >= ? AND at_ms < ?" IN_ORDER, err);
    query_int(&query, lifter);
    query_int(&query, from_ms);
    query_int(&query, to_ms);
    return walk(&query, each, arg);
}

static int sets_in_room(void *self, int64_t lifter, const char *transport, const char *room, int64_t from_ms,
                        int64_t to_ms, set_each *each, void *arg, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "SELECT " SET_COLUMNS " FROM live_set WHERE lifter = ?1 AND at_ms >= ?4 AND at_ms < ?5"
               " AND input IN (SELECT id FROM input WHERE lifter = ?1 AND transport = ?2 AND room = ?3)" IN_ORDER,
               err);
    query_int(&query, lifter);
    query_text(&query, transport);
    query_text(&query, room);
    query_int(&query, from_ms);
    query_int(&query, to_ms);
    return walk(&query, each, arg);
}

static int sets_of_input(void *self, int64_t input, set_each *each, void *arg, struct err *err)
{
    struct query query;

    query_open(&query, self, "SELECT " SET_COLUMNS " FROM live_set WHERE input = ?" IN_ORDER, err);
    query_int(&query, input);
    return walk(&query, each, arg);
}

static int sets_of_action(void *self, int64_t action, bool superseded, set_each *each, void *arg, struct err *err)
{
    struct query query;

    if (superseded)
        query_open(&query, self,
                   "SELECT " SET_COLUMNS " FROM training_set"
                   " WHERE id IN (SELECT training_set FROM supersession WHERE supersession.action = ?)" IN_ORDER,
                   err);
    else
        query_open(&query, self, "SELECT " SET_COLUMNS " FROM training_set WHERE action = ?" IN_ORDER, err);
    query_int(&query, action);
    return walk(&query, each, arg);
}

int store_count_sets(struct store *store, int64_t *sets, int64_t *unproven, struct err *err)
{
    struct query query;
    bool found;

    query_open(&query, store,
               "SELECT count(*), coalesce(sum(i.unproven), 0) FROM live_set AS s JOIN input AS i ON i.id = s.input",
               err);
    found = query_row(&query);
    *sets = found ? query_get_int(&query, 0) : 0;
    *unproven = found ? query_get_int(&query, 1) : 0;
    return query_close(&query) < 0 ? -1 : 0;
}

void sets_install(struct coach_store *port)
{
    port->set_add = set_add;
    port->set_supersede = set_supersede;
    port->sets_count = sets_count;
    port->sets_live = sets_live;
    port->sets_in_room = sets_in_room;
    port->sets_of_input = sets_of_input;
    port->sets_of_action = sets_of_action;
}
