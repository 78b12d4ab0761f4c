-- Schema 5. Files that go with what waits to be sent; gone with it.
CREATE TABLE outbox_file (
    outbox INTEGER PRIMARY KEY REFERENCES outbox (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes BLOB NOT NULL,
    otherwise TEXT NOT NULL,
    uploaded TEXT NOT NULL DEFAULT '' -- what the upload gave: where it is and how it is read
) STRICT;
