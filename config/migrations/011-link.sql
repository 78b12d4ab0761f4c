-- Schema 11. One person by several names.

-- `home`: the lifter that the name was before it was joined to this one; NULL: this one. `joined_ms`: when. `name` and
-- `room`: how they are called, and where they are told of it.
ALTER TABLE identity ADD COLUMN home INTEGER REFERENCES lifter (id);
ALTER TABLE identity ADD COLUMN joined_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE identity ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE identity ADD COLUMN room TEXT NOT NULL DEFAULT '';

-- The home of who said it: what is theirs again if they part.
ALTER TABLE input ADD COLUMN home INTEGER REFERENCES lifter (id);

-- What LIFTER had when joined to another. kind: 0 a value, 1 an own name of an exercise, 2 whom they trust, 3 who trusts
-- them, 4 a training room that they set up. `moved`: the other one had none of that name, and got it.
CREATE TABLE set_aside (
    lifter INTEGER NOT NULL REFERENCES lifter (id),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    moved INTEGER NOT NULL CHECK (moved IN (0, 1)),
    PRIMARY KEY (lifter, kind, name)
) STRICT, WITHOUT ROWID;

-- Who wants to be joined with somebody, one for each; the typer's are '' until the code was typed, the code '' from then
-- on. The code is kept as its digest.
CREATE TABLE link (
    transport TEXT NOT NULL,
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    room TEXT NOT NULL,
    code TEXT NOT NULL,
    until_ms INTEGER NOT NULL,
    typer_transport TEXT NOT NULL,
    typer_identity TEXT NOT NULL,
    typer_name TEXT NOT NULL,
    typer_room TEXT NOT NULL,
    confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1)), -- by the typer
    PRIMARY KEY (transport, identity)
) STRICT, WITHOUT ROWID;

-- Wrong codes, for an hour.
CREATE TABLE link_try (
    id INTEGER PRIMARY KEY,
    transport TEXT NOT NULL,
    identity TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;
