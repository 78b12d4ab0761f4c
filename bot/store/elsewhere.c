/*
 * A check-in that can't be said by the name that its lifter prefers goes to another one of theirs: in one transaction,
 * so that it is in one place at any time.
 */
#include "bot/store/inside.h"

_Static_assert(COACH_JOB_CHECKIN == 2 && OUT_CHECKIN == 5, "stored as numbers");

int store_due_elsewhere(struct store *store, const char *from, const char *to, int64_t due_by_ms, struct err *err)
{
    struct query query;

    query_open(
        &query, store,
        "UPDATE OR REPLACE job SET transport = other.transport, room = other.room, identity = other.identity,"
        " name = other.name FROM identity AS other WHERE job.kind = 2 AND job.transport = ?1 AND job.due_ms <= ?3"
        " AND other.lifter = job.lifter AND other.transport = ?2 AND other.room <> ''",
        err);
    query_text(&query, from);
    query_text(&query, to);
    query_int(&query, due_by_ms);
    return query_changes(&query);
}

int store_say_elsewhere(struct store *store, int64_t row, const char *to, bool refused, struct err *err)
{
    struct query query;
    int moved;

    query_open(&query, store,
               "UPDATE outbox SET transport = other.transport, room = other.room, recipient = other.identity,"
               " mention = other.identity, stays = 2 FROM identity AS me JOIN identity AS other USING (lifter)"
               " WHERE outbox.id = ?1 AND outbox.kind = 5 AND (outbox.stays = 0 OR outbox.stays = ?3) AND me.transport "
               "= outbox.transport"
               " AND me.identity = outbox.recipient AND other.transport = ?2 AND other.transport <> me.transport"
               " AND other.room <> ''",
               err);
    query_int(&query, row);
    query_text(&query, to);
    query_int(&query, refused);
    moved = query_changes(&query);
    if (moved != 0)
        return moved;
    query_open(&query, store, "UPDATE outbox SET stays = 0 WHERE id = ? AND stays = 2", err);
    query_int(&query, row);
    return query_run(&query);
}
