/*
 * Answers to check-ins as they were written. Rows are never changed: an action supersedes them, and the view
 * live_checkin leaves out what is superseded or undone.
 */
#include "bot/store/inside.h"

#include <math.h>

_Static_assert(CHECKIN_FATIGUE == 0 && CHECKIN_SLEEP == 1 && CHECKIN_SORENESS == 2 && CHECKIN_STRESS == 3 &&
                   CHECKIN_MOOD == 4 && CHECKIN_ITEMS == 5,
               "columns in this order");

#define COLUMNS                                                                                                        \
    "id, input, action, due_ms, at_ms, fatigue, sleep, soreness, stress, mood, slept_h, coalesce(dread, -1),"          \
    " coalesce(deficit, -1), pain, declined"
#define IN_ORDER " ORDER BY due_ms, id"

typedef int checkin_each(void *arg, const struct coach_checkin *row);

/* -1 becomes NULL. */
static void bind_answer(struct query *query, int answer)
{
    query_real(query, answer < 0 ? (double)NAN : answer);
}

static int checkin_add(void *self, int64_t lifter, const struct coach_checkin *checkin, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO checkin (lifter, input, action, due_ms, at_ms, fatigue, sleep, soreness, stress, mood,"
               " slept_h, dread, deficit, pain, declined)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS INTEGER), CAST(? AS INTEGER), ?, ?)",
               err);
    query_int(&query, lifter);
    query_int(&query, checkin->input);
    query_int(&query, checkin->action);
    query_int(&query, checkin->due_ms);
    query_int(&query, checkin->at_ms);
    for (int item = 0; item < CHECKIN_ITEMS; item++)
        query_real(&query, checkin->score[item]);
    query_real(&query, checkin->slept_h);
    bind_answer(&query, checkin->dread);
    bind_answer(&query, checkin->deficit);
    query_text(&query, checkin->pain);
    query_int(&query, checkin->declined);
    return query_run(&query);
}

static int checkin_supersede(void *self, int64_t checkin, int64_t action, struct err *err)
{
    struct query query;

    query_open(&query, self, "INSERT INTO checkin_supersession (checkin, action) VALUES (?, ?) ON CONFLICT DO NOTHING",
               err);
    query_int(&query, checkin);
    query_int(&query, action);
    return query_run(&query);
}

/* Calls EACH for the rows of QUERY, a selection of COLUMNS, and closes it. */
static int walk(struct query *query, checkin_each *each, void *arg)
{
    int status = 0;

    while (status == 0 && query_row(query)) {
        struct coach_checkin row = {.id = query_get_int(query, 0),
                                    .input = query_get_int(query, 1),
                                    .action = query_get_int(query, 2),
                                    .due_ms = query_get_int(query, 3),
                                    .at_ms = query_get_int(query, 4),
                                    .slept_h = query_get_real(query, 10),
                                    .dread = (int)query_get_int(query, 11),
                                    .deficit = (int)query_get_int(query, 12),
                                    .declined = query_get_int(query, 14) != 0};

        for (int item = 0; item < CHECKIN_ITEMS; item++)
            row.score[item] = query_get_real(query, 5 + item);
        query_get_copy(query, 13, row.pain, sizeof(row.pain));
        status = each(arg, &row);
    }
    return query_close(query) < 0 ? -1 : status;
}

static int checkins_live(void *self, int64_t lifter, int64_t from_ms, checkin_each *each, void *arg, struct err *err)
{
    struct query query;

    query_open(&query, self, "SELECT " COLUMNS " FROM live_checkin WHERE lifter = ? AND due_ms >= ?" IN_ORDER, err);
    query_int(&query, lifter);
    query_int(&query, from_ms);
    return walk(&query, each, arg);
}

static int checkins_of_input(void *self, int64_t input, bool live, checkin_each *each, void *arg, struct err *err)
{
    struct query query;

    if (live)
        query_open(&query, self, "SELECT " COLUMNS " FROM live_checkin WHERE input = ?" IN_ORDER, err);
    else
        query_open(&query, self, "SELECT " COLUMNS " FROM checkin WHERE input = ?" IN_ORDER, err);
    query_int(&query, input);
    return walk(&query, each, arg);
}

static int checkins_of_action(void *self, int64_t action, bool superseded, checkin_each *each, void *arg,
                              struct err *err)
{
    struct query query;

    if (superseded)
        query_open(&query, self,
                   "SELECT " COLUMNS " FROM checkin WHERE id IN"
                   " (SELECT checkin FROM checkin_supersession WHERE checkin_supersession.action = ?)" IN_ORDER,
                   err);
    else
        query_open(&query, self, "SELECT " COLUMNS " FROM checkin WHERE action = ?" IN_ORDER, err);
    query_int(&query, action);
    return walk(&query, each, arg);
}

void checkins_install(struct coach_store *port)
{
    port->checkin_add = checkin_add;
    port->checkin_supersede = checkin_supersede;
    port->checkins_live = checkins_live;
    port->checkins_of_input = checkins_of_input;
    port->checkins_of_action = checkins_of_action;
}
