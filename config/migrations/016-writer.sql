-- Schema 16. Sets that somebody wrote into another's log.

-- Who wrote the message, where it is another one's: 0 that one themself, or nobody who is known any more.
ALTER TABLE input ADD COLUMN writer INTEGER NOT NULL DEFAULT 0;
CREATE INDEX input_writer ON input (writer) WHERE writer <> 0;
