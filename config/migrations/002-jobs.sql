-- Schema 2. What is done by itself once its time has come.

-- At most one of a kind for a lifter in a room. AUTOINCREMENT: transaction ids of what it says are made of the id, so it
-- never comes back. `identity` and `name`: as whom the lifter is met there.
CREATE TABLE job (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind INTEGER NOT NULL CHECK (kind >= 0),
    lifter INTEGER NOT NULL REFERENCES lifter (id),
    transport TEXT NOT NULL,
    room TEXT NOT NULL,
    direct INTEGER NOT NULL CHECK (direct IN (0, 1)),
    thread TEXT NOT NULL,
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    cause TEXT NOT NULL,
    due_ms INTEGER NOT NULL,
    payload TEXT NOT NULL,
    UNIQUE (lifter, kind, transport, room)
) STRICT;
CREATE INDEX job_due ON job (due_ms, id);
