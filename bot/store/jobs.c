/*
 * What is done by itself once its time has come: one row for each kind, lifter and room.
 */
#include "bot/store/inside.h"

_Static_assert(COACH_JOB_REST == 0 && COACH_JOB_SESSION == 1 && COACH_JOB_CHECKIN == 2 && COACH_JOB_BUDGET == 3 &&
                   COACH_JOB_REVIEW == 4 && COACH_JOB_LINK == 5 && COACH_JOB_DIGEST == 6 && COACH_JOB_TEAM == 7,
               "stored as numbers");

/* In its place, so that one that is put off touches no index by room: it said nothing yet. */
#define JOB_PUT                                                                                                        \
    "INSERT INTO job (kind, lifter, transport, room, direct, thread, identity, name, cause, due_ms, payload)"          \
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (lifter, kind, transport, room) DO UPDATE SET"              \
    " direct = excluded.direct, thread = excluded.thread, identity = excluded.identity, name = excluded.name,"         \
    " cause = excluded.cause, due_ms = excluded.due_ms, payload = excluded.payload"

static int put(struct store *store, const char *sql, const struct coach_job *job, struct err *err)
{
    struct query query;

    query_open(&query, store, sql, err);
    query_int(&query, (int64_t)job->kind);
    query_int(&query, job->lifter);
    query_text(&query, job->transport);
    query_text(&query, job->room);
    query_int(&query, job->direct);
    query_text(&query, job->thread);
    query_text(&query, job->identity);
    query_text(&query, job->name);
    query_text(&query, job->cause);
    query_int(&query, job->due_ms);
    query_text(&query, job->payload);
    return query_run(&query);
}

static int job_put(void *self, const struct coach_job *job, struct err *err)
{
    return put(self, JOB_PUT, job, err);
}

static int job_put_by(void *self, const struct coach_job *job, struct err *err)
{
    return put(self,
               JOB_PUT " WHERE due_ms > excluded.due_ms OR (direct, thread, identity, name, payload) IS NOT"
                       " (excluded.direct, excluded.thread, excluded.identity, excluded.name, excluded.payload)",
               job, err);
}

static int job_cancel(void *self, int64_t lifter, enum coach_job_kind kind, const char *transport, const char *room,
                      struct err *err)
{
    struct query query;

    if (transport == NULL) {
        query_open(&query, self, "DELETE FROM job WHERE lifter = ? AND kind = ?", err);
        query_int(&query, lifter);
        query_int(&query, (int64_t)kind);
        return query_run(&query);
    }
    query_open(&query, self, "DELETE FROM job WHERE lifter = ? AND kind = ? AND transport = ? AND room = ?", err);
    query_int(&query, lifter);
    query_int(&query, (int64_t)kind);
    query_text(&query, transport);
    query_text(&query, room);
    return query_run(&query);
}

static int job_next(void *self, const char *transport, bool calls, int64_t *due_ms, struct err *err)
{
    struct query query;

    query_open(&query, self,
               calls ? "SELECT due_ms FROM job WHERE kind = 0 AND transport = ? ORDER BY due_ms LIMIT 1"
                     : "SELECT due_ms FROM job WHERE transport = ? ORDER BY due_ms LIMIT 1",
               err);
    query_text(&query, transport);
    return query_find_int(&query, due_ms);
}

/* "" is none. */
static const char *text_or_null(struct query *query, int column)
{
    const char *text = query_get_text(query, column);

    return text[0] != '\0' ? text : NULL;
}

static int remove_row(struct store *store, int64_t id, struct err *err)
{
    struct query query;

    query_open(&query, store, "DELETE FROM job WHERE id = ?", err);
    query_int(&query, id);
    return query_run(&query);
}

#define JOB_COLUMNS "id, kind, lifter, transport, room, direct, thread, identity, name, cause, due_ms, payload"
#define JOB_FIRST_DUE " transport = ? AND due_ms <= ? ORDER BY due_ms, id LIMIT 1"

typedef int job_each(void *arg, const struct coach_job *job);

/* The first row of SELECT: 1, 0, -1. */
static int take_first(struct store *store, const char *select, const char *transport, int64_t now_ms, job_each *each,
                      void *arg, struct err *err)
{
    struct query query;
    int status = 0;

    query_open(&query, store, select, err);
    query_text(&query, transport);
    query_int(&query, now_ms);
    if (query_row(&query)) {
        const struct coach_job job = {.id = query_get_int(&query, 0),
                                      .kind = (enum coach_job_kind)query_get_int(&query, 1),
                                      .lifter = query_get_int(&query, 2),
                                      .transport = query_get_text(&query, 3),
                                      .room = query_get_text(&query, 4),
                                      .direct = query_get_int(&query, 5) != 0,
                                      .thread = text_or_null(&query, 6),
                                      .identity = query_get_text(&query, 7),
                                      .name = query_get_text(&query, 8),
                                      .cause = text_or_null(&query, 9),
                                      .due_ms = query_get_int(&query, 10),
                                      .payload = query_get_text(&query, 11)};

        status = remove_row(store, job.id, err) == 0 && each(arg, &job) == 0 ? 1 : -1;
    }
    return query_close(&query) < 0 ? -1 : status;
}

static int job_take_due(void *self, const char *transport, bool calls, int64_t now_ms, job_each *each, void *arg,
                        struct err *err)
{
    int status = take_first(self, "SELECT " JOB_COLUMNS " FROM job WHERE kind = 0 AND" JOB_FIRST_DUE, transport, now_ms,
                            each, arg, err);

    if (status != 0 || calls)
        return status;
    return take_first(self, "SELECT " JOB_COLUMNS " FROM job WHERE" JOB_FIRST_DUE, transport, now_ms, each, arg, err);
}

void jobs_install(struct coach_store *port)
{
    port->job_put = job_put;
    port->job_put_by = job_put_by;
    port->job_cancel = job_cancel;
    port->job_next = job_next;
    port->job_take_due = job_take_due;
}
