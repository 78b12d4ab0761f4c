-- Schema 3. Messages of those who asked to be forgotten: bare ids, so that none is booked or answered again.
CREATE TABLE forgotten_message (
    transport TEXT NOT NULL,
    event_id TEXT NOT NULL,
    PRIMARY KEY (transport, event_id)
) STRICT, WITHOUT ROWID;
