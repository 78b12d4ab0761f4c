-- Schema 17. Whoever parts again has written what they wrote for others.

-- What LIFTER had when joined to another. kind: 0 a value, 1 an own name of an exercise, 2 whom they trust, 3 who trusts
-- them, 4 a training room that they set up, 5 a message that they wrote into another's log. `moved`: the other one had none
-- of that name, and got it.
CREATE TABLE set_aside_now (
    lifter INTEGER NOT NULL REFERENCES lifter (id),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 5),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    moved INTEGER NOT NULL CHECK (moved IN (0, 1)),
    PRIMARY KEY (lifter, kind, name)
) STRICT, WITHOUT ROWID;
INSERT INTO set_aside_now SELECT lifter, kind, name, value, moved FROM set_aside;
DROP TABLE set_aside;
ALTER TABLE set_aside_now RENAME TO set_aside;
