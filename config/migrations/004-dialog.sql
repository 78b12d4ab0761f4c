-- Schema 4. What a reaction is on is found by the reply's event, and the thread that it stands in. What answers nothing has a
-- name, so that it can be answered and edited.
ALTER TABLE outbox ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE reply ADD COLUMN thread TEXT NOT NULL DEFAULT '';
CREATE INDEX reply_event ON reply (transport, event_id);

-- What a message caused, for whoever takes that back.
CREATE INDEX action_input ON action (input);

-- What holds in a room, whoever speaks.
CREATE TABLE room_value (
    transport TEXT NOT NULL,
    room TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (transport, room, name)
) STRICT, WITHOUT ROWID;

-- Whoever has been here is asked nothing as if they were new.
INSERT INTO lifter_value (lifter, name, value) SELECT id, 'contact', 'begun' FROM lifter;
