/*
 * Steps of plans, and templates: what was planned, begun, skipped and ended. A step holds while its action stands.
 */
#include "bot/store/inside.h"

_Static_assert(COACH_STEP_PLAN == 0 && COACH_STEP_ADD == 1 && COACH_STEP_START == 2 && COACH_STEP_SKIP == 3 &&
                   COACH_STEP_DROP == 4 && COACH_STEP_DONE == 5 && COACH_STEP_TEMPLATE == 6 && COACH_STEP_FORGET == 7,
               "stored as numbers");

#define STEP_COLUMNS "s.action, s.input, s.kind, s.at_ms, s.name, s.text"
#define LIVE_STEPS "plan_step AS s JOIN action AS a ON a.id = s.action AND a.stands = 1"
#define IN_ORDER " ORDER BY s.at_ms, s.id"

typedef int step_each(void *arg, const struct coach_step *step);

static int step_add(void *self, int64_t lifter, const struct coach_step *step, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO plan_step (lifter, action, input, kind, at_ms, name, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
               err);
    query_int(&query, lifter);
    query_int(&query, step->action);
    query_int(&query, step->input);
    query_int(&query, (int64_t)step->kind);
    query_int(&query, step->at_ms);
    query_text(&query, step->name);
    query_text(&query, step->text);
    return query_run(&query);
}

static int walk(struct query *query, step_each *each, void *arg)
{
    int status = 0;

    while (status == 0 && query_row(query)) {
        const struct coach_step step = {.action = query_get_int(query, 0),
                                        .input = query_get_int(query, 1),
                                        .kind = (enum coach_step_kind)query_get_int(query, 2),
                                        .at_ms = query_get_int(query, 3),
                                        .name = query_get_text(query, 4),
                                        .text = query_get_text(query, 5)};

        status = each(arg, &step);
    }
    return query_close(query) < 0 ? -1 : status;
}

static int steps_live(void *self, int64_t lifter, int64_t from_ms, step_each *each, void *arg, struct err *err)
{
    struct query query;

    query_open(
        &query, self,
        "SELECT " STEP_COLUMNS " FROM " LIVE_STEPS " WHERE s.lifter = ? AND s.at_ms >= ? AND s.kind < 6" IN_ORDER, err);
    query_int(&query, lifter);
    query_int(&query, from_ms);
    return walk(&query, each, arg);
}

static int steps_of_input(void *self, int64_t input, step_each *each, void *arg, struct err *err)
{
    struct query query;

    query_open(&query, self, "SELECT " STEP_COLUMNS " FROM " LIVE_STEPS " WHERE s.input = ?" IN_ORDER, err);
    query_int(&query, input);
    return walk(&query, each, arg);
}

static int steps_of_action(void *self, int64_t action, bool undone, step_each *each, void *arg, struct err *err)
{
    struct query query;

    if (undone)
        query_open(&query, self,
                   "SELECT " STEP_COLUMNS " FROM plan_step AS s"
                   " WHERE s.action IN (SELECT u.action FROM action_undo AS u WHERE u.by_action = ?)" IN_ORDER,
                   err);
    else
        query_open(&query, self, "SELECT " STEP_COLUMNS " FROM plan_step AS s WHERE s.action = ?" IN_ORDER, err);
    query_int(&query, action);
    return walk(&query, each, arg);
}

static int templates(void *self, int64_t lifter, step_each *each, void *arg, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "SELECT " STEP_COLUMNS " FROM " LIVE_STEPS " WHERE s.lifter = ? AND s.kind = 6 AND NOT EXISTS ("
               "SELECT 1 FROM plan_step AS t JOIN action AS b ON b.id = t.action AND b.stands = 1"
               " WHERE t.lifter = s.lifter AND t.kind >= 6 AND t.name = s.name AND (t.at_ms, t.id) > (s.at_ms, s.id))"
               " ORDER BY s.name",
               err);
    query_int(&query, lifter);
    return walk(&query, each, arg);
}

void plans_install(struct coach_store *port)
{
    port->step_add = step_add;
    port->steps_live = steps_live;
    port->steps_of_input = steps_of_input;
    port->steps_of_action = steps_of_action;
    port->templates = templates;
}
