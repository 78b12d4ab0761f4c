-- Schema 6. What is planned, and templates of it.

-- A step of a lifter's plans; it holds while its action stands. `name`: a template's, or an exercise's id; `text`: a
-- plan, by ids of its exercises.
CREATE TABLE plan_step (
    id INTEGER PRIMARY KEY,
    lifter INTEGER NOT NULL REFERENCES lifter (id),
    action INTEGER NOT NULL REFERENCES action (id),
    input INTEGER NOT NULL REFERENCES input (id), -- the message that says it, which its action may have corrected
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 7),
    at_ms INTEGER NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX plan_step_time ON plan_step (lifter, at_ms, id);
CREATE INDEX plan_step_input ON plan_step (input);
CREATE INDEX plan_step_action ON plan_step (action);
