-- Schema 7. Weekly check-ins.

-- What one message says about a check-in, never changed: an action supersedes it. due_ms: when that check-in was asked;
-- several messages may answer one. NULL: not said; pain 'none': nothing hurts.
CREATE TABLE checkin (
    id INTEGER PRIMARY KEY,
    lifter INTEGER NOT NULL REFERENCES lifter (id),
    action INTEGER NOT NULL REFERENCES action (id),
    input INTEGER NOT NULL REFERENCES input (id),
    due_ms INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    fatigue REAL CHECK (fatigue BETWEEN 1 AND 5),
    sleep REAL CHECK (sleep BETWEEN 1 AND 5),
    soreness REAL CHECK (soreness BETWEEN 1 AND 5),
    stress REAL CHECK (stress BETWEEN 1 AND 5),
    mood REAL CHECK (mood BETWEEN 1 AND 5),
    slept_h REAL,
    dread INTEGER CHECK (dread IN (0, 1)),
    deficit INTEGER CHECK (deficit IN (0, 1)),
    pain TEXT NOT NULL,
    declined INTEGER NOT NULL CHECK (declined IN (0, 1))
) STRICT;
CREATE INDEX checkin_time ON checkin (lifter, due_ms, id);
CREATE INDEX checkin_input ON checkin (input);
CREATE INDEX checkin_action ON checkin (action);

CREATE TABLE checkin_supersession (
    checkin INTEGER NOT NULL REFERENCES checkin (id),
    action INTEGER NOT NULL REFERENCES action (id),
    PRIMARY KEY (checkin, action)
) STRICT, WITHOUT ROWID;
CREATE INDEX checkin_supersession_action ON checkin_supersession (action);

CREATE VIEW live_checkin AS
    SELECT c.* FROM checkin AS c JOIN action AS a ON a.id = c.action
    WHERE a.stands = 1 AND NOT EXISTS (
        SELECT 1 FROM checkin_supersession AS x JOIN action AS b ON b.id = x.action
        WHERE x.checkin = c.id AND b.stands = 1);
