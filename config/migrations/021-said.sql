-- Schema 21. What a step said of its lifter besides sets: a setting, a name of their own. The last said that stands holds, in
-- lifter_value or alias; where none does any more, what held before the first.

CREATE TABLE said (
    id INTEGER PRIMARY KEY,
    action INTEGER NOT NULL REFERENCES action (id),
    input INTEGER NOT NULL REFERENCES input (id), -- the message that says it, which its action may have corrected
    name TEXT NOT NULL, -- of lifter_value; "alias:bp" is the name bp
    value TEXT NOT NULL,
    was TEXT -- what held before; NULL nothing
) STRICT;
CREATE INDEX said_action ON said (action);
CREATE INDEX said_input ON said (input);
CREATE INDEX said_name ON said (name);
