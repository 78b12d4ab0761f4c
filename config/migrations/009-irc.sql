-- Schema 9. IRC: whom a reply is for, and what is kept of a network.

-- The identity of whom it is for; '': nobody in particular. On IRC there are no replies to a message: a reply begins with
-- a nick, and what is private goes to one.
ALTER TABLE outbox ADD COLUMN recipient TEXT NOT NULL DEFAULT '';

CREATE TABLE irc_value (
    network TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (network, name)
) STRICT, WITHOUT ROWID;
